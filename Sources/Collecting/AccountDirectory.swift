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
    /// - Throws: ``CollectingError`` when one does not exist, none is visible or not all could be listed,
    ///   `CloudflareError` when the API fails.
    func accounts(_ requested: [String]) async throws -> [Account] {
        guard requested.isEmpty else {
            var accounts: [Account] = []
            for id in Set(requested).sorted() { accounts.append(try await account(id)) }
            return accounts
        }
        let (visible, gap) = try await visibleAccounts()
        if let gap {
            throw CollectingError(
                code: .incompleteAccountList,
                problem: "not every account that the token sees could be listed: \(gap)",
                remedy: "Name the accounts with --account"
            )
        }
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
            if let other = answer.result["id"]?.stringValue, other != id {
                throw CollectingError(
                    code: .wrongAccount,
                    problem: "asked for account \(id), the API answered with account \(other)",
                    remedy: "Check --api-url and any proxy in between"
                )
            }
            return Account(id: id, name: answer.result["name"]?.stringValue)
        } catch let error as CloudflareError {
            switch error.code {
            case .permissionDenied, .notAuthorizedForService, .invalidCredentials:
                // The account's name needs a permission of its own; the list of accounts does not.
                let (visible, gap) = try await visibleAccounts()
                if let account = visible.first(where: { $0.id == id }) { return account }
                guard !visible.isEmpty, gap == nil else { return Account(id: id, name: nil) }
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

    /// The accounts that the token sees, sorted by id, and why there are more of them, when there are.
    private func visibleAccounts() async throws -> (accounts: [Account], gap: String?) {
        let perPage = 50
        var accounts: [String: Account] = [:]
        var total = 0
        var gap: String?
        for page in 1... {
            let answer: APIAnswer
            do {
                answer = try await client.get(
                    "accounts",
                    query: [("page", String(page)), ("per_page", String(perPage))]
                )
            } catch let error as CloudflareError where error.code == .permissionDenied {
                if page > 1 { gap = "page \(page) of the list was refused" }
                break
            }
            let before = accounts.count
            let objects = answer.result.arrayValue ?? []
            for object in objects {
                guard let id = object["id"]?.stringValue, Self.isAccountID(id) else {
                    gap = "the list holds \(object["id"]?.text ?? "nothing") where an account's id should be"
                    continue
                }
                accounts[id] = Account(id: id, name: object["name"]?.stringValue)
            }
            total = max(total, answer.page.totalCount ?? 0)
            if accounts.count == before {
                // A short list may well ignore that it is asked for a second page.
                if objects.count >= perPage { gap = gap ?? "page \(page) of the list repeats earlier ones" }
                break
            }
            if accounts.count == total { break }
        }
        if accounts.count < total { gap = gap ?? "the list has \(accounts.count) of \(total)" }
        return (accounts.values.sorted { $0.id < $1.id }, gap)
    }

    /// Whether it has the form of an account's id.
    static func isAccountID(_ id: String) -> Bool {
        id.utf8.count == 32 && id.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }
}
