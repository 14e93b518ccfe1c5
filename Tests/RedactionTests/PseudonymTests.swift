import AuditModel
import Foundation
import TestSupport
import Testing

@testable import Redaction

struct PseudonymTests {
    private let auditor: Pseudonyms
    private let everybody: Pseudonyms

    init() throws {
        auditor = try Redacting.pseudonyms(.auditor)
        everybody = try Redacting.pseudonyms(.public)
    }

    @Test(arguments: [
        "2d0ee135-e9a4-4d2d-a7d2-9757903caeec", "2D0EE135-E9A4-4D2D-A7D2-9757903CAEEC",
        "0ac664733e82a981accb3ea4fd0f0e72", "c4c49b946c",
        "e817b36ad77d3b4519162f586c869d4876358f8c78ecb5b006e817b36ad77d3b", "123456789", "shipment-tracker",
        "40cc07ca65c5ed534aede714ab0d1e5e.access.northwind.example",
    ])
    func givesAnIDOfTheSameForm(id: String) {
        let mapped = auditor.id(id)
        #expect(mapped != id && mapped == auditor.id(id))
        guard !id.contains("shipment"), !id.contains("access") else { return }
        #expect(mapped.count == id.count)
        for (one, other) in zip(id, mapped) {
            #expect((one == "-") == (other == "-") && one.isHexDigit == other.isHexDigit)
            #expect(!one.isUppercase || other.isUppercase || other.isNumber)
        }
    }

    @Test func givesAnIDWithAndWithoutHyphensTheSameDigits() {
        let id = "2d0ee135-e9a4-4d2d-a7d2-9757903caeec"
        #expect(auditor.id(id).replacing("-", with: "") == auditor.id(id.replacing("-", with: "")))
        #expect(auditor.id(id.uppercased()).lowercased() == auditor.id(id))
        #expect(auditor.text("See tunnel \(id).") == "See tunnel \(auditor.id(id)).")
    }

    @Test func keepsWhatStandsForNothing() {
        for text in ["", " ", "[redacted]", "*", "00000000-0000-0000-0000-000000000000"] {
            #expect(everybody.id(text) == text)
        }
    }

    @Test func keepsTheDomainOfAnAddressForAuditorsOnly() throws {
        let address = "Maarten.Visser@northwind.example"
        let one = try #require(auditor.email(address))
        #expect(one.hasSuffix("@northwind.example") && !one.lowercased().contains("visser"))
        let other = try #require(everybody.email(address))
        #expect(other.hasSuffix("@" + everybody.host("northwind.example")) && !other.contains("northwind"))
        #expect(try #require(everybody.email("a.b@gmail.com")).hasSuffix("@gmail.com"))
        #expect(try #require(everybody.email("non_identity@x.example")).hasPrefix("non_identity@"))
    }

    /// Some comparisons tell cases apart, and some do not.
    @Test func givesTwoSpellingsPseudonymsThatDifferInCaseAlone() throws {
        let one = try #require(everybody.email("tom.hale@northwind.example"))
        let other = try #require(everybody.email("Tom.Hale@Northwind.example"))
        #expect(one != other && one.lowercased() == other.lowercased())
    }

    @Test func replacesHostsLabelByLabelBelowTheirDomain() {
        let host = everybody.host("app.wms.northwind.example")
        #expect(host.hasSuffix(".example") && !host.contains("wms") && !host.contains("northwind"))
        #expect(host.hasSuffix("." + everybody.host("wms.northwind.example")))
        #expect(everybody.host("*.wms.northwind.example") == "*." + everybody.host("wms.northwind.example"))
        #expect(everybody.host("app.other.example").prefix(8) != host.prefix(8))
        #expect(everybody.host("localhost:3000") == "localhost:3000")
        #expect(everybody.host("northwind.cloudflareaccess.com").hasSuffix(".cloudflareaccess.com"))
        #expect(!everybody.host("northwind.cloudflareaccess.com").contains("northwind"))
        #expect(!everybody.host("secret.northwind").contains("northwind"))
        #expect(auditor.host("app.wms.northwind.example") == "app.wms.northwind.example")
        #expect(auditor.host("10.20.1.20:443") == "\(auditor.address("10.20.1.20") ?? ""):443")
    }

    @Test func keepsThePartsOfAURLApart() {
        let url = everybody.url("https://app.northwind.example:8443/admin/*/x?token=abc#part")
        #expect(url.hasPrefix("https://\(everybody.host("app.northwind.example")):8443/"))
        #expect(url.contains("/*/"))
        for word in ["northwind", "admin", "token", "abc", "part"] { #expect(!url.contains(word)) }
        #expect(everybody.url("http_status:404") == "http_status:404")
        #expect(everybody.path("/admin/x").hasPrefix(everybody.path("/admin") + "/"))
        #expect(everybody.pathExpression("^/admin/x") == "^" + everybody.path("/admin/x"))
    }

    @Test func replacesTextsInExpressionsAndNothingElse() {
        let list = "95f36958-5b74-4079-a554-cd5b1e0c7a11"
        let expression = """
            any(dns.domains[*] in $\(list)) and not(identity.email == "tom.hale@northwind.example") \
            and net.dst.ip in {10.20.0.0/16} and any(identity.groups.name[*] in {"Dispatch" "Tom's \\"team\\""})
            """
        let mapped = everybody.expression(expression)
        for word in ["tom", "hale", "northwind", "Dispatch", "10.20.", list] {
            #expect(!mapped.contains(word), "\(mapped)")
        }
        for word in ["any(dns.domains[*] in $", " and not(identity.email == \"person-", "identity.groups.name[*] in {"]
        {
            #expect(mapped.contains(word), "\(mapped)")
        }
        #expect(mapped.contains(everybody.id(list)))
        #expect(
            everybody.expression("any(dns.security_category[*] in {68 178})")
                == "any(dns.security_category[*] in {68 178})"
        )
    }

    @Test func findsPeopleAndDevicesInTextsForAuditors() {
        var names = KnownNames()
        names.addPerson("Pim van Dijk")
        names.add(.serial, "9CB2069")
        names.add(.device, "NWL-RTM-WH02")
        names.addMailbox("omar.farouk@northwind.example")
        var pseudonyms = auditor
        pseudonyms.names = names
        let text = pseudonyms.text(
            "Ask Pim van Dijk (van Dijk, Dijk Pim), omar.farouk, serial 9cb2069 on nwl-rtm-wh02 at 00:00:5e:00:53:18."
        )
        for word in ["Pim", "Dijk", "omar", "farouk", "9cb2069", "nwl-rtm", "53:18"] {
            #expect(!text.lowercased().contains(word.lowercased()), "\(text)")
        }
        #expect(text.hasPrefix("Ask Person ") && text.hasSuffix("."))
        #expect(pseudonyms.text("https://pim-laptop.northwind.example").contains(".northwind.example"))
        #expect(pseudonyms.text("The canteen's menu") == "The canteen's menu")
    }

    @Test(arguments: [
        ("https://x.example/?u=ken.adams%40corp.example&y=1", "ken"), ("x%2540y.example", "x%2540"),
        (#"^(ken\.adams)@corp\.example$"#, "adams"), (#"^(?:ken|eve)@corp\.example$"#, "eve"),
        (#"^ken\.adams@corp\.example$"#, "ken"), ("https://ken.adams:pw@x.example/", "adams"),
        ("ken.adams@[198.51.100.77]", "adams"), ("ken.adams\u{200B}@corp.example", "adams"),
        ("10.77.1.2-10.77.1.99", "10.77.1."), ("v10.77.8.8", "10.77"), ("10.77.15.15_vlan3", "10.77"),
        ("a10.77.16.16b", "10.77"), ("010.077.011.011", "077"), ("10%2E77%2E13%2E13", "77%2E13"),
        (#"^10\.77\.1\.2$"#, "77"), ("fe80::a683:e7ff:fec1:d2f0%en0", "a683"), ("1.10.77.12.12", "1.10.77"),
        ("a483.e7c1.d2f2", "e7c1"), ("en0-a4:83:e7:c1:d2:f5", "83:e7"), ("mac:A4-83-E7-C1-D2-F1", "83-E7"),
        ("x8a4b71c9-5e2d-4f3a-9b6c-000000000004y", "8a4b71c9"), ("8a4b71c9_5e2d_4f3a_9b6c_000000000005", "5e2d"),
        ("id%3D8a4b71c9-5e2d-4f3a-9b6c-000000000007", "8a4b71c9"),
        ("Our CA: -----BEGIN CERTIFICATE-----\nMIIB", "MIIB"),
    ])
    func findsWhatIsEscapedEncodedOrPartOfAWord(text: String, secret: String) {
        #expect(!auditor.text(text).contains(secret), "\(auditor.text(text))")
    }

    @Test(arguments: [
        "100%zz", "50%", "a%2Fb", "%", "v2026.9.558.0", #"^/api/v[0-9]+\.json$"#, #"(.*)@"#, "2024.1101.1234", "(a)@",
        "1.2",
        "300.1.2.3", "https://wiki.example/a%20b?q=1",
    ])
    func leavesWhatNamesNobodyForAuditors(text: String) {
        #expect(auditor.text(text) == text)
    }

    @Test(arguments: [
        "AdamCzarnecki's box", "aczarnecki test", "adam_czarnecki_vm", "Annas-MacBook-Pro.local", "SN 12/34-AB is it",
        "li w", "李小龍", "李 小龍 tool", "Maria Sanchez", "maria.sanchez-vm", "Umit Strasse", "adam.czarnecki@",
        "Czarnecki/Adam",
    ])
    func findsNamesAsPeopleWriteThem(text: String) {
        var names = KnownNames()
        for name in ["Adam Czarnecki", "li w", "李 小龍", "Sánchez, María", "Ümit Straße"] { names.addPerson(name) }
        names.add(.device, "Anna's MacBook Pro")
        names.add(.serial, "SN 12/34-AB")
        var pseudonyms = auditor
        pseudonyms.names = names
        let redacted = pseudonyms.text(text).lowercased()
        for word in ["adam", "czarnecki", "macbook", "12/34", "li w", "小龍", "maria", "sanchez", "umit", "strasse"] {
            #expect(!redacted.contains(word), "\(redacted)")
        }
    }

    @Test func givesManyNamesPseudonymsOfTheirOwn() {
        let hosts = Set((0..<20_000).map { everybody.host("h\($0).northwind.example") })
        let people = Set((0..<20_000).compactMap { everybody.email("p\($0)@northwind.example") })
        let names = Set((0..<20_000).map { everybody.name("App \($0)", "Application") })
        #expect(hosts.count == 20_000 && people.count == 20_000 && names.count == 20_000)
    }

    @Test func differsFromKeyToKey() throws {
        let other = Pseudonyms(.public, key: try Redacting.otherKey.get())
        #expect(other.keyID != everybody.keyID)
        for text in ["northwind.example", "tom@northwind.example"] { #expect(other.text(text) != everybody.text(text)) }
        #expect(other.address("83.1.2.3") != everybody.address("83.1.2.3"))
        #expect(RedactionKey.random().id != RedactionKey.random().id)
    }

    @Test(arguments: ["", "abc", "00", String(repeating: "0", count: 64), String(repeating: "é", count: 40)])
    func refusesWhatIsNoKey(text: String) {
        #expect(throws: RedactionKeyError.self) { try RedactionKey(text: text) }
    }

    @Test func readsKeysInHexadecimalAndBase64() throws {
        let bytes = Data((0..<32).map { UInt8($0) })
        let hexadecimal = bytes.map { String(format: "%02x", $0) }.joined()
        #expect(try RedactionKey(text: hexadecimal + "\n").id == RedactionKey(text: bytes.base64EncodedString()).id)
    }
}
