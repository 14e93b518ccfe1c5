import AuditModel
import Foundation
package import JSONModel

/// Redacts the objects of the API.
///
/// Whatever is a text is replaced, unless its member is known to hold something technical and the text has the form of
/// it. Numbers, Booleans and the shape of the object stay.
package struct ObjectRedactor: Sendable {
    package let pseudonyms: Pseudonyms

    /// Creates a redactor.
    package init(_ pseudonyms: Pseudonyms) {
        self.pseudonyms = pseudonyms
    }

    /// The object of a table without what is to be replaced.
    package func redact(_ object: JSONValue, table: String) -> JSONValue {
        redact(object, at: [], table)
    }

    /// The texts that name people and devices.
    func collectNames(_ object: JSONValue, table: String, into names: inout KnownNames) {
        collect(object, at: [], table, &names)
    }

    func redact(_ value: JSONValue, at path: [String], _ table: String) -> JSONValue {
        switch value {
        case .null, .bool, .number: return value
        case .integer(let number):
            // Numbers identify Logpush jobs and the like.
            return path.last == "id" ? Int64(pseudonyms.number(String(number))).map(JSONValue.integer) ?? 0 : value
        case .string(let text): return .string(redact(text, as: MemberKind(path, in: table)))
        case .array(let elements): return .array(elements.map { redact($0, at: path, table) })
        case .object(let members):
            var result: [String: JSONValue] = [:]
            for (key, member) in members.sorted(by: { $0.key < $1.key }) {
                let new = self.key(key, below: path)
                let redacted = redact(member, at: path + [key], table)
                // Two names can become one only by chance; neither is lost.
                result[result[new] == nil ? new : "\(new) \(result.count)"] = redacted
            }
            return .object(result)
        }
    }

    private func key(_ key: String, below path: [String]) -> String {
        if path.contains(where: MemberKind.freeMembers.contains) {
            return ["hostname", "tags", "target_attributes"].contains(key) ? key : tag(key)
        }
        if ["resources", "objects"].contains(path.last ?? "") { return resource(key) }
        if Vocabulary.members.contains(key) { return key }
        return pseudonyms.isPublic ? "member-\(pseudonyms.word("member", key))" : pseudonyms.redacted(key)
    }

    /// What stands in place of a text.
    func redact(_ text: String, as kind: MemberKind) -> String {
        if pseudonyms.keepsAsIs(text) || text == "*" { return text }
        switch kind {
        case .word: return word(text)
        case .time: return UTCTimestamp(text) == nil ? pseudonyms.text(text) : text
        case .duration: return isDuration(text) ? text : word(text)
        case .version:
            let isVersion = text.wholeMatch(of: /[<>=]*[0-9]{1,10}(\.[0-9]{1,8}){0,3}([-+.][A-Za-z0-9]{1,8})?/) != nil
            // What could be an address is taken for one.
            return isVersion ? pseudonyms.address(text) ?? text : word(text)
        case .colour: return text.wholeMatch(of: /#[0-9A-Fa-f]{3,8}/) == nil ? pseudonyms.text(text) : text
        case .country: return text.wholeMatch(of: /[A-Za-z][A-Za-z0-9]/) == nil ? pseudonyms.text(text) : text
        case .ports:
            return text.wholeMatch(of: /[0-9]{1,5}([-, ]{1,2}[0-9]{1,5})*/) == nil ? pseudonyms.text(text) : text
        case .id: return pseudonyms.id(text)
        case .email: return pseudonyms.email(text) ?? pseudonyms.person(text)
        case .person: return pseudonyms.person(text)
        case .device: return pseudonyms.label("Device", text.lowercased())
        case .serial: return pseudonyms.serial(text)
        case .username: return pseudonyms.username(text)
        case .tag: return tag(text)
        case .expression: return pseudonyms.expression(text)
        case .pathExpression: return pseudonyms.pathExpression(text)
        case .url: return url(text)
        case .host: return hostOrText(text)
        case .domain: return pseudonyms.domain(text)
        case .address: return pseudonyms.address(text) ?? hostOrText(text)
        case .item: return pseudonyms.item(text)
        case .opaque: return opaque(text)
        case .permission: return pseudonyms.permission(text)
        case .resource: return resource(text)
        case .name(let label): return pseudonyms.name(text, label)
        case .text: return pseudonyms.text(text)
        }
    }

    private func word(_ text: String) -> String {
        if Vocabulary.words.contains(text) { return text }
        return pseudonyms.isPublic ? "word-\(pseudonyms.word("word", text))" : pseudonyms.redacted(text)
    }

    private func isDuration(_ text: String) -> Bool {
        DurationText(text) != nil
            || text.wholeMatch(of: /[0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2}(,[0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2})*/) != nil
    }

    private func tag(_ text: String) -> String { pseudonyms.tag(text) }

    private func url(_ text: String) -> String {
        guard pseudonyms.isPublic else { return pseudonyms.url(text) }
        return text.contains(where: \.isWhitespace) ? pseudonyms.text(text) : pseudonyms.url(text)
    }

    private func hostOrText(_ text: String) -> String {
        let isHost = text.utf8.allSatisfy {
            Pseudonyms.isHostByte($0) || [UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]")].contains($0)
        }
        if isHost { return pseudonyms.host(text) }
        return pseudonyms.email(text) ?? (text.contains("/") ? url(text) : pseudonyms.text(text))
    }

    private func opaque(_ text: String) -> String {
        if let hardware = pseudonyms.hardwareAddress(text) { return hardware }
        if text.contains("-----BEGIN") { return pseudonyms.certificate(text) }
        return "key-\(pseudonyms.word("opaque", text, length: 16))"
    }

    /// The parts of a resource's name: Cloudflare's own words stay.
    private func resource(_ text: String) -> String {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { part in
            let part = String(part)
            if Self.resourceWords.contains(part) || part.isEmpty { return part }
            return pseudonyms.identifier(part) ?? pseudonyms.id(part)
        }
        return parts.joined(separator: ".")
    }

    private static let resourceWords = Vocabulary.set(
        "com cloudflare api account zone user edge r2 bucket worker script zt access app * 0 1 default"
    )
}

extension ObjectRedactor {
    private func collect(_ value: JSONValue, at path: [String], _ table: String, _ names: inout KnownNames) {
        switch value {
        case .null, .bool, .integer, .number: return
        case .string(let text):
            switch MemberKind(path, in: table) {
            case .person: names.addPerson(text)
            case .email: names.addMailbox(text)
            case .device: names.add(.device, text)
            case .serial: names.add(.serial, text)
            case .item where text.contains("@"): names.addMailbox(text)
            default: return
            }
        case .array(let elements):
            for element in elements { collect(element, at: path, table, &names) }
        case .object(let members):
            for (key, member) in members.sorted(by: { $0.key < $1.key }) {
                collect(member, at: path + [key], table, &names)
            }
        }
    }
}

extension Pseudonyms {
    /// A tag; those that name a tier by themselves stay.
    package func tag(_ text: String) -> String {
        if keepsAsIs(text) || ApplicationTier(rawValue: text.lowercased()) != nil { return text }
        guard isPublic else { return redacted(text) }
        return structured(text) ?? matchingCase(label("Tag", text.lowercased()), of: text)
    }

    /// A member of a list, judged by its form.
    package func item(_ text: String) -> String {
        if keepsAsIs(text) { return text }
        if !isPublic, text.contains(".") || text.contains("/"), identifier(text) == nil { return redacted(text) }
        return structured(text) ?? serial(text)
    }

    /// The name of a role or permission group, in which Cloudflare's own words stay.
    package func permission(_ text: String) -> String {
        if keepsAsIs(text) { return text }
        guard isPublic else { return redacted(text) }
        return text.split(separator: " ", omittingEmptySubsequences: false).map { part in
            let plain = part.trimmingCharacters(in: CharacterSet(charactersIn: ",.:()-&/"))
            let isKnown = plain.isEmpty || Self.permissionWords.contains(plain.lowercased())
            return isKnown ? String(part) : "x\(word("permission", String(part)))"
        }.joined(separator: " ")
    }

    private static let permissionWords = Vocabulary.set(
        """
        a access account accounts administrator admin advanced all allow analytics and any api app application apps
        argo audit auditing authority bot bots billing bulk cache can casb certificate certificates cloudflare config
        configuration connector connectors custom d1 data dashboard dex dns domain edit email enterprise except
        firewall for free full gateway groups hostname http hyperdrive identity identities image images in individual
        information kv lists load balancer balancers log logs magic management manage managed manager
        mcp member members membership minimal mode mtls mutual network networks notifications of one only or
        organization organizations origin page pages pii plan policies policy population portal portals privileges
        pro product providers purge r2 radar read reader redirect registrar report reporting resource role route
        routes rule rules script scripts security secure seat seats service services setting settings ssh ssl storage
        stream super sub tags team teams tls token tokens trust tunnel turnstile user users vectorize view viewer waf
        waiting web website with without worker workers write zero zone zones zt revoke registration registrations
        device devices subscription subscriptions the to details make purchases update other any billing organizations
        """
    )
}
