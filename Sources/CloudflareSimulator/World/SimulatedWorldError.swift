/// A file of a simulated world that cannot be used.
package struct SimulatedWorldError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong; tests compare this, never the text.
    package enum Code: Sendable, Hashable {
        case missingWorldFile, notJSON, unknownShape, unknownFolder
    }

    /// What is wrong.
    package let code: Code
    /// Path of the file, as it was given.
    package let file: String
    /// What the reader found there.
    package let problem: String
    /// One thing to do next.
    package let remedy: String

    /// Place, problem and remedy in one line.
    package var description: String { "\(file): \(problem). \(remedy)." }
}
