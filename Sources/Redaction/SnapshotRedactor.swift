package import AuditModel
import Foundation
import GRDB
import JSONModel
package import SnapshotStore

/// Makes snapshots that can be shared: new files, in which nothing is left of what is to be replaced.
package struct SnapshotRedactor: Sendable {
    package let pseudonyms: Pseudonyms

    /// Looks through snapshots for people and devices, whose names are then found in every text.
    ///
    /// - Parameters:
    ///   - level: For whom the snapshots are redacted.
    ///   - key: The key of the pseudonyms.
    ///   - snapshots: All that are to be redacted alike.
    /// - Throws: SQLite's error when one cannot be read.
    package init(_ level: RedactionLevel, key: RedactionKey, for snapshots: [Snapshot]) throws {
        var pseudonyms = Pseudonyms(level, key: key)
        let redactor = ObjectRedactor(pseudonyms)
        var names = KnownNames()
        for snapshot in snapshots where level == .auditor {
            for kind in Self.kinds {
                try snapshot.read { database in
                    let bodies = try String.fetchCursor(
                        database,
                        sql: "SELECT body FROM \"\(kind.table)\" ORDER BY rowid"
                    )
                    while let body = try bodies.next() {
                        redactor.collectNames(try JSONValue(parsing: Data(body.utf8)), table: kind.table, into: &names)
                    }
                }
            }
        }
        pseudonyms.names = names
        self.pseudonyms = pseudonyms
    }

    /// Writes a redacted copy of a snapshot.
    ///
    /// - Parameters:
    ///   - snapshot: The original.
    ///   - path: Where the copy goes.
    /// - Throws: `SnapshotError`, or SQLite's error when the original cannot be read.
    package func redact(_ snapshot: Snapshot, to path: String) throws {
        let accounts = snapshot.accounts.map(pseudonyms.account)
        let info = info(of: snapshot)
        let writer = try SnapshotWriter(path: path, info: info, accounts: accounts)
        do {
            for kind in Self.kinds { try copy(kind, of: snapshot, to: writer) }
            try writer.finish(copying: info, coverage: snapshot.coverage.map(pseudonyms.coverage))
        } catch {
            writer.discard()
            throw error
        }
    }

    /// One kind for each table, policies last: those that applications embed must not replace the policies themselves.
    private static let kinds: [ResourceKind] = {
        var seen: Set<String> = []
        let kinds = ResourceCatalogue.kinds.filter { seen.insert($0.table).inserted }
        return kinds.filter { $0 != .accessPolicies } + [.accessPolicies]
    }()

    private func info(of snapshot: Snapshot) -> SnapshotInfo {
        let redactor = ObjectRedactor(pseudonyms)
        var info = snapshot.info
        info.apiBase = pseudonyms.apiBase(info.apiBase)
        info.tokenID = info.tokenID.map(pseudonyms.id)
        info.tokenScope = Self.tokenScopes.contains(info.tokenScope) ? info.tokenScope : "unknown"
        info.tokenPolicies = info.tokenPolicies.map { text in
            guard let policies = try? JSONValue(parsing: Data(text.utf8)) else { return "null" }
            return redactor.redact(policies, at: ["policies"], "account_token").text
        }
        info.redaction = pseudonyms.note(withheld: 0)
        return info
    }

    private static let tokenScopes: Set<String> = ["user token", "account token", "global key"]

    private func copy(_ kind: ResourceKind, of snapshot: Snapshot, to writer: SnapshotWriter) throws {
        let redactor = ObjectRedactor(pseudonyms)
        let parent = kind.parentColumn.map { "\"\($0)\"" } ?? "NULL"
        try snapshot.read { database in
            let rows = try Row.fetchCursor(
                database,
                sql: "SELECT account_id, zone_id, id, \(parent), body FROM \"\(kind.table)\" ORDER BY rowid"
            )
            var batch: [CopiedObject] = []
            while let row = try rows.next() {
                let body: String = row[4]
                let object = try JSONValue(parsing: Data(body.utf8))
                let account: String = row[0]
                let zone: String? = row[1]
                let parent: String? = row[3]
                let place = ListingPlace(
                    kind,
                    accountID: pseudonyms.id(account),
                    zoneID: zone.map(pseudonyms.id),
                    parentID: parent.map(pseudonyms.id)
                )
                let redacted = redactor.redact(withIDsOfPolicies(object, kind), table: kind.table)
                batch.append(CopiedObject(redacted, id: pseudonyms.id(row[2], of: kind.table), at: place))
                guard batch.count == 500 else { continue }
                try writer.store(batch)
                batch = []
            }
            try writer.store(batch)
        }
    }

    /// A policy without an id got a digest of itself for one, which would not be that of its redacted form.
    private func withIDsOfPolicies(_ object: JSONValue, _ kind: ResourceKind) -> JSONValue {
        guard kind == .accessApplications, case .object(var members) = object,
            let policies = members["policies"]?.arrayValue
        else { return object }
        let isComplete = policies.allSatisfy { policy in
            policy.objectValue == nil || ["id", "uid"].contains { policy[$0]?.stringValue?.isEmpty == false }
        }
        guard !isComplete else { return object }
        members["policies"] = .array(
            policies.map { policy in
                guard case .object(var inner) = policy, !["id", "uid"].contains(where: { inner[$0] != nil }) else {
                    return policy
                }
                inner["id"] = .string("no-id-\(Fingerprint.of(policy))")
                return .object(inner)
            }
        )
        return .object(members)
    }
}

extension Pseudonyms {
    /// What a result or snapshot says of its redaction.
    ///
    /// - Parameters:
    ///   - withheld: Findings without their message.
    ///   - further: What else was replaced.
    /// - Returns: The note.
    package func note(withheld: Int, further: [String] = []) -> Redaction {
        let people = [
            "names of people", "e-mail addresses", "names, serial numbers and hardware addresses of devices",
            "IP addresses", "ids, keys and certificates",
        ]
        let names = [
            "names of accounts, applications, policies and everything else that the account names",
            "hosts and paths, but for domains that many use", "descriptions and other free texts",
        ]
        return Redaction(
            level: level,
            keyID: keyID,
            replaced: people + (isPublic ? names : []) + further,
            withheldFindings: withheld
        )
    }

    /// The id of a resource of a table: some tables have names, hosts or values for ids.
    package func id(_ text: String, of table: String) -> String {
        switch table {
        case "access_tag": tag(text)
        case "mtls_hostname_setting": host(text)
        case "gateway_list_item": item(text)
        // Rules about the audit itself have words of ours, or an id.
        case "coverage", "snapshot_info":
            ["snapshot", "credential"].contains(text)
                || ResourceCatalogue.kinds.contains { $0.name == text || $0.table == text } ? text : id(text)
        default: id(text)
        }
    }

    func account(_ account: Account) -> Account {
        Account(id: id(account.id), name: account.name.map { name($0, "Account") })
    }

    func coverage(_ entry: CoverageEntry) -> CoverageEntry {
        var entry = entry
        entry.accountID = id(entry.accountID)
        entry.zoneID = entry.zoneID.map { id($0) }
        entry.reason = entry.reason.map { isPublic ? Self.reason(entry.status) : redacted($0) }
        return entry
    }

    private static func reason(_ status: CoverageStatus) -> String {
        switch status {
        case .complete: "All of it was read."
        case .partial: "Only a part of it could be read."
        case .denied: "The API token lacks the permission, or is for another account."
        case .unavailable: "The feature is not available on this account."
        case .failed: "The API could not be made to answer."
        }
    }

    /// The address of Cloudflare's API and of this machine stay.
    func apiBase(_ text: String) -> String {
        guard let host = URL(string: text)?.host() else { return self.text(text) }
        return host == "api.cloudflare.com" || host == "localhost" || host == "127.0.0.1" ? text : url(text)
    }
}
