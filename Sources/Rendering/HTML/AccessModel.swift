import AuditModel

/// Who can get in to each application, weakest way first.
struct AccessModel: Sendable {
    /// One kind of requester, with the applications whose weakest way in it opens.
    struct Kind: Sendable {
        let who: String
        let isOpenClass: String
        let kindCells: [Cell]
    }

    /// A number in the overview.
    struct Cell: Sendable {
        let tierWord: String
        let cellCount: Int
        let cellClass: String
    }

    /// An application.
    struct Row: Sendable {
        let resourceName: String
        /// Account; `nil` where there is one only.
        let home: String?
        let applicationType: String
        let host: String?
        /// Class and word of the tier, and its place in the order.
        let tier: String
        let tierWord: String
        let tierRank: Int
        /// Place in the list, the weakest way first.
        let wayRank: Int
        let steps: [Step]
        /// Conditions of the weakest way and its policy; `nil` where there is no way.
        let way: Way?
        /// Somebody who gets in; `nil` where nobody surely does.
        let witness: String?
        /// What is not known; `nil` where a way is.
        let doubt: String?
        let findingCount: Int
        let findingMarks: [Mark]
        let findingLinks: LinkList?
    }

    /// A part of the way in: who, proof, second factor, device, network.
    struct Step: Sendable {
        let icon: String
        /// `open`, `closed`, `unclear` or `plain`.
        let stepTone: String
        let stepLabel: String
        let stepValue: String
    }

    /// How one gets in.
    struct Way: Sendable {
        let conditions: String
        let policyName: String
    }

    /// Open findings of one severity.
    struct Mark: Sendable {
        let severity: String
        let word: String
        let symbol: String
        let markCount: Int
    }

    /// A box around links to findings.
    struct LinkList: Sendable {
        let linkRows: [Link]
        let linksCut: String?
    }

    /// A link to a finding.
    struct Link: Sendable {
        let linkAnchor: String
        let linkTitle: String
    }

    /// Findings that an application's row links to.
    private static let links = 3

    let accessLead: String
    let kinds: [Kind]
    let accessRows: [Row]
    /// What is left out, in a sentence; `nil` when nothing is.
    let accessCut: String?

    /// Gathers them; `nil` when there are none.
    init?(_ index: ResultIndex, _ plan: PagePlan, _ applications: ApplicationFindings) {
        guard let sentences = AccessSentences(index.result) else { return nil }
        let all = index.result.applications
        accessLead = sentences.strangers
        kinds = Self.kinds(all)
        accessRows = all.indices.prefix(PageLimits.applications).map { Self.row($0, index, plan, applications) }
        let left = all.count - accessRows.count
        accessCut =
            left == 0
            ? nil
            : "\(Words.count(left, "application")) whose way in demands as much or more "
                + "\(left == 1 ? "is" : "are") left out here; the JSON report has all."
    }

    /// Applications by the weakest way in and by tier; what no application has is left out.
    private static func kinds(_ all: [ApplicationAccess]) -> [Kind] {
        // Every way first, weakest first, then what is not known and what is closed.
        var counts = [[Int]](repeating: [0, 0, 0], count: Assurance.allCases.count + 2)
        for access in all {
            let closed = access.reach.anybody == .no ? 1 : 0
            counts[access.weakest?.assurance.rank ?? Assurance.allCases.count + closed][access.tier.rank - 1] += 1
        }
        let words = Assurance.allCases.map(\.word) + ["Not known", "Nobody"]
        return zip(words, counts).enumerated().compactMap { place, entry in
            let (word, numbers) = entry
            guard numbers.contains(where: { $0 > 0 }) else { return nil }
            let isOpen = place <= Assurance.consumerAccount.rank
            let cells = zip(ApplicationTier.allCases, numbers).map { tier, number in
                Cell(
                    tierWord: tier.word,
                    cellCount: number,
                    cellClass: number == 0 ? "zero" : isOpen ? "alarm" : "some"
                )
            }
            return Kind(who: word, isOpenClass: isOpen ? "open" : "plain", kindCells: cells)
        }
    }

    private static func row(
        _ place: Int,
        _ index: ResultIndex,
        _ plan: PagePlan,
        _ applications: ApplicationFindings
    ) -> Row {
        let access = index.result.applications[place]
        let counts = applications.counts(of: place)
        let total = counts.reduce(0, +)
        let links = applications.findings(of: place, atMost: Self.links).map { finding in
            let id = index.result.findings[finding].ruleID
            return Link(
                linkAnchor: plan.anchor(ofFinding: finding),
                linkTitle: VisibleText.prose(index.outcome(id)?.metadata.title ?? id)
            )
        }
        let more = total - links.count
        return Row(
            resourceName: access.label,
            home: index.hasSeveralAccounts ? VisibleText.singleLine(index.account(access.accountID)) : nil,
            applicationType: access.type.isEmpty ? "none" : VisibleText.singleLine(access.type),
            host: access.domain.map { VisibleText.singleLine(PageLimits.text($0)) },
            tier: access.tier.rawValue,
            tierWord: access.tier.word,
            tierRank: access.tier.rank,
            wayRank: place,
            steps: steps(access),
            way: access.weakest.map {
                Way(
                    conditions: VisibleText.singleLine(PageLimits.text($0.conditions)),
                    policyName: VisibleText.singleLine($0.policyName)
                )
            },
            witness: WitnessSentence(access.witness, by: access.weakest)?.text,
            doubt: access.doubt.map { VisibleText.singleLine(PageLimits.text($0)) },
            findingCount: total,
            findingMarks: zip(Severity.allCases, counts).filter { $0.1 > 0 }.map { severity, count in
                Mark(severity: severity.rawValue, word: severity.word, symbol: severity.symbol, markCount: count)
            },
            findingLinks: links.isEmpty
                ? nil
                : LinkList(linkRows: links, linksCut: more > 0 ? "and \(more) more, further up" : nil)
        )
    }

    private static func steps(_ access: ApplicationAccess) -> [Step] {
        guard let way = access.weakest else {
            let tone = access.reach.anybody == .no ? "closed" : "unclear"
            return [Step(icon: "person", stepTone: tone, stepLabel: "Who", stepValue: access.word)]
        }
        let isStranger = way.assurance.isStranger
        let proof = access.witness.flatMap { Witness($0)?.proof(way.assurance) } ?? way.assurance.proof
        return [
            Step(icon: "person", stepTone: isStranger ? "open" : "plain", stepLabel: "Who", stepValue: access.word),
            Step(icon: "key", stepTone: isStranger ? "open" : "plain", stepLabel: "Proof", stepValue: proof),
            demand(way.mfa, icon: "factor", label: "MFA", words: (yes: "Demanded", no: "No")),
            demand(way.devicePosture, icon: "device", label: "Device", words: (yes: "Checked", no: "Any")),
            demand(way.network, icon: "network", label: "Network", words: (yes: "Limited", no: "Any")),
        ]
    }

    private static func demand(
        _ truth: Truth,
        icon: String,
        label: String,
        words: (yes: String, no: String)
    ) -> Step {
        switch truth {
        case .yes: Step(icon: icon, stepTone: "closed", stepLabel: label, stepValue: words.yes)
        case .no: Step(icon: icon, stepTone: "missing", stepLabel: label, stepValue: words.no)
        case .unknown: Step(icon: icon, stepTone: "unclear", stepLabel: label, stepValue: "Not known")
        }
    }
}

extension Assurance {
    /// How the weakest requester proves who it is, where no witness tells.
    fileprivate var proof: String {
        switch self {
        case .none: "Nothing"
        case .anyMailbox: "One-time PIN to any mailbox"
        case .consumerAccount: "Login at a public provider"
        case .anyServiceToken: "A service token"
        case .anyCertificate: "A client certificate"
        case .directory, .domain, .group, .named: "A login"
        }
    }
}
