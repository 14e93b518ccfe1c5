package import AuditModel
import Foundation
import GRDB
import JSONModel
package import SnapshotStore
import Synchronization

/// The meaning of one account's Access configuration (ACCESS semantics), worked out once so that no rule has to.
package struct AccountAnalysis: Sendable {
    let configuration: AccessConfiguration
    private let destinations: [String: ApplicationDestinations]
    private let index: DestinationIndex
    /// Destinations that an application shares with others, by its id.
    private let duplicates: [String: [DestinationIndex.Duplicate]]
    private let places: [String: Int]
    /// The ingress rules of every tunnel, in their order.
    let tunnelHostnames: [TunnelHostname]

    /// Reads an account.
    ///
    /// - Parameters:
    ///   - snapshot: A finished snapshot.
    ///   - accountID: Account to analyse.
    ///   - time: When service tokens are looked at: what has expired by then is none.
    ///   - publicMailDomains: Domains in which anybody can have a mailbox, lower case.
    /// - Throws: SQLite's error when the snapshot cannot be read.
    package init(
        of snapshot: Snapshot,
        accountID: String,
        at time: UTCTimestamp,
        publicMailDomains: Set<String> = PublicMailDomains.builtIn
    ) throws {
        configuration = try AccessConfiguration(
            snapshot,
            accountID: accountID,
            at: time,
            publicMailDomains: publicMailDomains
        )
        destinations = try ApplicationDestinations.read(snapshot, accountID: accountID)
        index = DestinationIndex(
            destinations.sorted { $0.key < $1.key }.map { ($0.key, $0.value.destinations) }
        )
        var duplicates: [String: [DestinationIndex.Duplicate]] = [:]
        for duplicate in index.duplicates {
            for id in duplicate.applicationIDs { duplicates[id, default: []].append(duplicate) }
        }
        self.duplicates = duplicates
        places = Dictionary(configuration.applications.enumerated().map { ($1.id, $0) }) { first, _ in first }
        let hostnames = TunnelHostnames(
            index,
            destinations,
            try TunnelHostnames.Unmatched.read(snapshot, accountID: accountID)
        )
        tunnelHostnames = try TunnelHostname.IngressRule.read(snapshot, accountID: accountID).map(hostnames.hostname)
    }

    /// An application as people know it.
    package struct Application: Sendable, Hashable {
        package let id: String
        package let name: String
        /// As the API spells it; empty when it gave none.
        package let type: String
        /// What it guards, in the normal form in which destinations are compared.
        package let destinations: [String]
    }

    /// Every application, sorted by id.
    package var applications: [Application] {
        configuration.applications.map { application in
            Application(
                id: application.id,
                name: application.name,
                type: application.type,
                destinations: destinations[application.id]?.destinations.map(\.description) ?? []
            )
        }
    }

    /// Whether an application that is not here does not exist.
    var areApplicationsComplete: Bool { configuration.areApplicationsComplete }

    /// Ids of the applications that guard a URL: the one with the most specific destination, or all that claim it.
    package func applicationIDs(guardingHost host: String, path: String) -> [String] {
        index.mostSpecific(host: host, path: path)
    }

    /// Analyses one application; `nil` when the account has none of that id.
    package func analysis(of applicationID: String) -> ApplicationAnalysis? {
        guard let chain = chain(of: applicationID) else { return nil }
        var analysis = ApplicationAnalysis(chain)
        let parents = parents(of: applicationID).compactMap { self.chain(of: $0) }.map { ApplicationAnalysis($0) }
        let byID = Dictionary(parents.map { ($0.applicationID, $0) }) { first, _ in first }
        analysis.defects += destinationDefects(analysis, byID)
        return analysis
    }

    /// Analyses every application, sorted by id.
    package func analyses() -> [ApplicationAnalysis] {
        let applications = configuration.applications
        // Small parts keep every processor busy to the end.
        let width = max(1, min(64, applications.count / 32))
        let parts = (applications.count + width - 1) / width
        let results = Mutex([[ApplicationAnalysis]](repeating: [], count: parts))
        DispatchQueue.concurrentPerform(iterations: parts) { part in
            let slice = applications[(part * width)..<min(applications.count, (part + 1) * width)]
            let analyses = slice.map { ApplicationAnalysis(PolicyChain($0, in: configuration)) }
            results.withLock { $0[part] = analyses }
        }
        let analyses = results.withLock { $0.flatMap(\.self) }
        let byID = Dictionary(analyses.map { ($0.applicationID, $0) }) { first, _ in first }
        return analyses.map { analysis in
            var result = analysis
            result.defects += destinationDefects(analysis, byID)
            return result
        }
    }

    /// What Access answers to a requester; `nil` when the account has no such application.
    package func decision(for requester: Requester, applicationID: String) -> RequesterDecision? {
        chain(of: applicationID).map { RequesterDecision(requester, for: $0) }
    }

    func chain(of applicationID: String) -> PolicyChain? {
        application(applicationID).map { PolicyChain($0, in: configuration) }
    }

    private func application(_ id: String) -> AccessApplication? { places[id].map { configuration.applications[$0] } }

    /// Applications out of whose hosts and paths this one is cut.
    private func parents(of applicationID: String) -> [String] {
        let patterns = destinations[applicationID]?.patterns ?? []
        return Set(patterns.compactMap { index.parent(of: $0, in: applicationID) }).sorted()
    }

    private func destinationDefects(
        _ analysis: ApplicationAnalysis,
        _ others: [String: ApplicationAnalysis]
    ) -> [PolicyDefect] {
        let id = analysis.applicationID
        var defects: [PolicyDefect] = []
        for parent in parents(of: id).compactMap({ others[$0] }) {
            guard let what = analysis.reach.weakness(comparedWith: parent.reach) else { continue }
            defects.append(
                PolicyDefect(
                    kind: .weakerThanParent,
                    policyID: nil,
                    message:
                        "The application is cut out of \"\(parent.applicationName)\" and is less protected: \(what)."
                )
            )
        }
        for what in destinations[id]?.notUnderstood ?? [] {
            let text = "The application guards something that is not understood: \(what)."
            defects.append(PolicyDefect(kind: .notUnderstood, policyID: nil, message: text))
        }
        for duplicate in duplicates[id] ?? [] {
            let others = duplicate.applicationIDs.filter { $0 != id }
            let names = others.prefix(3).compactMap { application($0) }.map { "\"\($0.name)\"" }
            let rest = others.count > 3 ? ["\(others.count - 3) more"] : []
            defects.append(
                PolicyDefect(
                    kind: .duplicateDestination,
                    policyID: nil,
                    message: "\(duplicate.destination) is also claimed by \(ConditionText.list(names + rest, "and"))."
                )
            )
        }
        return defects
    }
}

extension ApplicationReach {
    /// What is weaker than in the application from which this one is cut out, in a clause; `nil` when nothing surely is.
    fileprivate func weakness(comparedWith parent: ApplicationReach) -> String? {
        guard let weakest else { return nil }
        if let other = parent.weakest, weakest.assurance < other.assurance {
            return "here \(weakest.assurance.words), there \(other.assurance.words)"
        }
        if parent.anybody == .no { return "nobody gets in there, and somebody gets in here" }
        if answers[.withoutMFA] == .yes, parent.answers[.withoutMFA] == .no, parent.weakest != nil {
            return "MFA is demanded there, and not here"
        }
        return nil
    }
}

extension ApplicationDestinations {
    /// The destinations of every application of an account, by id.
    fileprivate static func read(_ snapshot: Snapshot, accountID: String) throws -> [String: ApplicationDestinations] {
        try snapshot.read { database in
            var result: [String: ApplicationDestinations] = [:]
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT id, CASE WHEN json_valid(body) THEN
                        json_object('type', type, 'domain', domain,
                                    'destinations', json(body -> '$.destinations'),
                                    'self_hosted_domains', json(body -> '$.self_hosted_domains')) END
                    FROM access_application WHERE account_id = ?
                    """,
                arguments: [accountID]
            )
            while let row = try rows.next() {
                guard let id: String = row.typed(0), let text: String = row.typed(1) else { continue }
                guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(text.utf8)) else { continue }
                result[id] = ApplicationDestinations(value)
            }
            return result
        }
    }
}

extension TunnelHostname.IngressRule {
    fileprivate static func read(_ snapshot: Snapshot, accountID: String) throws -> [Self] {
        try snapshot.read { database in
            var result: [Self] = []
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT tunnel_id, position, hostname, path,
                           COALESCE(json_type(body, '$.hostname'), 'null') IN ('null', 'text')
                           AND COALESCE(json_type(body, '$.path'), 'null') IN ('null', 'text')
                    FROM tunnel_ingress_rule WHERE account_id = ? AND json_valid(body) ORDER BY tunnel_id, position
                    """,
                arguments: [accountID]
            )
            while let row = try rows.next() {
                guard let tunnelID: String = row.typed(0), let position: Int64 = row.typed(1) else { continue }
                result.append(
                    Self(
                        tunnelID: tunnelID,
                        position: position,
                        hostname: row.typed(2),
                        path: row.typed(3),
                        isUnderstood: row.typed(4) ?? false
                    )
                )
            }
            return result
        }
    }
}

extension TunnelHostnames.Unmatched {
    /// The setting is off until somebody switches it on, so an organization without it denies nothing.
    fileprivate static func read(_ snapshot: Snapshot, accountID: String) throws -> Self {
        try snapshot.read { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT deny_unmatched_requests, json_type(body, '$.deny_unmatched_requests')
                    FROM organization WHERE account_id = ? AND json_valid(body)
                    """,
                arguments: [accountID]
            )
            guard let row else { return Self(isDenied: .unknown) }
            let isDenied: Bool? = row.typed(0)
            let type: String? = row.typed(1)
            let zones = try Row.fetchAll(
                database,
                sql: "SELECT zone_name FROM organization_exempted_zone WHERE account_id = ?",
                arguments: [accountID]
            )
            let names = zones.compactMap { row -> String? in row.typed(0) }
            return Self(
                isDenied: isDenied.map { Truth($0) } ?? (type == nil || type == "null" ? .no : .unknown),
                exemptedZones: Set(names.map { String(decoding: HostPattern.normalized($0), as: UTF8.self) })
            )
        }
    }
}
