import Foundation

/// Where the programs are.
enum Programs {
    /// This program.
    static let own = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    /// The one that is measured, built beside this one.
    static let ztaudit = own.deletingLastPathComponent().appending(path: "ztaudit")
    /// SQLite's shell; `nil` where it is not installed.
    static let sqlite3 = ["/usr/bin/sqlite3", "/usr/local/bin/sqlite3"].first(
        where: FileManager.default.isExecutableFile
    )
    .map { URL(filePath: $0) }
}

/// A program that ran to its end.
struct MeasuredRun {
    let seconds: Double
    /// Seconds of processor time, of all threads together.
    let processorTime: Double
    /// `VmHWM` in MiB, last seen at most a millisecond before the end; `nil` where there is no `/proc`.
    let peakMemory: Double?
    let status: Int32
    let errors: String

    /// Runs a program in a folder, with a file for standard input.
    ///
    /// What it prints is thrown away; what it says on standard error passes through a file in the folder.
    init(
        _ program: URL,
        _ arguments: [String],
        environment: [String: String] = [:],
        in folder: URL,
        input: URL? = nil
    ) throws {
        let errorFile = folder.appending(path: "errors.txt")
        try Data().write(to: errorFile)
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder.path()].merging(environment) { $1 }
        process.currentDirectoryURL = folder
        process.standardInput = try input.map(FileHandle.init(forReadingFrom:)) ?? FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: errorFile)
        let before = Self.processorTimeOfChildren()
        let start = ContinuousClock.now
        try process.run()
        var peak: Double?
        // A process that has ended has no memory any more, so this sees its end before Foundation does.
        while let now = Self.peakMemory(of: process.processIdentifier) {
            peak = now
            usleep(500)
        }
        if peak == nil { process.waitUntilExit() }
        seconds = (ContinuousClock.now - start) / .seconds(1)
        process.waitUntilExit()
        processorTime = Self.processorTimeOfChildren() - before
        peakMemory = peak
        status = process.terminationStatus
        errors = try String(contentsOf: errorFile, encoding: .utf8)
    }

    /// That of all children that have ended.
    private static func processorTimeOfChildren() -> Double {
        var usage = rusage()
        getrusage(RUSAGE_CHILDREN.rawValue, &usage)
        return [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
    }

    private static func peakMemory(of process: Int32) -> Double? {
        guard let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
            let kibibytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Double($0) })
        else { return nil }
        return kibibytes / 1024
    }
}
