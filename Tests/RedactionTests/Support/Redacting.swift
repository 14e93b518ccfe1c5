import AuditModel
import BuiltInFiles
import Foundation
import Redaction
import Rendering
import RuleEngine
import SnapshotStore
import Testing

/// Keys, rules and documents for tests.
enum Redacting {
    static let key = makeKey("0123456789abcdef")
    static let otherKey = makeKey("fedcba9876543210")

    private static func makeKey(_ digits: String) -> Result<RedactionKey, RedactionKeyError> {
        Result { () throws(RedactionKeyError) in try RedactionKey(text: String(repeating: digits, count: 4)) }
    }

    static func pseudonyms(_ level: RedactionLevel) throws -> Pseudonyms {
        Pseudonyms(level, key: try key.get())
    }

    /// Every built-in rule.
    static func pack() throws -> RulePack {
        let sources = BuiltInFiles.files(below: "rules").filter { !$0.path.hasSuffix(".test.yaml") }
        return try RulePack(sources.map { RuleSource(file: $0.path, text: $0.text) })
    }

    /// Audits with every built-in rule.
    static func audit(
        _ snapshot: Snapshot,
        since previous: Snapshot? = nil,
        settings: RuleSettings = RuleSettings()
    ) throws -> AuditResult {
        try RuleEngine(pack()).evaluate(
            snapshot,
            now: try #require(UTCTimestamp("2026-11-15T09:00:00Z")),
            toolVersion: "test",
            since: previous,
            settings: settings
        )
    }

    /// Every document that there is, by the name of its format, and the summary for the terminal.
    static func documents(of result: AuditResult) throws -> [String: String] {
        let folder = "report-templates"
        let templates = ReportTemplates(
            files: BuiltInFiles.files(below: folder).map { (String($0.path.dropFirst(folder.count + 1)), $0.text) }
        )
        var documents: [String: String] = [:]
        for format in ReportFormat.allCases {
            var text = ""
            try format.makeRenderer(templates: templates, options: RenderOptions()).render(result, into: &text)
            documents[format.rawValue] = text
        }
        var summary = ""
        try TerminalSummary().render(result, into: &summary)
        documents["terminal"] = summary
        return documents
    }

    /// What is written in Base64 in a text, as text.
    static func decodedBase64(in text: String) -> String {
        text.matches(of: /[A-Za-z0-9+\/_-]{20,}={0,2}/).compactMap { match -> String? in
            let plain = String(match.output).replacing("-", with: "+").replacing("_", with: "/").replacing("=", with: "")
            let padded = plain + String(repeating: "=", count: (4 - plain.count % 4) % 4)
            return Data(base64Encoded: padded).map { String(decoding: $0, as: UTF8.self) }
        }.joined(separator: "\n")
    }
}
