import AuditModel

/// The accounts side by side.
struct AccountsModel: Sendable {
    /// An account.
    struct Row: Sendable {
        let accountTitle: String
        let accountID: String
        let accountMarks: [AccessModel.Mark]
        let openCount: Int
        let acceptedFails: Int
        let undecidedHere: Int
        let applicationCount: Int
        let strangerCount: Int
        let readHere: String
    }

    /// Findings and verdicts of one account.
    private struct Tally {
        var open = [Int](repeating: 0, count: Severity.allCases.count)
        var accepted = 0
        var unknown = 0
        var applications = 0
        var strangers = 0
        var read = 0
        var kinds = 0
    }

    let accountRows: [Row]
    let accountsCut: String?

    /// Counts; `nil` when there is one account only.
    init?(_ index: ResultIndex) {
        let result = index.result
        guard index.hasSeveralAccounts else { return nil }
        var tallies: [String: Tally] = [:]
        for finding in result.findings {
            if finding.verdict == .unknown {
                tallies[finding.accountID, default: Tally()].unknown += 1
            } else if finding.state == .open {
                tallies[finding.accountID, default: Tally()].open[finding.severity.rank] += 1
            } else {
                tallies[finding.accountID, default: Tally()].accepted += 1
            }
        }
        for application in result.applications {
            tallies[application.accountID, default: Tally()].applications += 1
            guard application.weakest?.assurance.isStranger == true else { continue }
            tallies[application.accountID, default: Tally()].strangers += 1
        }
        for entry in result.coverage {
            tallies[entry.accountID, default: Tally()].kinds += 1
            if entry.status.isReliable { tallies[entry.accountID, default: Tally()].read += 1 }
        }
        accountRows = result.accounts.prefix(PageLimits.rows).map { account in
            Self.row(account, tallies[account.id] ?? Tally())
        }
        accountsCut = PageLimits.cut(result.accounts.count - PageLimits.rows, "account")
    }

    private static func row(_ account: Account, _ tally: Tally) -> Row {
        Row(
            accountTitle: VisibleText.singleLine(account.label),
            accountID: VisibleText.singleLine(account.id),
            accountMarks: zip(Severity.allCases, tally.open).filter { $0.1 > 0 }.map { severity, count in
                AccessModel.Mark(
                    severity: severity.rawValue,
                    word: severity.word,
                    symbol: severity.symbol,
                    markCount: count
                )
            },
            openCount: tally.open.reduce(0, +),
            acceptedFails: tally.accepted,
            undecidedHere: tally.unknown,
            applicationCount: tally.applications,
            strangerCount: tally.strangers,
            readHere: "\(tally.read) of \(tally.kinds)"
        )
    }
}
