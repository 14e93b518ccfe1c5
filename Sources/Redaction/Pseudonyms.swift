package import AuditModel
import Crypto
import Foundation

/// Pseudonyms under one key: the same text always gets the same one, and different texts different ones.
///
/// They keep the form of what they stand for, so that rules judge them as they judge the original: an id stays an id, an
/// address stays in its range, a host below its domain.
package struct Pseudonyms: Sendable {
    package let level: RedactionLevel
    private let key: RedactionKey
    /// Names of people and devices, which texts for auditors are searched for.
    package var names: KnownNames

    /// Creates the pseudonyms of a level.
    package init(_ level: RedactionLevel, key: RedactionKey, names: KnownNames = KnownNames()) {
        self.level = level
        self.key = key
        self.names = names
    }

    /// Digest of the key.
    package var keyID: String { key.id }

    var isPublic: Bool { level == .public }

    /// 32 bytes that only the key's owner can tell.
    func bytes(_ purpose: String, _ text: some Sequence<UInt8>) -> [UInt8] {
        var code = HMAC<SHA256>(key: key.symmetric)
        code.update(data: Data(purpose.utf8))
        code.update(data: [0])
        code.update(data: Data(text))
        return Array(code.finalize())
    }

    /// A short word: five bits for each character.
    func word(_ purpose: String, _ text: String, length: Int = 8) -> String {
        let alphabet = Array("abcdefghjkmnpqrstvwxyz0123456789".utf8)
        return String(
            decoding: bytes(purpose, text.utf8).prefix(length).map { alphabet[Int($0 & 31)] },
            as: UTF8.self
        )
    }

    /// A name of a kind, such as `Application k3v8w2pq`.
    func label(_ label: String, _ text: String) -> String {
        "\(label) \(word("name", text))"
    }

    /// A digest of the key's owner, as long as the original.
    package func digest(_ text: String) -> String {
        guard !text.isEmpty else { return text }
        return String(Hexadecimal.text(bytes("digest", text.utf8)).prefix(max(16, min(64, text.utf8.count))))
    }

    /// A pseudonym that differs in case where the originals do: some comparisons tell cases apart, some do not.
    func matchingCase(_ pseudonym: String, of original: String) -> String {
        guard original != original.lowercased() else { return pseudonym }
        let bits = bytes("case", original.utf8)
        return pseudonym.enumerated().map { place, character in
            place == 0 || bits[place % 32] & 1 == 1 ? character.uppercased() : String(character)
        }.joined()
    }
}

extension Pseudonyms {
    /// Hexadecimal digits, in the case of the original; an id with and without hyphens stays one and the same.
    ///
    /// All zeros stand for nothing and stay.
    func hexadecimal(_ digits: String) -> String {
        let lower = digits.lowercased()
        guard lower.contains(where: { $0 != "0" }) else { return digits }
        var mapped: [Character] = []
        var round = 0
        while mapped.count < lower.count {
            mapped += Array(Hexadecimal.text(bytes("hex \(round)", lower.utf8)))
            round += 1
        }
        mapped = Array(mapped.prefix(lower.count))
        if mapped.count == 32 {
            // Version and variant of a UUID.
            let original = Array(lower)
            (mapped[12], mapped[16]) = (original[12], original[16])
        }
        let result = String(mapped)
        return digits == digits.uppercased() && digits != lower ? result.uppercased() : result
    }

    /// Hexadecimal digits with separators, which stay where they are.
    func separatedHexadecimal(_ text: some StringProtocol) -> String {
        var digits = hexadecimal(String(text.filter(\.isHexDigit)))[...]
        return String(text.map { $0.isHexDigit ? digits.removeFirst() : $0 })
    }

    /// A whole number of as many digits, which does not begin with 0.
    func number(_ digits: some StringProtocol) -> String {
        let source = bytes("number", digits.utf8)
        return source.prefix(max(digits.count, 9)).enumerated().map { place, byte in
            String(place == 0 ? byte % 9 + 1 : byte % 10)
        }.joined()
    }

    /// The id of a resource, or what stands for one; ids inside it are replaced alike wherever they occur.
    package func id(_ text: String) -> String {
        if keepsAsIs(text) || text == Resource.unreadID { return text }
        if text.contains("@"), let email = email(text) { return email }
        if let address = address(text) { return address }
        if text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            return text.utf8.count <= 18 ? number(text) : slug(text)
        }
        if let plain = identifier(text) { return plain }
        let noID = "no-id-"
        if text.hasPrefix(noID), let rest = identifier(text.dropFirst(noID.count)) { return noID + rest }
        // An id that two objects had has a part of a digest behind it.
        if let space = text.lastIndex(of: " "), text[space...].dropFirst().utf8.count == 8,
            text[space...].dropFirst().allSatisfy(\.isHexDigit)
        {
            return "\(id(String(text[..<space]))) \(hexadecimal(String(text[space...].dropFirst())))"
        }
        // The client id of a service token: `<hex>.access.<team domain>`.
        if let dot = text.firstIndex(of: "."), let first = identifier(text[..<dot]) {
            let rest = text[dot...].dropFirst()
            let access = "access."
            return rest.hasPrefix(access)
                ? "\(first).\(access)\(host(String(rest.dropFirst(access.count))))" : "\(first).\(slug(String(rest)))"
        }
        return slug(text)
    }

    /// A UUID, or at least 10 hexadecimal digits and nothing else; `nil` for anything else.
    func identifier(_ text: some StringProtocol) -> String? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 10, bytes.allSatisfy({ Hexadecimal.value($0) != nil || $0 == UInt8(ascii: "-") }),
            bytes.contains(where: { (0x30...0x39).contains($0) })
        else { return nil }
        let hyphens = bytes.indices.filter { bytes[$0] == UInt8(ascii: "-") }
        guard hyphens.isEmpty || bytes.count == 36 && hyphens == [8, 13, 18, 23] else { return nil }
        return separatedHexadecimal(text)
    }

    private func slug(_ text: String) -> String {
        matchingCase("id-\(word("slug", text.lowercased()))", of: text)
    }

    /// Whether a text tells nothing: none, or what stands for a secret.
    func keepsAsIs(_ text: String) -> Bool {
        text.allSatisfy(\.isWhitespace) || text == "[redacted]"
    }
}

extension Pseudonyms {
    /// The name of a person.
    package func person(_ text: String) -> String {
        if keepsAsIs(text) { return text }
        return email(text) ?? label("Person", text.lowercased())
    }

    /// The serial number of a device, or another item of a list.
    func serial(_ text: String) -> String {
        let plain = text.trimmingCharacters(in: .whitespaces)
        if keepsAsIs(text) || Self.noSerials.contains(plain.uppercased()) { return text }
        // Serial numbers are compared without regard to case and to spaces around them.
        return "SERIAL-\(word("serial", plain.uppercased()).uppercased())"
    }

    /// What manufacturers write where there is no serial number; rules know these.
    private static let noSerials: Set<String> = [
        "", "0", "DEFAULT STRING", "NONE", "NOT SPECIFIED", "SYSTEM SERIAL NUMBER", "TO BE FILLED BY O.E.M.",
    ]

    /// A name under which somebody logs in to a machine; those that every machine has stay.
    package func username(_ text: String) -> String {
        if keepsAsIs(text) || Self.systemUsers.contains(text) { return text }
        return email(text) ?? matchingCase("user-\(word("username", text.lowercased()))", of: text)
    }

    private static let systemUsers: Set<String> = [
        "root", "admin", "Administrator", "administrator", "postgres", "mysql", "oracle", "ubuntu", "debian",
        "ec2-user", "centos", "nobody", "www-data", "daemon",
    ]

    /// A hardware address, marked as locally administered; `nil` for what is none.
    func hardwareAddress(_ text: some StringProtocol) -> String? {
        guard let separator = text.first(where: { $0 == ":" || $0 == "-" }) else { return nil }
        let pairs = text.split(separator: separator, omittingEmptySubsequences: false)
        guard [6, 8, 16, 20, 32].contains(pairs.count),
            pairs.allSatisfy({ $0.count == 2 && $0.allSatisfy(\.isHexDigit) })
        else { return nil }
        return separatedHexadecimal(text)
    }
}
