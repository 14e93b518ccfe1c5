import Foundation
import TestSupport
import Testing

@testable import ztaudit

/// What can be wrong with the files that are read and written.
@Suite struct FileTests {
    @Test func refusesWhatIsNoSnapshot() async throws {
        try await ScratchFolder.with { folder in
            try folder.write(
                "not a database, but long enough to have a header " + String(repeating: "x", count: 100),
                to: "text"
            )
            try folder.write("", to: "empty")
            try changeSnapshot(folder.path("other"), "CREATE TABLE t (x)")
            try await DemoAccount.write(DemoAccount.snapshot, to: folder.path("newer"))
            try changeSnapshot(folder.path("newer"), "UPDATE snapshot_info SET schema_version = 999")
            try await DemoAccount.snapshot.value.prefix(100_000).write(to: folder.url.appending(path: "cut"))
            try FileManager.default.createDirectory(atPath: folder.path("folder"), withIntermediateDirectories: false)
            let files = folder.files
            for (name, words) in [
                ("missing", "there is no such file"), ("text", "is not a snapshot"), ("empty", "is not a snapshot"),
                ("other", "no snapshot of ztaudit"), ("newer", "schema version 999"), ("cut", "is cut short"),
                ("folder", "folder: "),
            ] {
                for arguments in [["audit", name, "--report", "json=out"], ["query", name, "SELECT 1"]] {
                    expectRefusal(try await runZTAudit(arguments, in: folder), saying: name, words)
                }
            }
            #expect(folder.files == files)
        }
    }

    @Test func waitsForNobodyToWriteASnapshotIntoAPipe() async throws {
        try await ScratchFolder.with { folder in
            #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
            try await DemoAccount.write(DemoAccount.snapshot, to: folder.path("s.ztaudit"))
            let previous = ["audit", "s.ztaudit", "--previous", "pipe"]
            for arguments in [["audit", "pipe"], ["query", "pipe", "SELECT 1"], previous] {
                expectRefusal(try await runZTAudit(arguments, in: folder), saying: "pipe: is not a snapshot")
            }
        }
    }

    @Test func refusesADamagedSnapshot() async throws {
        try await ScratchFolder.with { folder in
            var data = try await DemoAccount.snapshot.value
            data.replaceSubrange(4096..<40_000, with: Data(repeating: 0x5A, count: 40_000 - 4096))
            try data.write(to: folder.url.appending(path: "damaged"))
            let outcome = try await runZTAudit(["audit", "damaged", "--report", "json=out"], in: folder)
            expectRefusal(outcome, saying: "damaged: ", "malformed")
            #expect(folder.files == ["damaged"])
        }
    }

    @Test(arguments: [
        ("", "not JSON"), ("{\"schema_version\": 1", "not JSON"), ("{}", "schema_version"),
        ("{\"schema_version\": 99}", "version 99"), ("{\"schema_version\": 1}", "missing"), ("[]", "document"),
    ])
    func refusesABrokenResult(text: String, words: String) async throws {
        try await ScratchFolder.with { folder in
            try folder.write(text, to: "result.json")
            try folder.write("earlier report", to: "r.html")
            let outcome = try await runZTAudit(["report", "result.json", "--report", "html=r.html"], in: folder)
            expectRefusal(outcome, saying: words)
            #expect(try folder.text("r.html") == "earlier report")
            #expect(folder.files == ["r.html", "result.json"])
        }
    }

    @Test func refusesAMissingResult() async throws {
        try await ScratchFolder.with { folder in
            expectRefusal(
                try await runZTAudit(["report", "nowhere.json"], in: folder),
                saying: "nowhere.json",
                "cannot be read"
            )
        }
    }

    @Test func refusesPathsThatCannotBeWrittenBeforeAskingTheAPI() async throws {
        try await withDemoAPI { api in
            try await ScratchFolder.with { folder in
                try folder.write("earlier report", to: "kept.html")
                for path in ["missing/r.json", ".", "/proc/r.json", "kept.html/r.json"] {
                    let reports = ["--report", "html=kept.html", "--report", "json=\(path)"]
                    let scan = try await runZTAudit(["scan"] + reports, environment: api.environment(), in: folder)
                    expectRefusal(scan, saying: path, "cannot be")
                    let collect = ["collect", "--output", path]
                    expectRefusal(
                        try await runZTAudit(collect, environment: api.environment(), in: folder),
                        saying: path,
                        "cannot be"
                    )
                    try await DemoAccount.write(DemoAccount.snapshot, to: folder.path("s.ztaudit"))
                    expectRefusal(try await runZTAudit(["audit", "s.ztaudit"] + reports, in: folder), saying: path)
                }
                expectRefusal(
                    try await runZTAudit(
                        ["collect", "--output", "/dev/null"],
                        environment: api.environment(),
                        in: folder
                    ),
                    saying: "/dev/null",
                    "no file"
                )
                #expect(try folder.text("kept.html") == "earlier report")
                #expect(folder.files == ["kept.html", "s.ztaudit"])
            }
        }
    }

    @Test func leavesNoDocumentOnAFullDisk() async throws {
        try await ScratchFolder.with { folder in
            try await DemoAccount.write(DemoAccount.snapshot, to: folder.path("s.ztaudit"))
            try folder.write("earlier report", to: "r.json")
            let arguments = ["audit", "s.ztaudit", "--report", "markdown-summary=r.md", "--report", "json=r.json"]
            // A limit on the size of files stands for the full disk: 128 blocks of 512 bytes hold the
            // summary and not the JSON document.
            let outcome = try await runZTAudit(arguments, in: folder, shell: #"ulimit -f 128; exec "$@""#)
            expectRefusal(outcome, saying: "r.json: cannot be written", "has room")
            #expect(try folder.text("r.json") == "earlier report")
            #expect(folder.files == ["r.json", "s.ztaudit"])
            let full = try await runZTAudit(["audit", "s.ztaudit", "--report", "html=/dev/full"], in: folder)
            expectRefusal(full, saying: "/dev/full: cannot be written (No space left on device)")
        }
    }

    @Test(arguments: [2, 64, 512])
    func leavesNoSnapshotOnAFullDisk(blocks: Int) async throws {
        try await withDemoAPI { api in
            try await ScratchFolder.with { folder in
                try folder.write("earlier snapshot", to: "s.ztaudit")
                let outcome = try await runZTAudit(
                    ["collect", "--output", "s.ztaudit"],
                    environment: api.environment(),
                    in: folder,
                    shell: "ulimit -f \(blocks); exec \"$@\""
                )
                expectRefusal(outcome, saying: "s.ztaudit: cannot be written", "disk is full")
                #expect(try folder.text("s.ztaudit") == "earlier snapshot")
                #expect(folder.files == ["s.ztaudit"])
            }
        }
    }

    @Test func replacesNoLinkOfTheSystemByAFile() async throws {
        try await ScratchFolder.with { folder in
            try folder.write("x", to: "file")
            let file = try FileHandle(forReadingFrom: folder.url.appending(path: "file"))
            // Where output goes to a file, these lead to one.
            for path in ["/dev/fd", "/proc/self/fd"] {
                #expect(OutputFiles.isStream("\(path)/\(file.fileDescriptor)"))
            }
            for path in ["/dev/stdout", "/dev/stderr"] { #expect(OutputFiles.isStream(path)) }
            for path in ["file", "dev/stdout"] { #expect(!OutputFiles.isStream(folder.path(path))) }
            #expect(!OutputFiles.isStream("/dev/shm/file"))
            try file.close()
        }
    }
}
