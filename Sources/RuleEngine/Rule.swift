package import AuditModel
import JSONModel

/// A rule as its file describes it.
package struct Rule: Sendable, Hashable {
    /// Path of the file, for messages.
    package let file: String
    /// What documents say of the rule; its `parameters` are the defaults.
    package let metadata: RuleMetadata
    /// Values that configuration can change, by name.
    package let parameters: [String: RuleParameter]
    /// Tables without which a fail holds all the same.
    package let failsHoldWithout: Set<String>
    /// The one SELECT.
    package let query: String
    /// 1-based line of the file in which the query begins.
    package let queryLine: Int
    /// Whether each line of the query is one of the file, as in a literal block (`|`).
    let queryKeepsLines: Bool
    /// 1-based line of the value under each key of the file.
    let keyLines: [String: Int]
    /// Digest of the file's text.
    let textDigest: String

    /// The folder that the file is in, such as `access`; empty when the path names none.
    package var area: String { file.split(separator: "/").dropLast().last.map(String.init) ?? "" }

    /// The line of the file for a line of the query, counted from 0; where the query begins if that cannot be told.
    func line(ofQueryLine line: Int?) -> Int { placedQuery.line(line) }

    /// The query with its place in the file.
    var placedQuery: PlacedQuery {
        PlacedQuery(file: file, text: query, firstLine: queryLine, keepsLines: queryKeepsLines)
    }
}

/// A value that a rule's query is given, such as a limit.
package struct RuleParameter: Sendable, Hashable {
    package let type: ParameterType
    /// The value in force unless configuration says otherwise, as text.
    package let defaultText: String
    /// What it is for.
    package let help: String

    /// What a parameter's text means.
    package enum ParameterType: String, CaseIterable, Sendable {
        /// Duration text such as `24h`; the query gets seconds.
        case duration
        /// A number of days.
        case days
        case integer
        case text
        /// Texts without commas, separated by commas; the query gets a JSON array.
        case list
    }

    /// The value that the query gets; `nil` when `text` is no such value.
    func value(of text: String) -> EvidenceValue? {
        switch type {
        case .duration:
            guard let seconds = DurationText(text)?.seconds else { return nil }
            return seconds >= DurationText.foreverSeconds ? .integer(.max) : .real(seconds)
        case .days, .integer:
            return Int64(text).map { .integer($0) }
        case .text:
            return .text(text)
        case .list:
            return .text(JSONValue.array(Self.elements(of: text).map(JSONValue.string)).text)
        }
    }

    /// The elements of a list's text.
    static func elements(of text: String) -> [String] {
        text.split(separator: ",").map {
            String($0.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
        }
        .filter { !$0.isEmpty }
    }
}
