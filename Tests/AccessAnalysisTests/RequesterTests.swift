import AccessAnalysis
import BuiltInFiles
import Foundation
import JSONModel
import TestSupport
import Testing

@Suite struct RequesterTests {
    /// Every member with a value, as it is written again.
    private static let values: [String: JSONValue] = [
        "email": "Ana@Example.com", "identity_provider_id": "idp-1", "auth_methods": ["mfa", "pwd"],
        "auth_contexts": ["c1", "c2"],
        "groups": [
            "azureAD": ["g1", "g2"], "okta": ["Staff"], "gsuite": ["ops@example.com"],
            "github-organization": [["name": "north", "teams": ["a", "b"]], ["name": "south"]],
        ],
        "saml": ["department": ["x", "y"], "description": []], "oidc": ["role": ["admin"]], "account_member": true,
        "ip": "2001:db8::7", "country": "PT", "device_posture": ["r1"], "certificate": ["common_name": "laptop"],
        "service_token_id": "t1", "linked_app_uid": "a1", "user_risk_score": "unscored",
        "external_evaluation": false,
        "independent_mfa": ["biometrics", "piv_key", "security_key", "ssh_fido2_key", "totp"],
    ]

    @Test func hasAnExampleOfEveryMember() throws {
        #expect(try Set(Self.values.keys) == Set(Self.schema().root["properties"]?.objectValue?.keys ?? [:].keys))
    }

    @Test func hasNothingByDefault() throws {
        #expect(try Requester([:], file: "f") == Requester())
        #expect(Requester().document == [:])
    }

    @Test(arguments: values.keys.sorted())
    func tellsAbsentUnknownAndKnown(member: String) throws {
        let value = try #require(Self.values[member])
        var documents: [JSONValue] = [[:], .object([member: .null]), .object([member: value])]
        documents.append(.object(Self.values.merging([member: .null]) { _, new in new }))
        documents.append(.object(Self.values.filter { $0.key != member }))
        let requesters = try documents.map { try Requester($0, file: "f") }
        #expect(requesters.map(\.document) == documents)
        #expect(Set(requesters).count == documents.count)
    }

    @Test func readsEveryMemberIntoItsPlace() throws {
        var expected = Requester()
        expected.email = .known("Ana@Example.com")
        expected.identityProviderID = .known("idp-1")
        expected.authMethods = .known(["pwd", "mfa"])
        expected.authContexts = .known(["c1", "c2"])
        expected.groups = .known(
            Requester.Groups(
                azureAD: ["g1", "g2"],
                okta: ["Staff"],
                gsuite: ["ops@example.com"],
                github: [
                    Requester.GitHubOrganization(name: "north", teams: ["a", "b"]),
                    Requester.GitHubOrganization(name: "south"),
                ]
            )
        )
        expected.saml = .known(["department": ["x", "y"], "description": []])
        expected.oidc = .known(["role": ["admin"]])
        expected.accountMember = .known(true)
        expected.ip = .known("2001:db8::7")
        expected.country = .known("PT")
        expected.devicePosture = .known(["r1"])
        expected.certificate = .known(Requester.Certificate(commonName: "laptop"))
        expected.serviceTokenID = .known("t1")
        expected.linkedAppUID = .known("a1")
        expected.userRiskScore = .known(.unscored)
        expected.externalEvaluation = .known(false)
        expected.independentMFA = .known(Set(Requester.Authenticator.allCases))
        #expect(try Requester(parsing: Data(JSONValue.object(Self.values).serialized()), file: "f") == expected)
    }

    @Test func writesOneFormOfWhatIsTheSame() throws {
        let requester = try Requester(
            [
                "country": "pt", "auth_methods": ["pwd", "mfa", "pwd"], "certificate": [:],
                "groups": ["okta": [], "github-organization": [["name": "n", "teams": []]]],
            ],
            file: "f"
        )
        let expected: JSONValue = [
            "country": "PT", "auth_methods": ["mfa", "pwd"], "certificate": [:],
            "groups": ["github-organization": [["name": "n"]]],
        ]
        #expect(requester.document == expected)
    }

    @Test(
        arguments: [
            (#"{"emial": "a@b.c"}"#, .unknownMember, "emial", "Did you mean 'email'?"),
            (#"{"identityProviderId": "x"}"#, .unknownMember, "identityProviderId", "'identity_provider_id'?"),
            (#"{"shoe_size": 44}"#, .unknownMember, "shoe_size", "Known are email, "),
            (#"{"groups": {"azuread": []}}"#, .unknownMember, "groups.azuread", "Did you mean 'azureAD'?"),
            (
                #"{"groups": {"github-organization": [{"name": "n", "team": []}]}}"#, .unknownMember,
                "groups.github-organization[0].team", "Did you mean 'teams'?"
            ),
            (#"{"certificate": {"cn": "x"}}"#, .unknownMember, "certificate.cn", "Known are common_name."),
            (#"{"groups": {"github-organization": [{}]}}"#, .missingMember, "groups.github-organization[0]", "'name'"),
            ("[]", .wrongType, nil, "is an array instead of an object"),
            ("null", .wrongType, nil, "is null instead of an object"),
            (#"{"email": 1}"#, .wrongType, "email", "is a number instead of a string"),
            (#"{"account_member": "yes"}"#, .wrongType, "account_member", "is a string instead of true or false"),
            (#"{"auth_methods": "mfa"}"#, .wrongType, "auth_methods", "is a string instead of an array"),
            (
                #"{"auth_methods": ["mfa", true]}"#, .wrongType, "auth_methods[1]",
                "is true or false instead of a string"
            ),
            (#"{"groups": {"okta": ["a", null]}}"#, .wrongType, "groups.okta[1]", "only the outermost members"),
            (#"{"groups": {"gsuite": null}}"#, .wrongType, "groups.gsuite", "is null instead of an array"),
            (#"{"saml": {"role": {}}}"#, .wrongType, "saml.role", "is an object instead of an array"),
            (#"{"oidc": []}"#, .wrongType, "oidc", "is an array instead of an object"),
            (#"{"certificate": {"common_name": 1.5}}"#, .wrongType, "certificate.common_name", "is a number"),
            (#"{"user_risk_score": "hihg"}"#, .badValue, "user_risk_score", "Did you mean 'high'? Known are low, "),
            (#"{"independent_mfa": ["sms"]}"#, .badValue, "independent_mfa[0]", "Known are totp, "),
            (#"{"ip": "203.0.113.0/24"}"#, .badValue, "ip", "is no IP address"),
            (#"{"ip": "203.0.113.256"}"#, .badValue, "ip", "is no IP address"),
            (#"{"ip": "203.0.113.7\u0000x"}"#, .badValue, "ip", "is no IP address"),
            (#"{"ip": ""}"#, .badValue, "ip", "is no IP address"),
            (#"{"country": "Portugal"}"#, .badValue, "country", "is no country code"),
            (#"{"country": "ßx"}"#, .badValue, "country", "is no country code"),
            (#"{"email": "a", "\u0065mail": "b"}"#, .repeatedMember, "email", "is there twice. Keep one"),
            (#"{"saml": {"a\"}": ["{,\"b"], "c": [], "a\"}": []}}"#, .repeatedMember, "saml.a\"}", "is there twice"),
            (
                #"{"groups": {"github-organization": [{"name": "n"}, {"name": "n", "name": "o"}]}}"#, .repeatedMember,
                "groups.github-organization[1].name", "is there twice"
            ),
            ("", .notJSON, nil, "is not JSON"), (#"{"email": "a""#, .notJSON, nil, "is not JSON"),
            (#"{"email": a}"#, .notJSON, nil, "around character 10)"), ("\0", .notJSON, nil, "is not in UTF-8"),
            (#"{"email": 1e999}"#, .notJSON, nil, "is not JSON"),
            (String(repeating: "[", count: 100_000), .notJSON, nil, "is not JSON"),
            (String(repeating: " ", count: 1 << 20) + "{}", .tooLarge, nil, "is larger than 1 MiB"),
        ] as [(String, RequesterError.Code, String?, String)]
    )
    func saysWhatIsWrong(text: String, code: RequesterError.Code, member: String?, words: String) throws {
        let error = try #require(throws: RequesterError.self) {
            try Requester(parsing: Data(text.utf8), file: "who.json")
        }
        #expect(error.code == code && error.member == member, "\(error)")
        #expect(error.description.contains(words), "\(error)")
        #expect(error.description.hasPrefix(member.map { "who.json: '\($0)' " } ?? "who.json: is"), "\(error)")
        #expect(error.description.hasSuffix(".") && !error.description.contains("\n"), "\(error)")
    }

    @Test func refusesOtherEncodings() throws {
        for encoding in [String.Encoding.utf16, .isoLatin1] {
            let data = try #require(#"{"email": "é"}"#.data(using: encoding))
            let error = #expect(throws: RequesterError.self) { try Requester(parsing: data, file: "f") }
            #expect(error?.problem == "is not in UTF-8")
        }
    }

    @Test func keepsMessagesShort() throws {
        let document = JSONValue.object([String(repeating: "x", count: 100_000): 1])
        let error = try #require(throws: RequesterError.self) { try Requester(document, file: "f") }
        #expect(error.description.count < 600)
    }

    @Test(arguments: ["203.0.113.7", "::", "2001:db8::7", "::ffff:203.0.113.7"])
    func takesEveryAddress(ip: String) throws {
        #expect(try Requester(["ip": .string(ip)], file: "f").ip == .known(ip))
    }

    @Test(arguments: [("pt", "PT"), ("PT", "PT"), ("t1", "T1")])
    func writesCountriesInCapitals(spelt: String, country: String) throws {
        #expect(try Requester(["country": .string(spelt)], file: "f").country == .known(country))
    }
}

/// The schema that the binary carries, and the reader.
extension RequesterTests {
    private static func schema() throws -> JSONSchemaValidator {
        JSONSchemaValidator(root: try JSONValue(parsing: Data(BuiltInFiles.requesterSchema.utf8)))
    }

    /// Values of every type, and some that fit one member or another.
    private static let samples: [JSONValue] = [
        nil, true, 7, 1.5, "x", "low", "PT", "::1", [], [nil], [1], ["x"], ["totp"], ["totp", "x"], [["x"]], [:],
        ["x": nil], ["x": "y"], ["x": []], ["x": ["y"]], ["x": [1]], ["okta": nil], ["okta": []], ["okta": ["x"]],
        ["okta": [1]], ["azureAD": ["x"], "gsuite": "x"], ["github-organization": [[:]]], ["common_name": nil],
        ["common_name": "x"], ["common_name": "x", "x": "y"], ["github-organization": ["x"]],
        ["github-organization": [["name": "x"]]], ["github-organization": [["name": nil]]],
        ["github-organization": [["name": "x", "teams": ["y"]]]],
        ["github-organization": [["name": "x", "teams": [1]]]],
        ["github-organization": [["name": "x", "teams": nil]]], ["github-organization": [["name": "x", "y": 1]]],
    ]

    /// What a schema cannot say of a text is for the reader alone to refuse.
    private static let onlyForTheReader: [String: Set<String>] = [
        "ip": ["x", "low", "PT"], "country": ["x", "low", "::1"],
    ]

    @Test(arguments: values.keys.sorted() + ["surprise"])
    func agreesWithItsSchema(member: String) throws {
        let schema = try Self.schema()
        var accepted = 0
        for value in Self.samples + [Self.values[member] ?? 1] {
            if let text = value.stringValue, Self.onlyForTheReader[member]?.contains(text) == true { continue }
            let document = JSONValue.object([member: value])
            let faults = schema.faults(in: document)
            let requester = try? Requester(document, file: "f")
            #expect((requester != nil) == faults.isEmpty, "\(document.text): \(faults)")
            if let requester {
                accepted += 1
                #expect(schema.faults(in: requester.document) == [])
            }
        }
        #expect(accepted > 1 || member == "surprise")
    }

    @Test(arguments: [nil, true, 7, "x", [], [[:]]] as [JSONValue])
    func refusesWhatIsNoObjectAsItsSchemaDoes(document: JSONValue) throws {
        #expect(try !Self.schema().faults(in: document).isEmpty)
        #expect(throws: RequesterError.self) { try Requester(document, file: "f") }
    }

    @Test func describesEveryMember() throws {
        for (name, member) in try Self.schema().root["properties"]?.objectValue ?? [:] {
            #expect(member["description"]?.stringValue?.isEmpty == false, "\(name)")
        }
    }
}
