import CloudflareAPI
package import JSONModel

/// What the API says of the credentials themselves.
package struct TokenIdentity: Sendable, Hashable {
    /// Cloudflare's id of the token; `nil` for a Global API Key.
    package let id: String?
    /// Kind of credential, for `snapshot_info.token_scope`.
    package let scope: String
    /// When it ends, RFC 3339; `nil` for never, or when that is not known.
    package let expiresAt: String?
    /// The token's policies: permission groups, and the resources to which they apply.
    ///
    /// `nil` when the token's details could not be read, which takes a permission that an audit does not need.
    package let policies: JSONValue?

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
        if isGlobalKey { return TokenIdentity(id: nil, scope: "global key", expiresAt: nil, policies: nil) }
        do {
            let answer = try await client.get("user/tokens/verify")
            return try await read(answer.result, below: "user", scope: "user token", client)
        } catch let error as CloudflareError where error.code == .invalidCredentials && error.apiCode == 1000 {
            var candidates = accountIDs
            if candidates.isEmpty {
                // A token the API does not know cannot list accounts either; the first error says it best.
                guard let list = try await unlessRefused({ try await client.get("accounts") }) else { throw error }
                candidates = (list.result.arrayValue ?? []).compactMap { $0["id"]?.stringValue }
                    .filter(AccountDirectory.isAccountID)
            }
            for accountID in candidates {
                let path = "accounts/\(accountID)"
                guard let answer = try await unlessRefused({ try await client.get("\(path)/tokens/verify") }) else {
                    continue
                }
                return try await read(answer.result, below: path, scope: "account token", client)
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

    private static func read(
        _ result: JSONValue,
        below path: String,
        scope: String,
        _ client: CloudflareClient
    ) async throws -> Self {
        let status = result["status"]?.stringValue ?? "active"
        guard status == "active" else {
            throw CollectingError(
                code: .inactiveToken,
                problem: "the API token is \(status)",
                remedy: "Make a new one, or enable it in the Cloudflare dashboard under API Tokens"
            )
        }
        let id = result["id"]?.stringValue
        var policies: JSONValue?
        if let id, !id.isEmpty, id.utf8.allSatisfy(isLetterOrDigit) {
            do {
                policies = try await client.get("\(path)/tokens/\(id)").result["policies"]
            } catch is CloudflareError {
                // What a token may do is worth knowing, but nothing depends on it.
            }
        }
        return TokenIdentity(
            id: id,
            scope: scope,
            expiresAt: result["expires_on"]?.stringValue,
            policies: policies.flatMap { $0.arrayValue == nil ? nil : $0 }
        )
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }
}

extension TokenIdentity {
    /// Names of the token's permission groups that allow more than reading, sorted; `nil` when they are not known.
    package var writingPermissions: [String]? {
        policies?.arrayValue.map { policies in
            let groups = policies.filter { $0["effect"]?.stringValue != "deny" }
                .flatMap { $0["permission_groups"]?.arrayValue ?? [] }
            return Set(groups.compactMap { $0["name"]?.stringValue }.filter { !$0.hasSuffix("Read") }).sorted()
        }
    }
}
