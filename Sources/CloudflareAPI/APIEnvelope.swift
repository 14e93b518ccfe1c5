package import JSONModel

/// A successful answer.
package struct APIAnswer: Sendable {
    /// The `result` member; `.null` when it is absent.
    package let result: JSONValue
    /// The `result_info` member; all members `nil` when it is absent.
    package let page: PageInfo
}

/// What an answer says of its place in a list.
///
/// Every member may be missing, and none can be relied on alone.
package struct PageInfo: Sendable, Hashable {
    package var page: Int?
    package var perPage: Int?
    package var count: Int?
    package var totalCount: Int?
    /// `nil` when it is absent or 0: the API says 0 where it does not know.
    package var totalPages: Int?
    /// `nil` when there is no further page.
    package var cursor: String?

    /// Whether the answer said nothing at all of its place in the list.
    package var isSilent: Bool { self == PageInfo(nil) }

    /// Reads `result_info`.
    init(_ info: JSONValue?) {
        func number(_ key: String) -> Int? { info?[key]?.integerValue.flatMap { Int(exactly: $0) } }
        page = number("page")
        perPage = number("per_page")
        count = number("count")
        totalCount = number("total_count")
        totalPages = number("total_pages").flatMap { $0 > 0 ? $0 : nil }
        cursor = info?["cursor"]?.stringValue.flatMap { $0.isEmpty ? nil : $0 }
    }
}

/// What an envelope gives as its error: that Zero Trust is not set up, if any of its errors says so; otherwise the first.
struct APIFailure: Sendable {
    let code: Int?
    let message: String

    /// Known by its words only: the code differs.
    var isNotEnabled: Bool { message.contains("not_enabled") }

    /// - Parameter envelope: The whole answer; `errors` may be absent, null or empty; an error may be plain text.
    init?(_ envelope: JSONValue) {
        let failures = (envelope["errors"]?.arrayValue ?? []).map(APIFailure.init(error:))
        guard let failure = failures.first(where: \.isNotEnabled) ?? failures.first else { return nil }
        self = failure
    }

    private init(error: JSONValue) {
        code = error["code"]?.integerValue.flatMap { Int(exactly: $0) }
        message = error["message"]?.stringValue ?? error.stringValue ?? ""
    }
}
