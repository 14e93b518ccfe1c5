import Attestation
import Rendering

/// What `verify` says.
struct VerificationReport {
    let documents: [DocumentCheck]
    /// `nil` when nobody asked for it.
    let snapshot: SnapshotCheck?
    /// Files that the attestation does not cover.
    let others: [String]
    let predicate: AuditPredicate
    let key: VerificationKey

    /// Longer lists help nobody.
    private static let mostOthers = 20

    /// Whether everything is as it was attested.
    var isGood: Bool { documents.allSatisfy { $0.state == .same } && snapshot?.difference == nil }

    /// The answer, a line each; names are made visible.
    var text: String {
        let lines = documents.flatMap(lines) + snapshotLines + [""] + audit + othersLines + ["", verdict]
        return lines.map { VisibleText.logLine($0) + "\n" }.joined()
    }

    private func lines(_ check: DocumentCheck) -> [String] {
        let name = check.subject.name
        switch check.state {
        case .same: return ["ok         \(name)"]
        case .missing: return ["missing    \(name)"]
        case .unreadable(let reason): return ["unreadable \(name): \(reason)"]
        case .changed(let digest, let other):
            return [
                "changed    \(name)" + (other.map { ": it has the content of \($0)" } ?? ""),
                "           attested SHA-256 \(check.subject.digest["sha256"] ?? "")",
                "           found SHA-256    \(digest)",
            ]
        }
    }

    private var snapshotLines: [String] {
        guard let snapshot else { return [] }
        guard let difference = snapshot.difference else { return ["ok         snapshot \(snapshot.path)"] }
        return ["changed    snapshot \(snapshot.path): \(difference.first ?? "")"]
            + difference.dropFirst().map { "           \($0)" }
    }

    private var audit: [String] {
        var lines = [
            "Signed with the \(key.algorithm.rawValue) key \(key.keyID)",
            "Audited by \(predicate.tool.name) \(predicate.tool.version) as of \(predicate.evaluatedOn), rules digest \(predicate.tool.rulesDigest)",
        ]
        if predicate.writer != .init(name: predicate.tool.name, version: predicate.tool.version) {
            lines.append("Written by \(predicate.writer.name) \(predicate.writer.version)")
        }
        let snapshot = predicate.snapshot
        lines.append(
            "Snapshot \(snapshot.status), begun \(snapshot.startedOn), content digest \(snapshot.contentDigest ?? "none, the collection did not end")"
        )
        if let redaction = predicate.redaction { lines.append("Redacted for: \(redaction.level)") }
        return lines
    }

    private var othersLines: [String] {
        guard !others.isEmpty else { return [] }
        let rest = others.count - Self.mostOthers
        return ["Not covered by the attestation:"] + others.prefix(Self.mostOthers).map { "  \($0)" }
            + (rest > 0 ? ["  and \(rest) more"] : [])
    }

    private var verdict: String {
        let wrong = documents.count { $0.state != .same }
        let all = documents.count
        let noun = all == 1 ? "document" : "documents"
        var sentence =
            wrong == 0
            ? "\(all) of \(all) \(noun) \(all == 1 ? "is" : "are") as attested"
            : "\(wrong) of \(all) \(noun) \(wrong == 1 ? "is" : "are") not as attested"
        switch snapshot.map({ $0.difference == nil }) {
        case true: sentence += ", and the snapshot is the one that was audited"
        case false: sentence += ", and the snapshot is not the one that was audited"
        case nil: break
        }
        return sentence + "."
    }
}
