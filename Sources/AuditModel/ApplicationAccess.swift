/// Who can get in to an Access application, and by which way with the least demands.
package struct ApplicationAccess: Codable, Sendable, Hashable {
    /// Account of the application.
    package var accountID: String
    /// Cloudflare's id.
    package var applicationID: String
    /// Name given by people, or the id where there is none.
    package var name: String
    /// As the API spells it; empty when it gave none.
    package var type: String
    /// Host and path that the API names first; `nil` when it names none.
    package var domain: String?
    /// How much it matters.
    package var tier: ApplicationTier
    /// Ids of its policies in the order in which Access runs them.
    package var policyIDs: [String]
    /// Answers about all requesters that exist.
    package var reach: Reach
    /// The way that demands least; `nil` when nobody surely gets in.
    package var weakest: WayIn?
    /// A requester who gets in by it, a document in the form of `requester.schema.json`; `nil` without a way.
    package var witness: String?
    /// What is not known and may decide, each in a clause; empty when all is known.
    package var doubts: [String]

    /// Who of all requesters that exist gets in.
    package struct Reach: Codable, Sendable, Hashable {
        /// Anyone at all.
        package var anybody: Truth
        /// One without login, token and certificate.
        package var anonymous: Truth
        /// One whose only credential is an arbitrary mailbox.
        package var anyMailbox: Truth
        /// One whose only credential is an account of a public identity provider.
        package var consumerAccount: Truth
        /// One who logs in and can prove no second factor.
        package var withoutMFA: Truth
        /// One who passes no device posture check and shows no client certificate.
        package var withoutDevicePosture: Truth
        /// One from an address and a country that no policy names.
        package var fromAnywhere: Truth

        /// Creates answers from its members.
        package init(
            anybody: Truth,
            anonymous: Truth,
            anyMailbox: Truth,
            consumerAccount: Truth,
            withoutMFA: Truth,
            withoutDevicePosture: Truth,
            fromAnywhere: Truth
        ) {
            self.anybody = anybody
            self.anonymous = anonymous
            self.anyMailbox = anyMailbox
            self.consumerAccount = consumerAccount
            self.withoutMFA = withoutMFA
            self.withoutDevicePosture = withoutDevicePosture
            self.fromAnywhere = fromAnywhere
        }

        private enum CodingKeys: String, CodingKey {
            case anybody, anonymous
            case anyMailbox = "any_mailbox"
            case consumerAccount = "consumer_account"
            case withoutMFA = "without_mfa"
            case withoutDevicePosture = "without_device_posture"
            case fromAnywhere = "from_anywhere"
        }
    }

    /// Creates an entry from its members.
    package init(
        accountID: String,
        applicationID: String,
        name: String,
        type: String,
        domain: String? = nil,
        tier: ApplicationTier = .standard,
        policyIDs: [String] = [],
        reach: Reach,
        weakest: WayIn?,
        witness: String?,
        doubts: [String]
    ) {
        self.accountID = accountID
        self.applicationID = applicationID
        self.name = name
        self.type = type
        self.domain = domain
        self.tier = tier
        self.policyIDs = policyIDs
        self.reach = reach
        self.weakest = weakest
        self.witness = witness
        self.doubts = doubts
    }

    /// Whether `self` comes before `other`: weakest way first, then what is not known, then what is closed.
    package func isWeaker(than other: ApplicationAccess) -> Bool {
        if rank != other.rank { return rank.lexicographicallyPrecedes(other.rank) }
        return [name, accountID, applicationID]
            .lexicographicallyPrecedes([other.name, other.accountID, other.applicationID])
    }

    private var rank: [Int] {
        weakest?.rank ?? [Assurance.allCases.count + (reach.anybody == .no ? 1 : 0)]
    }

    private enum CodingKeys: String, CodingKey {
        case accountID = "account_id"
        case applicationID = "application_id"
        case name, type, domain, tier
        case policyIDs = "policies"
        case reach, weakest, witness, doubts
    }
}

extension ApplicationAccess {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        accountID = try container.decode(String.self, forKey: .accountID)
        applicationID = try container.decode(String.self, forKey: .applicationID)
        name = try container.decode(String.self, forKey: .name)
        type = try container.decode(String.self, forKey: .type)
        domain = try container.decodeIfPresent(String.self, forKey: .domain)
        // Results that were saved before they had these are read all the same.
        tier = try container.decodeIfPresent(ApplicationTier.self, forKey: .tier) ?? .standard
        policyIDs = try container.decodeIfPresent([String].self, forKey: .policyIDs) ?? []
        reach = try container.decode(Reach.self, forKey: .reach)
        weakest = try container.decodeIfPresent(WayIn.self, forKey: .weakest)
        witness = try container.decodeIfPresent(String.self, forKey: .witness)
        doubts = try container.decode([String].self, forKey: .doubts)
    }
}
