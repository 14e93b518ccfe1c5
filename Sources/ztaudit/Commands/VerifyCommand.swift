import ArgumentParser
import Attestation
import Foundation
import Rendering
import SnapshotStore

/// `ztaudit verify`.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check documents against the attestation that '--attest' wrote.",
        discussion: """
            Exit status: 0 every document is as it was attested; 1 a document, the snapshot or the attestation itself is \
            not what the owner of the key signed; 2 it cannot be told, because the attestation or the key cannot be read; \
            64 wrong usage.
            """
    )

    @Argument(help: "Folder with the documents and \(AttestationFile.name).")
    var folder: String

    @Option(help: ArgumentHelp("Public key of the signer, PEM: Ed25519 or ECDSA P-256.", valueName: "file"))
    var key: String

    @Option(help: ArgumentHelp("Check also that this is the snapshot that was audited.", valueName: "file"))
    var snapshot: String?

    /// Larger than an attestation of 50,000 documents.
    private static let limit = 16 * 1024 * 1024

    mutating func run() throws {
        let key = try KeyFile.read(key) { text throws(AttestationError) in try VerificationKey(pem: text) }
        let path = PathText.appending(AttestationFile.name, to: folder)
        let data: Data
        switch SmallFile.read(path, limit: Self.limit) {
        case .success(let content): data = content
        case .failure(let failure):
            throw InputError(
                path: path,
                problem: failure.problem,
                remedy: "Give the folder into which a command with '--attest' wrote"
            )
        }
        let statement: Statement
        do throws(AttestationError) {
            let envelope = try Envelope(json: data)
            let payload = try envelope.verifiedPayload(by: key)
            statement = try Statement(payload: payload, type: envelope.payloadType)
        } catch {
            Console.error("\(path): \(error)")
            throw ExitCode(error.code == .notSigned ? ExitStatus.findings : ExitStatus.failed)
        }
        let folder = folder
        let report = VerificationReport(
            documents: statement.checks { FileDigest.find(PathText.appending($0, to: folder)) },
            snapshot: snapshot.map { SnapshotCheck($0, statement.predicate.snapshot) },
            others: OtherFiles.names(in: folder, besides: statement, snapshot),
            predicate: statement.predicate,
            key: key
        )
        try Console.output(report.text)
        throw ExitCode(report.isGood ? ExitStatus.clean : ExitStatus.findings)
    }
}

/// What became of the snapshot that was audited.
struct SnapshotCheck {
    let path: String
    /// What differs; `nil` when nothing does.
    private(set) var difference: [String]?

    /// Compares a snapshot file with what was attested of it.
    init(_ path: String, _ attested: AuditPredicate.Snapshot) {
        self.path = path
        let found = FileDigest.find(path)
        switch found {
        case .missing: difference = ["there is no such file"]
        case .unreadable(let reason): difference = ["it cannot be read: \(reason)"]
        case .file(let digest):
            // The very file needs no further look.
            if digest != attested.fileDigest { difference = Self.difference(path, digest, attested) }
        }
    }

    private static func difference(_ path: String, _ digest: String, _ attested: AuditPredicate.Snapshot) -> [String]? {
        guard let content = attested.contentDigest else {
            return ["the attestation has no digest of what was collected, because the collection did not end"]
        }
        let current: String
        do {
            current = try Snapshot(path: path).currentContentDigest()
        } catch {
            return ["it cannot be read: \(error)"]
        }
        guard current == content else {
            return [
                "what was collected is not the same",
                "attested content digest \(content)", "found content digest    \(current)",
            ]
        }
        // Documents that were rendered again know of no file.
        guard let file = attested.fileDigest else { return nil }
        return [
            "the collected objects are the same, but something else in the file is not, such as its coverage",
            "attested SHA-256 \(file)", "found SHA-256    \(digest)",
        ]
    }
}

/// Files that nobody vouches for.
enum OtherFiles {
    /// Names of all files below a folder that the attestation does not cover, sorted.
    static func names(in folder: String, besides statement: Statement, _ snapshot: String?) -> [String] {
        // Byte by byte, as the file system compares them.
        let attested = Set((statement.subjects.map(\.name) + [AttestationFile.name]).map { Array($0.utf8) })
        var names: [String] = []
        let files = FileManager.default.enumerator(atPath: folder)
        while let name = files?.nextObject() as? String {
            let isFolder = files?.fileAttributes?[.type] as? FileAttributeType == .typeDirectory
            guard !isFolder, !attested.contains(Array(name.utf8)) else { continue }
            if let snapshot, OutputFiles.areSame(PathText.appending(name, to: folder), snapshot) { continue }
            names.append(name)
        }
        return names.sorted()
    }
}
