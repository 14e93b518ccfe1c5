import AuditModel

/// Chooses what GitHub shows beside a run: it drops all but some annotations of each kind, so the worst come first.
struct GitHubAnnotations: Sendable {
    /// Annotations of a kind that GitHub shows for a step.
    static let limit = 10

    private let index: ResultIndex
    private let options: RenderOptions
    private var result: AuditResult { index.result }

    init(_ index: ResultIndex, _ options: RenderOptions) {
        self.index = index
        self.options = options
    }

    /// The verdict first, then what is wrong with the audit itself, then the worst findings of each kind.
    var commands: [WorkflowCommand] {
        let all = [verdict] + [broken, gaps, undecided, waivers, accepted].compactMap(\.self) + findings
        var counts: [WorkflowCommand.Kind: Int] = [:]
        return all.filter { command in
            counts[command.kind, default: 0] += 1
            return counts[command.kind, default: 0] <= Self.limit
        }
    }

    private var verdict: WorkflowCommand {
        let sentences = VerdictSentences(result)
        let acceptance = AcceptanceSentences(result)
        let baseline = acceptance.baseline.map { " \($0)" } ?? ""
        return WorkflowCommand(
            kind: WorkflowCommand.Kind(sentences.tone),
            title: options.heading,
            message: "\(sentences.headline). \(sentences.numbers) \(sentences.completeness)\(baseline)"
        )
    }

    private var broken: WorkflowCommand? {
        let broken = result.rules.filter { $0.status == .error }
        guard let first = broken.first else { return nil }
        return WorkflowCommand(
            kind: .error,
            title: Words.count(broken.count, "rule") + " broke",
            message: "Nothing is known from \(Self.list(broken.map(\.metadata.id))). "
                + "\(first.metadata.id): \(first.error ?? "no reason given")"
        )
    }

    private var gaps: WorkflowCommand? {
        let unread = index.unread
        guard !unread.isEmpty else { return nil }
        let needs = unread.map { "\($0.table) (\($0.status.word); permission needed: \($0.permission))" }
        return WorkflowCommand(
            kind: .warning,
            title: "Not completely read",
            message: "The audit does not know all of \(Self.list(needs))."
        )
    }

    private var undecided: WorkflowCommand? {
        let unknown = result.findings.filter { $0.verdict == .unknown }
        guard !unknown.isEmpty else { return nil }
        var rules: [String] = []
        for group in index.groups(where: { $0.verdict == .unknown }) {
            rules.append("\(group.ruleID) (\(group.findings.count))")
        }
        return WorkflowCommand(
            kind: .warning,
            title: Words.count(unknown.count, "verdict is", "verdicts are") + " unknown",
            message: "Could not be decided: \(Self.list(rules))."
        )
    }

    private var waivers: WorkflowCommand? {
        let waivers = result.waivers.filter(\.status.needsAttention)
        guard let first = waivers.first else { return nil }
        let more = waivers.count > 1 ? " The log of this step lists \(waivers.count - 1) more." : ""
        return WorkflowCommand(
            kind: .warning,
            title: Words.count(waivers.count, "waiver needs", "waivers need") + " attention",
            message: Words.sentence(first.notice) + more
        )
    }

    private var accepted: WorkflowCommand? {
        let parts = [FindingState.waived, .baseline].compactMap { state in
            let count = result.summary.failsByState[state.rawValue] ?? 0
            return count > 0 ? "\(Words.count(count, "finding is", "findings are")) \(state.word)" : nil
        }
        guard !parts.isEmpty else { return nil }
        return WorkflowCommand(
            kind: .notice,
            title: "Findings that do not count",
            message: Words.list(parts) + "; the log of this step lists them."
        )
    }

    private var findings: [WorkflowCommand] {
        var room = Dictionary(uniqueKeysWithValues: WorkflowCommand.Kind.allCases.map { ($0, Self.limit) })
        var commands: [WorkflowCommand] = []
        for finding in result.findings where finding.isOpenFail {
            let kind = WorkflowCommand.Kind(finding.severity)
            guard let rest = room[kind], rest > 0 else { continue }
            room[kind] = rest - 1
            let rule = index.outcome(finding.ruleID)?.metadata
            let change = finding.change.map { "(\($0.word.lowercased())) " } ?? ""
            commands.append(
                WorkflowCommand(
                    kind: kind,
                    title: "\(finding.severity.word): \(VisibleText.prose(rule?.title ?? finding.ruleID))",
                    message: "\(finding.resource.label): \(change)\(finding.message) [\(finding.ruleID)]",
                    file: options.location.text,
                    line: 1
                )
            )
        }
        return commands
    }

    private static func list(_ items: [String]) -> String {
        let shown = Array(items.prefix(3))
        return Words.list(items.count > shown.count ? shown + ["\(items.count - shown.count) more"] : shown)
    }
}
