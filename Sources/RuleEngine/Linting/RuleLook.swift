import AuditModel
import JSONModel
import Yams

/// One rule file under the eyes of ``RuleLinter``.
struct RuleLook {
    private(set) var problems: [RuleFileError] = []

    let reader: YAMLReader
    private let checker: RuleChecker
    let frameworks: FrameworkCatalogue

    init(_ file: String, _ checker: RuleChecker, _ frameworks: FrameworkCatalogue) {
        reader = YAMLReader(file: file)
        self.checker = checker
        self.frameworks = frameworks
    }

    /// Looks at a rule's whole file, and at its test.
    mutating func inspect(_ text: String, test: RuleSource?) {
        inspect(test: test)
        let reader = reader
        let root = attempt { () throws(RuleFileError) in
            try reader.root(of: text, maximumBytes: Rule.maximumBytes)
        }
        guard let root else { return }
        problems += reader.unknownKeys(of: root, allowed: Rule.keys)
        for key in ["title", "resource", "rationale"] {
            attempt { () throws(RuleFileError) in try reader.text(key, in: root) }
        }
        attempt { () throws(RuleFileError) in try Rule.id(in: root, reader) }
        attempt { () throws(RuleFileError) in try Rule.version(in: root, reader) }
        attempt { () throws(RuleFileError) in try Rule.severity(in: root, reader) }
        attempt { () throws(RuleFileError) in try Rule.references(in: root, reader) }
        attempt { () throws(RuleFileError) in try Rule.frameworks(in: root, reader) }
        attempt { () throws(RuleFileError) in try Rule.remediation(in: root, reader) }
        inspectStyle(of: root)
        inspectReferences(of: root)
        inspectFrameworks(of: root)
        inspectQuery(of: root)
        inspectRemediation(of: root, test)
    }

    /// What makes the test pass must be what the remediation tells people to do.
    private mutating func inspectRemediation(of root: Node.Mapping, _ test: RuleSource?) {
        guard let test, let file = try? RuleTestFile(file: test.file, text: test.text) else { return }
        let parts = root["remediation"]?.mapping ?? [:]
        let text = ["api", "terraform"].compactMap { parts[$0]?.scalar?.string }.joined(separator: " ")
        guard !text.isEmpty else { return }
        for name in file.remedyMembers.sorted() where !text.contains(name) {
            note(
                .style,
                root["remediation"],
                "says nothing of '\(name)' in the api or terraform part, which the test's remedy changes",
                "Name it there, or change something else in the test"
            )
        }
    }

    /// Notes a problem at a node.
    mutating func note(_ code: RuleFileError.Code, _ node: Node?, _ problem: String, _ remedy: String) {
        problems.append(reader.failure(code, node, problem, remedy))
    }

    /// The value of `body`; when it throws, the error is a problem.
    @discardableResult
    private mutating func attempt<Value>(_ body: () throws(RuleFileError) -> Value) -> Value? {
        do {
            return try body()
        } catch {
            problems.append(error)
            return nil
        }
    }

    private mutating func inspectQuery(of root: Node.Mapping) {
        let (reader, checker) = (reader, checker)
        let resource = root["resource"]?.scalar?.string ?? ""
        if !resource.isEmpty,
            let error = checker.unknownResource(resource, file: reader.file, line: root["resource"]?.mark?.line)
        {
            problems.append(error)
        }
        let parameters = attempt { () throws(RuleFileError) in try Rule.parameters(in: root, reader) }
        let lists = attempt { () throws(RuleFileError) in try reader.texts("fails_hold_without", in: root) }
        let text = attempt { () throws(RuleFileError) in try reader.text("query", in: root) }
        guard let parameters, let text else { return }
        let query = PlacedQuery(
            file: reader.file,
            text: text,
            firstLine: Rule.firstLine(of: root["query"]),
            keepsLines: root["query"]?.scalar?.style == .literal
        )
        let result = attempt { () throws(RuleFileError) in try checker.result(of: query, parameters: parameters) }
        guard let result else { return }
        problems += checker.columnProblems(in: result, of: query)
        if !text.contains(".'") {
            let line = query.line(0)
            problems.append(
                RuleFileError(
                    code: .style,
                    file: reader.file,
                    line: line,
                    problem: "has no message that ends with a full stop",
                    remedy: "A message is a sentence that names the value which decided"
                )
            )
        }
        inspectParameters(of: root, parameters, query)
        if lists != nil { inspectTables(of: root, TablesRead(result.tables)) }
    }

    /// Looks for parameters that the query does not use, so that it compiles without them.
    private mutating func inspectParameters(
        of root: Node.Mapping,
        _ parameters: [String: RuleParameter],
        _ query: PlacedQuery
    ) {
        for (key, value) in root["parameters"]?.mapping ?? [:] {
            let name = key.string ?? ""
            inspectSentence(value.mapping?["help"], "the help of the parameter '\(name)'")
            guard !isUsed(name, of: parameters, in: query) else { continue }
            note(
                .unusedParameter,
                key,
                "has the parameter '\(name)', which the query does not use",
                "Write :\(name) in the query, or remove the parameter"
            )
        }
    }

    private func isUsed(_ name: String, of parameters: [String: RuleParameter], in query: PlacedQuery) -> Bool {
        // `tier_parameter` has the value for each tier by the parameter's name.
        guard !query.text.contains("'\(name)'") else { return true }
        var others = parameters
        others[name] = nil
        do {
            _ = try checker.result(of: query, parameters: others)
            return false
        } catch {
            return true
        }
    }

    private mutating func inspectTables(of root: Node.Mapping, _ tables: TablesRead) {
        for node in root["fails_hold_without"]?.sequence ?? [] {
            let table = node.scalar?.string ?? ""
            if let error = checker.unknownTable(table, file: reader.file, line: node.mark?.line) {
                problems.append(error)
            } else if !tables.collected.contains(table) {
                note(
                    .unreadTable,
                    node,
                    "names '\(table)' under 'fails_hold_without', which the query does not read",
                    "Remove it; the query reads \(tables.collected.joined(separator: ", "))"
                )
            }
        }
    }

    private mutating func inspect(test: RuleSource?) {
        guard let test else {
            note(
                .missingTest,
                nil,
                "has no test",
                "Write \(reader.file.dropLast(".yaml".count))\(RuleSource.testEnding); rules/README.md describes the form"
            )
            return
        }
        let file = attempt { () throws(RuleFileError) in try RuleTestFile(file: test.file, text: test.text) }
        for kind in file?.missingCases ?? [] {
            problems.append(
                RuleFileError(
                    code: .missingCase,
                    file: test.file,
                    line: nil,
                    problem: "has no case \(kind.problem)",
                    remedy: kind.remedy
                )
            )
        }
    }
}

extension RuleTestFile {
    /// How many cases there are.
    package var caseCount: Int { cases.count }

    /// Members of objects that remedies set.
    fileprivate var remedyMembers: Set<String> {
        cases.flatMap(\.remedy).reduce(into: []) { names, remedy in
            let identifiers = Remedy.identifiers(of: remedy.key).map(\.first)
            for object in remedy.value {
                let members = (object.objectValue ?? [:]).keys.filter { !$0.hasPrefix("$") }
                names.formUnion(members.filter { !identifiers.contains($0) })
            }
        }
    }

    /// What every test needs a case of, and this one has none of.
    fileprivate var missingCases: [(problem: String, remedy: String)] {
        let expected = Set(cases.flatMap(\.expectations).map(\.verdict))
        var missing = Verdict.allCases.filter { !expected.contains($0) }.map { verdict in
            (problem: "that expects '\(verdict.rawValue)'", remedy: "Add one with verdict: \(verdict.rawValue)")
        }
        if !cases.contains(where: { $0.expectations.isEmpty }) {
            missing.append(
                (problem: "in which nothing is examined", remedy: "Add one without such resources, with expect: []")
            )
        }
        if !cases.contains(where: \.hasRemedy) {
            missing.append(
                (
                    problem: "that shows the remediation",
                    remedy: "Add remedy: { <kind>: […] } to a case that fails, with what the remediation changes"
                )
            )
        }
        if !cases.contains(where: { $0.collection.tellsWhatWasRead }) {
            missing.append((problem: "with missing data", remedy: "Add one with coverage: { <kind>: partial }"))
        }
        return missing
    }
}
