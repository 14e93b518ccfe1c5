import AuditModel

extension Severity {
    /// The severity as a heading shows it.
    var word: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }

    /// A shape beside the word, so that colour is never the only sign.
    var symbol: String {
        switch self {
        case .critical: "◆"
        case .high: "▲"
        case .medium: "●"
        case .low: "▼"
        case .info: "○"
        }
    }
}

extension ApplicationTier {
    /// The tier as a heading shows it.
    var word: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
}

extension FindingState {
    /// The state in words for people.
    var word: String {
        switch self {
        case .open: "open"
        case .waived: "waived"
        case .baseline: "known before"
        }
    }
}

extension CoverageStatus {
    /// The status in words for people.
    var word: String {
        switch self {
        case .complete: "complete"
        case .partial: "read in part"
        case .denied: "permission missing"
        case .unavailable: "not on this account"
        case .failed: "could not be read"
        }
    }
}

extension DataGap {
    /// How far the data was read, in words for people.
    var word: String {
        guard option == nil else { return "not collected" }
        return status.word + (zoneCount.map { " in \(Words.count($0, "zone"))" } ?? "")
    }

    /// What it takes to read the data, and its name.
    var need: (label: String, name: String) {
        option.map { ("option needed", $0) } ?? ("permission needed", permission)
    }
}

/// Phrases that several formats share.
enum Words {
    /// A number with its noun, such as `1 finding` or `2 findings`.
    static func count(_ number: Int, _ singular: String, _ plural: String? = nil) -> String {
        "\(number) \(number == 1 ? singular : plural ?? singular + "s")"
    }

    /// Text of somebody else's as a sentence on one line.
    static func sentence(_ text: String) -> String {
        let line = VisibleText.singleLine(text)
        return line.last.map { ".!?…".contains($0) } ?? false ? line : line + "."
    }

    /// A list in a sentence: `a`, `a and b`, `a, b and c`.
    static func list(_ items: [String]) -> String {
        guard let last = items.last, items.count > 1 else { return items.first ?? "" }
        return items.dropLast().joined(separator: ", ") + " and " + last
    }

    /// A table's name as people read it: `access_application` becomes `Access application`.
    static func table(_ name: String) -> String {
        let words = name.split(separator: "_").map { acronyms[String($0)] ?? String($0) }
        guard let first = words.first else { return name }
        // The one name whose first letter is always small.
        if first == "mtls" { return (["mTLS"] + words.dropFirst()).joined(separator: " ") }
        return ([first.prefix(1).uppercased() + first.dropFirst()] + words.dropFirst()).joined(separator: " ")
    }

    /// A framework's id as people read it: `nist-800-53-r5` becomes `NIST 800-53 r5`.
    static func framework(_ id: String) -> String {
        frameworks[id] ?? id
    }

    /// An RFC 3339 time as people read it: `2026-01-02T03:04:05Z` becomes `2026-01-02 03:04:05 UTC`.
    static func time(_ text: String) -> String {
        guard text.hasSuffix("Z"), text.contains("T") else { return text }
        return text.dropLast().replacing("T", with: " ") + " UTC"
    }

    /// The beginning of an id that is long enough to tell ids apart by eye.
    static func shortID(_ id: String) -> String { String(id.prefix(8)) }

    private static let acronyms = [
        "api": "API", "ca": "CA", "dex": "DEX", "dlp": "DLP", "dns": "DNS", "id": "ID", "idp": "IdP", "ip": "IP",
        "mcp": "MCP", "mfa": "MFA", "pac": "PAC", "saml": "SAML", "scim": "SCIM", "ssh": "SSH", "warp": "WARP",
    ]

    private static let frameworks = [
        "cis-controls-8.1": "CIS Controls v8.1", "cisa-ztmm-2.0": "CISA Zero Trust Maturity Model v2.0",
        "iso-27001-2022": "ISO/IEC 27001:2022", "nist-800-53-r5": "NIST SP 800-53 r5",
        "nist-csf-2.0": "NIST CSF 2.0", "pci-dss-4.0.1": "PCI DSS 4.0.1", "soc2": "SOC 2", "soc-2": "SOC 2",
    ]
}
