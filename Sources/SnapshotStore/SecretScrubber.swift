package import JSONModel

/// Replaces secrets before anything is written.
///
/// A value is a secret because of its member's name or because of an unmistakable form, never because it is long or
/// looks random: audience tags and fingerprints must survive.
package enum SecretScrubber {
    /// What stands in a secret's place.
    package static let replacement = "[redacted]"

    /// Members whose value is a secret wherever they occur, in lower case without separators.
    ///
    /// The headers that a Gateway rule adds or sets often carry credentials, under any name; their names stay.
    private static let secretMembers: Set<String> = [
        "accessclientsecret", "accesstoken", "addheaders", "apikey", "apitoken", "authcredentials", "authorization",
        "authtoken", "bearertoken", "cfaccessclientsecret", "clientkey", "clientsecret", "cookie", "idtoken",
        "ownershipchallenge", "passphrase", "password", "presharedkey", "previousclientsecret", "privatekey",
        "proxyauthorization",
        "refreshtoken", "secret", "secretkey", "setheaders", "sharedsecret", "token", "tunnelsecret", "xapikey",
        "xauthkey", "xauthtoken",
    ]

    /// The object without its secrets; everything else is unchanged.
    package static func scrub(_ value: JSONValue) -> JSONValue { replacement(for: value) ?? value }

    /// What stands in place of a value that may hold secrets; `nil` for one that holds none, which is hardly ever built
    /// anew so.
    private static func replacement(for value: JSONValue) -> JSONValue? {
        switch value {
        case .null, .bool, .integer, .number:
            return nil
        case .string(let text):
            return mayHoldSecret(text) ? .string(scrub(text)) : nil
        case .array(let elements):
            var (result, isChanged) = (elements, false)
            for (index, element) in elements.enumerated() {
                guard let new = replacement(for: element) else { continue }
                (result[index], isChanged) = (new, true)
            }
            return isChanged ? .array(result) : nil
        case .object(let given):
            let destination = given["destination_conf"]
            let members = destination.map { hiding(destination: $0, in: given) } ?? given
            let namesSecret = namesSecret(members)
            var (result, isChanged) = (members, destination != nil)
            for (key, member) in members {
                let isSecret = isSecret(key) || namesSecret && ["value", "values"].contains(key.lowercased())
                guard let new = isSecret ? blot(member) : replacement(for: member) else { continue }
                (result[key], isChanged) = (new, true)
            }
            guard isChanged || members.keys.contains(where: mayHoldSecret) else { return nil }
            return .object(renamed(result))
        }
    }

    /// The members without secrets in their names; what they name stays as it is.
    private static func renamed(_ members: [String: JSONValue]) -> [String: JSONValue] {
        let secretNames = members.keys.filter { scrub($0) != $0 }
        guard !secretNames.isEmpty else { return members }
        var result = members
        for name in secretNames { result[name] = nil }
        for name in secretNames.sorted() {
            // Several can become one and the same name.
            let new = scrub(name)
            let free = (2...).lazy.map { "\(new) \($0)" }.first { result[$0] == nil } ?? new
            result[result[new] == nil ? new : free] = members[name]
        }
        return result
    }

    /// Text with the parts replaced that can only be secrets: Access service-token secrets (`cfast_…`) and PEM private
    /// keys.
    package static func scrub(_ text: String) -> String {
        guard mayHoldSecret(text) else { return text }
        // By bytes, because a combining character after the underscore would make another Character of it.
        let bytes = Array(text.utf8)
        if let begin = bytes.firstRange(of: pemBegin), bytes[begin.upperBound...].contains(pemPrivateKey) {
            return replacement
        }
        guard bytes.contains(tokenPrefix) else { return text }
        var result: [UInt8] = []
        var rest = bytes[...]
        while let start = rest.firstRange(of: tokenPrefix) {
            result += rest[..<start.lowerBound]
            result += replacement.utf8
            rest = rest[start.upperBound...].drop { isWordByte($0) }
        }
        return String(decoding: result + rest, as: UTF8.self)
    }

    /// Every text of an account passes through here, and hardly any goes on: `firstRange(of:)` alone took more than a
    /// third of a collection's processor time.
    private static func mayHoldSecret(_ text: String) -> Bool {
        text.utf8.withContiguousStorageIfAvailable { bytes in
            bytes.indices.contains { start in
                switch bytes[start] {
                case UInt8(ascii: "c"): bytes[start...].starts(with: tokenPrefix)
                case UInt8(ascii: "-"): bytes[start...].starts(with: pemBegin)
                default: false
                }
            }
        } ?? true
    }

    private static let pemBegin = Array("-----BEGIN ".utf8)
    private static let pemPrivateKey = Array("PRIVATE KEY-----".utf8)
    private static let tokenPrefix = Array("cfast_".utf8)

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    private static func isSecret(_ member: String) -> Bool {
        secretMembers.contains(member.lowercased().filter { $0 != "_" && $0 != "-" })
    }

    /// Whether an object is a pair such as `{"name": "Authorization", "value": "…"}`, as HTTP headers are listed.
    private static func namesSecret(_ members: [String: JSONValue]) -> Bool {
        ["name", "key", "header"].contains { members[$0]?.stringValue.map(isSecret) ?? false }
    }

    /// Every text below a secret member is taken away; its shape and the names in it stay.
    private static func blot(_ value: JSONValue) -> JSONValue {
        switch value {
        case .null, .bool: value
        case .string(let text): text.isEmpty ? value : .string(replacement)
        case .integer, .number: .string(replacement)
        case .array(let elements): .array(elements.map(blot))
        case .object(let members): .object(renamed(members).mapValues(blot))
        }
    }
}
