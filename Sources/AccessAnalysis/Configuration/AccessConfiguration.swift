import AuditModel
import GRDB
import JSONModel
import SnapshotStore

/// What the snapshot says of one account's Access applications, policies and groups, and of all that they name.
struct AccessConfiguration: Sendable {
    let accountID: String
    /// Whether an application that is not here does not exist.
    let areApplicationsComplete: Bool
    /// Sorted by id.
    var applications: [AccessApplication]
    /// By id.
    var policies: [String: AccessPolicy]
    /// Ids of the policies of which no answer of the API holds more than a reference, sorted.
    let unseenPolicies: [String]
    /// Whether a policy that is not here does not exist.
    let arePoliciesComplete: Bool
    /// With the order in which groups depend on each other.
    var groups: GroupGraph
    var organization: OrganizationState
    /// What rules can name beside groups.
    var inventory: AccountInventory
}

extension AccessConfiguration {
    /// Reads one account.
    ///
    /// - Parameters:
    ///   - snapshot: A finished snapshot.
    ///   - accountID: Account to read.
    ///   - time: When tokens are looked at: what has expired by then is no token.
    ///   - publicMailDomains: Domains in which anybody can have a mailbox, lower case.
    /// - Throws: SQLite's error when the snapshot cannot be read.
    init(_ snapshot: Snapshot, accountID: String, at time: UTCTimestamp, publicMailDomains: Set<String>) throws {
        self.accountID = accountID
        let blocks = try snapshot.read { try RuleBlocks.read($0, accountID: accountID) }
        let (read, groups): ([String: AccessPolicy], [String: AccessGroup])
        (applications, read, groups) = try snapshot.read { database in
            (
                try AccessApplication.read(database, accountID: accountID),
                try AccessPolicy.read(database, accountID: accountID, blocks: blocks),
                try AccessGroup.read(database, accountID: accountID, blocks: blocks)
            )
        }
        let seen = read.filter { !$0.value.isReference }
        policies = seen
        unseenPolicies = Set(applications.flatMap(\.links).map(\.policyID)).union(read.keys)
            .filter { seen[$0] == nil }.sorted()
        areApplicationsComplete = snapshot.isReliable(.accessApplications, accountID: accountID)
        arePoliciesComplete = snapshot.isReliable(.accessPolicies, accountID: accountID)
        self.groups = GroupGraph(
            groups,
            isComplete: snapshot.isReliable(.accessGroups, accountID: accountID),
            gap: snapshot.gap(.accessGroups, accountID: accountID)
        )
        organization = try OrganizationState(snapshot, accountID: accountID)
        inventory = try AccountInventory(snapshot, accountID: accountID, at: time)
        inventory.publicMailDomains = publicMailDomains
    }
}

extension Snapshot {
    /// Whether everything of a kind was read in an account, so that what is not there does not exist.
    func isReliable(_ kind: ResourceKind, accountID: String) -> Bool {
        let entries = coverage.filter { $0.accountID == accountID && $0.kind == kind.name }
        return !entries.isEmpty && entries.allSatisfy(\.status.isReliable)
    }

    /// Why not everything of a kind is known in an account, in a clause; `nil` when it is.
    func gap(_ kind: ResourceKind, accountID: String) -> String? {
        guard !isReliable(kind, accountID: accountID) else { return nil }
        let isDenied = coverage.contains {
            $0.accountID == accountID && $0.kind == kind.name && $0.status == .denied
        }
        let name = kind.name.replacing("_", with: " ")
        return isDenied
            ? "the token may not read \(name): it lacks the permission \"\(kind.permission)\""
            : "\(name) were not read completely (permission \"\(kind.permission)\")"
    }
}
