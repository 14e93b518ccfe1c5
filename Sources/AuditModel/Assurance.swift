/// How much a requester must show of who it is, weakest first (explain.md, `assurance`).
package enum Assurance: String, CaseIterable, Codable, Sendable, Comparable {
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

    /// Who gets in, in a clause.
    package var words: String {
        switch self {
        case .none: "no credential at all is needed"
        case .anyMailbox: "any mailbox is enough"
        case .consumerAccount: "any account of a public identity provider is enough"
        case .anyServiceToken: "any service token of the account is enough"
        case .anyCertificate: "any client certificate of an uploaded CA is enough"
        case .directory: "anybody whom a closed identity provider knows gets in"
        case .domain: "anybody with an address at a named domain gets in"
        case .group: "the members of a named group, claim or list get in"
        case .named: "a named person, token, certificate or application gets in"
        }
    }

    /// Place in the order, from 0 for the weakest.
    package var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    /// Whether whoever shows no more is nobody in particular.
    package var isStranger: Bool { self <= .consumerAccount }

    package static func < (left: Assurance, right: Assurance) -> Bool { left.rank < right.rank }
}
