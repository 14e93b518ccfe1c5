import AuditModel
import Foundation
import SnapshotStore

/// One collection of a generated account by the real program.
struct CollectionMeasurement {
    let size: AccountSize
    /// Milliseconds.
    let latency: Int
    let service: ServiceDescription
    let record: ServiceRecord
    let run: MeasuredRun
    let bound: CollectionBound
    /// Rows, without those of the lists inside objects.
    let rows: Int
    /// Kinds that were not read to their end.
    let incompleteKinds: [String]

    /// Collects into the file `snapshot`.
    init(_ size: AccountSize, latency: Int, options: RunCommand, snapshot: URL) throws {
        self.size = size
        self.latency = latency
        let running = try Service(
            size,
            latency: latency,
            budget: options.budget,
            concurrency: options.concurrency
        )
        service = running.description
        run = try MeasuredRun(
            Programs.ztaudit,
            [
                "collect", "--output", snapshot.path(), "--concurrency", "\(options.concurrency)",
                // The limit is the API's own, of which the program leaves a tenth to others.
                "--requests-per-minute", "\(options.budget / 5)",
            ],
            environment: ["CLOUDFLARE_BASE_URL": service.baseURL, "CLOUDFLARE_API_TOKEN": service.token],
            in: snapshot.deletingLastPathComponent()
        )
        record = try running.stop()
        bound = CollectionBound(
            requests: service.minimalRequests,
            chain: service.longestChain,
            latency: Double(latency) / 1000,
            concurrency: options.concurrency,
            budget: options.budget
        )
        guard FileManager.default.fileExists(atPath: snapshot.path()) else {
            throw BenchmarkError(description: "ztaudit made no snapshot (status \(run.status)): \(run.errors)")
        }
        let coverage = try Snapshot(path: snapshot.path()).coverage
        rows = coverage.reduce(0) { $0 + $1.rowCount }
        incompleteKinds = Set(coverage.filter { !$0.status.isReliable }.map(\.kind)).sorted()
    }

    static let columns = [
        "account", "latency", "requests", "minimum", "time", "bound", "ratio", "processor", "rows", "rows/s",
        "peak memory",
        "budget reached", "simulator alone",
    ]

    var cells: [String] {
        [
            size.name, "\(latency) ms", "\(record.requests)", "\(service.minimalRequests)",
            Cell.seconds(run.seconds), Cell.seconds(bound.seconds),
            bound.seconds > 0 ? Cell.ratio(run.seconds / bound.seconds) : "–",
            Cell.seconds(run.processorTime), "\(rows)", "\(Int(Double(rows) / run.seconds))",
            Cell.memory(run.peakMemory),
            record.requests > bound.share ? "yes, waited \(Cell.seconds(record.longestPause))" : "no",
            Cell.seconds(service.secondsAlone),
        ]
    }

    /// What the reader of the figures has to know of them.
    var remarks: [String] {
        var remarks: [String] = []
        let name = "\(size.name) at \(latency) ms"
        if !incompleteKinds.isEmpty {
            remarks.append("\(name): not read to their end: \(incompleteKinds.joined(separator: ", "))")
        }
        let surplus = record.surplus.sorted { (-$0.value, $0.key) < (-$1.value, $1.key) }.prefix(5)
        if !surplus.isEmpty {
            let paths = surplus.map { "\($0.value) of \($0.key)" }.joined(separator: ", ")
            remarks.append("\(name): requests beyond the minimum, most first: \(paths)")
        }
        if rows != service.objects { remarks.append("\(name): \(rows) rows of \(service.objects) objects served") }
        if run.status != 0 { remarks.append("\(name): ztaudit ended with status \(run.status)") }
        return remarks
    }
}
