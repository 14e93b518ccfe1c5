import AuditModel

/// A line that GitHub Actions takes for a command, escaped as its toolkit does.
struct WorkflowCommand: Sendable, Hashable {
    /// How an annotation shows.
    enum Kind: String, CaseIterable, Sendable {
        case error, warning, notice
    }

    /// Most scalars of a title; GitHub takes 255 characters.
    private static let titleLength = 200
    /// Most scalars of a message; GitHub takes 64 KB, but nobody reads them in an annotation.
    private static let messageLength = 1000

    let kind: Kind
    let title: String
    let message: String
    /// File of the repository that the annotation stands at; `nil` for none.
    var file: String?
    /// 1-based; `nil` for none.
    var line: Int?

    /// The command without its newline.
    var text: String {
        var properties = [("title", Self.plain(title, Self.titleLength))]
        if let file { properties.append(("file", VisibleText.logLine(file))) }
        if let line { properties.append(("line", String(line))) }
        let list = properties.map { "\($0.0)=\(Self.escapedProperty($0.1))" }.joined(separator: ",")
        return "::\(kind.rawValue) \(list)::\(Self.escaped(Self.plain(message, Self.messageLength)))"
    }

    private static func escaped(_ text: String) -> String { URIText.encoded(text, only: "%\r\n") }

    private static func escapedProperty(_ text: String) -> String { URIText.encoded(text, only: "%\r\n:,") }

    private static func plain(_ text: String, _ limit: Int) -> String {
        let line = VisibleText.logLine(text)
        let scalars = line.unicodeScalars
        guard let end = scalars.index(scalars.startIndex, offsetBy: limit, limitedBy: scalars.endIndex),
            end < scalars.endIndex
        else { return line }
        return String(scalars[..<end]) + "…"
    }
}

extension WorkflowCommand.Kind {
    /// The kind for an open finding.
    init(_ severity: Severity) {
        switch severity {
        case .critical, .high: self = .error
        case .medium, .low: self = .warning
        case .info: self = .notice
        }
    }

    /// The kind for a verdict.
    init(_ tone: VerdictSentences.Tone) {
        switch tone {
        case .bad: self = .error
        case .attention: self = .warning
        case .good: self = .notice
        }
    }
}
