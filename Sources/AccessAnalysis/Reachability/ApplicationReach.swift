package import AuditModel

/// Who can get in to an application, and how (explain.md, "Without a requester").
package struct ApplicationReach: Sendable, Hashable {
    /// Whether anyone at all gets in.
    package let anybody: Truth
    /// Answers about all requesters that exist.
    package let answers: [ReachQuestion: Truth]
    /// Every way that surely lets somebody in, policies in run order.
    package let ways: [WayIn]
    /// The way that demands least; `nil` when nobody surely gets in.
    package let weakest: WayIn?
    /// A requester who gets in by the weakest way.
    package let witness: Requester?
    /// What is not known and may decide, each in a clause with what would settle it; empty when all is known.
    package internal(set) var doubts: [String]
}

/// Questions about all requesters that exist.
package enum ReachQuestion: String, Sendable, CaseIterable {
    /// Does one without login, token and certificate get in?
    case anonymous
    /// Does one get in whose only credential is an arbitrary mailbox?
    case anyMailbox = "any_mailbox"
    /// Does one get in whose only credential is an arbitrary account of a public identity provider?
    case consumerAccount = "consumer_account"
    /// Does one get in through an Allow policy who can prove no second factor?
    case withoutMFA = "without_mfa"
    /// Does one get in who passes no device posture check and shows no client certificate?
    case withoutDevicePosture = "without_device_posture"
    /// Does one get in from an address and a country that no policy names?
    case fromAnywhere = "from_anywhere"
}

/// What the analysis says of one policy of an application.
package struct PolicySummary: Sendable, Hashable {
    package let policyID: String
    /// `nil` for a policy that is in no answer of the API.
    package let policyName: String?
    /// As the API spells it; `nil` when it gave none.
    package let decision: String?
    /// Precedence in the application's list; `nil` when it has none.
    package let precedence: Int?
    /// Place in run order, from 1.
    package let order: Int
    package let mfa: PolicyMFA
    package let session: PolicySession?
    /// Whether anybody matches it, were it the only policy.
    package let canMatch: Truth
    /// The first earlier policy that alone covers it.
    package let shadowedBy: String?
}

/// Whether a policy demands a second factor, and which level decided.
package struct PolicyMFA: Sendable, Hashable {
    /// The answer, as documents spell it.
    package enum State: String, Sendable {
        case required, unknown
        case notRequired = "not_required"
    }

    /// The level that decided.
    package enum Source: String, Sendable {
        case selector, policy, application, organization, none
    }

    package let state: State
    package let source: Source
    /// One sentence for evidence.
    package let explanation: String
}

/// Something in an application's policies that does not do what it seems to do.
package struct PolicyDefect: Sendable, Hashable {
    /// In the words of Cedar's analysis where it has one.
    package enum Kind: String, Sendable, CaseIterable {
        case neverMatches = "never_matches"
        case shadowed
        case blockWithoutEffect = "block_without_effect"
        case redundant
        case danglingReference = "dangling_reference"
        case groupCycle = "group_cycle"
        case weakerThanParent = "weaker_than_parent"
        case duplicateDestination = "duplicate_destination"
        case notUnderstood = "not_understood"
    }

    package let kind: Kind
    /// `nil` for what concerns the application as a whole.
    package let policyID: String?
    package let message: String
}

/// Everything that the analysis says of one application.
package struct ApplicationAnalysis: Sendable, Hashable {
    package let applicationID: String
    package let applicationName: String
    /// As the API spells it; empty when it gave none.
    package let applicationType: String
    package let policies: [PolicySummary]
    package let reach: ApplicationReach
    package internal(set) var defects: [PolicyDefect]
}
