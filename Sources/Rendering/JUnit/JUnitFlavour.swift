/// For which readers a JUnit document is.
enum JUnitFlavour: Sendable, Hashable {
    /// For every reader: valid for Jenkins' `junit-10.xsd`, which knows no properties of test cases.
    case strict
    /// For readers that take properties and a file of test cases: GitHub and GitLab reporters, Testmo.
    case extended
}
