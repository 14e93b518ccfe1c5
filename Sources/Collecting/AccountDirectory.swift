import AuditModel
import CloudflareAPI
import JSONModel

/// Finds the accounts to collect from.
struct AccountDirectory {
    let client: CloudflareClient

    /// Refuses what cannot be an account's id, and so must not become part of a path.
    ///
    /// - Throws: ``CollectingError``.
    static func check(_ requested: [String]) throws(CollectingError) {
        for id in requested where !isAccountID(id) {
            throw CollectingError(
                code: .malformedAccountID,
                problem: "'\(id)' is no account id (they have 32 hexadecimal digits, in lower case)",
                remedy: "Copy the id from the Cloudflare dashboard: Account home, menu beside the account's name"
            )
        }
    }

    /// The accounts asked for, or every account that the token sees, sorted by id.
    ///
    /// - Parameter requested: Account ids, checked; empty for all.
    /// - Returns: At least one account.
    /// - Throws: ``CollectingError`` when one does not exist or none is visible, `CloudflareError` when the API fails.
    func accounts(_ requested: [String]) async throws -> [Account] {
        guard requested.isEmpty else {
            var accounts: [Account] = []
            for id in Set(requested).sorted() { accounts.append(try await account(id)) }
            return accounts
        }
        let visible = try await visibleAccounts()
        guard !visible.isEmpty else {
            throw CollectingError(
                code: .noAccount,
                problem: "the API token sees no account",
                remedy: "Name one with --account, or give the token a permission on an account"
            )
        }
        return visible
    }

    private func account(_ id: String) async throws -> Account {
        do {
            let answer = try await client.get("accounts/\(id)")
            return Account(id: id, name: answer.result["name"]?.stringValue)
        } catch let error as CloudflareError {
            switch error.code {
            case .permissionDenied, .notAuthorizedForService, .invalidCredentials:
                // The account's name needs a permission of its own; the list of accounts does not.
                let visible = try await visibleAccounts()
                if let account = visible.first(where: { $0.id == id }) { return account }
                guard !visible.isEmpty else { return Account(id: id, name: nil) }
                let names = visible.prefix(5).map { "\($0.id) (\($0.label))" }.joined(separator: ", ")
                throw CollectingError(
                    code: .unknownAccount,
                    problem: "account \(id) does not exist, or this token is not for it; it sees \(names)",
                    remedy: "Correct --account or CLOUDFLARE_ACCOUNT_ID"
                )
            case .unroutable, .unknownObject:
                throw CollectingError(
                    code: .unknownAccount,
                    problem: "account \(id) does not exist",
                    remedy: "Correct --account or CLOUDFLARE_ACCOUNT_ID"
                )
            default:
                throw error
            }
        }
    }

    private func visibleAccounts() async throws -> [Account] {
        var accounts: [String: Account] = [:]
        for page in 1... {
            let answer: APIAnswer
            do {
                answer = try await client.get(
                    "accounts",
                    query: [("page", String(page)), ("per_page", "50")]
                )
            } catch let error as CloudflareError where error.code == .permissionDenied {
                return []
            }
            let before = accounts.count
            for object in answer.result.arrayValue ?? [] {
                guard let id = object["id"]?.stringValue, Self.isAccountID(id) else { continue }
                accounts[id] = Account(id: id, name: object["name"]?.stringValue)
            }
            if accounts.count == before || accounts.count == answer.page.totalCount { break }
        }
        return accounts.values.sorted { $0.id < $1.id }
    }

    private static func isAccountID(_ id: String) -> Bool {
        id.utf8.count == 32 && id.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }
}
