/// What became of an attested document.
package struct DocumentCheck: Sendable, Hashable {
    /// What is there now.
    package enum State: Sendable, Hashable {
        /// The attested bytes.
        case same
        /// Other bytes, with their SHA-256; `name` is the attested document whose bytes they are, if any.
        case changed(digest: String, contentOf: String?)
        /// Nothing.
        case missing
        /// Something that cannot be read, and why.
        case unreadable(String)
    }

    /// The attested document.
    package let subject: Statement.Subject
    /// What is there now.
    package let state: State
}

/// What is at the place of a document.
package enum FoundDocument: Sendable, Hashable {
    /// A file with this SHA-256.
    case file(digest: String)
    case missing
    /// Why it cannot be read.
    case unreadable(String)
}

extension Statement {
    /// Compares the documents with what is there.
    ///
    /// - Parameter find: Looks at the place of a document, given its name.
    /// - Returns: What became of each document, in their order.
    package func checks(_ find: (String) -> FoundDocument) -> [DocumentCheck] {
        let names = Dictionary(subjects.map { ($0.digest["sha256"], $0.name) }) { first, _ in first }
        return subjects.map { subject in
            let state: DocumentCheck.State =
                switch find(subject.name) {
                case .missing: .missing
                case .unreadable(let reason): .unreadable(reason)
                case .file(let digest):
                    digest == subject.digest["sha256"]
                        ? .same : .changed(digest: digest, contentOf: names[digest].flatMap { $0 })
                }
            return DocumentCheck(subject: subject, state: state)
        }
    }
}
