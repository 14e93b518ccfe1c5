package import AuditModel

/// What an attestation says of the audit whose documents it covers.
///
/// Its JSON form is described by `report-templates/json/attestation-predicate.schema.json`. Members are named as in-toto
/// names them: times end in `On`.
package struct AuditPredicate: Codable, Sendable, Hashable {
    /// Identifies this form, and the schema that describes it; another number means another meaning.
    ///
    /// A name and no address, as for our other schemas: in-toto asks for a URI, which need not lead anywhere.
    package static let type = "urn:ztaudit:attestation-predicate:1"

    /// The program that evaluated the rules.
    package var tool: Tool
    /// The program that wrote and signed the documents; another than ``tool`` when an older result was rendered again.
    package var writer: Program
    /// Time at which the rules were evaluated, RFC 3339, UTC.
    package var evaluatedOn: String
    /// The evidence.
    package var snapshot: Snapshot
    /// Ids of the audited accounts, as the documents show them.
    package var accounts: [String]
    /// What came out.
    package var counts: Counts
    /// How the gate judged it; `nil` where there was none.
    package var gate: Gate?
    /// The earlier result that the audit was compared with; `nil` when it was compared with none.
    package var baseline: Baseline?
    /// What was replaced before the documents were written; `nil` when nothing was.
    package var redaction: Redaction?

    /// A program.
    package struct Program: Codable, Sendable, Hashable {
        package var name: String
        package var version: String

        /// Creates a program from its members.
        package init(name: String, version: String) {
            (self.name, self.version) = (name, version)
        }
    }

    /// The program that evaluated the rules.
    package struct Tool: Codable, Sendable, Hashable {
        package var name: String
        package var version: String
        /// Digest over the text of all selected rules.
        package var rulesDigest: String
    }

    /// The evidence.
    package struct Snapshot: Codable, Sendable, Hashable {
        /// Whether the collection ran to its end.
        package var status: String
        /// Version of the tool that collected it.
        package var toolVersion: String
        /// RFC 3339, UTC.
        package var startedOn: String
        /// RFC 3339, UTC; `nil` when it was collected in one go.
        package var resumedOn: String?
        /// RFC 3339, UTC; `nil` when the collection did not end.
        package var finishedOn: String?
        /// SHA-256 over the collected objects; `nil` when the collection did not end.
        package var contentDigest: String?
        /// SHA-256 of the snapshot file; `nil` when the documents were written without it.
        package var fileDigest: String?
    }

    /// What came out of the audit.
    package struct Counts: Codable, Sendable, Hashable {
        package var pass: Int
        package var fail: Int
        package var unknown: Int
        /// Open fails by severity.
        package var openBySeverity: [String: Int]
        /// Whether a rule broke, or lacked data.
        package var isIncomplete: Bool
    }

    /// How the gate judged the result.
    package struct Gate: Codable, Sendable, Hashable {
        /// Least severity that fails it, or `none`.
        package var failOn: String
        /// Whether missing data was accepted.
        package var allowIncomplete: Bool
        /// Exit status of the audit.
        package var exitStatus: Int32

        /// Creates a judgement from its members.
        package init(failOn: String, allowIncomplete: Bool, exitStatus: Int32) {
            (self.failOn, self.allowIncomplete, self.exitStatus) = (failOn, allowIncomplete, exitStatus)
        }
    }

    /// The earlier result.
    package struct Baseline: Codable, Sendable, Hashable {
        /// RFC 3339, UTC.
        package var evaluatedOn: String
        /// SHA-256 over the objects of its snapshot; `nil` when that collection did not end.
        package var contentDigest: String?
    }

    /// What was replaced.
    package struct Redaction: Codable, Sendable, Hashable {
        /// For whom the documents are.
        package var level: String
        /// Digest of the key that pseudonyms are made with.
        package var keyID: String
    }

    /// Takes from a result what an attestation says.
    ///
    /// - Parameters:
    ///   - result: The result as the documents show it.
    ///   - writer: The program that writes the documents.
    ///   - snapshotFile: SHA-256 of the snapshot file; `nil` when it is not there.
    ///   - gate: How the gate judged it; `nil` where there was none.
    package init(_ result: AuditResult, writer: Program, snapshotFile: String?, gate: Gate?) {
        tool = Tool(name: result.tool.name, version: result.tool.version, rulesDigest: result.tool.rulesDigest)
        self.writer = writer
        evaluatedOn = result.snapshot.evaluatedAt
        snapshot = Snapshot(
            status: result.snapshot.status.rawValue,
            toolVersion: result.snapshot.toolVersion,
            startedOn: result.snapshot.startedAt,
            resumedOn: result.snapshot.resumedAt,
            finishedOn: result.snapshot.finishedAt,
            contentDigest: result.snapshot.contentDigest,
            fileDigest: snapshotFile
        )
        accounts = result.accounts.map(\.id)
        let verdicts = result.summary.verdicts
        counts = Counts(
            pass: verdicts.pass,
            fail: verdicts.fail,
            unknown: verdicts.unknown,
            openBySeverity: result.summary.openBySeverity,
            isIncomplete: result.summary.isIncomplete
        )
        self.gate = gate
        baseline = result.baseline.map { Baseline(evaluatedOn: $0.evaluatedAt, contentDigest: $0.contentDigest) }
        redaction = result.redaction.map { Redaction(level: $0.level.rawValue, keyID: $0.keyID) }
    }
}
