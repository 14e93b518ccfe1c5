/// A document that cannot be written, or a saved result that cannot be read.
package struct RenderingError: Error, Sendable, CustomStringConvertible {
    /// What is wrong; tests and callers compare this, never the text.
    package enum Code: Sendable {
        /// The saved result is not JSON.
        case notJSON
        /// The saved result has a schema version that this program does not know.
        case unsupportedVersion
        /// The saved result lacks a key that must be there.
        case missingKey
        /// A value of the saved result has the wrong type or is none of the known words.
        case wrongValue
        /// A template file is not among those given.
        case missingTemplate
        /// A template file has a fault.
        case invalidTemplate
        /// `maximumLength` is too small for the parts that must not be cut.
        case lengthTooSmall
        /// The XML library refused to write.
        case xmlWriter
        /// A value cannot be expressed in the format.
        case notExpressible
    }

    /// What is wrong.
    package let code: Code
    /// File, line or key at fault.
    package let place: String
    /// What is wrong there, without a full stop.
    package let problem: String
    /// One thing the user can do next, without a full stop.
    package let remedy: String

    /// Place, problem and next step.
    package var description: String { "\(place): \(problem). \(remedy)." }
}
