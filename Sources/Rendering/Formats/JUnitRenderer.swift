import AuditModel

/// Writes JUnit XML.
///
/// The strict flavour keeps to the strictest profile that is in use: it is valid for Jenkins' `junit-10.xsd`, and every
/// other consumer reads the same file.
struct JUnitRenderer: Renderer {
    let flavour: JUnitFlavour
    let options: RenderOptions

    func render(_ result: AuditResult, into output: inout some TextOutputStream) throws {
        var suites = JUnitSuites(result, flavour).make()
        var limit = JUnitLimit(bytes: options.maximumLength ?? JUnitLimit.defaultBytes)
        limit.apply(to: &suites)
        if !suites.isEmpty {
            // Once is enough for what is not about a single rule.
            let shortened = limit.note.map { [("shortened", $0)] } ?? []
            suites[0].properties = JUnitProperties.summary(result) + shortened + suites[0].properties
        }
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
            for suite in suites { try write(suite, of: result, with: writer) }
        }
        output.write(try writer.finish())
    }

    private func write(
        _ suite: JUnitSuite,
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
            try write(JUnitProperties.origin(result) + suite.properties, with: writer)
            for item in suite.cases { try write(item, with: writer) }
        }
    }

    private func write(
        _ properties: [JUnitProperties.Property],
        with writer: borrowing XMLWriter
    ) throws(RenderingError) {
        guard !properties.isEmpty else { return }
        try writer.element("properties", []) { (writer) throws(RenderingError) in
            for (name, value) in properties {
                let value = VisibleText.singleLine(value)
                try writer.element("property", [("name", VisibleText.singleLine(name)), ("value", value)])
            }
        }
    }

    private func write(_ item: JUnitCase, with writer: borrowing XMLWriter) throws(RenderingError) {
        var attributes: [(name: StaticString, value: String)] = [
            ("classname", item.className), ("name", item.name), ("time", "0"),
        ]
        if flavour == .extended, item.isFinding {
            // Readers that annotate a file want one, whatever is found there.
            attributes += [("file", options.location.text), ("line", "1")]
        }
        try writer.element("testcase", attributes) { (writer) throws(RenderingError) in
            try write(item.properties, with: writer)
            if let element = Self.element(item.outcome.kind) { try write(item.outcome, as: element, with: writer) }
            if !item.note.isEmpty {
                try writer.element("system-out", []) { (writer) throws(RenderingError) in try writer.text(item.note) }
            }
        }
    }

    private func write(
        _ outcome: JUnitCase.Outcome,
        as element: StaticString,
        with writer: borrowing XMLWriter
    ) throws(RenderingError) {
        var attributes: [(name: StaticString, value: String)] = [("message", outcome.message)]
        if !outcome.type.isEmpty { attributes.append(("type", outcome.type)) }
        try writer.element(element, attributes) { (writer) throws(RenderingError) in
            try writer.text(JUnitBody.capped(outcome.body))
        }
    }

    /// The element of an outcome; a pass has none.
    private static func element(_ kind: JUnitCase.Outcome.Kind) -> StaticString? {
        switch kind {
        case .passed: nil
        case .skipped: "skipped"
        case .failure: "failure"
        case .error: "error"
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
