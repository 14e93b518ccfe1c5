import AuditModel
import Foundation
import JSONModel
import Rendering
import TestSupport
import Testing

@Suite struct JSONTests {
    private static func schema() throws -> JSONSchemaValidator {
        let file = TestFiles.root.appending(path: "report-templates/json/audit-result.schema.json")
        return JSONSchemaValidator(root: try JSONValue(parsing: Data(contentsOf: file)))
    }

    @Test func keepsToItsSchema() throws {
        let value = try JSONValue(parsing: Data(document(.json).utf8))
        #expect(try Self.schema().faults(in: value) == [])
    }

    @Test func schemaRejectsWhatIsNotOurs() throws {
        guard case .object(var members) = try JSONValue(parsing: Data(document(.json).utf8)) else { return }
        members["surprise"] = 1
        members["schema_version"] = 2
        members["findings"] = nil
        #expect(try Self.schema().faults(in: .object(members)).count == 3)
    }

    @Test func describesEveryMember() throws {
        func check(_ schema: JSONValue, _ place: String) {
            for (name, member) in schema["properties"]?.objectValue ?? [:] {
                #expect(member["description"]?.stringValue?.isEmpty == false, "\(place).\(name)")
                check(member, "\(place).\(name)")
            }
            if schema["properties"] != nil { #expect(schema["additionalProperties"] != nil, "\(place)") }
        }
        let root = try Self.schema().root
        check(root, "$")
        for (name, definition) in root["$defs"]?.objectValue ?? [:] { check(definition, name) }
    }

    @Test func readsBackWhatItWrote() throws {
        let text = try document(.json)
        #expect(text.hasSuffix("}\n"))
        #expect(try AuditResultReader().read(Data(text.utf8)) == SampleResult.small)
    }

    @Test func readsWhatWasSavedBeforeThereWereApplicationsAndFrameworks() throws {
        guard case .object(var members) = try JSONValue(parsing: Data(document(.json).utf8)) else { return }
        members["applications"] = nil
        members["frameworks"] = nil
        let result = try AuditResultReader().read(Data(JSONValue.object(members).serialized()))
        #expect(result.applications.isEmpty && result.frameworks.isEmpty)
        #expect(result.findings == SampleResult.small.findings)
    }

    @Test func writesNumbersThatJSONLacks() throws {
        var result = SampleResult.small
        result.findings[0].evidence["ratio"] = .real(.infinity)
        #expect(try document(.json, of: result).contains("\"ratio\" : \"Infinity\""))
    }

    @Test(arguments: [
        ("not json", RenderingError.Code.notJSON, "document"), ("", .notJSON, "document"),
        ("[]", .wrongValue, "document"), ("{}", .missingKey, "document"),
        ("{\"schema_version\": 99}", .unsupportedVersion, "schema_version"),
        ("{\"schema_version\": \"1\"}", .wrongValue, "schema_version"),
        ("{\"schema_version\": 1}", .missingKey, "document"),
        ("{\"schema_version\": 1, \"tool\": {\"name\": \"x\"}}", .missingKey, "tool"),
    ])
    func saysWhatIsWrongWithADocument(text: String, code: RenderingError.Code, place: String) throws {
        let error = try #require(throws: RenderingError.self) { try AuditResultReader().read(Data(text.utf8)) }
        #expect(error.code == code)
        #expect(error.place == place)
        #expect(!error.problem.isEmpty && !error.remedy.isEmpty)
    }

    @Test func namesThePlaceOfAWrongWord() throws {
        let text = try document(.json).replacing("\"state\" : \"waived\"", with: "\"state\" : \"forgiven\"")
        let error = try #require(throws: RenderingError.self) { try AuditResultReader().read(Data(text.utf8)) }
        #expect(error.code == .wrongValue)
        #expect(error.place.hasPrefix("findings["))
    }
}
