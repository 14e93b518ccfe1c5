import AuditModel

/// Hands out anchors: short, harmless, each only once in the page.
struct AnchorNames: Sendable {
    private var used: Set<String> = []
    /// Where to go on counting for a name that was handed out before.
    private var next: [String: Int] = [:]

    /// `name`, with a number where it was handed out before.
    mutating func unique(_ name: String) -> String {
        var candidate = name
        var number = next[name] ?? 2
        defer { next[name] = number }
        while !used.insert(candidate).inserted {
            candidate = "\(name)-\(number)"
            number += 1
        }
        return candidate
    }

    /// The beginning of a finding's fingerprint.
    static func fingerprint(_ finding: Finding) -> String { safe(String(finding.fingerprint.prefix(16))) }

    /// `name` with `-` for everything but ASCII letters and digits.
    static func safe(_ name: String) -> String {
        String(
            name.unicodeScalars.map {
                $0.isASCII && $0.properties.isAlphabetic || ("0"..."9").contains($0) ? Character($0) : "-"
            }
        )
    }
}
