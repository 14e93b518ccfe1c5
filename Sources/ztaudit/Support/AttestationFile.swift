import ArgumentParser
import Attestation
import Foundation

/// Where the attestation of documents is: in the folder that holds them all.
struct AttestationFile: Sendable {
    /// Other tools look at the ending.
    static let name = "attestation.intoto.json"

    /// Path as the user would write it.
    let path: String
    /// Components of the folder's path, without symbolic links.
    private let folder: [String]

    /// Finds the folder.
    ///
    /// - Parameter targets: The documents to write.
    /// - Throws: `ValidationError` when they cannot be attested together.
    init(of targets: [ReportTarget]) throws {
        guard !targets.isEmpty else {
            throw ValidationError("--attest needs documents to attest. Name them with --report FORMAT=PATH.")
        }
        for target in targets {
            guard target.path != "-", !OutputFiles.isStream(target.path) else {
                throw ValidationError(
                    "--attest cannot attest '\(target.path)', which is no file. Give --report a path of a file."
                )
            }
            guard URL(filePath: target.path).lastPathComponent != Self.name else {
                throw ValidationError("'\(target.path)' is where --attest writes. Give --report another path.")
            }
        }
        let folders = targets.map { (path: PathText.folder(of: $0.path), parts: Self.folder(of: $0.path)) }
        let outer = folders.min { $0.parts.count < $1.parts.count }
        guard let outer, folders.allSatisfy({ $0.parts.starts(with: outer.parts) }) else {
            throw ValidationError(
                "--attest needs one folder that holds all documents, and writes \(Self.name) there: put one document into "
                    + "a folder, and the others into the same or below it."
            )
        }
        folder = outer.parts
        path = outer.path == "." ? Self.name : PathText.appending(Self.name, to: outer.path)
    }

    /// Path of a document from the folder of the attestation.
    func name(of document: String) -> String {
        let parts = Self.folder(of: document).dropFirst(folder.count) + [URL(filePath: document).lastPathComponent]
        return parts.joined(separator: "/")
    }

    private static func folder(of path: String) -> [String] {
        URL(filePath: path).standardizedFileURL.deletingLastPathComponent().resolvingSymlinksInPath().pathComponents
    }
}

/// What signs the documents of a run, and what it says beside them.
struct DocumentSigning: Sendable {
    private let key: SigningKey

    /// Reads the private key.
    ///
    /// - Throws: ``InputError``; nothing in it comes from the file.
    init(key path: String) throws {
        guard path != "-" else { throw ValidationError("--attest takes a file, not standard input.") }
        key = try KeyFile.read(path) { text throws(AttestationError) in try SigningKey(pem: text) }
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & (S_IRGRP | S_IROTH) != 0 {
            Console.error("warning: \(path): others on this machine can read this private key. Run 'chmod 600' on it.")
        }
    }

    /// The attestation of documents.
    ///
    /// - Parameters:
    ///   - documents: What will be written, byte by byte.
    ///   - file: Where the attestation is to be.
    ///   - predicate: The audit that they are of.
    /// - Returns: The envelope.
    /// - Throws: Errors of the cryptography library.
    func attestation(
        of documents: [(path: String, text: String)],
        in file: AttestationFile,
        _ predicate: AuditPredicate
    ) throws -> String {
        let subjects = documents.map {
            Statement.Subject(name: file.name(of: $0.path), sha256: DigestBuilder.of($0.text))
        }
        let statement = Statement(subjects: subjects.sorted { $0.name < $1.name }, predicate: predicate)
        return try Envelope(signing: try statement.payload(), type: Statement.payloadType, with: key).json()
    }
}

/// Reads files with keys.
enum KeyFile {
    /// Larger than any key.
    private static let limit = 64 * 1024

    /// - Throws: ``InputError`` that names the file; nothing in it comes from the file's content.
    static func read<Key>(_ path: String, _ parse: (String) throws(AttestationError) -> Key) throws -> Key {
        let data: Data
        switch SmallFile.read(path, limit: limit) {
        case .success(let content): data = content
        case .failure(let error):
            throw InputError(path: path, problem: error.problem, remedy: "Give the file with the key in PEM form")
        }
        do throws(AttestationError) {
            return try parse(String(decoding: data, as: UTF8.self))
        } catch {
            throw InputError(path: path, problem: error.problem, remedy: error.remedy)
        }
    }
}

/// Reads whole files that must not be large.
enum SmallFile {
    /// Why it cannot be read.
    struct Failure: Error {
        let problem: String
    }

    /// The content of an ordinary file.
    static func read(_ path: String, limit: Int) -> Result<Data, Failure> {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            return .failure(Failure(problem: "cannot be read (\(String(cString: strerror(errno))))"))
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            return .failure(Failure(problem: "cannot be read: it is no file"))
        }
        guard status.st_size <= limit else {
            return .failure(Failure(problem: "is larger than \(limit) bytes"))
        }
        do {
            return .success(try handle.readToEnd() ?? Data())
        } catch {
            return .failure(Failure(problem: "cannot be read (\(error.localizedDescription))"))
        }
    }
}
