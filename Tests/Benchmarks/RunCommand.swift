import ArgumentParser
import Foundation

/// `Benchmarks run`, which `make bench` calls.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Measure, and print tables in Markdown.",
        discussion: "The simulator and ztaudit run as processes of their own, on the same machine."
    )

    @Option(help: "Sizes, with commas between them; 100x is large.")
    var sizes = AccountSize.standard

    @Option(help: "Latencies in milliseconds, with commas between them.")
    var latencies = "0,50"

    @Option(help: "Requests that the simulated API allows in 300 s; Cloudflare's own are 1200.")
    var budget = 1200

    @Option(help: "Requests that ztaudit sends at a time.")
    var concurrency = 8

    @Option(help: "Numbers of findings to render in every format, with commas between them; empty for none.")
    var findings = "1000,50000"

    @Option(help: "Folder in which the snapshots stay; without one, they are removed.")
    var keep: String?

    mutating func run() async throws {
        let findings = try findings.split(separator: ",").map { text in
            guard let count = Int(text), count > 0 else { throw ValidationError("'\(text)' is no number of findings.") }
            return count
        }
        let sizes = try sizes.split(separator: ",").map { text in
            guard let size = AccountSize(argument: String(text)) else {
                throw ValidationError("'\(text)' is no size.")
            }
            return size
        }
        let latencies = try latencies.split(separator: ",").map { text in
            guard let latency = Int(text), latency >= 0 else { throw ValidationError("'\(text)' is no latency.") }
            return latency
        }
        let folder =
            keep.map { URL(filePath: $0) }
            ?? FileManager.default.temporaryDirectory
            .appending(path: "ztaudit-benchmarks-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { if keep == nil { try? FileManager.default.removeItem(at: folder) } }
        print("Measured on \(Machine.description).\n")
        try measureStart(in: folder)
        let snapshots = sizes.isEmpty ? [] : try measureCollections(sizes, latencies, in: folder)
        if !snapshots.isEmpty { try measureAudits(snapshots) }
        if !findings.isEmpty { try measureRendering(findings, in: folder) }
    }

    private func measureStart(in folder: URL) throws {
        let times = try (0..<21).map { _ in try MeasuredRun(Programs.ztaudit, ["--version"], in: folder).seconds }
        let median = times.sorted()[times.count / 2]
        print(
            "`ztaudit --version`: \(Cell.seconds(median)), the median of \(times.count) starts "
                + "(the first took \(Cell.seconds(times[0])), the slowest \(Cell.seconds(times.max() ?? 0))).\n"
        )
    }

    /// - Returns: A snapshot of each size.
    private func measureCollections(
        _ sizes: [AccountSize],
        _ latencies: [Int],
        in folder: URL
    ) throws -> [(AccountSize, URL)] {
        var table = Table(columns: CollectionMeasurement.columns)
        var remarks: [String] = []
        var snapshots: [(AccountSize, URL)] = []
        for size in sizes {
            let snapshot = folder.appending(path: "\(size.name).ztaudit")
            for latency in latencies {
                Self.note("collecting \(size.name) at \(latency) ms")
                if FileManager.default.fileExists(atPath: snapshot.path()) {
                    try FileManager.default.removeItem(at: snapshot)
                }
                let measurement = try CollectionMeasurement(size, latency: latency, options: self, snapshot: snapshot)
                table.rows.append(measurement.cells)
                remarks += measurement.remarks
                Self.note(measurement.cells.joined(separator: "  "))
            }
            snapshots.append((size, snapshot))
        }
        print("`ztaudit collect --concurrency \(concurrency)`, API budget \(budget) requests in 300 s:\n")
        print(table.text)
        for remark in remarks { print("- \(remark)") }
        if !remarks.isEmpty { print("") }
        return snapshots
    }

    private func measureAudits(_ snapshots: [(AccountSize, URL)]) throws {
        var table = Table(columns: AuditMeasurement.columns)
        for (size, snapshot) in snapshots {
            Self.note("auditing \(size.name)")
            let measurement = try AuditMeasurement(size, snapshot: snapshot)
            table.rows.append(measurement.cells)
            Self.note(measurement.cells.joined(separator: "  "))
        }
        print("`ztaudit audit` with every built-in rule:\n")
        print(table.text)
    }

    private func measureRendering(_ counts: [Int], in folder: URL) throws {
        var table = Table(columns: RenderingMeasurement.columns)
        for count in counts {
            Self.note("rendering \(count) findings")
            let measurement = try RenderingMeasurement(findings: count, in: folder)
            table.rows += measurement.rows
            for row in measurement.rows { Self.note(row.joined(separator: "  ")) }
        }
        print("`ztaudit report RESULT --report FORMAT=PATH`:\n")
        print(table.text)
    }

    private static func note(_ text: String) {
        FileHandle.standardError.write(Data("\(text)\n".utf8))
    }
}
