import AuditModel
import Foundation
import JSONModel
import Testing

@testable import Rendering

@Suite struct CSVTests {
    /// The lines as dictionaries by column.
    private func records(_ result: AuditResult = SampleResult.small) throws -> [[String: String]] {
        let text = try document(.csv, of: result)
        #expect(text.unicodeScalars.first == "\u{FEFF}")
        let rows = CSVReader.rows(String(text.unicodeScalars.dropFirst()))
        let header = try #require(rows.first)
        return rows.dropFirst().map { row in
            #expect(row.count == header.count)
            return Dictionary(uniqueKeysWithValues: zip(header, row))
        }
    }

    @Test func writesALineForEachFindingAndEachBrokenRule() throws {
        let records = try records()
        let result = SampleResult.small
        #expect(records.count == result.findings.count + 1)
        #expect(records.dropLast().map { $0["fingerprint"] } == result.findings.map { $0.fingerprint })
        #expect(records.count { $0["verdict"] == "fail" } == result.summary.verdicts.fail)
        #expect(records.count { $0["verdict"] == "unknown" } == result.summary.verdicts.unknown)
        #expect(records.count { $0["verdict"] == "error" } == result.summary.rulesByStatus["error"])
        for state in FindingState.allCases {
            let count = records.count { $0["state"] == state.rawValue }
            #expect(count == result.summary.failsByState[state.rawValue])
        }
        for severity in Severity.allCases {
            let count = records.count { $0["state"] == "open" && $0["severity"] == severity.rawValue }
            #expect(count == result.summary.openBySeverity[severity.rawValue])
        }
    }

    @Test func endsEveryLineAsTheFormatWantsIt() throws {
        let text = try document(.csv)
        #expect(text.hasSuffix("\r\n"))
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: true)
        #expect(lines.count == SampleResult.small.findings.count + 2)
        for line in lines {
            #expect(line.last == "\r")
            #expect(!line.dropLast().contains("\r"))
        }
    }

    @Test func hasTheSameColumnsForEveryResult() throws {
        let header = { (text: String) in text.split(separator: "\r\n").first }
        #expect(try header(document(.csv)) == header(document(.csv, of: SampleResult.empty)))
        #expect(try records(SampleResult.empty).isEmpty)
    }

    @Test func saysWhatKeepsAnUnknownFromBeingDecided() throws {
        let unknown = try #require(try records().first { $0["unknown_reason"] == "coverage" })
        #expect(unknown["missing_permission"] == "Access: Service Tokens Read")
        #expect(unknown["state"] == "")
        let undecided = try #require(try records().first { $0["unknown_reason"] == "undecided" })
        #expect(undecided["missing_permission"] == "")
    }

    @Test func saysOfAWaivedFindingWhoAnswersForIt() throws {
        let waived = try #require(try records().first { $0["state"] == "waived" })
        #expect(waived["waiver_reason"] == SampleResult.hostileNames[0])
        #expect(waived["waiver_owner"] == SampleResult.hostileNames[10])
        #expect(waived["waiver_expires"] == "2026-06-30")
        #expect(waived["not_counted_because"]?.hasPrefix("Waived until 2026-06-30") == true)
    }

    @Test(arguments: FindingChange.allCases)
    func saysHowAFindingCompares(change: FindingChange) throws {
        var finding = SampleResult.finding(1, rule: SampleResult.session.id, severity: .high, name: "a", message: "m")
        finding.change = change
        #expect(try records(SampleResult.result([finding]))[0]["change"] == change.rawValue)
    }

    @Test func writesEvidenceAsJSON() throws {
        let evidence = try #require(try records().first?["evidence"])
        let value = try JSONValue(parsing: Data(evidence.utf8))
        #expect(value["precedence"] == 1)
        #expect(value["session_hours"] == 730.5)
        #expect(value["mfa"]?.isNull == true)
    }

    @Test func namesTheApplicationsOfAPolicy() throws {
        var result = SampleResult.small
        result.findings[0].resource.id = result.applications[0].policyIDs[0]
        result.applications[1].policyIDs = result.applications[0].policyIDs
        result.applications[0].name = "one"
        result.applications[0].tier = .standard
        result.applications[1].name = "two"
        result.applications[1].tier = .privileged
        let record = try records(result)[0]
        #expect(record["applications"] == "one; two")
        #expect(record["application_tier"] == "privileged")
        // The evidence can name an application too.
        result.findings[0].resource.id = "another"
        result.findings[0].evidence["application_id"] = .text(result.applications[1].applicationID)
        #expect(try records(result)[0]["applications"] == "two")
        #expect(try records(result)[0]["application_tier"] == "privileged")
        result.findings[0].resource.id = result.applications[0].policyIDs[0]
        result.applications = (0..<25).map { number in
            var application = result.applications[0]
            application.name = "\(number)"
            return application
        }
        #expect(try records(result)[0]["applications"]?.hasSuffix("; 19; and 5 more") == true)
    }

    @Test(arguments: [",", ";", "\t"] as [Unicode.Scalar])
    func letsNoProgramTakeACellForAFormula(separator: Unicode.Scalar) throws {
        var result = SampleResult.small
        let attacks = ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", " =1", "\"=1", "＝1", "＋1", "－1", "＠x"]
        for (place, attack) in attacks.enumerated() {
            var finding = SampleResult.finding(
                300 + place,
                rule: SampleResult.session.id,
                severity: .low,
                name: attack,
                message: "x;\(attack);\(attack)"
            )
            finding.detailKey = attack
            finding.evidence = [attack: .text(attack)]
            result.findings.append(finding)
        }
        for row in CSVReader.rows(try document(.csv, of: result), separator: separator) {
            for cell in row {
                let first = cell.unicodeScalars.drop { $0 == "\"" || $0.properties.isWhitespace }.first
                #expect(first.map { !"=+-@＝＋－＠".unicodeScalars.contains($0) } ?? true, "\(cell)")
            }
        }
    }

    @Test(arguments: [
        ("plain", "plain"), ("a=b", "a=b"), ("=1", "'=1"), (" =1", " '=1"), ("\"=1", "\"'=1"), ("'=1", "''=1"),
        ("\u{A0}=1", "\u{A0}'=1"), ("a;=1", "a;'=1"), ("a; -1", "a; '-1"), ("\tx", "'\tx"), ("a\n@x", "a\n'@x"),
        ("＝1", "'＝1"), ("=\u{301}1", "'=\u{301}1"), ("", ""),
    ])
    func guardsFormulas(text: String, guarded: String) {
        #expect(CSVText.guarded(text).unicodeScalars.elementsEqual(guarded.unicodeScalars))
    }

    @Test func leavesNumbersAlone() {
        let text = CSVText.render(columns: ["a"], rows: [[.integer(-5)], [.real(-0.5)], [.null]])
        #expect(text == "a\r\n-5\r\n-0.5\r\n\r\n")
    }

    @Test func cutsWhatASpreadsheetCannotHold() throws {
        var result = SampleResult.small
        result.findings[0].message = String(repeating: ";=", count: 30_000)
        let message = try #require(try records(result)[0]["message"])
        #expect(message.utf16.count <= 32_767)
        #expect(message.hasSuffix("… cut here; the JSON report has the rest."))
    }
}
