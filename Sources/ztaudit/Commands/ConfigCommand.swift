import ArgumentParser
import AuditModel
import BuiltInFiles
import Foundation
import Rendering
import RuleEngine

/// `ztaudit config`.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Work with the configuration file.",
        subcommands: [Show.self, Schema.self]
    )

    /// `ztaudit config show`.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show every setting in force, and where it came from.",
            discussion: """
                Takes the options of 'scan', so that a command line can be tried. The order is: option, environment, \
                configuration file, built in. The API token is never shown.
                """
        )

        /// How the answer looks.
        enum Format: String, CaseIterable, ExpressibleByArgument {
            case table, json
        }

        @Option(help: "Form of the answer: table or json.")
        var format: Format = .table

        @OptionGroup var collection: CollectionOptions
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var reporting: ReportingOptions
        @OptionGroup var redaction: RedactionOptions
        @OptionGroup var github: GitHubOptions
        @OptionGroup var gate: GateOptions
        @OptionGroup var rules: RuleOptions
        @OptionGroup var file: ConfigurationOptions

        mutating func run() throws {
            let file = try file.load()
            var settings = try general(file)
            let pack = try rules.everyRule(file)
            _ = try rules.selecting(from: pack, file)
            settings += try EffectiveRules(pack, file).settings
            switch format {
            case .table:
                let rows = settings.map { [$0.name, $0.value, $0.source] }
                try Console.output(TextTable.render(columns: ["setting", "value", "from"], rows: rows))
            case .json:
                try Console.output(try TerminalJSON.text(of: settings))
            }
        }

        private func general(_ file: ConfigurationFile?) throws -> [ShownSetting] {
            let environment = ProcessInfo.processInfo.environment
            var settings = [
                ShownSetting("accounts", connection.accountIDs(environment, file), empty: "all that the token sees"),
                ShownSetting("collection.include", collection.optionalKinds(file)),
                ShownSetting("collection.concurrency", connection.requestsAtATime(file)),
                ShownSetting("collection.requests_per_minute", connection.rate(file)),
                ShownSetting("rules.folders", rules.folders(file)),
                ShownSetting("rules.include", rules.includedRules(file), empty: "all"),
                ShownSetting("rules.exclude", rules.excludedRules(file)),
                ShownSetting("reports.title", reporting.documentTitle(file)),
                ShownSetting("reports.templates", reporting.templates(file)),
                ShownSetting("reports.redact", redaction.effectiveLevel(file)) { $0?.rawValue ?? "nothing" },
                ShownSetting("reports.redact_key", redaction.keyPath(file), empty: "one of its own for each run"),
                ShownSetting("reports.location", try reporting.findingLocation(file)) { $0.text },
            ]
            let documents = try reporting.documents(file)
            settings.append(
                ShownSetting(
                    "reports.documents",
                    Effective(documents.value.map { "\($0.format.rawValue)=\($0.path)" }, source: documents.source),
                    empty: "a summary on standard output"
                )
            )
            settings.append(ShownSetting("reports.github", github.annotates(file)))
            settings.append(ShownSetting("reports.attest", reporting.attestationKey(file)))
            settings.append(ShownSetting("gate.fail_on", gate.threshold(file)) { $0.rawValue })
            settings.append(ShownSetting("gate.allow_incomplete", gate.acceptsIncomplete(file)))
            settings.append(ShownSetting("gate.baseline", gate.baselinePath(file)))
            return settings + ShownSetting.context(file) + ShownSetting.waivers(file)
        }
    }

    /// `ztaudit config schema`.
    struct Schema: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the JSON Schema of the configuration file, for editors.",
            discussion: """
                Write it to a file and name that in the first line of ztaudit.yaml:
                # yaml-language-server: $schema=ztaudit.schema.json
                """
        )

        mutating func run() throws {
            try Console.output(BuiltInFiles.configurationSchema)
        }
    }
}

/// A setting as `config show` prints it.
struct ShownSetting: Encodable {
    /// Path of keys in the configuration file.
    let name: String
    let value: String
    let source: String

    init(_ name: String, _ value: String, source: String) {
        (self.name, self.value, self.source) = (name, value, source)
    }

    init<Value>(_ name: String, _ setting: Effective<Value>, _ text: (Value) -> String = { "\($0)" }) {
        self.init(name, text(setting.value), source: setting.source)
    }

    init(_ name: String, _ setting: Effective<String>, empty: String) {
        self.init(name, setting.value.isEmpty ? empty : setting.value, source: setting.source)
    }

    init(_ name: String, _ setting: Effective<[String]>, empty: String = "") {
        let text = setting.value.isEmpty ? empty : setting.value.joined(separator: ", ")
        self.init(name, text, source: setting.source)
    }

    /// What is waived, and what may be.
    static func waivers(_ file: ConfigurationFile?) -> [ShownSetting] {
        let waivers = file?.waivers ?? .none
        let policy = waivers.policy
        func source(_ line: Int?) -> String {
            guard let file, let line else { return Effective<String>.builtInSource }
            return Effective<String>.place(file.file, line)
        }
        return [
            ShownSetting(
                "waiver_policy.maximum_days",
                "\(policy.maximumDays.value)",
                source: source(policy.maximumDays.line)
            ),
            ShownSetting("waiver_policy.warn_days", "\(policy.warnDays.value)", source: source(policy.warnDays.line)),
            ShownSetting(
                "waiver_policy.forbidden",
                policy.forbidden.map(\.value).joined(separator: ", "),
                source: source(policy.forbidden.first?.line)
            ),
            ShownSetting(
                "waivers",
                "\(waivers.waivers.count) \(waivers.waivers.count == 1 ? "waiver" : "waivers")",
                source: source(waivers.waivers.first?.line)
            ),
        ]
    }

    /// What the organization says of itself.
    static func context(_ file: ConfigurationFile?) -> [ShownSetting] {
        let context = file?.context ?? AuditContext()
        func source(_ key: String) -> String {
            guard let file, let line = file.contextLines[key] else { return Effective<String>.builtInSource }
            return Effective<String>.place(file.file, line)
        }
        func list(_ key: String, _ values: some Sequence<String>) -> ShownSetting {
            ShownSetting(key, values.sorted().joined(separator: ", "), source: source(key))
        }
        var settings = [
            list("own_domains", context.ownDomains), list("break_glass_accounts", context.breakGlassAccounts),
            ShownSetting(
                "public_mail_domains",
                "\(context.publicMailDomains.count) domains",
                source: source("public_mail_domains")
            ),
        ]
        for (tier, members) in context.tiers.sorted(by: { $0.key < $1.key }) {
            for (key, values) in [
                ("tags", members.tags), ("names", members.names), ("applications", members.applications),
            ] where !values.isEmpty {
                settings.append(
                    ShownSetting(
                        "tiers.\(tier.rawValue).\(key)",
                        values.joined(separator: ", "),
                        source: source("tiers.\(tier.rawValue).\(key)")
                    )
                )
            }
        }
        return settings
    }
}

/// The severities and parameters in force.
private struct EffectiveRules {
    private(set) var settings: [ShownSetting] = []

    /// - Throws: `RuleFileErrors` when the configuration names what there is not.
    init(_ pack: RulePack, _ file: ConfigurationFile?) throws {
        _ = try file?.settings(for: pack)
        for rule in pack.rules.sorted(by: { $0.metadata.id < $1.metadata.id }) {
            let id = rule.metadata.id
            if let severity = file?.severities[id], let file {
                settings.append(
                    ShownSetting(
                        "rules.severities.\(id)",
                        severity.value.rawValue,
                        source: Effective<String>.place(file.file, severity.line)
                    )
                )
            }
            for (name, parameter) in rule.parameters.sorted(by: { $0.key < $1.key }) {
                add("rules.parameters.\(id).\(name)", file?.parameters[id]?[name], file, builtIn: parameter.defaultText)
                for tier in ApplicationTier.allCases {
                    guard let value = file?.tierParameters[tier]?[id]?[name] else { continue }
                    add("rules.tier_parameters.\(tier.rawValue).\(id).\(name)", value, file, builtIn: "")
                }
            }
        }
    }

    private mutating func add(
        _ name: String,
        _ value: Configured<String>?,
        _ file: ConfigurationFile?,
        builtIn: String
    ) {
        settings.append(
            ShownSetting(name, Effective(option: (nil, ""), file: (value, file?.file), builtIn: builtIn))
        )
    }
}
