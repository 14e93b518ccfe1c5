import AuditModel
import Testing

@Suite struct AccountTests {
    @Test(arguments: [("Example", "Example"), (nil, "1f"), ("", "1f"), (" \n", "1f")] as [(String?, String)])
    func isCalledByItsIDWhereItHasNoName(name: String?, label: String) {
        #expect(Account(id: "1f", name: name).label == label)
    }
}
