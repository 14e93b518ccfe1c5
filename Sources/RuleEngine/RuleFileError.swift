/// A rule or rule test file that cannot be used.
package struct RuleFileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong; callers compare this, never the text.
    package enum Code: Sendable {
        case unreadable, malformedYAML, unknownKey, missingKey, badValue, duplicateID
        case sqlError, notOneStatement, notReadOnly, missingColumn, unknownParameter
        /// Found by ``RuleLinter`` alone: no reason to refuse a rule.
        case style, unknownFramework, unknownControl, unusedParameter, unreadTable, missingTest, missingCase
    }

    package let code: Code
    package let file: String
    /// 1-based; `nil` when the whole file is at fault.
    package let line: Int?
    package let problem: String
    /// One thing the user can do next.
    package let remedy: String

    package var description: String {
        let place = line.map { "\(file):\($0)" } ?? file
        return "\(place): \(problem). \(remedy)."
    }
}
