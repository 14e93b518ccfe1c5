/// Keeps a JUnit document below a size.
///
/// Every case that failed, broke or was skipped stays. Passed cases of a suite become one, then texts become shorter,
/// then properties of cases go. Sizes are upper bounds, so that nothing has to be written twice.
struct JUnitLimit: Sendable {
    /// Readers take more, GitLab 30 MB; but pages get slow.
    static let defaultBytes = 10_000_000

    /// Sizes of texts that are tried, largest first.
    private static let bodySizes = [JUnitBody.maximumBytes, 4096, 2048, 1024, 512, 256, 128]

    /// Fewest passed cases of a suite that become one: histories go with them, and a few take little room.
    private static let fewestSummarised = 50

    let bytes: Int

    /// What was cut, in a sentence; `nil` when nothing was.
    private(set) var note: String?

    init(bytes: Int) { self.bytes = bytes }

    /// Cuts what is too much.
    ///
    /// - Parameter suites: All suites; those that lose cases count the rest.
    mutating func apply(to suites: inout [JUnitSuite]) {
        var total = suites.reduce(2048) { $0 + Self.frame($1) + $1.cases.reduce(0) { $0 + Self.size($1) } }
        guard total > bytes else { return }
        var parts: [String] = []
        let passed = suites.indices.map { (place: $0, count: suites[$0].count(.passed)) }
            .filter { $0.count >= Self.fewestSummarised }
            .sorted { ($1.count, $0.place) < ($0.count, $1.place) }
        var (summarised, rules) = (0, 0)
        for suite in passed where total > bytes {
            total -= Self.summarisePassed(of: &suites[suite.place])
            summarised += suite.count
            rules += 1
        }
        if rules > 0 {
            let suites = Words.count(rules, "suite")
            parts.append("\(Words.count(summarised, "passed case")) of \(suites) stand as one each")
        }
        if total > bytes {
            let fixed = suites.reduce(2048) { $0 + Self.frame($1) + $1.cases.reduce(0) { $0 + Self.fixedSize($1) } }
            let size = Self.bodySizes.first { size in
                suites.reduce(fixed) { $0 + $1.cases.reduce(0) { $0 + Self.bodySize($1, size) } } <= bytes
            }
            let limit = size ?? Self.bodySizes[Self.bodySizes.count - 1]
            parts.append("texts are cut to \(limit) bytes")
            if size == nil, suites.contains(where: { $0.cases.contains { !$0.properties.isEmpty } }) {
                parts.append("properties of cases are left out")
            }
            for place in suites.indices { suites[place].shorten(to: limit, keepingProperties: size != nil) }
        }
        note = "\(Words.list(parts)), so that readers can take the file. The JSON report has all."
    }

    /// Leaves one case for all that passed.
    ///
    /// - Returns: Bytes that this saves.
    private static func summarisePassed(of suite: inout JUnitSuite) -> Int {
        let before = suite.cases.reduce(0) { $0 + size($1) }
        let passed = suite.cases.filter { $0.outcome.kind == .passed }
        guard let first = passed.first else { return 0 }
        suite.cases.removeAll { $0.outcome.kind == .passed }
        // No number in the name, which readers of histories know a case by.
        let rest = JUnitCase(
            className: first.className,
            name: "resources that passed",
            fullID: "passed",
            outcome: .passed,
            note: "\(passed.count) cases passed. They stand as one here, so that readers can take the file."
        )
        suite.cases.append(rest)
        suite.makeNamesUnique()
        return before - suite.cases.reduce(0) { $0 + size($1) }
    }

    /// Markup and properties of a suite; generous.
    private static func frame(_ suite: JUnitSuite) -> Int { 1600 + escaped(suite.name) }

    private static func size(_ item: JUnitCase) -> Int {
        fixedSize(item) + bodySize(item, JUnitBody.maximumBytes)
    }

    /// All but the body.
    private static func fixedSize(_ item: JUnitCase) -> Int {
        let outcome = item.outcome
        return 180 + escaped(item.className) + escaped(item.name) + escaped(outcome.type) + escaped(outcome.message)
            + escaped(item.note) + item.properties.reduce(0) { $0 + 48 + escaped($1.name) + escaped($1.value) }
    }

    private static func bodySize(_ item: JUnitCase, _ limit: Int) -> Int {
        guard !item.outcome.body.isEmpty else { return 0 }
        let body = item.outcome.body
        let escapes = escaped(body) - body.utf8.count
        return min(body.utf8.count, limit) + escapes
    }

    /// Bytes that a text takes in XML, or a few more.
    private static func escaped(_ text: String) -> Int {
        text.utf8.reduce(0) { size, byte in
            switch byte {
            case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), 0..<0x20: size + 6
            default: size + 1
            }
        }
    }
}

extension JUnitSuite {
    /// Cuts the texts of the cases, and drops their properties unless they are to be kept.
    mutating func shorten(to bytes: Int, keepingProperties: Bool) {
        for place in cases.indices {
            cases[place].outcome.body = JUnitBody.capped(cases[place].outcome.body, to: bytes, note: "\n…")
            if !keepingProperties {
                cases[place].outcome.message = JUnitBody.capped(cases[place].outcome.message, to: bytes, note: "…")
                cases[place].properties = []
            }
        }
    }
}
