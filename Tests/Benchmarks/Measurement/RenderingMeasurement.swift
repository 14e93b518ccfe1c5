import AuditModel
import Foundation
import Rendering

/// One document of each format, of a result with many findings.
///
/// Each is a run of `ztaudit report`, whose time and memory include reading the result; the first row of the table is
/// that alone, with the summary for the terminal.
struct RenderingMeasurement {
    let findings: Int
    let rows: [[String]]

    static let columns = ["document", "findings", "time", "peak memory", "size"]

    /// - Parameters:
    ///   - count: Findings of the result.
    ///   - folder: Folder for the result and the documents, which are removed again.
    /// - Throws: `BenchmarkError` when a document cannot be rendered.
    init(findings count: Int, in folder: URL) throws {
        findings = count
        let result = folder.appending(path: "result-\(count).json")
        try Self.write(try Self.demoResult(in: folder).multiplied(toFindings: count), to: result)
        defer { try? FileManager.default.removeItem(at: result) }
        var rows = [try Self.row(count, "(reading the result)", ["report", result.path()], in: folder, document: nil)]
        for format in ReportFormat.allCases {
            let document = folder.appending(path: "document")
            rows.append(
                try Self.row(
                    count,
                    format.rawValue,
                    ["report", result.path(), "--report", "\(format.rawValue)=\(document.path())"],
                    in: folder,
                    document: document
                )
            )
        }
        self.rows = rows
    }

    private static func row(
        _ count: Int,
        _ name: String,
        _ arguments: [String],
        in folder: URL,
        document: URL?
    ) throws -> [String] {
        let runs = try (0..<3).map { _ in try MeasuredRun(Programs.ztaudit, arguments, in: folder) }
            .sorted { $0.seconds < $1.seconds }
        guard runs.allSatisfy({ $0.status == 0 }) else {
            throw BenchmarkError(description: "ztaudit \(arguments.joined(separator: " ")): \(runs[0].errors)")
        }
        let size = try document.map { document in
            defer { try? FileManager.default.removeItem(at: document) }
            let attributes = try FileManager.default.attributesOfItem(atPath: document.path())
            return String(format: "%.1f MB", Double(attributes[.size] as? Int ?? 0) / 1e6)
        }
        return [name, "\(count)", Cell.seconds(runs[1].seconds), Cell.memory(runs[1].peakMemory), size ?? "–"]
    }

    private static func demoResult(in folder: URL) throws -> AuditResult {
        let demo = folder.appending(path: "demo")
        defer { try? FileManager.default.removeItem(at: demo) }
        let run = try MeasuredRun(Programs.ztaudit, ["demo", "--output", demo.path()], in: folder)
        guard run.status == 0 else { throw BenchmarkError(description: "ztaudit demo: \(run.errors)") }
        return try AuditResultReader().read(Data(contentsOf: demo.appending(path: "report.json")))
    }

    private static func write(_ result: AuditResult, to file: URL) throws {
        var text = ""
        try ReportFormat.json.makeRenderer(templates: ReportTemplates(files: []), options: RenderOptions())
            .render(result, into: &text)
        try Data(text.utf8).write(to: file)
    }
}

extension AuditResult {
    /// The result of an account with as many findings, made of copies of this one with ids of their own.
    ///
    /// Passes and applications grow with the findings; waivers and the comparison with a baseline stay away.
    fileprivate func multiplied(toFindings count: Int) -> AuditResult {
        var result = self
        let copies = (count + findings.count - 1) / findings.count
        result.findings = (0..<copies).flatMap { copy in
            findings.map { finding in
                var finding = finding
                finding.state = .open
                finding.waiver = nil
                finding.change = nil
                if finding.resource.id != Resource.unreadID { finding.resource.id += Self.mark(copy) }
                // The beginning is what anchors are made of.
                finding.fingerprint = String(format: "%06x", copy) + finding.fingerprint.dropFirst(6)
                return finding
            }
        }
        result.findings = Array(result.findings.prefix(count)).sorted {
            ($0.severity.rank, $0.verdict == .fail ? 0 : 1, $0.ruleID, $0.resource.id)
                < ($1.severity.rank, $1.verdict == .fail ? 0 : 1, $1.ruleID, $1.resource.id)
        }
        let numbers = Dictionary(grouping: result.findings) { [$0.ruleID, $0.verdict.rawValue] }.mapValues(\.count)
        for index in result.rules.indices {
            let rule = rules[index]
            result.rules[index].passed = (0..<copies).flatMap { copy in
                rule.passed.map { resource in
                    var resource = resource
                    resource.id += Self.mark(copy)
                    return resource
                }
            }
            result.rules[index].counts = VerdictCounts(
                pass: result.rules[index].passed.count,
                fail: numbers[[rule.metadata.id, Verdict.fail.rawValue]] ?? 0,
                unknown: numbers[[rule.metadata.id, Verdict.unknown.rawValue]] ?? 0
            )
        }
        result.applications = applications.flatMap { application in
            (0..<copies).map { copy in
                var application = application
                application.applicationID += Self.mark(copy)
                application.policyIDs = application.policyIDs.map { $0 + Self.mark(copy) }
                return application
            }
        }
        result.waivers = []
        result.baseline = nil
        result.summary = Summary(rules: result.rules, findings: result.findings, inventory: summary.inventory)
        return result
    }

    private static func mark(_ copy: Int) -> String { copy == 0 ? "" : "~\(copy)" }
}
