/// A tag of a Mustache template, as far as checks need it: the library renders a misspelt one as nothing.
struct TemplateTag: Sendable, Hashable {
    /// What the tag does.
    enum Kind: Sendable {
        case variable, unescaped, section, inverted, end, partial, comment
        /// Other delimiters, or a pragma.
        case setting
    }

    /// What the tag does.
    let kind: Kind
    /// Name in the tag, without white space.
    let name: String
    /// 1-based line of the tag.
    let line: Int

    /// Whether the name is that of a value in the model.
    var namesAValue: Bool {
        switch kind {
        case .variable, .unescaped, .section, .inverted, .end: true
        case .partial, .comment, .setting: false
        }
    }

    /// All tags of a template, in order.
    ///
    /// - Parameter template: Text with the usual delimiters; set-delimiter tags and pragmas are not understood.
    /// - Returns: The tags with their lines.
    static func all(in template: String) -> [TemplateTag] {
        var tags: [TemplateTag] = []
        var line = 1
        var rest = template[...]
        while let start = rest.firstRange(of: "{{") {
            line += rest[..<start.lowerBound].count { $0.isNewline }
            rest = rest[start.upperBound...]
            guard let end = rest.firstRange(of: "}}") else { break }
            tags.append(tag(rest[..<end.lowerBound], line))
            line += rest[..<end.lowerBound].count { $0.isNewline }
            rest = rest[end.upperBound...]
        }
        return tags
    }

    private static func tag(_ content: Substring, _ line: Int) -> TemplateTag {
        let kind: Kind =
            switch content.first {
            case "#": .section
            case "^": .inverted
            case "/": .end
            case ">": .partial
            case "!": .comment
            case "{", "&": .unescaped
            case "=", "%": .setting
            default: .variable
            }
        // Partials may be in folders, so a slash is part of the name unless it comes first.
        let name = content.drop { $0.isWhitespace || "#^/>!{&".contains($0) }.filter { !$0.isWhitespace && $0 != "}" }
        return TemplateTag(kind: kind, name: name, line: line)
    }
}
