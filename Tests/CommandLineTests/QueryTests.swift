import Foundation
import JSONModel
import TestSupport
import Testing

@Suite struct QueryTests {
    /// A name that would recolour a terminal, rename its window, turn the text around and start a CI command.
    private static let hostile = "'a' || char(27) || '[31m' || char(155) || '2J' || char(8238) || '##[x]' || char(7)"

    @Test func answersAsATable() async throws {
        let outcome = try await query("SELECT name, 5 AS five, NULL AS lacking FROM account LIMIT 1")
        #expect(outcome.status == 0 && outcome.errors == "")
        #expect(
            outcome.output == """
                name                 five  lacking
                -------------------  ----  -------
                Northwind Logistics  5

                """
        )
    }

    @Test(arguments: ["table", "csv", "json"])
    func doesNotLetNamesSteerTheTerminal(format: String) async throws {
        let outcome = try await query("SELECT \(Self.hostile) AS name", "--format", format)
        #expect(outcome.status == 0, "\(outcome.errors)")
        for scalar in outcome.output.unicodeScalars where scalar != "\n" && scalar != "\r" {
            #expect(scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value) && scalar.value != 0x202E)
        }
    }

    @Test func keepsEveryCharacterInJSON() async throws {
        let outcome = try await query("SELECT \(Self.hostile) AS name, 'é🚚' AS plain", "--format", "json")
        let rows = try JSONValue(parsing: Data(outcome.output.utf8))
        #expect(rows == [["name": "a\u{1B}[31m\u{9B}2J\u{202E}##[x]\u{7}", "plain": "é🚚"]])
        #expect(outcome.output.contains("é🚚"))
    }

    @Test func answersWithTypedJSON() async throws {
        let outcome = try await query("SELECT 1 AS i, 1.5 AS r, 'x' AS t, NULL AS n", "--format", "json")
        let rows = try JSONValue(parsing: Data(outcome.output.utf8))
        #expect(rows == [["i": 1, "r": 1.5, "t": "x", "n": nil]])
        let none = try await query("SELECT 1 AS i WHERE 0", "--format", "json")
        #expect(try JSONValue(parsing: Data(none.output.utf8)) == [])
    }

    @Test func refusesJSONWithOneNameTwice() async throws {
        expectRefusal(try await query("SELECT 1 AS a, 2 AS a", "--format", "json"), saying: "two columns", "'a'")
    }

    @Test func quotesAndGuardsCSV() async throws {
        let outcome = try await query(
            """
            SELECT '=1+1' AS formula, '+1' AS plus, '-1' AS minus, '@x' AS at, -5 AS number, 'a,"b"' AS quotes,
                'x' || char(10) || 'y' AS lines, NULL AS lacking
            """,
            "--format",
            "csv"
        )
        #expect(
            outcome.output == "formula,plus,minus,at,number,quotes,lines,lacking\r\n"
                + "'=1+1,'+1,'-1,'@x,-5,\"a,\"\"b\"\"\",\"x\ny\",\r\n"
        )
    }

    @Test(arguments: [
        ("DELETE FROM account", "only reading is allowed"),
        ("UPDATE account SET name = 'x'", "only reading is allowed"),
        ("ATTACH DATABASE 'other' AS other", "only reading is allowed"),
        ("PRAGMA journal_mode = DELETE", "only reading is allowed"), ("VACUUM INTO 'copy'", "only reading is allowed"),
        ("CREATE TEMP TABLE t AS SELECT 1", "only reading is allowed"), ("BEGIN", "only reading is allowed"),
        ("SELECT 1; SELECT 2", "more than one statement"), ("", "no statement"), ("/* nothing */", "no statement"),
        ("SELEC 1", "syntax error"), ("SELECT nonsense FROM account", "no such column: nonsense"),
        ("SELECT :other", "unknown parameter :other"), ("SELECT load_extension('x')", "load_extension"),
    ])
    func refusesEverythingButOneSelect(sql: String, words: String) async throws {
        try await ScratchFolder.with { folder in
            try await DemoAccount.write(DemoAccount.snapshot, to: folder.path("s.ztaudit"))
            let before = try Data(contentsOf: folder.url.appending(path: "s.ztaudit"))
            expectRefusal(try await runZTAudit(["query", "s.ztaudit", sql], in: folder), saying: "the query: ", words)
            #expect(try Data(contentsOf: folder.url.appending(path: "s.ztaudit")) == before)
            #expect(folder.files == ["s.ztaudit"])
        }
    }

    @Test func offersTheAnalysisTablesAndTheTime() async throws {
        let outcome = try await query(
            "SELECT COUNT(*) > 0 AS analysed, :now > '2020' AS timed FROM application_policy",
            "--format",
            "csv"
        )
        #expect(outcome.output == "analysed,timed\r\n1,1\r\n", "\(outcome.errors)")
    }

    @Test func saysThatStandardOutputIsFull() async throws {
        try await ScratchFolder.with { folder in
            try await DemoAccount.write(DemoAccount.snapshot, to: folder.path("s.ztaudit"))
            let outcome = try await runZTAudit(
                ["query", "s.ztaudit", "SELECT 1"],
                in: folder,
                shell: #"exec "$@" > /dev/full"#
            )
            expectRefusal(outcome, saying: "standard output: cannot be written (No space left on device)")
        }
    }

    private func query(_ sql: String, _ options: String...) async throws -> ProcessOutcome {
        try await ScratchFolder.with { folder in
            try await DemoAccount.write(DemoAccount.snapshot, to: folder.path("s.ztaudit"))
            return try await runZTAudit(["query", "s.ztaudit", sql] + options, in: folder)
        }
    }
}
