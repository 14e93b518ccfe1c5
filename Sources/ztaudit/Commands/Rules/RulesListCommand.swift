import ArgumentParser
package import AuditModel
import Rendering
import RuleEngine

/// `ztaudit rules list`.
struct RulesListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the rules, worst first.",
        discussion: """
            Options of different names all have to fit; of one that is given several times, one value has to. \
            --framework and --control fit together: the control has to be one of the framework.
            """
    )

    @OptionGroup var rules: RuleOptions
    @OptionGroup var file: ConfigurationOptions

    @Option(
        help: ArgumentHelp(
            "Only rules of exactly this severity: critical, high, medium, low or info. May be given several times.",
            valueName: "severity"
        )
    )
    var severity: [Severity] = []

    @Option(
        help: ArgumentHelp(
            "Only rules in this area, which is the folder of their files, such as mfa. May be given several times.",
            valueName: "area"
        )
    )
    var area: [String] = []

    @Option(
        help: ArgumentHelp(
            "Only rules that are evidence for this framework, such as pci-dss-4.0.1. May be given several times.",
            valueName: "framework"
        )
    )
    var framework: [String] = []

    @Option(
        help: ArgumentHelp(
            "Only rules that are evidence for this control, such as 8.4.2. May be given several times.",
            valueName: "control"
        )
    )
    var control: [String] = []

    @Option(help: "Form of the list: table, csv or json.")
    var format: RowFormat = .table

    mutating func run() throws {
        let pack = try rules.selection(try file.load()).pack
        let filter = RuleFilter(severities: severity, areas: area, frameworks: framework, controls: control)
        try filter.check(against: pack)
        try Console.output(try text(of: pack.rules.filter(filter.matches)))
    }

    private func text(of rules: [Rule]) throws -> String {
        switch format {
        case .table:
            let rows = rules.map { [$0.metadata.severity.rawValue, $0.metadata.id, $0.metadata.title] }
            return TextTable.render(columns: ["severity", "id", "title"], rows: rows)
        case .csv:
            return CSVText.render(
                columns: ["severity", "id", "version", "area", "title", "resource", "frameworks", "file"],
                rows: rules.map { rule in
                    let metadata = rule.metadata
                    let frameworks = metadata.frameworks.sorted { $0.key < $1.key }
                        .map { "\($0.key): \($0.value.joined(separator: ", "))" }.joined(separator: "; ")
                    return [
                        .text(metadata.severity.rawValue), .text(metadata.id), .integer(Int64(metadata.version)),
                        .text(rule.area), .text(metadata.title), .text(metadata.resource), .text(frameworks),
                        .text(rule.file),
                    ]
                }
            )
        case .json:
            return try TerminalJSON.text(of: rules.map(ListedRule.init))
        }
    }
}

/// A rule in the JSON list.
private struct ListedRule: Encodable {
    let id: String
    let version: Int
    let title: String
    let severity: Severity
    let area: String
    let resource: String
    let frameworks: [String: [String]]
    let file: String

    init(_ rule: Rule) {
        id = rule.metadata.id
        version = rule.metadata.version
        title = rule.metadata.title
        severity = rule.metadata.severity
        area = rule.area
        resource = rule.metadata.resource
        frameworks = rule.metadata.frameworks
        file = rule.file
    }
}

extension Severity: ExpressibleByArgument {}
