import CloudflareSimulator
import Foundation
import TestSupport
import Testing

/// What somebody sees who starts a collection on a terminal.
@Suite struct TerminalTests {
    @Test func tellsPeopleHowFarACollectionIs() async throws {
        let throttling = SimulatorFault(
            .status(429, headers: ["retry-after": "2"]),
            target: .suffix("/access/groups"),
            occurrence: .first(1)
        )
        let options = SimulatorOptions(rateLimit: .none, faults: [throttling])
        let hostile = "North\u{1B}[2J\u{1B}]0;owned\u{7}\r\u{9B}2Jwind"
        try await withDemoAPI(options: options, change: { $0.accounts[0].name = hostile }) { api in
            try await ScratchFolder.with { folder in
                let shown = try await runOnTerminal(
                    ["collect", "--output", "s.ztaudit"],
                    environment: api.environment(),
                    in: folder
                )
                #expect(shown.status == 0, "\(shown.text)")
                #expect(shown.lines.first?.hasPrefix("Collecting from North") == true)
                for kind in ["access_applications", "gateway_list_items", "organization", "devices"] {
                    #expect(shown.lines.contains { $0.contains(" \(kind): ") && $0.contains(/: [1-9]\d* rows?$/) })
                }
                #expect(shown.text.contains(/… \w+: [1-9]\d* rows from \d+ lists, \d+ rows\/s/))
                #expect(shown.text.contains(/lists, waiting [12] s for the rate limit/))
                // The changing line is gone, and nothing stands behind the last one.
                #expect(!shown.lines.contains { $0.contains("…") })
                #expect(shown.lines.last == "")
                #expect(shown.lines.dropLast().last?.hasPrefix("ztaudit: wrote s.ztaudit: ") == true)
                // All that moves the cursor is ours.
                let ours = ["\u{1B}[?7l", "\u{1B}[?7h", "\r\u{1B}[K", "\r\n"]
                let rest = ours.reduce(shown.text) { $0.replacing($1, with: "") }
                let controls = rest.unicodeScalars.filter { $0.properties.generalCategory == .control }
                #expect(controls.isEmpty, "\(controls.map(\.value))")
            }
        }
    }

    @Test func leavesACleanLineWhereItIsInterrupted() async throws {
        let slow = SimulatorOptions(faults: [SimulatorFault(.delay(.seconds(30)), target: .suffix("/access/groups"))])
        try await withDemoAPI(options: slow) { api in
            try await ScratchFolder.with { folder in
                let shown = try await runOnTerminal(
                    ["collect", "--output", "s.ztaudit"],
                    environment: api.environment(),
                    in: folder
                ) { process in
                    while !api.recordedRequests().contains(where: { $0.path.hasSuffix("/access/groups") }) {
                        try await Task.sleep(for: .milliseconds(10))
                    }
                    process.send(SIGINT)
                }
                #expect(shown.status == 2)
                #expect(shown.lines.last == "")
                #expect(shown.lines.dropLast().last?.contains("the collection was interrupted") == true)
                #expect(!shown.lines.contains { $0.contains("…") })
            }
        }
    }
}

/// What a run of the program showed.
private struct Shown {
    let status: Int32
    /// Everything written to the terminal.
    let text: String

    /// The lines as they stand there in the end.
    var lines: [String] {
        text.split(separator: "\r\n", omittingEmptySubsequences: false).map { line in
            String(line.components(separatedBy: "\r\u{1B}[K").last ?? "")
        }
    }
}

/// Runs the program with a terminal in place of its standard error.
private func runOnTerminal(
    _ arguments: [String],
    environment: [String: String],
    in folder: ScratchFolder,
    meanwhile: @escaping @Sendable (RunningProcess) async throws -> Void = { _ in }
) async throws -> Shown {
    // Swift's Glibc has no posix_openpt; these are what its functions come to (pty(7), ioctl_tty(2)).
    let (unlock, number): (UInt, UInt) = (0x4004_5431, 0x8004_5430)
    let master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    try #require(master >= 0)
    defer { close(master) }
    var (locked, terminalNumber): (CInt, CInt) = (0, 0)
    try #require(ioctl(master, unlock, &locked) == 0 && ioctl(master, number, &terminalNumber) == 0)
    let path = "/dev/pts/\(terminalNumber)"
    // Held open until the program has ended, so that reading ends only then.
    let terminal = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
    try #require(terminal >= 0)
    async let text = everything(from: master)
    let outcome = try await runZTAudit(
        arguments,
        environment: environment,
        in: folder,
        shell: #"exec "$@" 2>'\#(path)'"#,
        meanwhile: meanwhile
    )
    close(terminal)
    return Shown(status: outcome.status, text: await text)
}

/// Reads until nobody holds the other end any more, on a thread of its own, because reading blocks.
private func everything(from master: Int32) async -> String {
    await withCheckedContinuation { continuation in
        DispatchQueue.global().async {
            var bytes: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 4096)
            while case let count = read(master, &buffer, buffer.count), count > 0 { bytes += buffer[..<count] }
            continuation.resume(returning: String(decoding: bytes, as: UTF8.self))
        }
    }
}
