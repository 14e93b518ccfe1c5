import AuditModel
import Foundation
import Rendering

/// A file that an earlier audit wrote.
struct ResultFile {
    /// `-` stands for standard input.
    let path: String

    /// Reads a whole result.
    ///
    /// - Throws: ``InputError`` that names the file and the place in it.
    func result() throws -> AuditResult {
        try decoded { data throws(RenderingError) in try AuditResultReader().read(data) }
    }

    /// Reads what a later result is compared with, from a baseline or a whole result.
    ///
    /// - Throws: ``InputError`` that names the file and the place in it.
    func baseline() throws -> Baseline {
        try decoded { data throws(RenderingError) in try AuditResultReader().readBaseline(data) }
    }

    private func decoded<Value>(_ decode: (Data) throws(RenderingError) -> Value) throws -> Value {
        let data = try data()
        do throws(RenderingError) {
            return try decode(data)
        } catch {
            throw InputError(path: "\(path): \(error.place)", problem: error.problem, remedy: error.remedy)
        }
    }

    private func data() throws -> Data {
        if path == "-" { return try FileHandle.standardInput.readToEnd() ?? Data() }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw InputError(
                path: path,
                problem: "cannot be read",
                remedy: "Give the file that '--report json=…' wrote"
            )
        }
        return data
    }
}
