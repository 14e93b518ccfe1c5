import CloudflareAPI
import JSONModel

/// What the API says of the credentials themselves.
package struct TokenIdentity: Sendable, Hashable {
    /// Cloudflare's id of the token; `nil` for a Global API Key.
    package let id: String?
    /// Kind of credential, for `snapshot_info.token_scope`.
    package let scope: String

    /// Asks the API about the credentials.
    ///
    /// A token that belongs to an account is unknown to the user's endpoint (code 1000) although it is fine, so the
    /// account's endpoint is asked then.
    ///
    /// - Parameters:
    ///   - client: Client with the credentials.
    ///   - isGlobalKey: Whether they are a Global API Key, for which there is nothing to verify.
    ///   - accountIDs: Accounts asked for; without any, those that the API lists are tried.
    /// - Returns: Id and kind of the credentials.
    /// - Throws: `CloudflareError` when the token is not accepted, ``CollectingError`` when it is not active.
    static func verify(_ client: CloudflareClient, isGlobalKey: Bool, accountIDs: [String]) async throws -> Self {
        if isGlobalKey { return TokenIdentity(id: nil, scope: "global key") }
        do {
            let answer = try await client.get("user/tokens/verify")
            return try read(answer.result, scope: "user token")
        } catch let error as CloudflareError where error.code == .invalidCredentials && error.apiCode == 1000 {
            var candidates = accountIDs
            if candidates.isEmpty {
                // A token the API does not know cannot list accounts either; the first error says it best.
                guard let list = try await unlessRefused({ try await client.get("accounts") }) else { throw error }
                candidates = (list.result.arrayValue ?? []).compactMap { $0["id"]?.stringValue }
            }
            for accountID in candidates {
                let path = "accounts/\(accountID)/tokens/verify"
                guard let answer = try await unlessRefused({ try await client.get(path) }) else { continue }
                return try read(answer.result, scope: "account token")
            }
            throw error
        }
    }

    /// The answer, or `nil` when the API knows better than to give one; that it could not be reached is another matter.
    private static func unlessRefused(_ request: () async throws -> APIAnswer) async throws -> APIAnswer? {
        do {
            return try await request()
        } catch let error as CloudflareError {
            switch error.code {
            case .invalidCredentials, .permissionDenied, .notAuthorizedForService, .unroutable, .unknownObject:
                return nil
            default: throw error
            }
        }
    }

    private static func read(_ result: JSONValue, scope: String) throws -> Self {
        let status = result["status"]?.stringValue ?? "active"
        guard status == "active" else {
            throw CollectingError(
                code: .inactiveToken,
                problem: "the API token is \(status)",
                remedy: "Make a new one, or enable it in the Cloudflare dashboard under API Tokens"
            )
        }
        return TokenIdentity(id: result["id"]?.stringValue, scope: scope)
    }
}
