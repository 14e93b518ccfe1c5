/// A collection that cannot be done at all.
///
/// What only some kinds suffer from is coverage, not an error.
package struct CollectingError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong; callers compare this, never the text.
    package enum Code: Sendable {
        case malformedAccountID, unknownAccount, noAccount, incompleteAccountList, wrongAccount, inactiveToken
        case nothingReadable, unknownKind
    }

    package let code: Code
    package let problem: String
    /// One thing the user can do next.
    package let remedy: String

    package var description: String { "\(problem). \(remedy)." }
}
