/// Text of rule files as Markdown that says the same, wherever it stands.
enum MarkdownProse {
    private static let width = 120

    /// A paragraph, wrapped.
    static func paragraph(_ text: String) -> String { wrapped(inline(text), indentation: "") }

    /// A paragraph that is Markdown already, wrapped.
    static func paragraph(markdown: String) -> String { wrapped(markdown, indentation: "") }

    /// An item of a list, wrapped.
    static func item(_ text: String) -> String { "- " + wrapped(inline(text), indentation: "  ") }

    /// An item of a list that is Markdown already, wrapped.
    static func item(markdown: String) -> String { "- " + wrapped(markdown, indentation: "  ") }

    /// The text on one line, with everything escaped that would mean something else than itself.
    static func inline(_ text: String) -> String {
        let scalars = Array(text.split(whereSeparator: \.isWhitespace).joined(separator: " ").unicodeScalars)
        var result = String.UnicodeScalarView()
        for place in scalars.indices {
            let next = place + 1 < scalars.count ? scalars[place + 1] : " "
            let isSpecial =
                switch scalars[place] {
                case "\\", "`", "*", "[", "]", "<", "|", "~": true
                // Emphasis only at the edge of a word.
                case "_": place == 0 || !isWord(scalars[place - 1]) || !isWord(next)
                // A character reference.
                case "&": next == "#" || isWord(next)
                default: false
                }
            if isSpecial { result.append("\\") }
            result.append(scalars[place])
        }
        return String(result)
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }

    /// The text as code within a line, whatever backticks it has.
    static func code(_ text: String) -> String {
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let fence = String(repeating: "`", count: longestRun(in: words) + 1)
        let space = words.hasPrefix("`") || words.hasSuffix("`") ? " " : ""
        // Within a table a bar would begin the next cell, in code too.
        return fence + space + words.replacing("|", with: "\\|") + space + fence
    }

    /// Lines as they are.
    static func block(_ text: String, language: String) -> String {
        let fence = String(repeating: "`", count: max(3, longestRun(in: text) + 1))
        let end = text.last?.isNewline == true ? "" : "\n"
        return "\(fence)\(language)\n\(text)\(end)\(fence)"
    }

    /// A table.
    static func table(_ heads: [String], _ rows: [[String]]) -> String {
        let lines = [heads, heads.map { _ in "---" }] + rows
        return lines.map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n")
    }

    private static func longestRun(in text: String) -> Int {
        var (longest, current) = (0, 0)
        for scalar in text.unicodeScalars {
            current = scalar == "`" ? current + 1 : 0
            longest = max(longest, current)
        }
        return longest
    }

    private static func wrapped(_ text: String, indentation: String) -> String {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            let isFull = line.count + 1 + word.count > width - indentation.count
            if line.isEmpty {
                line = lines.isEmpty ? safeStart(word) : String(word)
            } else if isFull, !meansSomethingAtStart(word) {
                lines.append(line)
                line = String(word)
            } else {
                line += " \(word)"
            }
        }
        lines.append(line)
        return lines.joined(separator: "\n\(indentation)")
    }

    /// A word that begins a line of its own would make a list, a heading or a rule.
    private static func meansSomethingAtStart(_ word: Substring) -> Bool {
        guard let first = word.first else { return false }
        if "-+=>#".contains(first) { return true }
        let digits = word.prefix { $0.isASCII && $0.isNumber }
        return !digits.isEmpty && [".", ")"].contains(word.dropFirst(digits.count).first)
    }

    private static func safeStart(_ word: Substring) -> String {
        guard meansSomethingAtStart(word) else { return String(word) }
        let digits = word.prefix { $0.isASCII && $0.isNumber }
        return "\(digits)\\\(word.dropFirst(digits.count))"
    }
}
