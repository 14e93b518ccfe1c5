import Foundation
import JSONModel
import TestSupport

/// The schema `name` beside these tests.
func schema(_ name: String) throws -> JSONSchemaValidator {
    let file = TestFiles.folder.appending(path: "Schemas/\(name).schema.json")
    return JSONSchemaValidator(root: try JSONValue(parsing: Data(contentsOf: file)))
}
