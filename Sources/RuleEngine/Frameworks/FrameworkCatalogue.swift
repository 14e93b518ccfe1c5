package import AuditModel

/// The frameworks that rules can name, sorted by id.
package struct FrameworkCatalogue: Sendable, Hashable {
    package let frameworks: [Framework]

    /// Reads framework files; of several with one id the first counts.
    ///
    /// - Parameters:
    ///   - sources: The files.
    ///   - errors: Gets what is wrong with them.
    init(_ sources: [RuleSource], errors: inout [RuleFileError]) {
        var known: [String: (framework: Framework, file: String)] = [:]
        for source in sources {
            do throws(RuleFileError) {
                let framework = try Framework(file: source.file, text: source.text)
                if let other = known[framework.id] {
                    throw RuleFileError(
                        code: .duplicateID,
                        file: source.file,
                        line: nil,
                        problem: "has the id '\(framework.id)' of \(other.file)",
                        remedy: "Give it another id"
                    )
                }
                known[framework.id] = (framework, source.file)
            } catch {
                errors.append(error)
            }
        }
        frameworks = known.values.map(\.framework).sorted { $0.id < $1.id }
    }

    private init(frameworks: [Framework]) {
        self.frameworks = frameworks
    }

    /// The framework with an id; `nil` when it is not known.
    package func framework(_ id: String) -> Framework? {
        frameworks.first { $0.id == id }
    }

    /// These frameworks, and those of `other` whose ids are not among them.
    func adding(_ other: FrameworkCatalogue) -> FrameworkCatalogue {
        let added = other.frameworks.filter { framework($0.id) == nil }
        return FrameworkCatalogue(frameworks: (frameworks + added).sorted { $0.id < $1.id })
    }

    /// The frameworks that rules name, with no other controls than those that they name.
    package func used(by rules: [Rule]) -> [Framework] {
        frameworks.compactMap { framework in
            let named = Set(rules.flatMap { $0.metadata.frameworks[framework.id] ?? [] })
            var used = framework
            used.controls = framework.controls.filter { named.contains($0.id) }
            return used.controls.isEmpty ? nil : used
        }
    }
}
