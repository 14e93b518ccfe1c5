import BuiltInFiles
import Foundation
import JSONModel
import TestSupport
import Testing

/// The schema that was agreed on; it lies beside the repository or nowhere.
private enum AgreedSchema {
    static let file = Repository.root.deletingLastPathComponent().appending(
        path: "shared/contracts/requester.schema.json"
    )
    static let isPresent = FileManager.default.fileExists(atPath: file.path())
}

@Suite(.enabled(if: AgreedSchema.isPresent, "needs the agreed schema beside the repository"))
struct RequesterSchemaTests {
    @Test func validatesAsAgreed() throws {
        let agreed = try JSONValue(parsing: Data(contentsOf: AgreedSchema.file))
        let shipped = try JSONValue(parsing: Data(BuiltInFiles.requesterSchema.utf8))
        #expect(Self.withoutDescriptions(shipped) == Self.withoutDescriptions(agreed))
        print("conformance: the schema of a requester validates as agreed")
    }

    /// Only a text is a description: a member of that name would have a schema.
    private static func withoutDescriptions(_ schema: JSONValue) -> JSONValue {
        switch schema {
        case .object(let members):
            .object(
                members.filter { $0.key != "description" || $0.value.stringValue == nil }
                    .mapValues(withoutDescriptions)
            )
        case .array(let elements): .array(elements.map(withoutDescriptions))
        case .null, .bool, .integer, .number, .string: schema
        }
    }
}
