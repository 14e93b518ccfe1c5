import AuditModel
import Foundation

/// A requester who gets in, as the analysis describes it: a document in the form of `requester.schema.json`.
struct Witness: Decodable, Sendable, Hashable {
    /// Members of groups, by the kind of identity provider; GitHub's are no plain names and stay unsaid.
    struct Groups: Decodable, Sendable, Hashable {
        var azureAD: [String]?
        var okta: [String]?
        var gsuite: [String]?
    }

    /// A client certificate.
    struct Certificate: Decodable, Sendable, Hashable {
        var commonName: String?

        private enum CodingKeys: String, CodingKey { case commonName = "common_name" }
    }

    var email: String?
    var identityProviderID: String?
    var authMethods: [String]?
    var groups: Groups?
    var saml: [String: [String]]?
    var oidc: [String: [String]]?
    var ip: String?
    var country: String?
    var devicePosture: [String]?
    var certificate: Certificate?
    var serviceTokenID: String?
    var linkedApplicationID: String?
    var independentMFA: [String]?

    private enum CodingKeys: String, CodingKey {
        case email
        case identityProviderID = "identity_provider_id"
        case authMethods = "auth_methods"
        case groups, saml, oidc, ip, country
        case devicePosture = "device_posture"
        case certificate
        case serviceTokenID = "service_token_id"
        case linkedApplicationID = "linked_app_uid"
        case independentMFA = "independent_mfa"
    }

    /// Reads the document; `nil` when it is none.
    init?(_ document: String) {
        guard let witness = try? JSONDecoder().decode(Witness.self, from: Data(document.utf8)) else { return nil }
        self = witness
    }

    /// How the requester proves who it is, in a few words.
    func proof(_ assurance: Assurance?) -> String {
        if serviceTokenID != nil { return "A service token" }
        if linkedApplicationID != nil { return "A linked application’s token" }
        if identityProviderID == nil { return certificate == nil ? "Nothing" : "A client certificate" }
        switch assurance {
        case .anyMailbox: return "One-time PIN to any mailbox"
        case .consumerAccount: return "Login at a public provider"
        default: break
        }
        if groups?.azureAD?.isEmpty == false { return "Microsoft Entra ID login" }
        if groups?.okta?.isEmpty == false { return "Okta login" }
        if groups?.gsuite?.isEmpty == false { return "Google Workspace login" }
        if saml?.isEmpty == false { return "SAML login" }
        if oidc?.isEmpty == false { return "OpenID Connect login" }
        return "A login"
    }
}

/// A witness in words: who gets in, with what, from where.
struct WitnessSentence: Sendable {
    /// A whole sentence on one line.
    let text: String

    /// Words the witness.
    ///
    /// - Parameters:
    ///   - document: The requester who gets in; no sentence comes of anything else.
    ///   - way: The way in that the requester takes; without it nothing is said of what is not demanded.
    init?(_ document: String?, by way: WayIn?) {
        guard let document, let witness = Witness(document) else { return nil }
        var parts = [Self.subject(witness, way?.assurance)]
        if let methods = witness.authMethods, !methods.isEmpty {
            parts.append("whose login reports \(Words.list(methods.map { "“\($0)”" }))")
        }
        switch way?.mfa {
        case .yes where witness.independentMFA?.isEmpty == false:
            parts.append("with a second factor asked by Cloudflare (\(Words.list(witness.independentMFA ?? [])))")
        case .yes: parts.append("with a second factor")
        case .no: parts.append("without a second factor")
        case .unknown, nil: break
        }
        switch way?.devicePosture {
        case .yes where witness.devicePosture?.isEmpty == false:
            let checks = Words.count(witness.devicePosture?.count ?? 0, "device posture check")
            parts.append("on a device that passes \(checks)")
        case .yes, .unknown, nil: break
        case .no: parts.append("on any device")
        }
        switch way?.network {
        case .yes, .unknown, nil: parts += Self.place(witness)
        case .no: parts.append("from any address")
        }
        text = VisibleText.singleLine("For example: \(parts.joined(separator: ", ")).")
    }

    private static func place(_ witness: Witness) -> [String] {
        switch (witness.ip, witness.country) {
        case (let address?, let country?): ["from the address \(address) in \(country)"]
        case (let address?, nil): ["from the address \(address)"]
        case (nil, let country?): ["from the country \(country)"]
        case (nil, nil): []
        }
    }

    private static func subject(_ witness: Witness, _ assurance: Assurance?) -> String {
        if witness.serviceTokenID != nil {
            return assurance == .named
                ? "a program with the service token that is named" : "a program with any service token of the account"
        }
        if witness.linkedApplicationID != nil { return "whoever holds the token of a linked application" }
        if witness.identityProviderID == nil {
            guard let certificate = witness.certificate else {
                return "anyone, without a login, a token or a certificate"
            }
            return certificate.commonName.map { "whoever has a client certificate with the common name “\($0)”" }
                ?? "whoever has any client certificate of an uploaded CA"
        }
        let address = witness.email.map { ", such as \($0)" } ?? ""
        switch assurance {
        case .anyMailbox: return "anyone who receives a one-time PIN at any mailbox\(address)"
        case .consumerAccount: return "anyone who makes an account at a public identity provider\(address)"
        case .domain:
            guard let domain = witness.email?.split(separator: "@").last else { break }
            return "anyone with an e-mail address at \(domain)"
        case .named: return witness.email ?? "the person that is named"
        default: break
        }
        return membership(witness) ?? "anyone whom the identity provider lets log in\(address)"
    }

    private static func membership(_ witness: Witness) -> String? {
        let kinds = [
            ("Entra ID group", witness.groups?.azureAD), ("Okta group", witness.groups?.okta),
            ("Google group", witness.groups?.gsuite),
        ]
        for case (let kind, let names?) in kinds where !names.isEmpty {
            return "a member of the \(kind) \(Words.list(names.map { "“\($0)”" }))"
        }
        for case (let kind, let values?) in [("SAML attribute", witness.saml), ("OIDC claim", witness.oidc)] {
            guard let (name, all) = values.min(by: { $0.key < $1.key }), let value = all.first else { continue }
            return "somebody whose \(kind) \(name) is “\(value)”"
        }
        return nil
    }
}
