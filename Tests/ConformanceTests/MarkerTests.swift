import Foundation
import GRDB
import JSONModel
import SnapshotStore
import Testing

@Suite(.enabled(if: APIReference.isPresent, "needs the API reference beside the repository"))
struct MarkerTests {
    @Test func keepsEveryTextButSecrets() async throws {
        let generated = try GeneratedWorld(try APIReference(), .observedMembers, .markersOnly)
        var secret: [String: String] = [:]
        var kept: [String: String] = [:]
        for listing in generated.listings {
            for object in listing.objects {
                for (path, text) in object.texts() {
                    let place = "\(listing.kind.name): \(path.joined(separator: "."))"
                    let isSecret = Secrets.contain(path, of: listing.kind)
                    for marker in Self.markers(in: text) {
                        if isSecret { secret[marker] = place } else { kept[marker] = place }
                    }
                }
                for marker in object.names.flatMap(Self.markers) { kept[marker] = "\(listing.kind.name): a name" }
            }
        }
        #expect(!secret.isEmpty && !kept.isEmpty && Set(secret.keys).isDisjoint(with: kept.keys))
        try await GeneratedCollection.with(generated) { collection in
            let found = try Self.markers(in: collection.snapshot)
            let leaked = secret.filter { found.contains($0.key) }.map(\.value)
            let lost = kept.filter { !found.contains($0.key) }.map(\.value)
            #expect(leaked.isEmpty, "leaked: \(Self.summary(leaked))")
            #expect(lost.isEmpty, "lost: \(Self.summary(lost))")
            print("conformance: \(kept.count) texts kept and \(secret.count) secrets left out of the snapshot")
        }
    }

    /// Secrets that give themselves away are taken out of any text, and of the names of members too.
    @Test func takesUnmistakableSecretsOutOfAnyText() async throws {
        var generated = try GeneratedWorld(try APIReference(), .allMembers, .markersOnly)
        var hidden = 0
        generated.map { object, kind in
            Self.withHiddenSecrets(object, keeping: [kind.identifier, ["id"], ["uid"], ["profile_type"]], &hidden)
        }
        #expect(hidden > 0)
        try await GeneratedCollection.with(generated) { collection in
            let bytes = try Data(contentsOf: URL(filePath: collection.snapshot.path))
            for form in ["cfast_", "PRIVATE KEY", "hidden"] {
                #expect(bytes.firstRange(of: Data(form.utf8)) == nil, "\(form)")
                #expect(try !Self.texts(in: collection.snapshot).contains { $0.contains(form) }, "\(form)")
            }
            print("conformance: \(hidden) secrets inside texts and names left out of the snapshot")
        }
    }

    /// A member that sounds secret has been looked at, and is on one list or the other.
    @Test func everyMemberThatSoundsSecretIsReviewed() throws {
        let generated = try GeneratedWorld(try APIReference(), .observedMembers, .markersOnly)
        var unreviewed: Set<String> = []
        for listing in generated.listings {
            for (path, _) in listing.objects.flatMap({ $0.texts() }) {
                guard let name = path.last(where: { $0.wholeMatch(of: /mk\d{6}q/) == nil }) else { continue }
                let soundsSecret = name.contains(/secret|passw|token|key|credential|private|cookie/.ignoresCase())
                if soundsSecret, !Secrets.contain(path, of: listing.kind), !Secrets.harmless.contains(name) {
                    unreviewed.insert("\(listing.kind.name): \(path.joined(separator: "."))")
                }
            }
        }
        #expect(unreviewed.isEmpty, "\(unreviewed.sorted().joined(separator: "\n"))")
    }

    private static func summary(_ places: [String]) -> String {
        let counts = Dictionary(places.map { ($0, 1) }, uniquingKeysWith: +)
        return counts.sorted { $0.key < $1.key }.map { "\($0.key) (\($0.value))" }.joined(separator: "\n")
    }

    private static func withHiddenSecrets(_ value: JSONValue, keeping paths: [[String]], _ count: inout Int)
        -> JSONValue
    {
        switch value {
        case .null, .bool, .integer, .number: return value
        case .string(let text):
            if paths.contains([]) { return value }
            count += 1
            return .string(secretText(text, count))
        case .array(let elements): return .array(elements.map { withHiddenSecrets($0, keeping: [], &count) })
        case .object(let members):
            var result: [String: JSONValue] = [:]
            for (name, member) in members.sorted(by: { $0.key < $1.key }) {
                let rest = paths.filter { $0.first == name }.map { Array($0.dropFirst()) }
                result[name] = withHiddenSecrets(member, keeping: rest, &count)
            }
            count += 2
            result[secretText("name", count)] = 1
            result[secretText("name", count - 1)] = 2
            return .object(result)
        }
    }

    private static func secretText(_ text: String, _ number: Int) -> String {
        number.isMultiple(of: 2)
            ? "\(text) cfast_hidden\(number), and more"
            : "\(text)\n-----BEGIN EC PRIVATE KEY-----\nhidden\(number)\n-----END EC PRIVATE KEY-----\n"
    }

    private static func markers(in text: String) -> [String] {
        text.matches(of: /mk\d{6}q/).map { String($0.output) }
    }

    /// The markers in the raw bytes, and those in the values: SQLite cuts long ones into pages.
    private static func markers(in snapshot: Snapshot) throws -> Set<String> {
        let bytes = try Data(contentsOf: URL(filePath: snapshot.path))
        let raw = markers(in: String(decoding: bytes.filter { $0 < 0x80 }, as: UTF8.self))
        return Set(raw).union(try texts(in: snapshot).flatMap { markers(in: $0) })
    }

    private static func texts(in snapshot: Snapshot) throws -> [String] {
        try snapshot.read { database in
            try Snapshot.tables.flatMap { table in
                try Row.fetchAll(database, sql: "SELECT * FROM \"\(table.name)\"").flatMap { row in
                    row.databaseValues.compactMap { String.fromDatabaseValue($0) }
                }
            }
        }
    }
}
