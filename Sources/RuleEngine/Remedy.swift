import AuditModel
import JSONModel
import SnapshotStore

/// What a rule's remediation does to the objects of a test case.
enum Remedy {
    /// The objects as they are afterwards.
    ///
    /// - Parameters:
    ///   - remedy: By kind, what changes in objects that have the same id (JSON merge patch, RFC 7396); the single object
    ///     of a kind needs none, one that is not there yet is added, and one with `$delete` is removed.
    ///   - objects: The objects before, by kind.
    /// - Returns: By kind, in the order in which they were given.
    static func applying(_ remedy: [String: [JSONValue]], to objects: [String: [JSONValue]]) -> [String: [JSONValue]] {
        var objects = objects
        for (kind, patches) in remedy {
            let identifiers = identifiers(of: kind)
            for patch in patches {
                var list = objects[kind] ?? []
                let isNameless = identifiers.allSatisfy { patch[path: $0] == nil }
                let places = identifiers.lazy.compactMap { identifier in
                    patch[path: identifier].flatMap { id in list.firstIndex { $0[path: identifier] == id } }
                }
                let place = isNameless && list.count == 1 ? 0 : places.first
                switch (place, patch["$delete"]?.boolValue ?? false) {
                case (let place?, true): list.remove(at: place)
                case (let place?, false): list[place] = merging(patch, into: list[place])
                case (nil, true): break
                case (nil, false): list.append(patch)
                }
                objects[kind] = list
            }
        }
        return objects
    }

    /// The members that lead to an object's id; where the first is missing, the snapshot takes the next.
    static func identifiers(of kind: String) -> [[String]] {
        let own = ResourceCatalogue.kinds.first { $0.name == kind }?.identifier ?? ["id"]
        return [own] + [["id"], ["uid"]].filter { $0 != own }
    }

    /// What failed and does so still, or is unknown now, a line each.
    static func differences(from before: AuditResult, to after: AuditResult) -> [String] {
        if let error = after.rules.compactMap(\.error).first { return ["after the remedy: \(error)"] }
        let failed = Set(before.findings.filter { $0.verdict == .fail }.map(\.fingerprint))
        guard !failed.isEmpty else { return ["there is a remedy, but nothing fails"] }
        return after.findings.filter { failed.contains($0.fingerprint) || $0.verdict == .fail }.map { finding in
            "\(finding.resource.id): after the remedy still \(finding.verdict): \(finding.message)"
        }
    }

    private static func merging(_ patch: JSONValue, into value: JSONValue) -> JSONValue {
        guard let changes = patch.objectValue else { return patch }
        var members = value.objectValue ?? [:]
        for (name, change) in changes {
            members[name] = change.isNull ? nil : merging(change, into: members[name] ?? .null)
        }
        return .object(members)
    }
}
