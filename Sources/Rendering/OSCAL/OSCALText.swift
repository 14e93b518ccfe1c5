import AuditModel

/// Texts in the forms that OSCAL's data types demand.
enum OSCALText {
    /// Namespace of properties whose names are ours.
    static let namespace = "urn:ztaudit:oscal"

    /// A string: one line, not empty, no white space around it.
    static func string(_ text: String) -> String {
        let scalars = VisibleText.singleLine(text).unicodeScalars
        let start = scalars.drop { $0.properties.isWhitespace }
        let count = start.reversed().drop { $0.properties.isWhitespace }.count
        let trimmed = String(String.UnicodeScalarView(start.prefix(count)))
        return trimmed.isEmpty ? "(empty)" : trimmed
    }

    /// A token: ASCII letters, digits, `.`, `-` and `_`, a letter or `_` first; everything else becomes `_`.
    static func token(_ text: String) -> String {
        var token = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            token.append(isLetter(scalar) || isDigit(scalar) || scalar == "." || scalar == "-" ? scalar : "_")
        }
        guard let first = token.first, isLetter(first) || first == "_" else { return "_" + String(token) }
        return String(token)
    }

    /// Id of a control: NIST's as its OSCAL catalogue spells it, such as `ac-6.7` for `AC-6(7)`; others behind the name
    /// of their framework, such as `pci-dss-4.0.1_8.4.2`, since most are nothing but numbers.
    static func controlID(_ id: String, of frameworkID: String) -> String {
        guard frameworkID.hasPrefix("nist-800-53") else { return token("\(frameworkID)_\(id)") }
        return token(id.lowercased().replacing("(", with: ".").replacing(")", with: ""))
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
}
