import Foundation
import JSONModel
import SnapshotStore
import TestSupport
import Testing

/// The API reference beside the repository: which operations there are, and what they answer.
///
/// It is not ours to ship, so the tests that need it are skipped where it is missing.
struct APIReference: Sendable {
    private static let file = Repository.root.deletingLastPathComponent().appending(
        path: "shared/api/openapi-subset.json"
    )
    static let isPresent = FileManager.default.fileExists(atPath: file.path())

    let root: JSONValue
    /// Every operation, sorted by path.
    let operations: [Operation]

    /// Read once for all tests: it is large.
    private static let document = Result { try JSONValue(parsing: Data(contentsOf: file)) }

    init() throws {
        root = try Self.document.get()
        operations = try (root["paths"]?.objectValue ?? [:]).sorted { $0.key < $1.key }.map { path, item in
            let schema = ["content", "application/json", "schema"]
            return Operation(
                path: path,
                shape: Operation.shape(path),
                answer: try #require(item[path: ["get", "responses", "200"] + schema]),
                refusal: try #require(item[path: ["get", "responses", "4XX"] + schema]),
                observed: (item[path: ["get", "x-observed-extra"]]?.arrayValue ?? []).compactMap(\.stringValue)
            )
        }
    }

    /// One GET operation.
    struct Operation: Sendable {
        /// Path template below the API's base, with the first slash.
        let path: String
        /// The path with `{}` for every parameter.
        let shape: String
        /// Schema of the whole answer.
        let answer: JSONValue
        /// Schema of an answer that refuses.
        let refusal: JSONValue
        /// Members that were seen in answers but are not declared, such as `result[].uid`.
        let observed: [String]

        /// Schema of one object of the list, or of the object.
        var object: JSONValue? {
            let result = answer[path: ["properties", "result"]]
            return result?["items"] ?? result
        }

        static func shape(_ path: String) -> String { path.replacing(/\{[^}]*\}/, with: "{}") }
    }

    /// The schema that a reference names.
    func schema(_ reference: String) throws -> JSONValue {
        try #require(root[path: reference.dropFirst(2).split(separator: "/").map(String.init)], "\(reference)")
    }

    /// The operation that lists a kind; `nil` where the reference has none.
    func operation(of kind: ResourceKind, below scope: Scope) -> Operation? {
        let path: String
        switch (kind.listing.scope, scope) {
        case (.itself, .account): path = "/\(kind.listing.path)"
        case (_, .account): path = "/accounts/{}/\(kind.listing.path)"
        case (.accountAndZones, .zone): path = "/zones/{}/\(kind.listing.path)"
        case (_, .zone): return nil
        }
        let shape = Operation.shape(path)
        return operations.first { $0.shape == shape }
    }

    /// What an operation's path begins with.
    enum Scope: Sendable, CaseIterable {
        case account, zone
    }
}
