import SnapshotStore

/// A request that a collection would send.
package struct PlannedRequest: Sendable, Hashable {
    /// Method and path with query, below the API's base; `{…}` stands for an id that only the API knows.
    package let request: String
    /// How often it is sent, beside once; `nil` when it is not.
    package let repetition: String?

    /// The requests of a collection, in the order of the catalogue; nothing is sent.
    ///
    /// - Parameters:
    ///   - accountIDs: Accounts asked for; empty for all that the token sees.
    ///   - include: Names of optional kinds to collect too.
    ///   - usesGlobalKey: Whether the credentials are a Global API Key, for which there is nothing to verify.
    /// - Throws: ``CollectingError`` for an account id or a kind that is none.
    package static func all(
        accountIDs: [String],
        include: Set<String>,
        usesGlobalKey: Bool
    ) throws -> [PlannedRequest] {
        try AccountDirectory.check(accountIDs)
        let kinds = try Collector.kinds(including: include)
        var planned: [PlannedRequest] = []
        if !usesGlobalKey {
            planned.append(
                PlannedRequest(
                    request: "GET /user/tokens/verify",
                    repetition: "and the token's details; below /accounts/{account_id} for a token of an account"
                )
            )
        }
        if accountIDs.isEmpty {
            planned.append(PlannedRequest(request: "GET /accounts?page=1&per_page=50", repetition: "for each page"))
        }
        for id in accountIDs { planned.append(PlannedRequest(request: "GET /accounts/\(id)", repetition: nil)) }
        for id in accountIDs.isEmpty ? ["{account_id}"] : accountIDs {
            planned += kinds.flatMap { requests(for: $0, accountID: id) }
        }
        return planned
    }

    private static func requests(for kind: ResourceKind, accountID: String) -> [PlannedRequest] {
        var each: [String] = []
        let size = kind.listing.paging.pageSizes.first.map(String.init) ?? ""
        let page: [(name: String, value: String)]
        switch kind.listing.paging {
        case .page: (page, each) = ([("page", "1"), ("per_page", size)], ["page"])
        case .cursor: (page, each) = ([("per_page", size)], ["cursor"])
        case .single, .object: page = []
        }
        func planned(_ place: ListingPlace, _ more: [String] = []) -> PlannedRequest {
            let query = (place.query + page).map { "\($0.name)=\($0.value)" }.joined(separator: "&")
            let repetitions = (more + each).map { "for each \($0)" }
            return PlannedRequest(
                request: "GET /\(place.path)" + (query.isEmpty ? "" : "?\(query)"),
                repetition: repetitions.isEmpty ? nil : repetitions.joined(separator: ", ")
            )
        }
        switch kind.listing.scope {
        case .account, .itself:
            return [planned(ListingPlace(kind, accountID: accountID))]
        case .accountAndZones:
            return [
                planned(ListingPlace(kind, accountID: accountID)),
                planned(ListingPlace(kind, accountID: accountID, zoneID: "{zone_id}"), ["of the zones"]),
            ]
        case .each(let parent, let condition):
            let which = "of the \(parent)" + (condition.map { " with \($0)" } ?? "")
            return [planned(ListingPlace(kind, accountID: accountID, parentID: "{id}"), [which])]
        }
    }
}
