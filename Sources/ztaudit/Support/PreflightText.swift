import AuditModel
import Collecting
import Rendering

/// What `collect --check` prints.
enum PreflightText {
    static func render(_ preflight: Preflight) -> String {
        var sections: [String] = []
        for entries in Dictionary(grouping: preflight.entries, by: \.account.id).sorted(by: { $0.key < $1.key }).map(
            \.value
        ) {
            guard let account = entries.first?.account else { continue }
            let name = account.name.map { "\($0) (\(account.id))" } ?? account.id
            let table = TextTable.render(
                columns: ["RESULT", "KIND", "PERMISSION", "REASON"],
                rows: entries.map { entry in
                    let zone = entry.zoneID.map { " in zone \($0)" } ?? ""
                    return [entry.outcome.rawValue, entry.kind + zone, entry.permission, entry.reason ?? ""]
                }
            )
            sections.append("\(VisibleText.singleLine(name))\n\n\(table)")
        }
        return (sections + [token(preflight), permissions(preflight)]).joined(separator: "\n")
    }

    private static func token(_ preflight: Preflight) -> String {
        let identity = preflight.identity
        guard let id = identity.id else {
            return """
                Warning: this is the Global API Key, which can read and change everything that its user can.
                Make an API token that only reads, and use that.

                """
        }
        let end = identity.expiresAt.map { ", which ends at \($0)" } ?? ", which has no end that is known"
        let head = "Token: \(identity.scope) \(id)\(end).\n"
        guard let all = identity.writingPermissions else {
            return head + "Whether it can change anything is not known: its details could not be read.\n"
        }
        // What was asked for can need one, such as Logpush jobs.
        let needed = Set(preflight.entries.map(\.permission))
        let writing = all.filter { !needed.contains($0) }
        guard !writing.isEmpty else { return head + "It can change nothing: all its permissions are for reading.\n" }
        return head + """
            Warning: the token can do more than read: \(writing.joined(separator: ", ")).
            An audit needs no such permission; make a token that only reads.

            """
    }

    private static func permissions(_ preflight: Preflight) -> String {
        let missing = preflight.missingPermissions
        guard !missing.account.isEmpty || !missing.zones.isEmpty else {
            let result =
                preflight.isReady
                ? "Everything that was tried can be read"
                : "The token lacks no permission, but not everything could be read; see above"
            let untested = preflight.untestedKinds
            guard untested > 0 else { return result + ".\n" }
            return "\(result). \(untested) kind\(untested == 1 ? " was" : "s were") not tried; see above.\n"
        }
        return "Add these permissions to the token:\n"
            + missing.account.map { "  Account: \($0)\n" }.joined()
            + missing.zones.map { "  Zone (all zones of the account): \($0)\n" }.joined()
    }
}
