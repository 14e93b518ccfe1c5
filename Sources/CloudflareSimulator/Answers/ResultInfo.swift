import JSONModel

extension ResultInfoStyle {
    /// The `result_info` of a numbered page.
    func info(page: Int, size: Int, count: Int, total: Int) -> JSONValue? {
        var members: [String: JSONValue] = [
            "page": Self.number(page), "per_page": Self.number(size), "count": Self.number(count),
            "total_count": Self.number(total), "total_pages": Self.number((total + size - 1) / size),
        ]
        switch self {
        case .full: break
        case .missing: return nil
        case .noTotalPages: members["total_pages"] = nil
        case .totalPagesZero: members["total_pages"] = 0
        case .nullTotalCount: members["total_count"] = .null
        }
        return .object(members)
    }

    /// The `result_info` of a page that ends with a cursor, empty at the end of the list.
    ///
    /// `total` counts the whole list; it is called only when the style shows it.
    func info(cursor: String, size: Int, count: Int, total: () -> Int) -> JSONValue? {
        var members: [String: JSONValue] = [
            "cursor": .string(cursor), "per_page": Self.number(size), "count": Self.number(count),
        ]
        switch self {
        case .full, .noTotalPages, .totalPagesZero: members["total_count"] = Self.number(total())
        case .missing: return nil
        case .nullTotalCount: members["total_count"] = .null
        }
        return .object(members)
    }

    private static func number(_ value: Int) -> JSONValue { .integer(Int64(value)) }
}
