import AuditModel
import CloudflareSimulator
import Foundation
import JSONModel
import SnapshotStore
import Testing

/// Answers that are not what the reference promises: everything is stored, and what is not understood can be counted.
@Suite struct ToleranceTests {
    /// A value of every JSON type.
    private static let values: [(name: String, value: JSONValue)] = [
        ("null", nil), ("flag", true), ("integer", 7), ("number", 1.5), ("empty", ""), ("text", "of no known form"),
        ("list", [1, "two", nil, ["three": 3]]), ("object", ["member": ["of": [false]]]), ("nothing", [:]),
    ]

    /// Members by which the API chooses what it lists.
    private static let choosing = ["active_registrations", "deleted_at", "profile_type", "revoked_at"]

    /// An object whose members, those below others too, are all `value`, but for its id.
    private static func object(_ kind: ResourceKind, _ name: String, _ value: JSONValue) -> JSONValue {
        var object: JSONValue = ["name": value, "policies": value, "include": [value], "exclude": value]
        for column in kind.columns where !choosing.contains(column.name) { object = object.setting(column.path, value) }
        for child in kind.children {
            guard case .elements(let path) = child.source else { continue }
            object = object.setting(path, .array([value, child.columns.reduce([:]) { $0.setting($1.path, value) }]))
        }
        return object.setting(kind.identifier, .string("\(kind.name)-\(name)"))
    }

    @Test func storesMembersOfEveryType() async throws {
        let setup = CollectionSetup {
            $0.world.updateAccount(SmallWorld.account) { account in
                for kind in ResourceKind.lists + ResourceKind.singles {
                    account.resources[kind.listing.path] = .array(Self.values.map { Self.object(kind, $0, $1) })
                }
            }
        }
        try await setup.run { collected async throws in
            for kind in ResourceKind.lists + ResourceKind.singles {
                #expect(try collected.entry(kind).status == .complete)
                #expect(try collected.entry(kind).rowCount >= Self.values.count)
                for (name, value) in Self.values {
                    let sql = "SELECT body FROM \(kind.table) WHERE id = '\(kind.name)-\(name)'"
                    let body = try #require(try collected.texts(sql).first, "\(kind.name) \(name)")
                    let sent = SecretScrubber.scrub(Self.object(kind, name, value))
                    #expect(try JSONValue(parsing: Data(body.utf8)) == sent, "\(kind.name) \(name)")
                }
            }
        }
    }

    static let envelopes = [
        #"{"success":true,"result":RESULT}"#, #"{"success":true,"errors":null,"messages":null,"result":RESULT}"#,
        #"{"success":true,"errors":[],"messages":"none","result":RESULT,"result_info":null,"news":{"a":[1]}}"#,
        #"{"result":RESULT,"result_info":{"page":"1","total_count":"25","per_page":null,"cursor":7},"success":true}"#,
    ]

    @Test(arguments: envelopes, [true, false])
    func readsAnswersThatLackTheirMembers(envelope: String, isNull: Bool) async throws {
        let kinds = ResourceKind.lists + ResourceKind.singles
        let answers = kinds.map { kind in
            SimulatorFault(
                .body(envelope.replacing("RESULT", with: isNull ? "null" : SmallWorld.list(kind, 1...3).text)),
                target: .suffix("/accounts/\(SmallWorld.account)/\(kind.listing.path)"),
                // Behind the first page there is nothing, as the simulator has it.
                occurrence: .nth(1)
            )
        }
        let setup = CollectionSetup {
            $0.options.faults = answers
            $0.world.updateAccount(SmallWorld.account) { account in
                for kind in kinds { account.resources[kind.listing.path] = [] }
            }
        }
        try await setup.run { collected async throws in
            for kind in kinds {
                let entry = try collected.entry(kind)
                #expect(entry.status == .complete, "\(entry)")
                #expect(try collected.worldIDs(kind).count == (isNull ? 0 : 3), "\(kind.name)")
            }
        }
    }

    @Test func countsWhatItDoesNotUnderstand() async throws {
        let durations: [(text: JSONValue, seconds: String)] = [
            ("24h", "86400"), ("24h0m0s", "86400"), ("720h", "2592000"), ("30d", "2592000"), ("0", "0"), ("0s", "0"),
            ("forever", "9223372036854775807"), ("no-expiry", "9223372036854775807"), ("1.5h", "5400"),
            ("300ms", "0.3"), ("", "-"), (nil, "-"), ("nonsense", "-"), ("-1h", "-"), ("24 hours", "-"), (3600, "-"),
            ("9999999999999999999h", "9223372036854775807"), ([], "-"),
        ]
        let fractions = (0...9).map { String("123456789".prefix($0)) }
        let times: [(text: String, stored: String)] =
            fractions.map { digits in
                let six = (digits + "000000").prefix(6)
                return ("2026-03-04T12:48:01\(digits.isEmpty ? "" : ".")\(digits)Z", "2026-03-04T12:48:01.\(six)Z")
            } + [
                ("", "-"), ("2026-03-04", "2026-03-04T00:00:00.000000Z"), ("never", "never"),
                ("2026-03-04T13:48:01+01:00", "2026-03-04T12:48:01.000000Z"),
                ("2026-03-04T12:48:01.1234567890Z", "2026-03-04T12:48:01.1234567890Z"),
            ]
        let setup = CollectionSetup {
            $0.world.updateAccount(SmallWorld.account) { account in
                account.resources["access/apps"] = .array(
                    durations.enumerated().map { number, duration in
                        [
                            "id": .integer(Int64(number + 100)), "session_duration": duration.text,
                            "type": number % 2 == 0 ? "self_hosted" : .string("invented_\(number)"),
                        ]
                    }
                )
                account.resources["access/groups"] = .array(
                    times.enumerated().map { number, time in
                        [
                            "id": .integer(Int64(number + 100)), "created_at": .string(time.text),
                            "include": [["everyone": [:]], ["telepathy": ["strength": 5]], ["email": "no object"]],
                        ]
                    }
                )
            }
        }
        try await setup.run { collected async throws in
            #expect(try collected.entry(.accessApplications).status == .complete)
            #expect(try collected.entry(.accessGroups).status == .complete)
            #expect(
                try collected.texts(
                    "SELECT coalesce(session_duration_seconds, '-') FROM access_application ORDER BY id"
                ) == durations.map(\.seconds)
            )
            let unreadable = """
                SELECT count(*) FROM access_application
                WHERE session_duration IS NOT NULL AND session_duration_seconds IS NULL
                """
            #expect(try collected.texts(unreadable) == ["5"])
            #expect(try collected.texts("SELECT count(*) FROM access_application WHERE type LIKE 'invented%'") == ["9"])
            #expect(
                try collected.texts("SELECT coalesce(created_at, '-') FROM access_group ORDER BY id")
                    == times.map(\.stored)
            )
            #expect(
                try collected.texts(
                    "SELECT count(*) FROM access_group WHERE created_at NOT GLOB '????-??-??T*.??????Z'"
                )
                    == ["2"]
            )
            let rules = "SELECT count(*) FROM access_rule WHERE type = 'telepathy' AND NOT understood"
            #expect(try collected.texts(rules) == ["\(times.count)"])
            #expect(try collected.texts("SELECT count(*) FROM access_rule") == ["\(3 * times.count)"])
        }
    }
}

extension JSONValue {
    /// The object with a value at the end of a path; what is no object on the way becomes one.
    fileprivate func setting(_ path: [String], _ value: JSONValue) -> JSONValue {
        guard let member = path.first else { return value }
        var members = objectValue ?? [:]
        members[member] = (members[member] ?? [:]).setting(Array(path.dropFirst()), value)
        return .object(members)
    }
}
