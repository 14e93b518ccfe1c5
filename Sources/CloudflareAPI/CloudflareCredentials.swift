/// What the client shows to the API.
///
/// Never printed: its description is a stand-in.
package enum CloudflareCredentials: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    /// An API token, of a user or of an account.
    case token(String)
    /// The Global API Key of a user, which can do everything the user can.
    case globalKey(email: String, key: String)

    /// Headers of an authenticated request.
    var headers: [(name: String, value: String)] {
        switch self {
        case .token(let token): [("Authorization", "Bearer \(token)")]
        case .globalKey(let email, let key): [("X-Auth-Email", email), ("X-Auth-Key", key)]
        }
    }

    /// What must not be seen.
    var secret: String {
        switch self {
        case .token(let token): token
        case .globalKey(_, let key): key
        }
    }

    /// Whether they can stand in a header.
    ///
    /// The HTTP client refuses line breaks and other control characters, but its error quotes the whole header.
    var isSendable: Bool {
        !secret.isEmpty && headers.allSatisfy { $0.value.utf8.allSatisfy { (32...126).contains($0) } }
    }

    package var description: String {
        switch self {
        case .token: "API token [redacted]"
        case .globalKey: "Global API Key [redacted]"
        }
    }

    package var debugDescription: String { description }
}
