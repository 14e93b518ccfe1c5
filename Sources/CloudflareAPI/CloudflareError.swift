/// Why the API did not hand out what was asked for.
package struct CloudflareError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The rows of Cloudflare's error table, and what can go wrong before an answer is there.
    package enum Code: String, Sendable {
        /// 6003 with 6103 or 6111: the header's form is wrong.
        case malformedCredentials
        /// 1000, or 9109 "Invalid access token": the token is unknown, disabled or expired.
        case invalidCredentials
        /// 9106: no credentials arrived.
        case missingCredentials
        /// 10000, or 9109 "Unauthorized to access requested resource": the token lacks the permission, or it is for
        /// another account or zone.
        case permissionDenied
        /// 7403: the account is not authorised for the service.
        case notAuthorizedForService
        /// 7003: bad identifier or path.
        case unroutable
        /// `access.api.error.not_enabled`: Zero Trust was never set up.
        case accessNotEnabled
        /// 12130 and other refusals of the request itself.
        case invalidRequest
        /// 11020, 11021, 12045 and other 404.
        case unknownObject
        /// 971, 10429 or HTTP 429, after all tries.
        case rateLimited
        /// The API asks to wait for longer than a run of this program should.
        case blocked
        /// HTTP 5xx or 408, after all tries.
        case serverFailure
        /// Not JSON, cut short, or `success: false` without a known cause, after all tries.
        case unreadableAnswer
        /// A redirect; none is followed.
        case redirected
        /// No connection, after all tries.
        case unreachable
        /// The certificate or the handshake was refused.
        case tlsFailure
        /// No answer in time, after all tries.
        case timedOut
        /// Not sent, or ended on its way: so many requests had failed that the client gave up on the API.
        case gaveUp
        /// The base URL, a proxy or a setting cannot be used.
        case badConfiguration
    }

    package let code: Code
    /// Method and path of the request.
    package let request: String
    /// HTTP status; `nil` without an answer.
    package let httpStatus: Int?
    /// Cloudflare's code of the error in the answer that says most, usually the first.
    package let apiCode: Int?
    /// What went wrong, with Cloudflare's words where it gave some.
    package let problem: String
    /// One thing the user can do next.
    package let remedy: String

    /// Creates an error from its members.
    package init(
        code: Code,
        request: String,
        httpStatus: Int? = nil,
        apiCode: Int? = nil,
        problem: String,
        remedy: String
    ) {
        self.code = code
        self.request = request
        self.httpStatus = httpStatus
        self.apiCode = apiCode
        self.problem = problem
        self.remedy = remedy
    }

    package var description: String {
        let answer = [httpStatus.map { "HTTP \($0)" }, apiCode.map { "code \($0)" }].compactMap(\.self)
        let place = answer.isEmpty ? request : "\(request) (\(answer.joined(separator: ", ")))"
        return "\(place): \(problem). \(remedy)."
    }
}

extension CloudflareError {
    /// The same error with the secret taken out of what the API or the transport said: either may echo it.
    func masking(_ credentials: CloudflareCredentials) -> CloudflareError {
        CloudflareError(
            code: code,
            request: request,
            httpStatus: httpStatus,
            apiCode: apiCode,
            problem: problem.replacing(credentials.secret, with: "[redacted]"),
            remedy: remedy
        )
    }

    /// Whether the same request may succeed a moment later.
    var isTransient: Bool {
        // A success without what makes it one contradicts itself: only the last try's words count.
        if let httpStatus, (200..<300).contains(httpStatus) { return true }
        return switch code {
        case .rateLimited, .serverFailure, .unreadableAnswer, .unreachable, .timedOut: true
        case .blocked, .malformedCredentials, .invalidCredentials, .missingCredentials, .permissionDenied,
            .notAuthorizedForService, .unroutable, .accessNotEnabled, .invalidRequest, .unknownObject, .redirected,
            .tlsFailure, .gaveUp, .badConfiguration:
            false
        }
    }
}
