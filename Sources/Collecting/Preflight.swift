package import AuditModel
import CloudflareAPI
import JSONModel
import SnapshotStore

/// What a token may read, found out with one small request per kind.
package struct Preflight: Sendable, Hashable {
    /// What came of the request for one kind.
    package enum Outcome: String, Sendable, Hashable {
        /// It can be read.
        case readable
        /// The token lacks the permission.
        case denied
        /// The feature is not on this account.
        case unavailable
        /// The API could not be made to answer.
        case failed
        /// There is nothing on the account to try it on.
        case untested
    }

    /// One kind of one account.
    package struct Entry: Sendable, Hashable {
        package let account: Account
        /// The zone on which it was tried; `nil` at account level.
        package let zoneID: String?
        /// Name of the kind.
        package let kind: String
        package let outcome: Outcome
        /// API token permission that it needs.
        package let permission: String
        /// Why it is not readable; `nil` when it is.
        package let reason: String?
    }

    /// The token and what is known of it.
    package let identity: TokenIdentity
    /// One entry per account and kind, in the order of the catalogue; kinds that zones have too have another for the
    /// first zone, which is untested when no zone was seen.
    package let entries: [Entry]

    /// Permissions that the token lacks, sorted: those for the account, and those for its zones.
    package var missingPermissions: (account: [String], zones: [String]) {
        let denied = entries.filter { $0.outcome == .denied }
        func names(_ entries: [Entry]) -> [String] { Set(entries.map(\.permission)).sorted() }
        let zoneLevel = { (entry: Entry) in entry.zoneID != nil || entry.kind == ResourceKind.zones.name }
        return (names(denied.filter { !zoneLevel($0) }), names(denied.filter(zoneLevel)))
    }

    /// How many kinds could not be tried at all, or not in a zone.
    package var untestedKinds: Int { Set(entries.filter { $0.outcome == .untested }.map(\.kind)).count }

    /// Whether a collection would find everything readable, as far as it could be tried.
    package var isReady: Bool { !entries.contains { $0.outcome == .denied || $0.outcome == .failed } }
}

extension Collector {
    /// Finds out what the token may read; nothing is stored.
    ///
    /// - Returns: One entry per account and kind.
    /// - Throws: `CloudflareError`, ``CollectingError`` when token or accounts cannot be used at all.
    package func check(_ request: CollectionRequest) async throws -> Preflight {
        try AccountDirectory.check(request.accountIDs)
        let kinds = try Self.kinds(including: request.include)
        let identity = try await TokenIdentity.verify(
            client,
            isGlobalKey: request.usesGlobalKey,
            accountIDs: request.accountIDs
        )
        let accounts = try await AccountDirectory(client: client).accounts(request.accountIDs)
        report(.accounts(accounts))
        var entries: [Preflight.Entry] = []
        for account in accounts {
            entries += try await AccountCheck(client: client.forOneAccount(), account: account, width: request.width)
                .run(kinds)
        }
        return Preflight(identity: identity, entries: entries)
    }
}

/// The preflight of one account.
private struct AccountCheck: Sendable {
    let client: CloudflareClient
    let account: Account
    let width: Int

    /// What a kind is tried on.
    private struct Attempt: Sendable {
        let order: Int
        let place: ListingPlace
    }

    /// What came of it, with the objects of the answer.
    private struct Answer: Sendable {
        let order: Int
        let entry: Preflight.Entry
        let objects: [JSONValue]
    }

    func run(_ kinds: [ResourceKind]) async throws -> [Preflight.Entry] {
        var first: [Attempt] = []
        for (order, kind) in kinds.enumerated() {
            if case .each = kind.listing.scope { continue }
            first.append(Attempt(order: order, place: ListingPlace(kind, accountID: account.id)))
        }
        let answers = try await answers(to: first)
        let objects = Dictionary(answers.map { ($0.entry.kind, $0.objects) }) { $1 }
        let canListZones = answers.contains {
            $0.entry.kind == ResourceKind.zones.name && $0.entry.outcome == .readable
        }
        let noZone =
            "no zone seen to try it on: "
            + (canListZones ? "the account has none, or the token sees none" : "the zones could not be listed")
        var second: [Attempt] = []
        var untested: [Answer] = []
        for (order, kind) in kinds.enumerated() {
            switch kind.listing.scope {
            case .each(let parent, let condition):
                if let id = id(of: parent, having: condition, in: objects[parent] ?? []) {
                    let place = ListingPlace(kind, accountID: account.id, parentID: id)
                    second.append(Attempt(order: order, place: place))
                } else {
                    let reason = "none of the \(parent) seen to try it on"
                    untested.append(Answer(order: order, entry: entry(kind, nil, .untested, reason), objects: []))
                }
            case .accountAndZones:
                if let zone = id(of: ResourceKind.zones.name, having: nil, in: objects[ResourceKind.zones.name] ?? []) {
                    let place = ListingPlace(kind, accountID: account.id, zoneID: zone)
                    second.append(Attempt(order: order, place: place))
                } else {
                    untested.append(Answer(order: order, entry: entry(kind, nil, .untested, noZone), objects: []))
                }
            case .account, .itself: continue
            }
        }
        // What a kind has in a zone comes after what it has in the account.
        let all = answers + untested + (try await self.answers(to: second))
        return kinds.indices.flatMap { order in all.filter { $0.order == order } }.map(\.entry)
    }

    /// The first id in an answer that can be used in a path.
    private func id(of kindName: String, having condition: String?, in objects: [JSONValue]) -> String? {
        guard let kind = ResourceCatalogue.kinds.first(where: { $0.name == kindName }) else { return nil }
        let path = kind.columns.first { $0.name == condition }?.path
        return objects.filter { path == nil || $0[path: path ?? []]?.boolValue == true }
            .compactMap { $0[path: kind.identifier]?.stringValue }.first(where: ListingPlace.canBeSegment)
    }

    private func answers(to attempts: [Attempt]) async throws -> [Answer] {
        try await withThrowingTaskGroup(of: Answer.self) { group in
            var remaining = attempts.makeIterator()
            var answers: [Answer] = []
            func addNext() {
                guard let attempt = remaining.next() else { return }
                group.addTask { try await answer(to: attempt) }
            }
            for _ in 0..<width { addNext() }
            for try await answer in group {
                answers.append(answer)
                addNext()
            }
            return answers
        }
    }

    private func answer(to attempt: Attempt) async throws -> Answer {
        let kind = attempt.place.kind
        func answer(_ outcome: Preflight.Outcome, _ reason: String? = nil, _ objects: [JSONValue] = []) -> Answer {
            Answer(order: attempt.order, entry: entry(kind, attempt.place.zoneID, outcome, reason), objects: objects)
        }
        // A page of 50 is allowed wherever the reference names a maximum.
        let page: [(String, String)] =
            switch kind.listing.paging {
            case .page: [("page", "1"), ("per_page", "50")]
            case .cursor: [("per_page", "50")]
            case .single, .object: []
            }
        do {
            let result = try await client.get(attempt.place.path, query: attempt.place.query + page).result
            return answer(.readable, nil, result.arrayValue ?? [result])
        } catch let error as CloudflareError {
            switch error.code {
            case .permissionDenied, .notAuthorizedForService: return answer(.denied, error.problem)
            case .accessNotEnabled: return answer(.unavailable, error.problem)
            case .unknownObject where attempt.place.parentID != nil: return answer(.readable)
            default: return answer(.failed, error.problem)
            }
        }
    }

    private func entry(
        _ kind: ResourceKind,
        _ zoneID: String?,
        _ outcome: Preflight.Outcome,
        _ reason: String?
    ) -> Preflight.Entry {
        Preflight.Entry(
            account: account,
            zoneID: zoneID,
            kind: kind.name,
            outcome: outcome,
            permission: kind.permission,
            reason: reason
        )
    }
}
