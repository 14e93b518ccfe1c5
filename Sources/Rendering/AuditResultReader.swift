package import AuditModel
package import Foundation

/// Reads back the document that the JSON format writes.
package struct AuditResultReader: Sendable {
    /// Creates a reader.
    package init() {}

    /// Decodes a result.
    ///
    /// - Parameter data: The JSON document, UTF-8.
    /// - Returns: The result, as it was rendered.
    /// - Throws: `RenderingError` with code `notJSON`, `unsupportedVersion`, `missingKey` or `wrongValue`.
    package func read(_ data: Data) throws(RenderingError) -> AuditResult {
        try decode(AuditResult.self, from: data)
    }

    /// Decodes a baseline.
    ///
    /// - Parameter data: A baseline or a whole result, JSON, UTF-8.
    /// - Returns: What a later result is compared with.
    /// - Throws: `RenderingError` as ``read(_:)`` does.
    package func readBaseline(_ data: Data) throws(RenderingError) -> Baseline {
        try decode(Baseline.self, from: data)
    }

    private func decode<Value: Decodable>(_ type: Value.Type, from data: Data) throws(RenderingError) -> Value {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .throw
        do {
            let version = try decoder.decode(VersionedDocument.self, from: data).schemaVersion
            guard version == AuditResult.currentSchemaVersion else { throw Self.unsupported(version) }
            return try decoder.decode(type, from: data)
        } catch let error as RenderingError {
            throw error
        } catch let error as DecodingError {
            throw Self.explain(error)
        } catch {
            throw Self.notJSON(String(describing: error))
        }
    }

    private static func unsupported(_ version: Int) -> RenderingError {
        RenderingError(
            code: .unsupportedVersion,
            place: "schema_version",
            problem: "the result has version \(version), this program reads \(AuditResult.currentSchemaVersion)",
            remedy: "Audit the snapshot again with this program, or render the result with the one that made it"
        )
    }

    private static func notJSON(_ detail: String) -> RenderingError {
        RenderingError(
            code: .notJSON,
            place: "document",
            problem: "this is not JSON (\(VisibleText.singleLine(detail)))",
            remedy: "Give a file that was written with --report json=PATH"
        )
    }

    private static func explain(_ error: DecodingError) -> RenderingError {
        switch error {
        case .dataCorrupted(let context) where context.codingPath.isEmpty:
            return notJSON(detail(of: context))
        case .keyNotFound(let key, let context):
            return RenderingError(
                code: .missingKey,
                place: path(context.codingPath),
                problem: "the key '\(key.stringValue)' is missing",
                remedy: remedy
            )
        case .dataCorrupted(let context), .typeMismatch(_, let context), .valueNotFound(_, let context):
            return RenderingError(
                code: .wrongValue,
                place: path(context.codingPath),
                problem: VisibleText.singleLine(context.debugDescription.trimmingSuffix(".")),
                remedy: remedy
            )
        @unknown default:
            return RenderingError(
                code: .wrongValue,
                place: "document",
                problem: VisibleText.singleLine(String(describing: error)),
                remedy: remedy
            )
        }
    }

    private static let remedy = "Give a file that was written with --report json=PATH and not changed since"

    private static func detail(of context: DecodingError.Context) -> String {
        let underlying =
            context.underlyingError.map { ($0 as NSError).userInfo["NSDebugDescription"] as? String } ?? nil
        return (underlying ?? context.debugDescription).trimmingSuffix(".")
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        guard !keys.isEmpty else { return "document" }
        return keys.reduce(into: "") { path, key in
            if let index = key.intValue {
                path += "[\(index)]"
            } else {
                path += path.isEmpty ? key.stringValue : ".\(key.stringValue)"
            }
        }
    }
}

/// The one member that tells whether the others can be understood.
private struct VersionedDocument: Decodable {
    let schemaVersion: Int

    private enum CodingKeys: String, CodingKey {
        case schemaVersion = "schema_version"
    }
}

extension String {
    fileprivate func trimmingSuffix(_ suffix: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
    }
}
