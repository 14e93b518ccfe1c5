/// Makes characters visible that would be invisible, or would change how the text around them is read: controls,
/// terminal escapes, direction overrides, zero-width characters.
///
/// Each becomes its code point in angle brackets, such as ⟨U+202E⟩. Works on Unicode scalars, because a combining mark
/// behind a character makes a `Character` of its own. Applying it twice changes nothing.
package enum VisibleText {
    /// The text for a place of one line: newlines and tabs are made visible too.
    package static func singleLine(_ text: String) -> String {
        replacing(in: text, keeping: { _ in false })
    }

    /// The text for a place that keeps lines: newlines and tabs stay.
    package static func multiLine(_ text: String) -> String {
        replacing(in: text, keeping: { $0 == "\n" || $0 == "\t" })
    }

    /// Prose that was wrapped in its source: runs of white space become one space.
    static func prose(_ text: String) -> String {
        singleLine(text.split { $0 == " " || $0.isNewline || $0 == "\t" }.joined(separator: " "))
    }

    /// A line for a terminal or a CI log, or its first part: Azure Pipelines and GitHub Actions obey `##vso[` and `##[`
    /// anywhere in a line, and `::` at its start.
    package static func logLine(_ text: String) -> String {
        var line = String.UnicodeScalarView()
        var isStart = true
        for scalar in singleLine(text).unicodeScalars {
            // `###[` holds `##[` too, so that no two signs may stay together.
            if let last = line.last, last == scalar, scalar == "#" || scalar == ":" && isStart { line.append(" ") }
            line.append(scalar)
            isStart = isStart && (scalar == ":" || scalar.properties.isWhitespace)
        }
        return String(line)
    }

    private static func replacing(in text: String, keeping isKept: (Unicode.Scalar) -> Bool) -> String {
        let scalars = text.unicodeScalars
        guard scalars.contains(where: { !isPlain($0) }) else { return text }
        var visible = String.UnicodeScalarView()
        var previous: Unicode.Scalar?
        for index in scalars.indices {
            let scalar = scalars[index]
            if isPlain(scalar) || isKept(scalar) || isJoiner(at: index, in: scalars, after: previous)
                || !isDeceptive(scalar)
            {
                visible.append(scalar)
            } else {
                visible.append(contentsOf: mark(for: scalar).unicodeScalars)
            }
            previous = scalar
        }
        return String(visible)
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        (0x20...0x7E).contains(scalar.value)
    }

    private static func isDeceptive(_ scalar: Unicode.Scalar) -> Bool {
        let properties = scalar.properties
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: return true
        default: break
        }
        if scalar == "\u{FE0E}" || scalar == "\u{FE0F}" { return false }
        return properties.isBidiControl || properties.isDefaultIgnorableCodePoint
            || properties.isNoncharacterCodePoint || (0xFFF9...0xFFFB).contains(scalar.value)
    }

    /// Whether a zero-width joiner or non-joiner stands where scripts and emoji need it: between two characters that
    /// are not ASCII.
    private static func isJoiner(
        at index: String.UnicodeScalarView.Index,
        in scalars: String.UnicodeScalarView,
        after previous: Unicode.Scalar?
    ) -> Bool {
        guard scalars[index] == "\u{200C}" || scalars[index] == "\u{200D}", let previous else { return false }
        let next = scalars.index(after: index)
        guard next < scalars.endIndex else { return false }
        return !previous.isASCII && !isDeceptive(previous) && !scalars[next].isASCII && !isDeceptive(scalars[next])
    }

    private static func mark(for scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "⟨U+\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)⟩"
    }
}
