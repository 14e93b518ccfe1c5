import HTTPTypes

/// What a request's headers claim about its sender.
enum Credential: Sendable, Hashable {
    case none
    case token(String)
    case globalKey(email: String, key: String)
    case malformedAuthorization
    case malformedKey

    init(_ headers: HTTPFields) {
        if let authorization = headers[.authorization] {
            self = Self.bearer(authorization)
        } else {
            self = Self.globalKey(email: Self.value("X-Auth-Email", headers), key: Self.value("X-Auth-Key", headers))
        }
    }

    /// The kind, without any secret.
    var kind: RecordedRequest.Authentication {
        switch self {
        case .none: .none
        case .token: .token
        case .globalKey: .globalKey
        case .malformedAuthorization, .malformedKey: .malformed
        }
    }

    private static func bearer(_ authorization: String) -> Credential {
        let words = authorization.split(separator: " ", maxSplits: 1)
        guard words.count == 2, words[0].lowercased() == "bearer" else { return .malformedAuthorization }
        return isSecret(words[1]) ? .token(String(words[1])) : .malformedAuthorization
    }

    private static func globalKey(email: String?, key: String?) -> Credential {
        guard let email, let key else { return .none }
        return isSecret(key[...]) ? .globalKey(email: email, key: key) : .malformedKey
    }

    /// Whether the text has the alphabet of tokens; keys may use it too, so that a sample key can be readable.
    private static func isSecret(_ text: Substring) -> Bool {
        !text.isEmpty
            && text.unicodeScalars.allSatisfy { scalar in
                scalar.isASCII && scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "-"
                    || scalar == "_"
            }
    }

    private static func value(_ name: String, _ headers: HTTPFields) -> String? {
        HTTPField.Name(name).flatMap { headers[$0] }
    }
}
