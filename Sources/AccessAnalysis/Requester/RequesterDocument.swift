package import Foundation
package import JSONModel

extension Requester {
    /// Names of the members of a document.
    private enum Member: String, CaseIterable {
        case email
        case identityProviderID = "identity_provider_id"
        case authMethods = "auth_methods"
        case authContexts = "auth_contexts"
        case groups, saml, oidc
        case accountMember = "account_member"
        case ip, country
        case devicePosture = "device_posture"
        case certificate
        case serviceTokenID = "service_token_id"
        case linkedAppUID = "linked_app_uid"
        case userRiskScore = "user_risk_score"
        case externalEvaluation = "external_evaluation"
        case independentMFA = "independent_mfa"
    }

    /// Far above any real requester; keeps a wrong file from costing memory.
    private static let maximumBytes = 1 << 20

    /// Reads a document in the form of `requester.schema.json`.
    ///
    /// - Parameters:
    ///   - data: The whole document, UTF-8.
    ///   - file: Name of the file, for messages.
    /// - Throws: ``RequesterError``.
    package init(parsing data: Data, file: String) throws(RequesterError) {
        let reader = RequesterReader(file: file)
        let remedy = "Give a JSON document in UTF-8; 'ztaudit schema --requester' describes it"
        guard data.count <= Self.maximumBytes else {
            throw reader.failure(.tooLarge, MemberPath(), "is larger than 1 MiB", remedy)
        }
        let document: JSONValue
        // Decoders take other encodings for JSON too; their text has zero bytes, which JSON in UTF-8 has not.
        guard !data.contains(0), String(validating: data, as: UTF8.self) != nil else {
            throw reader.failure(.notJSON, MemberPath(), "is not in UTF-8", remedy)
        }
        do {
            document = try JSONValue(parsing: data)
        } catch {
            throw reader.failure(.notJSON, MemberPath(), "is not JSON\(Self.detail(of: data))", remedy)
        }
        if let path = RepeatedMember.path(in: [UInt8](data)) {
            throw reader.failure(.repeatedMember, path, "is there twice", "Keep one of the two")
        }
        try self.init(document, file: file)
    }

    /// Where the reader gave up, in brackets; empty when it does not say.
    private static func detail(of data: Data) -> String {
        do {
            // The decoder does not say where it stopped on every system; this reader does.
            _ = try JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed)
            return ""
        } catch {
            guard let detail = (error as NSError).userInfo["NSDebugDescription"] as? String else { return "" }
            return " (\(detail.hasSuffix(".") ? String(detail.dropLast()) : detail))"
        }
    }

    /// Reads a document in the form of `requester.schema.json`.
    ///
    /// - Parameters:
    ///   - document: The document.
    ///   - file: Name of the file, for messages.
    /// - Throws: ``RequesterError``.
    package init(_ document: JSONValue, file: String) throws(RequesterError) {
        let reader = RequesterReader(file: file)
        let members = try reader.members(of: document, at: MemberPath(), known: Member.allCases.map(\.rawValue))
        func asserted<Value>(
            _ member: Member,
            _ read: (JSONValue, MemberPath) throws(RequesterError) -> Value
        ) throws(RequesterError) -> Asserted<Value> {
            guard let value = members[member.rawValue] else { return .absent }
            return value.isNull ? .unknown : .known(try read(value, MemberPath().member(member.rawValue)))
        }
        email = try asserted(.email, reader.text)
        identityProviderID = try asserted(.identityProviderID, reader.text)
        authMethods = try asserted(.authMethods, reader.texts)
        authContexts = try asserted(.authContexts, reader.texts)
        groups = try asserted(.groups, reader.groups)
        saml = try asserted(.saml, reader.namedTexts)
        oidc = try asserted(.oidc, reader.namedTexts)
        accountMember = try asserted(.accountMember, reader.boolean)
        ip = try asserted(.ip, reader.address)
        country = try asserted(.country, reader.country)
        devicePosture = try asserted(.devicePosture, reader.texts)
        certificate = try asserted(.certificate, reader.certificate)
        serviceTokenID = try asserted(.serviceTokenID, reader.text)
        linkedAppUID = try asserted(.linkedAppUID, reader.text)
        userRiskScore = try asserted(.userRiskScore, reader.word)
        externalEvaluation = try asserted(.externalEvaluation, reader.boolean)
        independentMFA = try asserted(.independentMFA, reader.authenticators)
    }

    /// The document that reads as this requester: members in the form of `requester.schema.json`, sets sorted.
    package var document: JSONValue {
        var members: [String: JSONValue] = [:]
        func put<Value>(_ member: Member, _ asserted: Asserted<Value>, _ json: (Value) -> JSONValue) {
            switch asserted {
            case .absent: break
            case .unknown: members[member.rawValue] = .some(.null)
            case .known(let value): members[member.rawValue] = json(value)
            }
        }
        put(.email, email, JSONValue.string)
        put(.identityProviderID, identityProviderID, JSONValue.string)
        put(.authMethods, authMethods, JSONValue.sorted)
        put(.authContexts, authContexts, JSONValue.sorted)
        put(.groups, groups, \.document)
        put(.saml, saml) { .object($0.mapValues(JSONValue.sorted)) }
        put(.oidc, oidc) { .object($0.mapValues(JSONValue.sorted)) }
        put(.accountMember, accountMember, JSONValue.bool)
        put(.ip, ip, JSONValue.string)
        put(.country, country, JSONValue.string)
        put(.devicePosture, devicePosture, JSONValue.sorted)
        put(.certificate, certificate) { .object($0.commonName.map { ["common_name": .string($0)] } ?? [:]) }
        put(.serviceTokenID, serviceTokenID, JSONValue.string)
        put(.linkedAppUID, linkedAppUID, JSONValue.string)
        put(.userRiskScore, userRiskScore) { .string($0.rawValue) }
        put(.externalEvaluation, externalEvaluation, JSONValue.bool)
        put(.independentMFA, independentMFA) { .sorted(Set($0.map(\.rawValue))) }
        return .object(members)
    }
}

extension JSONValue {
    fileprivate static func sorted(_ texts: Set<String>) -> JSONValue { .array(texts.sorted().map(JSONValue.string)) }
}

extension Requester.Groups {
    fileprivate enum Member: String, CaseIterable {
        case azureAD, okta, gsuite
        case github = "github-organization"
    }

    /// Kinds without any membership are left out: they say the same.
    fileprivate var document: JSONValue {
        let organizations = github.map { organization in
            var members: [String: JSONValue] = ["name": .string(organization.name)]
            if !organization.teams.isEmpty { members["teams"] = .sorted(organization.teams) }
            return JSONValue.object(members)
        }
        let kinds: [(Member, JSONValue)] = [
            (.azureAD, .sorted(azureAD)), (.okta, .sorted(okta)), (.gsuite, .sorted(gsuite)),
            (.github, .array(organizations)),
        ]
        return .object(
            Dictionary(kinds.filter { $0.1 != [] }.map { ($0.0.rawValue, $0.1) }) { _, last in last }
        )
    }
}

extension RequesterReader {
    fileprivate func groups(_ value: JSONValue, at path: MemberPath) throws(RequesterError) -> Requester.Groups {
        let members = try members(of: value, at: path, known: Requester.Groups.Member.allCases.map(\.rawValue))
        func memberships(_ member: Requester.Groups.Member) throws(RequesterError) -> Set<String> {
            guard let list = members[member.rawValue] else { return [] }
            return try texts(list, at: path.member(member.rawValue))
        }
        let github = Requester.Groups.Member.github.rawValue
        return Requester.Groups(
            azureAD: try memberships(.azureAD),
            okta: try memberships(.okta),
            gsuite: try memberships(.gsuite),
            github: try list(members[github] ?? [], at: path.member(github), organization)
        )
    }

    private func organization(
        _ value: JSONValue,
        at path: MemberPath
    ) throws(RequesterError) -> Requester.GitHubOrganization {
        let members = try members(of: value, at: path, known: ["name", "teams"])
        guard let name = members["name"] else {
            throw failure(.missingMember, path, "lacks the member 'name'", "Add the organization's name")
        }
        return Requester.GitHubOrganization(
            name: try text(name, at: path.member("name")),
            teams: try texts(members["teams"] ?? [], at: path.member("teams"))
        )
    }

    fileprivate func certificate(
        _ value: JSONValue,
        at path: MemberPath
    ) throws(RequesterError) -> Requester.Certificate {
        let members = try members(of: value, at: path, known: ["common_name"])
        guard let name = members["common_name"] else { return Requester.Certificate() }
        return Requester.Certificate(commonName: try text(name, at: path.member("common_name")))
    }

    fileprivate func authenticators(
        _ value: JSONValue,
        at path: MemberPath
    ) throws(RequesterError) -> Set<Requester.Authenticator> {
        Set(try list(value, at: path, word))
    }
}
