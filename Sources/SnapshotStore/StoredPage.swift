/// One answer of the API, as it was stored.
///
/// The working file remembers it, so that a collection that goes on later does not ask for it again.
package struct StoredPage: Sendable, Hashable {
    /// Objects in it.
    package var count: Int
    /// Those of them that no earlier answer for the same place held.
    package var new = 0
    /// Total that it reported; `nil` when it reported none.
    package var totalCount: Int?
    /// Number of pages that it reported; `nil` when it reported none.
    package var totalPages: Int?
    /// Cursor of the next page; `nil` when there is none.
    package var cursor: String?
    /// Objects that it said a page holds; `nil` when it did not.
    package var perPage: Int?
    /// Whether it said nothing at all of its place in the list.
    package var isSilent: Bool
    /// Whether it held one object where a list was expected.
    package var isMisshapen: Bool

    /// Describes an answer that holds `count` objects and says no more.
    package init(
        count: Int,
        totalCount: Int? = nil,
        totalPages: Int? = nil,
        cursor: String? = nil,
        perPage: Int? = nil,
        isSilent: Bool = true,
        isMisshapen: Bool = false
    ) {
        self.count = count
        self.totalCount = totalCount
        self.totalPages = totalPages
        self.cursor = cursor
        self.perPage = perPage
        self.isSilent = isSilent
        self.isMisshapen = isMisshapen
    }
}
