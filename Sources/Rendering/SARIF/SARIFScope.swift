import AuditModel

/// The part of a result that one run of a log is about: an account, or all of them.
///
/// GitHub keeps the alerts of each category apart, and closes those that a later upload of the category does not have.
/// With a run and a category for each account, an audit of one account leaves the alerts of the others alone, and the
/// limit on results counts for each account by itself.
struct SARIFScope {
    /// Most runs that GitHub accepts in a file.
    static let maximumRuns = 20

    /// `nil` for all accounts.
    let account: Account?
    /// Accounts of which another run tells.
    private let others: Set<String>
    /// Whether it tells of what belongs to no account of the result, so that nothing is lost.
    let isFirst: Bool

    /// The scopes of the runs, in the order of the accounts.
    static func all(in result: AuditResult) -> [SARIFScope] {
        guard (1...maximumRuns).contains(result.accounts.count) else {
            return [SARIFScope(account: nil, others: [], isFirst: true)]
        }
        let ids = Set(result.accounts.map(\.id))
        return result.accounts.enumerated().map { place, account in
            SARIFScope(account: account, others: ids.subtracting([account.id]), isFirst: place == 0)
        }
    }

    /// Whether the run tells of what is in an account.
    func covers(_ accountID: String) -> Bool {
        accountID == account?.id || isFirst && !others.contains(accountID)
    }

    /// Category and run as `automationDetails.id` has them: GitHub takes what stands before the last `/` for the category.
    func automationID(_ result: AuditResult) -> String {
        let category = account.map { URIText.encoded($0.id) } ?? "all"
        return "ztaudit/\(category)/\(URIText.encoded(result.snapshot.evaluatedAt, keeping: ":"))"
    }
}
