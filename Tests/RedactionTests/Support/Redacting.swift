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

    /// Every built-in rule; reading them takes seconds in a debug build.
    static func pack() throws -> RulePack { try builtInPack.get() }

    private static let builtInPack = Result { () throws -> RulePack in
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

    /// What fits a pattern, in any case; Swift's own regular expressions take minutes for megabytes in a debug build.
    static func matches(_ pattern: String, in text: String) throws -> [String] {
        let expression = try NSRegularExpression(pattern: pattern, options: .caseInsensitive)
        let characters = NSString(string: text)
        return expression.matches(in: text, range: NSRange(location: 0, length: characters.length)).map { match in
            characters.substring(with: match.range)
        }
    }

    /// What is written in Base64 in a text, as text.
    static func decodedBase64(in text: String) -> String {
        func isDigit(_ byte: UInt8) -> Bool {
            switch byte {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "+"), UInt8(ascii: "/"): true
            default: false
            }
        }
        return text.utf8.split { !isDigit($0) }.filter { $0.count >= 20 }.compactMap { run -> String? in
            let padded = Array(run) + Array(repeating: UInt8(ascii: "="), count: (4 - run.count % 4) % 4)
            return Data(base64Encoded: Data(padded)).map { String(decoding: $0, as: UTF8.self) }
        }.joined(separator: "\n")
    }
}
