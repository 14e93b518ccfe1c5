/// The ids that rules may have: they are file names, parts of fingerprints and anchors of links.
package enum RuleID {
    /// What an id looks like, as a remedy.
    package static let form =
        "Use small letters, digits and single hyphens between them, at most \(longest) characters, a letter first"

    private static let longest = 80

    /// Whether a text is such an id.
    package static func isValid(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return text.count <= longest && text.first?.isLetter == true
            && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(isAllowed) }
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
