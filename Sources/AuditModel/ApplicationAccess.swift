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
    /// Answers about all requesters that exist.
    package var reach: Reach
    /// The way that demands least; `nil` when nobody surely gets in.
    package var weakest: Way?
    /// A requester who gets in by it, a document in the form of `requester.schema.json`; `nil` without a way.
    package var witness: String?
    /// What is not known and may decide, each in a clause; empty when all is known.
    package var doubts: [String]

    /// An answer that the configuration may not settle.
    package enum Answer: String, CaseIterable, Codable, Sendable {
        case yes, no, unknown
    }

    /// How much a requester must show of who it is, weakest first.
    package enum Assurance: String, CaseIterable, Codable, Sendable {
        /// No credential at all.
        case none
        /// One-time PIN, any address.
        case anyMailbox = "any_mailbox"
        /// Any account of a public identity provider.
        case consumerAccount = "consumer_account"
        case anyServiceToken = "any_service_token"
        case anyCertificate = "any_certificate"
        /// Anyone whom a closed identity provider lets log in.
        case directory
        /// An address of a named domain.
        case domain
        /// A named group, claim or list.
        case group
        /// A named person, token, certificate name or linked application.
        case named

        /// Whether whoever shows no more is nobody in particular.
        package var isStranger: Bool {
            switch self {
            case .none, .anyMailbox, .consumerAccount: true
            case .anyServiceToken, .anyCertificate, .directory, .domain, .group, .named: false
            }
        }
    }

    /// Who of all requesters that exist gets in.
    package struct Reach: Codable, Sendable, Hashable {
        /// Anyone at all.
        package var anybody: Answer
        /// One without login, token and certificate.
        package var anonymous: Answer
        /// One whose only credential is an arbitrary mailbox.
        package var anyMailbox: Answer
        /// One whose only credential is an account of a public identity provider.
        package var consumerAccount: Answer
        /// One who logs in and can prove no second factor.
        package var withoutMFA: Answer
        /// One who passes no device posture check and shows no client certificate.
        package var withoutDevicePosture: Answer
        /// One from an address and a country that no policy names.
        package var fromAnywhere: Answer

        /// Creates answers from its members.
        package init(
            anybody: Answer,
            anonymous: Answer,
            anyMailbox: Answer,
            consumerAccount: Answer,
            withoutMFA: Answer,
            withoutDevicePosture: Answer,
            fromAnywhere: Answer
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

    /// A set of conditions that lets somebody in.
    package struct Way: Codable, Sendable, Hashable {
        /// What its weakest requester shows of who it is.
        package var assurance: Assurance
        /// The policy that admits.
        package var policyID: String
        /// Its name.
        package var policyName: String
        /// What a requester must show, in words.
        package var conditions: String
        /// Whether a second factor is demanded.
        package var mfa: Answer
        /// Whether a device posture check or a client certificate is demanded.
        package var devicePosture: Answer
        /// Whether an address or a country is demanded.
        package var network: Answer

        /// Creates a way from its members.
        package init(
            assurance: Assurance,
            policyID: String,
            policyName: String,
            conditions: String,
            mfa: Answer,
            devicePosture: Answer,
            network: Answer
        ) {
            self.assurance = assurance
            self.policyID = policyID
            self.policyName = policyName
            self.conditions = conditions
            self.mfa = mfa
            self.devicePosture = devicePosture
            self.network = network
        }

        private enum CodingKeys: String, CodingKey {
            case assurance
            case policyID = "policy_id"
            case policyName = "policy_name"
            case conditions, mfa
            case devicePosture = "device_posture"
            case network
        }
    }

    /// Creates an entry from its members.
    package init(
        accountID: String,
        applicationID: String,
        name: String,
        type: String,
        reach: Reach,
        weakest: Way?,
        witness: String?,
        doubts: [String]
    ) {
        self.accountID = accountID
        self.applicationID = applicationID
        self.name = name
        self.type = type
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
        guard let weakest else { return [Assurance.allCases.count + (reach.anybody == .no ? 1 : 0)] }
        let place = Assurance.allCases.firstIndex(of: weakest.assurance) ?? 0
        return [place]
            + [weakest.mfa, weakest.devicePosture, weakest.network].map { answer in
                switch answer {
                case .no: 0
                case .unknown: 1
                case .yes: 2
                }
            }
    }

    private enum CodingKeys: String, CodingKey {
        case accountID = "account_id"
        case applicationID = "application_id"
        case name, type, reach, weakest, witness, doubts
    }
}
