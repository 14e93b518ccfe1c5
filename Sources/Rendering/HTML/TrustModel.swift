import AuditModel

/// Whether the reader can rely on the report: what was read, what was not, and from when it is.
struct TrustModel: Sendable {
    /// A name with a value.
    struct Fact: Sendable {
        let label: String
        let value: String
    }

    /// What was replaced before the report was shared.
    struct Replaced: Sendable {
        let redactionLead: String
        let redactionItems: [String]
        let redactionKey: String
    }

    /// A resource kind of which not everything was read.
    struct Unread: Sendable {
        let data: String
        let place: String
        let status: String
        let why: String
        let permission: String
        let rows: String
    }

    /// The table of what was not read.
    struct UnreadTable: Sendable {
        let unreadRows: [Unread]
        let unreadCut: String?
    }

    /// A resource kind that was read.
    struct Read: Sendable {
        let data: String
        let place: String
        let status: String
        let rows: String
    }

    /// The table of what was read.
    struct ReadTable: Sendable {
        let readCount: String
        let readRows: [Read]
        let readCut: String?
    }

    let completeness: String
    let collection: String
    let replaced: Replaced?
    let coverageBar: KeyedChart?
    let ruleBar: KeyedChart?
    let unreadTable: UnreadTable?
    let readTable: ReadTable?
    /// What an auditor writes down first.
    let facts: [Fact]
    let digests: [Fact]
    /// The rest of it.
    let versions: [Fact]

    init(_ index: ResultIndex) {
        let result = index.result
        completeness = VerdictSentences(result).completeness
        collection = Self.collection(result.snapshot)
        replaced = result.redaction.map(Self.replaced)
        coverageBar = Self.coverageBar(result)
        ruleBar = Self.ruleBar(result)
        facts = Self.facts(result)
        digests = [
            Fact(
                label: "Snapshot digest",
                value: result.snapshot.contentDigest.map(VisibleText.singleLine)
                    ?? "none, the collection did not end"
            ),
            Fact(label: "Rules digest", value: VisibleText.singleLine(result.tool.rulesDigest)),
        ]
        versions = Self.versions(result)
        let unread = index.unread
        unreadTable =
            unread.isEmpty
            ? nil
            : UnreadTable(
                unreadRows: unread.prefix(PageLimits.rows).map { Self.unread($0, index) },
                unreadCut: PageLimits.cut(unread.count - PageLimits.rows, "entry", "entries")
            )
        let read = result.coverage.filter(\.status.isReliable)
        readTable =
            read.isEmpty
            ? nil
            : ReadTable(
                readCount: Words.count(read.count, "entry", "entries"),
                readRows: read.prefix(PageLimits.rows).map { Self.read($0, index) },
                readCut: PageLimits.cut(read.count - PageLimits.rows, "entry", "entries")
            )
    }

    private static func collection(_ snapshot: SnapshotSummary) -> String {
        let begin = Words.time(snapshot.startedAt)
        let collected =
            switch snapshot.status {
            case .complete: "Collected from \(begin) to \(snapshot.finishedAt.map(Words.time) ?? "an unknown time")."
            case .partial where snapshot.finishedAt == nil:
                "The collection began \(begin) and did not end: everything here may be incomplete."
            case .partial: "Collected from \(begin) on, but not all of it: the API failed on the way."
            }
        let resumed = snapshot.resumedAt.map {
            " It was interrupted and went on \(Words.time($0)): what was read before may have changed by then."
        }
        return collected + (resumed ?? "")
    }

    private static func replaced(_ redaction: Redaction) -> Replaced {
        let reader =
            switch redaction.level {
            case .auditor: "an auditor who need not know the people behind it"
            case .public: "everybody"
            }
        let withheld = redaction.withheldFindings
        let words = Words.count(withheld, "verdict is", "verdicts are")
        return Replaced(
            redactionLead: "Parts of this report were replaced by pseudonyms, so that it can be shared with \(reader). "
                + "The same pseudonym stands for the same thing throughout."
                + (withheld == 0
                    ? ""
                    : " \(words) without \(withheld == 1 ? "its" : "their") message here, and without the texts of "
                        + "\(withheld == 1 ? "its" : "their") evidence, since they might tell too much."),
            redactionItems: redaction.replaced.map(VisibleText.singleLine),
            redactionKey: VisibleText.singleLine(redaction.keyID)
        )
    }

    private static func coverageBar(_ result: AuditResult) -> KeyedChart? {
        let parts: [(CoverageStatus, String, String)] = [
            (.complete, "good", "✓"), (.unavailable, "info", "○"), (.partial, "medium", "◐"),
            (.failed, "high", "✕"), (.denied, "critical", "⊘"),
        ]
        return KeyedChart(
            "Kinds of resources, by how completely they were read",
            parts.map { status, tone, symbol in
                BarChart.Part(
                    tone: tone,
                    symbol: symbol,
                    count: result.coverage.count { $0.status == status },
                    word: status.word
                )
            }
        )
    }

    private static func ruleBar(_ result: AuditResult) -> KeyedChart? {
        let broken = result.rules.count { $0.status == .error }
        let lacking = result.rules.count { $0.status != .error && !$0.gaps.isEmpty }
        let idle = result.rules.count { $0.status == .nothingExamined && $0.gaps.isEmpty }
        return KeyedChart(
            "Rules, by whether they had what they need",
            [
                .init(
                    tone: "good",
                    symbol: "✓",
                    count: result.rules.count - broken - lacking - idle,
                    word: "evaluated with all data"
                ),
                .init(tone: "info", symbol: "○", count: idle, word: "examined nothing"),
                .init(tone: "medium", symbol: "◐", count: lacking, word: "lacked data"),
                .init(tone: "critical", symbol: "✕", count: broken, word: "broke"),
            ]
        )
    }

    private static func facts(_ result: AuditResult) -> [Fact] {
        let snapshot = result.snapshot
        return [
            Fact(label: "Evaluated as of", value: Words.time(snapshot.evaluatedAt)),
            Fact(label: "Evaluated with", value: VisibleText.singleLine("\(result.tool.name) \(result.tool.version)")),
        ]
    }

    private static func versions(_ result: AuditResult) -> [Fact] {
        let snapshot = result.snapshot
        let accounts = result.accounts.prefix(PageLimits.rows).map { account in
            Fact(
                label: "Account",
                value: VisibleText.singleLine(account.name.map { "\($0) (\(account.id))" } ?? account.id)
            )
        }
        return accounts + [
            Fact(label: "Collection started", value: Words.time(snapshot.startedAt)),
            Fact(label: "Collection resumed", value: snapshot.resumedAt.map(Words.time) ?? "no, made in one go"),
            Fact(label: "Collection ended", value: snapshot.finishedAt.map(Words.time) ?? "did not end"),
            Fact(label: "Collected from", value: VisibleText.singleLine(snapshot.apiBase)),
            Fact(label: "Collected with version", value: VisibleText.singleLine(snapshot.toolVersion)),
            Fact(label: "Snapshot schema", value: String(snapshot.schemaVersion)),
            Fact(label: "Result schema", value: String(result.schemaVersion)),
        ]
    }

    private static func unread(_ entry: CoverageEntry, _ index: ResultIndex) -> Unread {
        Unread(
            data: Words.table(entry.table),
            place: place(entry, index),
            status: entry.status.word,
            why: VisibleText.singleLine(entry.reason ?? "No reason was given."),
            permission: VisibleText.singleLine(entry.permission),
            rows: rows(entry)
        )
    }

    private static func read(_ entry: CoverageEntry, _ index: ResultIndex) -> Read {
        Read(
            data: Words.table(entry.table),
            place: place(entry, index),
            status: entry.status.word,
            rows: rows(entry)
        )
    }

    private static func place(_ entry: CoverageEntry, _ index: ResultIndex) -> String {
        let zone = entry.zoneID.map { ", zone \($0)" } ?? ""
        return VisibleText.singleLine(index.account(entry.accountID) + zone)
    }

    private static func rows(_ entry: CoverageEntry) -> String {
        guard let total = entry.reportedTotal, total != entry.rowCount else { return String(entry.rowCount) }
        return "\(entry.rowCount) of \(total)"
    }
}
