/// What a caller may wish of a document.
package struct RenderOptions: Sendable, Hashable {
    /// Heading of the document; `nil` for the tool's own.
    package var title: String?
    /// Most that a document may have; `nil` for what the usual readers of the format take.
    ///
    /// In UTF-16 code units for `markdown-summary`, and in bytes for `markdown`, `junit` and `junit-extended`; other
    /// formats do not look at it.
    package var maximumLength: Int?
    /// File in which code scanning and Code Quality show the findings.
    package var location: RepositoryPath

    /// Creates options; all are left to the format unless said.
    package init(title: String? = nil, maximumLength: Int? = nil, location: RepositoryPath = .standard) {
        self.title = title
        self.maximumLength = maximumLength
        self.location = location
    }

    /// The heading in force.
    var heading: String {
        guard let title, !title.isEmpty else { return "Cloudflare Access audit" }
        return title
    }
}
