/// A catalogue of controls, such as PCI DSS, that verdicts are evidence for.
///
/// A verdict never proves that a control is met: a rule sees a part of what the control asks for.
package struct Framework: Codable, Sendable, Hashable {
    /// Id that rules name, such as `pci-dss-4.0.1`.
    package var id: String
    /// Name with version, as documents show it.
    package var title: String
    /// Version or edition of the framework that the ids belong to.
    package var version: String
    /// Where the framework is published, `https`.
    package var source: String
    /// Controls in the framework's own order; not all that it has.
    package var controls: [Control]

    /// One control.
    package struct Control: Codable, Sendable, Hashable {
        /// Id within the framework, such as `8.4.2`.
        package var id: String
        /// What it asks for, in a few words.
        package var title: String

        /// Creates a control from its members.
        package init(id: String, title: String) {
            self.id = id
            self.title = title
        }
    }

    /// Creates a framework from its members.
    package init(id: String, title: String, version: String, source: String, controls: [Control]) {
        self.id = id
        self.title = title
        self.version = version
        self.source = source
        self.controls = controls
    }

    /// Title of the control `id`; `nil` when there is no such control.
    package func title(ofControl id: String) -> String? {
        controls.first { $0.id == id }?.title
    }
}
