import AuditModel
import Testing

@testable import Redaction

struct AddressTests {
}
