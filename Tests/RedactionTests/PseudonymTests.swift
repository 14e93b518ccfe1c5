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
