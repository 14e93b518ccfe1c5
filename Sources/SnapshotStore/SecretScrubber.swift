package import JSONModel

/// Replaces secrets before anything is written.
///
/// A value is a secret because of its member's name or because of an unmistakable form, never because it is long or
/// looks random: audience tags and fingerprints must survive.
package enum SecretScrubber {
    /// What stands in a secret's place.
    package static let replacement = "[redacted]"

    /// Members whose value is a secret wherever they occur.
    ///
    /// The headers that a Gateway rule adds or sets often carry credentials, under any name; their names stay.
    package static let secretMembers: Set<String> = [
        "add_headers", "set_headers",
        "access_client_secret", "api_key", "api_token", "apikey", "auth_token", "bearer_token", "client_key",
        "client_secret", "password", "previous_client_secret", "private_key", "refresh_token", "secret",
        "secret_key", "shared_secret", "token", "tunnel_secret",
    ]

    /// The object without its secrets; everything else is unchanged.
    package static func scrub(_ value: JSONValue) -> JSONValue {
        switch value {
        case .null, .bool, .integer, .number:
            value
        case .string(let text):
            .string(scrub(text))
        case .array(let elements):
            .array(elements.map(scrub))
        case .object(let members):
            .object(
                Dictionary(
                    uniqueKeysWithValues: members.map { key, member in
                        (key, secretMembers.contains(key.lowercased()) ? blot(member) : scrub(member))
                    }
                )
            )
        }
    }

    /// Text with the parts replaced that can only be secrets: Access service-token secrets (`cfast_…`) and PEM private
    /// keys.
    package static func scrub(_ text: String) -> String {
        var result = text
        if let start = result.firstRange(of: "-----BEGIN "), result[start.upperBound...].contains("PRIVATE KEY-----") {
            result = replacement
        }
        while let start = result.firstRange(of: "cfast_") {
            let end = result[start.upperBound...].firstIndex { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
            result.replaceSubrange(start.lowerBound..<(end ?? result.endIndex), with: replacement)
        }
        return result
    }

    /// Every text below a secret member is taken away; its shape stays.
    private static func blot(_ value: JSONValue) -> JSONValue {
        switch value {
        case .null, .bool: value
        case .string(let text): text.isEmpty ? value : .string(replacement)
        case .integer, .number: .string(replacement)
        case .array(let elements): .array(elements.map(blot))
        case .object(let members): .object(members.mapValues(blot))
        }
    }
}
