/// A requester's document that cannot be used.
package struct RequesterError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong; callers compare this, never the text.
    package enum Code: Sendable {
        case tooLarge, notJSON, repeatedMember, unknownMember, missingMember, wrongType, badValue
    }

    package let code: Code
    package let file: String
    /// Path of the member at fault, such as `groups.okta[0]`; `nil` when it is the whole document.
    package let member: String?
    package let problem: String
    /// One thing the user can do next.
    package let remedy: String

    package var description: String {
        let place = member.map { "\(file): '\($0)'" } ?? "\(file):"
        return "\(place) \(problem). \(remedy)."
    }
}
