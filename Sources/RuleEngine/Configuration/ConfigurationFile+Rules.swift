import AuditModel
import SnapshotStore

extension ConfigurationFile {
    /// How the rules are applied, checked against the rules that there are.
    ///
    /// - Parameter pack: Every rule, selected or not.
    /// - Returns: What `RuleEngine` takes.
    /// - Throws: ``RuleFileErrors`` with every rule, parameter and value that does not exist.
    package func settings(for pack: RulePack) throws(RuleFileErrors) -> RuleSettings {
        var errors: [RuleFileError] = []
        var settings = RuleSettings()
        settings.context = context
        for (id, severity) in severities {
            if pack.rules.contains(where: { $0.metadata.id == id }) {
                settings.severities[id] = severity.value
            } else {
                errors.append(unknownRule(id, line: severity.line, pack))
            }
        }
        for (id, values) in parameters {
            settings.parameters[id, default: ParameterSettings()].values = checked(values, of: id, pack, &errors)
        }
        for (tier, rules) in tierParameters {
            for (id, values) in rules {
                settings.parameters[id, default: ParameterSettings()].tiers[tier] = checked(
                    values,
                    of: id,
                    pack,
                    &errors
                )
                errors += ignoredTiers(id, values, pack)
            }
        }
        errors += waivers.errors(knownRules: pack.rules.map(\.metadata.id))
        guard errors.isEmpty else { throw RuleFileErrors(errors: errors.sorted { ($0.line ?? 0) < ($1.line ?? 0) }) }
        return settings
    }

    private func checked(
        _ values: [String: Configured<String>],
        of id: String,
        _ pack: RulePack,
        _ errors: inout [RuleFileError]
    ) -> [String: String] {
        guard let rule = pack.rules.first(where: { $0.metadata.id == id }) else {
            errors.append(unknownRule(id, line: values.values.compactMap(\.line).min(), pack))
            return [:]
        }
        for (name, configured) in values {
            do throws(StatementError) {
                _ = try rule.values(overrides: [name: configured.value])
            } catch {
                errors.append(
                    RuleFileError(
                        code: .badValue,
                        file: file,
                        line: configured.line,
                        problem: "the rule '\(id)' \(error.problem)",
                        remedy: "'ztaudit rules show \(id)' lists its parameters"
                    )
                )
            }
        }
        return values.mapValues(\.value)
    }

    /// A rule that never looks at tiers would ignore a value for one without a word.
    private func ignoredTiers(
        _ id: String,
        _ values: [String: Configured<String>],
        _ pack: RulePack
    ) -> [RuleFileError] {
        guard let rule = pack.rules.first(where: { $0.metadata.id == id }),
            !rule.query.contains(ContextTables.tierParameter.name)
        else { return [] }
        return [
            RuleFileError(
                code: .badValue,
                file: file,
                line: values.values.compactMap(\.line).min(),
                problem: "gives the rule '\(id)' values for a tier, but it judges all resources alike",
                remedy: "Set them under 'parameters'"
            )
        ]
    }

    private func unknownRule(_ id: String, line: Int?, _ pack: RulePack) -> RuleFileError {
        RuleFileError(
            code: .badValue,
            file: file,
            line: line,
            problem: "names the rule '\(id)', which does not exist",
            remedy: RuleSelectionError.advice(id, pack.rules.map(\.metadata.id))
        )
    }
}
