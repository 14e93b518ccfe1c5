import ArgumentParser
import Attestation
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

    @Option(
        help: ArgumentHelp(
            "Earlier result ('--report json=…', or what 'baseline' wrote): only what is new or got worse since counts.",
            valueName: "file"
        )
    )
    var baseline: String?

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

    /// Path of the earlier result; empty when there is none.
    func baselinePath(_ file: ConfigurationFile?) -> Effective<String> {
        let configured = file?.baseline.map { Configured(file?.resolved($0.value) ?? $0.value, line: $0.line) }
        return Effective(option: (baseline, "--baseline"), file: (configured, file?.file), builtIn: "")
    }

    /// Reads the earlier result; `nil` when there is none.
    ///
    /// - Throws: ``InputError``.
    func readBaseline(_ file: ConfigurationFile?) throws -> Baseline? {
        let path = baselinePath(file)
        guard !path.value.isEmpty else { return nil }
        guard path.value != "-" else {
            guard baseline == nil else { throw ValidationError("--baseline takes a file, not standard input.") }
            throw InputError(path: path.source, problem: "names no file under 'baseline'", remedy: "Write its path")
        }
        return try ResultFile(path: path.value).baseline()
    }

    /// What an attestation says of the gate.
    func judgement(of result: AuditResult, _ file: ConfigurationFile?) -> AuditPredicate.Gate {
        let (failOn, accepts) = (threshold(file).value, acceptsIncomplete(file).value)
        let status =
            switch result.gate(failOn: failOn.severity, allowIncomplete: accepts) {
            case .passed: ExitStatus.clean
            case .findings: ExitStatus.findings
            case .incomplete: ExitStatus.failed
            }
        return AuditPredicate.Gate(failOn: failOn.rawValue, allowIncomplete: accepts, exitStatus: status)
    }

    /// Says how the audit ended.
    func status(of result: AuditResult, _ file: ConfigurationFile?) -> Int32 {
        let failOn = threshold(file).value
        switch result.gate(failOn: failOn.severity, allowIncomplete: acceptsIncomplete(file).value) {
        case .passed:
            let rest = Self.notCounted(in: result)
            if !rest.isEmpty {
                Console.note("ztaudit: no finding at or above \(failOn.rawValue)\(rest): exit status 0")
            }
            return ExitStatus.clean
        case .findings(let count):
            Console.note(
                "ztaudit: \(count) \(count == 1 ? "finding" : "findings") at or above \(failOn.rawValue)"
                    + "\(Self.notCounted(in: result)): exit status 1"
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

extension GateOptions {
    /// What the gate passed over, such as ` (2 waived and 3 known before do not count)`; empty when there is nothing.
    private static func notCounted(in result: AuditResult) -> String {
        let parts = [(FindingState.waived, "waived"), (.baseline, "known before")].compactMap { state, word in
            let count = result.summary.failsByState[state.rawValue] ?? 0
            return count > 0 ? "\(count) \(word)" : nil
        }
        return parts.isEmpty ? "" : " (\(parts.joined(separator: " and ")) not counted)"
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
