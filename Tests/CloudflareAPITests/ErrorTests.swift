import CloudflareAPI
import CloudflareSimulator
import JSONModel
import Testing

@Suite struct ErrorTests {
    /// An answer, and what it means.
    struct Case: Sendable, CustomTestStringConvertible {
        let status: Int
        let body: String?
        let code: CloudflareError.Code
        var testDescription: String { "\(status) \(body ?? "")" }

        init(_ status: Int, _ body: String?, _ code: CloudflareError.Code) {
            self.status = status
            self.body = body
            self.code = code
        }

        init(_ status: Int, errors: [(code: Int64, message: String)], _ code: CloudflareError.Code) {
            let errors = errors.map { ["code": .integer($0.code), "message": .string($0.message)] as JSONValue }
            let answer: JSONValue = ["success": false, "errors": .array(errors)]
            self.init(status, answer.text, code)
        }

        init(_ status: Int, answer: JSONValue, _ code: CloudflareError.Code) throws {
            self.init(status, answer.text, code)
        }
    }

    static let notEnabled = "access.api.error.not_enabled: Access is not enabled. Visit the Access dashboard"

    static func table() throws -> [Case] {
        try [
            Case(400, answer: .failure(6003, "Invalid request headers", chain: 6103), .malformedCredentials),
            Case(400, answer: .failure(6003, "Invalid request headers", chain: 6111), .malformedCredentials),
            Case(400, answer: .failure(1000, "Invalid API Token"), .invalidCredentials),
            Case(401, answer: .failure(1000, "Invalid API Token"), .invalidCredentials),
            Case(403, answer: .failure(1000, "Invalid API Token"), .invalidCredentials),
            Case(400, answer: .failure(9106, "Missing X-Auth-Key"), .missingCredentials),
            Case(403, answer: .failure(10000, "Authentication error"), .permissionDenied),
            Case(403, answer: .failure(9109, "Unauthorized to access requested resource"), .permissionDenied),
            Case(403, answer: .failure(9109, "Invalid access token"), .invalidCredentials),
            Case(403, answer: .failure(9103, "Unknown X-Auth-Key or X-Auth-Email"), .invalidCredentials),
            Case(
                403,
                answer: .failure(7403, "The given account is not valid or is not authorized"),
                .notAuthorizedForService
            ),
            Case(404, answer: .failure(7003, "Could not route to /accounts/x"), .unroutable),
            Case(404, answer: .failure(7000, "No route for that URI"), .unroutable),
            Case(400, answer: .failure(9999, notEnabled), .accessNotEnabled),
            Case(404, answer: .failure(9999, notEnabled), .accessNotEnabled),
            Case(400, answer: .failure(12130, notEnabled), .accessNotEnabled),
            Case(400, answer: .failure(9999, "access.api.error.unknown"), .invalidRequest),
            Case(400, answer: .failure(12130, "access.api.error.invalid_request: per_page"), .invalidRequest),
            Case(404, answer: .failure(11021, "access.api.error.unknown_application"), .unknownObject),
            Case(404, answer: .failure(12045, "access.api.error.invalid_application_id"), .unknownObject),
            Case(404, answer: .failure(11020, "access.api.error.failed_to_load_group"), .unknownObject),
            Case(429, answer: .failure(971, "Please wait and consider throttling your request speed"), .rateLimited),
            Case(500, answer: .failure(971, "Please wait and consider throttling your request speed"), .rateLimited),
            Case(429, answer: .failure(10429, "Rate limited."), .rateLimited),
            Case(400, answer: .failure(10100, "Rate limited"), .rateLimited),
        ]
    }

    /// Answers that no table lists.
    static func others() throws -> [Case] {
        try [
            Case(429, "slow down", .rateLimited),
            Case(401, "<html>", .invalidCredentials),
            Case(401, answer: .failure(4711, "New words"), .invalidCredentials),
            Case(403, "<html>blocked</html>", .unreadableAnswer),
            Case(404, "not found", .unreadableAnswer),
            Case(403, answer: .failure(4711, "New words"), .permissionDenied),
            Case(404, answer: .failure(4711, "New words"), .unknownObject),
            Case(405, answer: .failure(10405, "Method not allowed"), .invalidRequest),
            Case(408, "", .serverFailure),
            Case(500, answer: .failure(10000, "Authentication error"), .serverFailure),
            Case(500, nil, .serverFailure),
            Case(502, "<html>Bad gateway</html>", .serverFailure),
            Case(503, nil, .serverFailure),
            Case(302, "", .redirected),
            Case(200, "", .unreadableAnswer),
            Case(200, "[]", .unreadableAnswer),
            Case(200, "null", .unreadableAnswer),
            Case(200, "{}", .unreadableAnswer),
            Case(200, #"{"result":[]}"#, .unreadableAnswer),
            Case(200, #"{"success":"yes","result":[]}"#, .unreadableAnswer),
            Case(200, #"{"success":false,"result":[]}"#, .unreadableAnswer),
            Case(200, #"{"success":false,"errors":null,"result":[]}"#, .unreadableAnswer),
            Case(200, #"{"success":false,"errors":[{"message":"no code"}]}"#, .unreadableAnswer),
            Case(200, answer: .failure(10000, "Authentication error"), .permissionDenied),
            Case(200, answer: .failure(971, "Please wait and consider throttling your request speed"), .rateLimited),
            Case(400, answer: .failure(10429, "Rate limited."), .rateLimited),
            Case(404, #"{"success":false,"errors":["access.api.error.not_enabled: no"]}"#, .accessNotEnabled),
            Case(403, errors: [(10000, "Authentication error"), (9999, notEnabled)], .accessNotEnabled),
            Case(403, errors: [(10000, "Authentication error"), (9999, "other")], .permissionDenied),
        ]
    }

    @Test(arguments: try table() + others())
    func namesTheCause(of answer: Case) async throws {
        let (error, requests) = try await SimulatedAPI.failure(.status(answer.status, body: answer.body))
        #expect(error.code == answer.code)
        #expect(error.httpStatus == answer.status)
        #expect(error.request == "GET /\(SimulatedAPI.apps)")
        #expect(requests == 1)
    }

    @Test func quotesWhatTheAPISays() async throws {
        let body = JSONValue.failure(9109, "Unauthorized to access requested resource").text
        let (error, _) = try await SimulatedAPI.failure(.status(403, body: body))
        #expect(error.apiCode == 9109)
        #expect(
            "\(error)" == """
                GET /\(SimulatedAPI.apps) (HTTP 403, code 9109): the API token may not read this: \
                "Unauthorized to access requested resource". Add the permission to the token.
                """
        )
    }

    @Test func quotesAnErrorThatIsPlainText() async throws {
        let body = #"{"success":false,"errors":["No such luck"],"result":null}"#
        let (error, _) = try await SimulatedAPI.failure(.status(403, body: body))
        #expect(error.code == .permissionDenied)
        #expect(error.problem == "the API token may not read this: \"No such luck\"")
    }

    @Test func takesChainsWithoutCodes() async throws {
        let body = #"{"success":false,"errors":[{"code":12130,"message":"bad","error_chain":[{"message":"why"}]}]}"#
        let (error, _) = try await SimulatedAPI.failure(.status(400, body: body))
        #expect(error.code == .invalidRequest)
    }
}
