import AuditModel

/// Writes JUnit XML in the strictest profile that is in use: it is valid for Jenkins' `junit-10.xsd`, and every other
/// consumer reads the same file.
struct JUnitRenderer: Renderer {
    let options: RenderOptions

    func render(_ result: AuditResult, into output: inout some TextOutputStream) throws {
        let suites = JUnitSuites(result).make()
        let writer = try XMLWriter()
        let total = { (kind: JUnitCase.Outcome.Kind) in String(suites.reduce(0) { $0 + $1.count(kind) }) }
        // The schema rejects `skipped` and `timestamp` here.
        try writer.element(
            "testsuites",
            [
                ("name", VisibleText.singleLine(options.heading)),
                ("tests", String(suites.reduce(0) { $0 + $1.cases.count })),
                ("failures", total(.failure)), ("errors", total(.error)), ("time", "0"),
            ]
        ) { (writer) throws(RenderingError) in
            for (place, suite) in suites.enumerated() {
                // Once is enough for what waivers and baseline did.
                let properties = Self.properties(result) + (place == 0 ? Self.acceptance(result) : [])
                try write(suite, properties, of: result, with: writer)
            }
        }
        output.write(try writer.finish())
    }

    private func write(
        _ suite: JUnitSuite,
        _ properties: [(name: String, value: String)],
        of result: AuditResult,
        with writer: borrowing XMLWriter
    ) throws(RenderingError) {
        var attributes: [(name: StaticString, value: String)] = [
            ("name", suite.name), ("tests", String(suite.cases.count)),
            ("failures", String(suite.count(.failure))), ("errors", String(suite.count(.error))),
            ("skipped", String(suite.count(.skipped))), ("time", "0"),
        ]
        if let time = Self.timestamp(result.snapshot.evaluatedAt) { attributes.append(("timestamp", time)) }
        try writer.element("testsuite", attributes) { (writer) throws(RenderingError) in
            try writer.element("properties", []) { (writer) throws(RenderingError) in
                for (name, value) in properties {
                    try writer.element("property", [("name", name), ("value", VisibleText.singleLine(value))])
                }
            }
            for item in suite.cases { try write(item, with: writer) }
        }
    }

    private func write(_ item: JUnitCase, with writer: borrowing XMLWriter) throws(RenderingError) {
        let attributes: [(name: StaticString, value: String)] = [
            ("classname", item.className), ("name", item.name), ("time", "0"),
        ]
        try writer.element("testcase", attributes) { (writer) throws(RenderingError) in
            let outcome = item.outcome
            let element: StaticString
            switch outcome.kind {
            case .passed: return
            case .skipped: element = "skipped"
            case .failure: element = "failure"
            case .error: element = "error"
            }
            var attributes: [(name: StaticString, value: String)] = [("message", outcome.message)]
            if !outcome.type.isEmpty { attributes.append(("type", outcome.type)) }
            try writer.element(element, attributes) { (writer) throws(RenderingError) in
                try writer.text(JUnitBody.capped(outcome.body))
            }
        }
    }

    private static func properties(_ result: AuditResult) -> [(name: String, value: String)] {
        [
            ("tool.name", result.tool.name), ("tool.version", result.tool.version),
            ("rules.digest", result.tool.rulesDigest), ("snapshot.status", result.snapshot.status.rawValue),
            ("snapshot.digest", result.snapshot.contentDigest ?? "none"),
        ]
    }

    private static func acceptance(_ result: AuditResult) -> [(name: String, value: String)] {
        let sentences = AcceptanceSentences(result)
        return [("waivers", sentences.waivers), ("baseline", sentences.baseline)].compactMap { name, value in
            value.map { (name, $0) }
        }
    }

    /// The time without its zone, as the schema wants it: Jenkins and Azure take it for UTC.
    ///
    /// - Returns: `nil` for anything that is no RFC 3339 time in UTC.
    static func timestamp(_ text: String) -> String? {
        let time = text.prefix(19)
        let shape = time.map { $0.isASCII && $0.isNumber ? "0" : $0 }
        guard String(shape) == "0000-00-00T00:00:00", text.hasSuffix("Z") else { return nil }
        return String(time)
    }
}
