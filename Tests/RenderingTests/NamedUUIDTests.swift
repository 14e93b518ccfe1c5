import Foundation
import Testing

@testable import Rendering

@Suite struct NamedUUIDTests {
    /// The example of RFC 9562, appendix A.4.
    @Test func followsTheStandard() {
        let domains = UUID(
            uuid: (0x6B, 0xA7, 0xB8, 0x10, 0x9D, 0xAD, 0x11, 0xD1, 0x80, 0xB4, 0x00, 0xC0, 0x4F, 0xD4, 0x30, 0xC8)
        )
        #expect(UUID(named: "www.example.com", in: domains).text == "2ed6657d-e927-568b-95e1-2665a8aea6a2")
    }

    @Test func tellsListsApart() {
        let one = UUID(named: ["ab", "c"], in: NamedUUID.lasting)
        #expect(one != UUID(named: ["a", "bc"], in: NamedUUID.lasting))
        #expect(one == UUID(named: ["ab", "c"], in: NamedUUID.lasting))
    }
}
