package import AuditModel
import Foundation
import Yams

extension Framework {
    static let keys = ["id", "title", "version", "source", "controls"]

    /// Reads a framework file.
    ///
    /// - Parameters:
    ///   - file: Path, for messages; its name without `.yaml` must be the framework's id.
    ///   - text: The whole file.
    /// - Throws: ``RuleFileError``.
    package init(file: String, text: String) throws(RuleFileError) {
        let reader = YAMLReader(file: file)
        let root = try reader.root(of: text, maximumBytes: Rule.maximumBytes)
        try reader.checkKeys(of: root, allowed: Self.keys)
        let id = try reader.text("id", in: root)
        let name = file.split(separator: "/").last.map { String($0.dropLast(".yaml".count)) } ?? ""
        guard id == name else {
            throw reader.failure(
                .badValue,
                root["id"],
                "has the id '\(id)', but the file is called '\(name)'",
                "Give both the same name: rules refer to it"
            )
        }
        let source = try reader.text("source", in: root)
        guard Self.isLink(source) else {
            throw reader.failure(.badValue, root["source"], "has a source that is no https link", "Use an https link")
        }
        guard let mapping = try reader.mapping("controls", in: root), !mapping.isEmpty else {
            throw reader.failure(
                .missingKey,
                root["controls"] ?? root["id"],
                "has no controls",
                "Write lines 'id: short title' under 'controls'"
            )
        }
        var controls: [Control] = []
        for (key, value) in mapping {
            let id = key.string ?? ""
            guard !id.isEmpty, let title = value.scalar?.string, !title.isEmpty else {
                throw reader.failure(.badValue, key, "has a control without a title", "Write 'id: short title'")
            }
            controls.append(Control(id: id, title: title))
        }
        self.init(
            id: id,
            title: try reader.text("title", in: root),
            version: try reader.text("version", in: root),
            source: source,
            controls: controls
        )
    }

    /// Whether a text is a link that documents may show.
    static func isLink(_ text: String) -> Bool {
        text.hasPrefix("https://") && URL(string: text)?.host()?.isEmpty == false
    }
}
