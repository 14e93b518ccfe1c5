import JSONModel

/// A request that the API answers with an error.
///
/// Codes and texts: what clients of the real API have recorded.
struct Refusal: Error, Sendable, Hashable {
    let status: Int
    /// Objects with `code` and `message`.
    let errors: [JSONValue]
    var headers: [String: String] = [:]

    init(_ status: Int, _ code: Int64, _ message: String) {
        self.status = status
        errors = [Self.error(code, message)]
    }

    init(status: Int, errors: [JSONValue]) {
        self.status = status
        self.errors = errors
    }

    private static func error(_ code: Int64, _ message: String) -> JSONValue {
        ["code": .integer(code), "message": .string(message)]
    }

    static let methodNotAllowed = Refusal(405, 10405, "Method not allowed for this authentication scheme")
    static let missingCredential = Refusal(400, 9106, "Missing X-Auth-Key, X-Auth-Email or Authorization headers")
    static let malformedAuthorization = malformed(6111, "Invalid format for Authorization header")
    static let malformedKey = malformed(6103, "Invalid format for X-Auth-Key header")
    static let invalidToken = Refusal(401, 1000, "Invalid API Token")
    static let invalidAccessToken = Refusal(403, 9109, "Invalid access token")
    static let unknownKey = Refusal(403, 9103, "Unknown X-Auth-Key or X-Auth-Email")
    static let unauthorizedResource = Refusal(403, 9109, "Unauthorized to access requested resource")
    static let forbidden = Refusal(403, 10000, "Authentication error")
    static let unknownApplication = Refusal(404, 11021, "access.api.error.unknown_application")
    static let accessNotEnabled = Refusal(
        400,
        9999,
        "access.api.error.not_enabled: Access is not enabled. Visit the Access dashboard at "
            + "https://one.dash.cloudflare.com/ and click the 'Enable Access' button."
    )

    private static func malformed(_ code: Int64, _ message: String) -> Refusal {
        let error: JSONValue = [
            "code": 6003, "message": "Invalid request headers", "error_chain": [Self.error(code, message)],
        ]
        return Refusal(status: 400, errors: [error])
    }

    static func noRoute(_ path: String) -> Refusal {
        Refusal(
            status: 404,
            errors: [
                error(7003, "Could not route to \(path), perhaps your object identifier is invalid?"),
                error(7000, "No route for that URI"),
            ]
        )
    }

    static func invalidQuery(_ name: String, _ product: Endpoint.Product) -> Refusal {
        switch product {
        case .access: Refusal(400, 12130, "access.api.error.invalid_request: invalid value for \(name)")
        case .other: Refusal(400, 1001, "Invalid value for query parameter \(name)")
        }
    }

    static func throttled(retryAfter seconds: Int) -> Refusal {
        var refusal = Refusal(429, 971, "Please wait and consider throttling your request speed")
        refusal.headers["retry-after"] = String(seconds)
        return refusal
    }
}
