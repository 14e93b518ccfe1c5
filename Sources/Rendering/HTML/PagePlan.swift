import AuditModel

/// Which open findings the page shows, and the anchors of findings and rules.
///
/// Made before the parts of the page, since they link to one another.
struct PagePlan: Sendable {
    /// A rule with its open findings of one severity.
    struct Card: Sendable {
        let ruleID: String
        let severity: Severity
        /// All of them, by their places in the result.
        fileprivate(set) var places: [Int]
        /// Those that the page shows.
        fileprivate(set) var shown: [Int] = []
        fileprivate(set) var anchor = ""
    }

    /// Worst severity first; rules in the order of their first finding.
    let cards: [Card]
    let controls: ControlPlan
    private var findingAnchors: [Int: String] = [:]
    private var ruleAnchors: [String: String] = [:]
    private var undecidedAnchors: [String: String] = [:]

    /// - Parameters:
    ///   - result: What the audit found out.
    ///   - applications: Decides which findings of a rule are kept where not all are.
    ///   - limit: Findings that the page holds.
    init(_ result: AuditResult, _ applications: ApplicationFindings, limit: Int = PageLimits.findings) {
        var cards = Self.group(result)
        let shares = PageLimits.shares(of: cards.map { ($0.severity, $0.places.count) }, limit: limit)
        var names = AnchorNames()
        for severity in Severity.allCases { _ = names.unique("severity-\(severity.rawValue)") }
        for place in cards.indices {
            var card = cards[place]
            card.shown = Self.worst(shares[place], of: card.places) { applications.tier(of: result.findings[$0]) }
            card.anchor = names.unique("\(AnchorNames.safe(card.ruleID))-\(card.severity.rawValue)")
            cards[place] = card
            if ruleAnchors[card.ruleID] == nil { ruleAnchors[card.ruleID] = card.anchor }
            for finding in card.shown {
                findingAnchors[finding] = names.unique(AnchorNames.fingerprint(result.findings[finding]))
            }
            // What is left out is found with its rule.
            for finding in card.places where findingAnchors[finding] == nil { findingAnchors[finding] = card.anchor }
        }
        self.cards = cards
        controls = ControlPlan(result, &names)
        for finding in result.findings where finding.verdict == .unknown && undecidedAnchors[finding.ruleID] == nil {
            undecidedAnchors[finding.ruleID] = names.unique("undecided-\(AnchorNames.safe(finding.ruleID))")
        }
        for outcome in result.rules where ruleAnchors[outcome.metadata.id] == nil {
            let id = outcome.metadata.id
            let accepted = outcome.counts.fail > 0 ? "accepted" : nil
            ruleAnchors[id] = undecidedAnchors[id] ?? accepted ?? names.unique("rule-\(AnchorNames.safe(id))")
        }
    }

    /// Anchor of the open finding at `place`, or of its rule where the page leaves it out.
    func anchor(ofFinding place: Int) -> String { findingAnchors[place] ?? "findings" }

    /// Where the page says most of the rule.
    func anchor(ofRule id: String) -> String { ruleAnchors[id] ?? "findings" }

    /// Anchor of what the rule could not decide.
    func anchor(ofUndecidedRule id: String) -> String { undecidedAnchors[id] ?? "undecided" }

    private static func group(_ result: AuditResult) -> [Card] {
        struct Key: Hashable {
            let ruleID: String
            let severity: Severity
        }
        var cards: [Card] = []
        var known: [Key: Int] = [:]
        for (place, finding) in result.findings.enumerated() where finding.isOpenFail {
            let key = Key(ruleID: finding.ruleID, severity: finding.severity)
            if let card = known[key] {
                cards[card].places.append(place)
            } else {
                known[key] = cards.count
                cards.append(Card(ruleID: finding.ruleID, severity: finding.severity, places: [place]))
            }
        }
        return Severity.allCases.flatMap { severity in cards.filter { $0.severity == severity } }
    }

    /// The first `count` of `places` when those of the tier that matters most go first; in their own order.
    private static func worst(_ count: Int, of places: [Int], tier: (Int) -> ApplicationTier?) -> [Int] {
        guard places.count > count else { return places }
        let tiers = places.map { (place: $0, tier: tier($0)) }
        let wanted = ApplicationTier.allCases.map(Optional.some) + [nil]
        return wanted.flatMap { tier in tiers.filter { $0.tier == tier } }.prefix(count).map(\.place).sorted()
    }
}

/// How much the page holds of each kind, so that it opens quickly however large the account is.
enum PageLimits {
    static let findings = 1200
    static let applications = 80
    /// Undecided resources of a rule.
    static let resources = 20
    /// Rows of a table whose rows are one for each decision, finding or resource kind.
    static let rows = 300
    /// Characters of a text from the account.
    static let characters = 1500

    /// What each rule may show of its findings: all where they fit; otherwise a few of each, then the worst severities.
    ///
    /// - Parameters:
    ///   - counts: Severity and number of findings of each rule.
    ///   - limit: Findings that there is room for; exceeded only where there are very many rules.
    /// - Returns: A number for each rule.
    static func shares(of counts: [(severity: Severity, count: Int)], limit: Int) -> [Int] {
        var shares = counts.map { min($0.count, 3) }
        for severity in Severity.allCases {
            let members = counts.indices.filter { counts[$0].severity == severity }
            let room = limit - shares.reduce(0, +) + members.reduce(0) { $0 + shares[$1] }
            // The largest number for each rule with which all rules of the severity fit.
            var (fits, tooMany) = (3, limit + 1)
            while tooMany - fits > 1 {
                let middle = (fits + tooMany) / 2
                let sum = members.reduce(0) { $0 + min(counts[$1].count, middle) }
                if sum <= room { fits = middle } else { tooMany = middle }
            }
            for place in members { shares[place] = min(counts[place].count, fits) }
        }
        return shares
    }

    /// What is left out, in a sentence; `nil` when nothing is.
    static func cut(_ count: Int, _ singular: String, _ plural: String? = nil) -> String? {
        guard count > 0 else { return nil }
        return "\(Words.count(count, singular, plural)) \(count == 1 ? "is" : "are") left out here to keep the page "
            + "quick; the JSON and CSV reports have all."
    }

    /// The text, or its beginning and a word about the rest.
    static func text(_ text: String) -> String {
        guard text.utf8.count > characters else { return text }
        let rest = text.unicodeScalars.dropFirst(characters).count
        guard rest > 0 else { return text }
        return String(text.unicodeScalars.prefix(characters)) + "… (\(rest) more characters in the JSON report)"
    }
}
