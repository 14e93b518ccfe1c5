import AuditModel
import Foundation
import Testing

@Suite struct EvidenceValueTests {
    @Test(arguments: [
        EvidenceValue.null, .integer(0), .integer(.max), .integer(.min), .number(3), .number(-0.0), .number(0.1),
        .number(1e17), .number(9.3e18), .number(1e300), .number(.leastNonzeroMagnitude), .number(.infinity),
        .number(-.infinity),
        .number(.nan), .text(""), .text("3"), .text("null"), .text("Infinity"), .text("true"), .text("\u{0}\u{202E}é"),
    ])
    func readsBackWhatItWrote(value: EvidenceValue) throws {
        let data = try JSONEncoder().encode(["value": value])
        #expect(try JSONDecoder().decode([String: EvidenceValue].self, from: data) == ["value": value])
    }

    @Test(arguments: [
        (3.0, EvidenceValue.integer(3)), (-0.0, .integer(0)), (0.5, .real(0.5)),
        (1e15, .integer(1_000_000_000_000_000)),
        (1e19, .real(1e19)), (.infinity, .text("Infinity")), (-.infinity, .text("-Infinity")), (.nan, .text("NaN")),
    ])
    func keepsOneFormOfEachNumber(number: Double, value: EvidenceValue) {
        #expect(EvidenceValue.number(number) == value)
    }

    @Test func writesNumbersThatJSONLacksAsWords() throws {
        let data = try JSONEncoder().encode([EvidenceValue.real(.infinity)])
        #expect(String(decoding: data, as: UTF8.self) == "[\"Infinity\"]")
    }

    @Test(arguments: [
        (EvidenceValue.null, "null"), (.integer(-7), "-7"), (.real(0.5), "0.5"), (.text("a b"), "a b"),
    ])
    func showsItsValue(value: EvidenceValue, text: String) {
        #expect(value.displayText == text)
    }
}
