/// For whom a result or a snapshot was redacted.
package enum RedactionLevel: String, CaseIterable, Codable, Sendable {
    /// For somebody who judges the setup and need not know its people: people, devices, addresses and ids are replaced.
    case auditor
    /// For everybody: names of whatever the account calls its own are replaced too.
    case `public`
}

/// What was replaced before a result was shared.
package struct Redaction: Codable, Sendable, Hashable {
    /// For whom.
    package var level: RedactionLevel
    /// Digest of the key, hexadecimal: pseudonyms of results with the same digest can be compared.
    package var keyID: String
    /// What was replaced, such as `names of people`, in words for readers.
    package var replaced: [String]
    /// Findings whose message and evidence were left out, because it could not be told what in them is to be replaced.
    package var withheldFindings: Int

    /// Creates a note from its members.
    package init(level: RedactionLevel, keyID: String, replaced: [String], withheldFindings: Int) {
        self.level = level
        self.keyID = keyID
        self.replaced = replaced
        self.withheldFindings = withheldFindings
    }

    private enum CodingKeys: String, CodingKey {
        case level
        case keyID = "key_id"
        case replaced
        case withheldFindings = "withheld_findings"
    }
}
