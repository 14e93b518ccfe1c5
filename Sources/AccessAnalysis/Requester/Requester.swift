/// What a requester's document says of one thing: the requester does not have it, nobody knows, or this is it.
package enum Asserted<Value: Hashable & Sendable>: Hashable, Sendable {
    /// The document lacks the member.
    case absent
    /// The member is `null`.
    case unknown
    case known(Value)
}

/// Someone or something that asks for an application.
package struct Requester: Sendable, Hashable {
    /// E-mail address, as it was spelt; whoever compares it does so without regard to case.
    package var email: Asserted<String> = .absent
    /// Identity provider of the login; absent without a login.
    package var identityProviderID: Asserted<String> = .absent
    /// Authentication methods (RFC 8176) that the identity provider reports.
    package var authMethods: Asserted<Set<String>> = .absent
    /// Entra authentication contexts that the login meets.
    package var authContexts: Asserted<Set<String>> = .absent
    /// Memberships that the identity provider asserts.
    package var groups: Asserted<Groups> = .absent
    /// Values of every SAML attribute, by its name.
    package var saml: Asserted<[String: Set<String>]> = .absent
    /// Values of every OIDC claim, by its name.
    package var oidc: Asserted<[String: Set<String>]> = .absent
    /// Whether the requester is a member of the Cloudflare account.
    package var accountMember: Asserted<Bool> = .absent
    /// Source address in text form, IPv4 or IPv6.
    package var ip: Asserted<String> = .absent
    /// Country of the source address, in capital letters.
    package var country: Asserted<String> = .absent
    /// Ids of the posture rules and integrations whose check passes.
    package var devicePosture: Asserted<Set<String>> = .absent
    /// Client certificate that an uploaded CA validates.
    package var certificate: Asserted<Certificate> = .absent
    /// Id of the service token that is shown.
    package var serviceTokenID: Asserted<String> = .absent
    /// Id of the application whose linked token is shown.
    package var linkedAppUID: Asserted<String> = .absent
    /// Risk score of the user.
    package var userRiskScore: Asserted<RiskScore> = .absent
    /// What every external evaluation endpoint would answer.
    package var externalEvaluation: Asserted<Bool> = .absent
    /// Authenticators with which the requester can answer Cloudflare's own MFA.
    package var independentMFA: Asserted<Set<Authenticator>> = .absent

    /// A requester that has nothing at all.
    package init() {}
}

extension Requester {
    /// Memberships, spelt as the selectors spell them.
    package struct Groups: Sendable, Hashable {
        package var azureAD: Set<String> = []
        package var okta: Set<String> = []
        package var gsuite: Set<String> = []
        /// In the order of the document.
        package var github: [GitHubOrganization] = []

        /// Memberships; without arguments there are none.
        package init(
            azureAD: Set<String> = [],
            okta: Set<String> = [],
            gsuite: Set<String> = [],
            github: [GitHubOrganization] = []
        ) {
            self.azureAD = azureAD
            self.okta = okta
            self.gsuite = gsuite
            self.github = github
        }
    }

    /// A GitHub organization and the requester's teams in it.
    package struct GitHubOrganization: Sendable, Hashable {
        package var name: String
        package var teams: Set<String>

        /// A membership, without any team where none is given.
        package init(name: String, teams: Set<String> = []) {
            self.name = name
            self.teams = teams
        }
    }

    /// A client certificate.
    package struct Certificate: Sendable, Hashable {
        /// Common name; `nil` when it has none.
        package var commonName: String?

        /// A certificate.
        package init(commonName: String? = nil) { self.commonName = commonName }
    }

    /// User risk score, as Access compares it.
    package enum RiskScore: String, Sendable, CaseIterable {
        case low, medium, high, unscored
    }

    /// A kind of authenticator for Cloudflare's own MFA.
    package enum Authenticator: String, Sendable, CaseIterable {
        case totp, biometrics
        case securityKey = "security_key"
        case pivKey = "piv_key"
        case sshFIDO2Key = "ssh_fido2_key"
    }
}
