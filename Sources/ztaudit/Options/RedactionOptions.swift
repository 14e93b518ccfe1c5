import ArgumentParser
import AuditModel
import Foundation
import Redaction
import RuleEngine
import SnapshotStore

extension RedactionLevel: ExpressibleByArgument {}

/// What is replaced before documents are shared.
struct RedactionOptions: ParsableArguments {
    @Option(
        name: .customLong("redact"),
        help: ArgumentHelp(
            "Replace by pseudonyms: people, devices, addresses and ids (auditor), or all that the account names, too (public).",
            valueName: "level"
        )
    )
    var level: RedactionLevel?

    @OptionGroup var key: RedactionKeyOptions

    /// For whom the documents are redacted; `nil` for nobody.
    func effectiveLevel(_ file: ConfigurationFile?) -> Effective<RedactionLevel?> {
        let configured = file?.redact.map { Configured(RedactionLevel(rawValue: $0.value), line: $0.line) }
        return Effective(option: (level.map(Optional.some), "--redact"), file: (configured, file?.file), builtIn: nil)
    }

    /// Path of the key; empty when each run has one of its own.
    func keyPath(_ file: ConfigurationFile?) -> Effective<String> {
        let configured = file.flatMap { file in
            file.redactKey.map { Configured(file.resolved($0.value), line: $0.line) }
        }
        return Effective(option: (key.path, "--redact-key"), file: (configured, file?.file), builtIn: "")
    }

    /// What is to be done; `nil` when nothing is redacted.
    ///
    /// - Throws: ``InputError`` for a key that cannot be read; `ValidationError` for a key without a level.
    func plan(_ file: ConfigurationFile?) throws -> RedactionPlan? {
        guard let level = effectiveLevel(file).value else {
            guard key.path == nil else { throw ValidationError("--redact-key does nothing without --redact.") }
            return nil
        }
        let path = keyPath(file).value
        return RedactionPlan(level: level, key: try RedactionKeyOptions.key(at: path), keyPath: path)
    }
}

/// The key of the pseudonyms.
struct RedactionKeyOptions: ParsableArguments {
    @Option(
        name: .customLong("redact-key"),
        help: ArgumentHelp(
            "File with the key of the pseudonyms, so that redacted results can be compared: 'openssl rand -hex 32 > FILE'. Without it, each run has a key of its own.",
            valueName: "file"
        )
    )
    var path: String?

    /// Reads a key; a new one for an empty path.
    ///
    /// - Throws: ``InputError``, which never quotes the key.
    static func key(at path: String) throws -> RedactionKey {
        guard !path.isEmpty else { return .random() }
        func failure(_ problem: String) -> InputError {
            InputError(path: path, problem: problem, remedy: RedactionKeyError.remedy)
        }
        guard FileManager.default.fileExists(atPath: path) else {
            throw failure("cannot be read as a redaction key: there is no such file")
        }
        guard let handle = FileHandle(forReadingAtPath: path), let data = try? handle.read(upToCount: 4096),
            let text = String(data: data, encoding: .utf8)
        else { throw failure("cannot be read as a redaction key") }
        do throws(RedactionKeyError) {
            return try RedactionKey(text: text)
        } catch {
            throw failure("is no redaction key: it \(error.problem)")
        }
    }
}

/// A redaction that is decided on.
struct RedactionPlan: Sendable {
    let level: RedactionLevel
    let key: RedactionKey
    /// Empty without a file.
    let keyPath: String

    /// Snapshots that can be shared.
    struct Redacted {
        let snapshot: Snapshot
        let previous: Snapshot?
        let pseudonyms: Pseudonyms
    }

    /// Whether there is something left to be replaced.
    ///
    /// - Throws: ``InputError`` when more was replaced already than is asked for, which nobody can undo.
    func isNeeded(for earlier: Redaction?, of path: String) throws -> Bool {
        guard let earlier else { return true }
        guard earlier.level != .public || level == .public else {
            throw InputError(
                path: path,
                problem: "is redacted for the public already, which cannot be undone",
                remedy: "Leave --redact out, or give the original"
            )
        }
        return earlier.level != level
    }

    /// Redacts what the audit of a snapshot said, with the words of an audit of a redacted copy, which is gone afterwards.
    ///
    /// - Parameters:
    ///   - original: What the audit said.
    ///   - snapshot: The snapshot.
    ///   - previous: An earlier one, with which it was compared.
    ///   - evaluate: Audits the redacted copy.
    /// - Returns: The verdicts of the original, with nothing in it that is to be replaced.
    /// - Throws: ``OutputError``, `SnapshotError`, and what `evaluate` throws.
    func redact(
        _ original: AuditResult,
        of snapshot: Snapshot,
        previous: Snapshot?,
        evaluate: (Redacted) throws -> AuditResult
    ) throws -> AuditResult {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let redactor = try SnapshotRedactor(level, key: key, for: [snapshot] + [previous].compactMap(\.self))
        func copy(_ snapshot: Snapshot, _ name: String) throws -> Snapshot {
            try redactor.redact(snapshot, to: folder.path(name))
            return try Snapshot(path: folder.path(name))
        }
        let redacted = Redacted(
            snapshot: try copy(snapshot, "redacted.ztaudit"),
            previous: try previous.map { try copy($0, "previous.ztaudit") },
            pseudonyms: redactor.pseudonyms
        )
        return ResultRedactor(redactor.pseudonyms, counterpart: try evaluate(redacted)).redact(original)
    }

    /// Redacts a saved result.
    ///
    /// - Throws: ``InputError`` when more was replaced already than is asked for.
    func redact(_ result: AuditResult, at path: String) throws -> AuditResult {
        guard try isNeeded(for: result.redaction, of: path) else { return result }
        return ResultRedactor(Pseudonyms(level, key: key, names: KnownNames(of: result))).redact(result)
    }
}
