import ArgumentParser
package import AuditModel
import RuleEngine

/// Least severity that fails the gate.
enum GateThreshold: String, CaseIterable, ExpressibleByArgument, Sendable {
    case critical, high, medium, low, info, none

    /// `nil` when no finding fails the gate.
    var severity: Severity? { Severity(rawValue: rawValue) }
}

/// What makes the exit status other than 0.
struct GateOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Least severity that gives exit status 1: critical, high, medium, low, info or none. Default: high.",
            valueName: "severity"
        )
    )
    var failOn: GateThreshold?

    @Flag(help: "Accept that some data could not be read; otherwise that gives exit status 2.")
    var allowIncomplete = false

    /// Least severity that fails the gate.
    func threshold(_ file: ConfigurationFile?) -> Effective<GateThreshold> {
        let configured = file?.failOn.flatMap { text in
            GateThreshold(rawValue: text.value).map { Configured($0, line: text.line) }
        }
        return Effective(option: (failOn, "--fail-on"), file: (configured, file?.file), builtIn: .high)
    }

    /// Whether missing data is acceptable.
    func acceptsIncomplete(_ file: ConfigurationFile?) -> Effective<Bool> {
        Effective(
            option: (allowIncomplete ? true : nil, "--allow-incomplete"),
            file: (file?.allowIncomplete, file?.file),
            builtIn: false
        )
    }

    /// Says how the audit ended.
    func status(of result: AuditResult, _ file: ConfigurationFile?) -> Int32 {
        let failOn = threshold(file).value
        switch result.gate(failOn: failOn.severity, allowIncomplete: acceptsIncomplete(file).value) {
        case .passed:
            return ExitStatus.clean
        case .findings(let count):
            Console.note(
                "ztaudit: \(count) \(count == 1 ? "finding" : "findings") at or above \(failOn.rawValue): exit status 1"
            )
            return ExitStatus.findings
        case .incomplete:
            Console.note(
                "ztaudit: the audit is incomplete, see what was not evaluated (or give --allow-incomplete): exit status 2"
            )
            return ExitStatus.failed
        }
    }
}

/// When the rules are evaluated.
struct TimeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Time at which the rules look, RFC 3339 or a date. Default: now.", valueName: "time"))
    var asOf: UTCTimestamp?
}

extension UTCTimestamp: ExpressibleByArgument {
    /// `nil` when `argument` is neither RFC 3339 nor a date.
    package init?(argument: String) {
        self.init(argument)
    }
}
