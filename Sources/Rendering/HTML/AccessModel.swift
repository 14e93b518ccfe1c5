import AuditModel

/// Who can get in to each application, weakest way first.
struct AccessModel: Sendable {
    /// An application.
    struct Row: Sendable {
        let resourceName: String
        /// Account; `nil` where there is one only.
        let home: String?
        let applicationType: String
        /// Who gets in, in a few words.
        let who: String
        /// Conditions of the weakest way and its policy; `nil` where there is no way.
        let way: Way?
        /// What is not known; `nil` where a way is.
        let doubt: String?
        let mfa: String
        let device: String
        let network: String
    }

    /// How one gets in.
    struct Way: Sendable {
        let conditions: String
        let policyName: String
    }

    /// A box around the applications that are folded away.
    struct Rest: Sendable {
        let restCount: String
        let restRows: [Row]
    }

    /// Applications that are shown at once, and those that are shown at all: a page of every one would be too long.
    private static let (visible, listed) = (10, 200)

    let accessLead: String
    let weakestRows: [Row]
    let rest: Rest?
    /// What is left out, in a sentence; `nil` when nothing is.
    let cut: String?

    /// Gathers them; `nil` when there are none.
    init?(_ index: ResultIndex) {
        guard let sentences = AccessSentences(index.result) else { return nil }
        let applications = index.result.applications
        let rows = applications.prefix(Self.listed).map { Self.row($0, index) }
        accessLead = sentences.strangers
        weakestRows = Array(rows.prefix(Self.visible))
        let more = Array(rows.dropFirst(Self.visible))
        rest = more.isEmpty ? nil : Rest(restCount: Words.count(more.count, "more application"), restRows: more)
        let left = applications.count - rows.count
        cut =
            left == 0
            ? nil
            : "\(Words.count(left, "application")) whose way in demands as much or more "
                + "\(left == 1 ? "is" : "are") left out here; the JSON report has all."
    }

    private static func row(_ access: ApplicationAccess, _ index: ResultIndex) -> Row {
        let way = access.weakest
        return Row(
            resourceName: access.name.isEmpty ? "unnamed" : VisibleText.singleLine(access.name),
            home: index.hasSeveralAccounts ? VisibleText.singleLine(index.account(access.accountID)) : nil,
            applicationType: access.type.isEmpty ? "none" : VisibleText.singleLine(access.type),
            who: access.word,
            way: way.map {
                Way(
                    conditions: VisibleText.singleLine($0.conditions),
                    policyName: VisibleText.singleLine($0.policyName)
                )
            },
            doubt: access.doubt.map(VisibleText.singleLine),
            mfa: way?.mfa.demand ?? "–",
            device: way?.devicePosture.demand ?? "–",
            network: way?.network.demand ?? "–"
        )
    }
}
