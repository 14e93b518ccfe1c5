import AuditModel
import Yams

extension Waiver {
    /// Reads one entry of the list `waivers`.
    init(_ node: Node, _ reader: YAMLReader) throws(RuleFileError) {
        guard let mapping = node.mapping else {
            throw reader.failure(
                .badValue,
                node,
                "has a waiver that is no mapping",
                "Write '- rule: …' with 'resource', 'reason', 'owner' and 'expires' below it"
            )
        }
        try reader.checkKeys(of: mapping, allowed: WaiverSet.waiverKeys)
        let entry = WaiverEntry(mapping: mapping, node: node, reader: reader)
        self.init(
            ruleID: try entry.ruleID(),
            resourceID: try entry.optional("resource"),
            resourceName: try entry.optional("resource_name"),
            accountID: try entry.optional("account"),
            detailKey: try entry.optional("detail_key"),
            reason: try entry.required("reason", "Say why the finding is accepted"),
            owner: try entry.required("owner", "Name the person or team that answers for it"),
            granted: try entry.optional("granted"),
            expires: try entry.required("expires", "Write the last day on which it works, such as 2027-01-31"),
            evidenceDigest: try entry.optional("evidence_digest"),
            place: node.mark.map { "\(reader.file):\($0.line)" } ?? reader.file
        )
        try entry.check(self)
    }

    /// Days from 1970-01-01 to the last day.
    var lastDay: Int64 { UTCTimestamp(expires)?.day ?? 0 }

    /// Days from 1970-01-01 to the first day; `nil` when it always worked.
    var firstDay: Int64? { granted.flatMap { UTCTimestamp($0)?.day } }
}

/// The mapping of one waiver.
private struct WaiverEntry {
    let mapping: Node.Mapping
    let node: Node
    let reader: YAMLReader

    func required(_ key: String, _ remedy: String) throws(RuleFileError) -> String {
        guard let text = try optional(key) else {
            throw reader.failure(.missingKey, node, "has a waiver without '\(key)'", remedy)
        }
        return text
    }

    func optional(_ key: String) throws(RuleFileError) -> String? {
        guard let text = try reader.optionalText(key, in: mapping) else { return nil }
        guard !text.isEmpty, mapping[key]?.null == nil else {
            throw reader.failure(
                .badValue,
                mapping[key],
                "has a waiver with nothing under '\(key)'",
                "Fill it in, or take the line away"
            )
        }
        return text
    }

    func ruleID() throws(RuleFileError) -> String {
        let id = try required("rule", "Name the one rule whose finding is accepted")
        guard !id.contains("*") else {
            throw reader.failure(
                .badValue,
                mapping["rule"],
                "waives rules by the pattern '\(id)'",
                "Write one waiver for each rule: a pattern would also hide what nobody has looked at"
            )
        }
        return id
    }

    func check(_ waiver: Waiver) throws(RuleFileError) {
        guard (waiver.resourceID == nil) != (waiver.resourceName == nil) else {
            throw reader.failure(
                waiver.resourceID == nil ? .missingKey : .badValue,
                node,
                waiver.resourceID == nil
                    ? "has a waiver that names no resource" : "has a waiver with both 'resource' and 'resource_name'",
                "Write 'resource' with an id, or 'resource_name' with a name or a pattern with *"
            )
        }
        if let pattern = waiver.resourceName, pattern.allSatisfy({ $0 == "*" }) {
            throw reader.failure(
                .badValue,
                mapping["resource_name"],
                "has a waiver for every resource",
                "Name the resources, or leave the rule out altogether"
            )
        }
        if waiver.resourceID?.contains("*") == true {
            throw reader.failure(
                .badValue,
                mapping["resource"],
                "has a waiver with a pattern under 'resource'",
                "Write an id there, or the pattern under 'resource_name'"
            )
        }
        try checkDate("expires", waiver.expires)
        if let granted = waiver.granted {
            try checkDate("granted", granted)
            guard waiver.lastDay >= (waiver.firstDay ?? waiver.lastDay) else {
                throw reader.failure(
                    .badValue,
                    mapping["expires"],
                    "has a waiver that expires before it is granted",
                    "Correct one of the two dates"
                )
            }
        }
        if let digest = waiver.evidenceDigest {
            guard digest.utf8.count == 32, digest.allSatisfy({ $0.isHexDigit && !$0.isUppercase && $0.isASCII }) else {
                throw reader.failure(
                    .badValue,
                    mapping["evidence_digest"],
                    "has a waiver with '\(digest)', which is no evidence digest",
                    "Copy the 32 digits from 'evidence_digest' in a JSON report, or from the HTML report"
                )
            }
        }
    }

    private func checkDate(_ key: String, _ text: String) throws(RuleFileError) {
        guard text.utf8.count == 10, UTCTimestamp(text) != nil else {
            throw reader.failure(
                .badValue,
                mapping[key],
                "has a waiver with '\(text)' under '\(key)', which is no date",
                "Write it as 2027-01-31"
            )
        }
    }
}
