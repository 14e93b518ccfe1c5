import Foundation

/// One list (or object) that the API hands out: a kind at one place.
package struct ListingPlace: Sendable, Hashable {
    /// The kind that is listed.
    package let kind: ResourceKind
    /// Account in which it is listed.
    package let accountID: String
    /// Zone in which it is listed; `nil` at account level.
    package let zoneID: String?
    /// The resource below which it is listed; `nil` for a kind that is not listed once for each of another.
    package let parentID: String?

    /// Creates a place from its members.
    package init(_ kind: ResourceKind, accountID: String, zoneID: String? = nil, parentID: String? = nil) {
        self.kind = kind
        self.accountID = accountID
        self.zoneID = zoneID
        self.parentID = parentID
    }

    /// Path below the API's base, without a leading slash, percent-encoded.
    package var path: String {
        let path = filled(kind.listing.path).replacing("{parent}", with: Self.segment(parentID ?? ""))
        if let zoneID { return "zones/\(Self.segment(zoneID))/\(path)" }
        return kind.listing.scope == .itself ? path : "accounts/\(Self.segment(accountID))/\(path)"
    }

    /// Query parameters that every request for it has.
    package var query: [(name: String, value: String)] {
        kind.listing.query.map { ($0.name, filled($0.value)) }
    }

    /// Whether an id that the API gave can be one segment of a path: an empty one would name the list itself, and dots
    /// lead elsewhere.
    package static func canBeSegment(_ id: String) -> Bool { !["", ".", ".."].contains(id) }

    private func filled(_ text: String) -> String { text.replacing("{account_id}", with: Self.segment(accountID)) }

    private static func segment(_ id: String) -> String {
        // Unreserved characters (RFC 3986), and the braces of `{zone_id}` and the like in a dry run.
        id.addingPercentEncoding(
            withAllowedCharacters: CharacterSet(
                charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~{}"
            )
        ) ?? ""
    }
}
