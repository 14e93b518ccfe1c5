import Foundation

extension Pseudonyms {
    /// A free text.
    ///
    /// For the public it is replaced as a whole, because nobody can tell what it says; for auditors, people, devices,
    /// addresses and ids in it are.
    package func text(_ text: String) -> String {
        if keepsAsIs(text) { return text }
        guard isPublic else { return redacted(text) }
        return structured(text) ?? label("Text", text)
    }

    /// A name that somebody gave to a thing.
    ///
    /// - Parameters:
    ///   - text: The name.
    ///   - label: What the thing is, such as `Application`.
    /// - Returns: The label with a word behind it for the public; for auditors, the name without people and ids.
    package func name(_ text: String, _ label: String) -> String {
        if keepsAsIs(text) { return text }
        guard isPublic else { return redacted(text) }
        return structured(text) ?? self.label(label, text)
    }

    /// A text in which only people, devices, addresses and ids are replaced.
    package func redacted(_ text: String) -> String {
        if keepsAsIs(text) { return text }
        if text.contains("-----BEGIN ") { return certificate(text) }
        return unescaped(Self.visible(text)) { redactedPieces($0) }
    }

    private func redactedPieces(_ text: String) -> String {
        let pieces = TextPiece.split(text)
        var result = ""
        var index = 0
        while index < pieces.count {
            let piece = pieces[index]
            guard piece.isWord else {
                result += piece.text
                index += 1
                continue
            }
            if let (pseudonym, end) = name(in: pieces, at: index) {
                result += pseudonym
                index = end
                continue
            }
            // A range is an address, a slash and a number.
            if index + 2 < pieces.count, pieces[index + 1].text == "/",
                let range = address("\(piece.text)/\(pieces[index + 2].text)")
            {
                result += range
                index += 3
                continue
            }
            result += word(piece.text)
            index += 1
        }
        return result
    }

    /// A certificate or key: who can read it, can read the names in it.
    func certificate(_ text: String) -> String {
        "-----BEGIN CERTIFICATE-----\n\(word("certificate", text, length: 32))\n-----END CERTIFICATE-----\n"
    }

    /// A known name that begins at a place, and the place behind it.
    private func name(in pieces: [TextPiece], at start: Int) -> (pseudonym: String, end: Int)? {
        let first = pieces[start].text
        guard let candidates = names.names[first.lowercased()] else { return nil }
        for name in candidates {
            var (index, isThere) = (start, true)
            for word in name.words.dropFirst() {
                index += 2
                guard index < pieces.count, pieces[index].isWord, pieces[index].text.lowercased() == word,
                    pieces[index - 1].text.count <= 3, !pieces[index - 1].text.contains(where: \.isNewline)
                else {
                    isThere = false
                    break
                }
            }
            guard isThere else { continue }
            let found = stride(from: start, through: index, by: 2).map { pieces[$0].text }
            guard !name.isExact || found == KnownNames.words(of: name.text) else { continue }
            return (pseudonym(of: name), index + 1)
        }
        return nil
    }

    private func pseudonym(of name: KnownNames.Name) -> String {
        switch name.kind {
        case .person: person(name.text)
        case .device: label("Device", name.text.lowercased())
        case .serial: serial(name.text)
        case .mailbox: "person-\(word("email", name.text.lowercased()))"
        }
    }

    /// One word: an address, an id, or made of parts that are.
    private func word(_ text: String) -> String {
        if let address = address(text) ?? hardwareAddress(text) { return address }
        if let percent = text.firstIndex(of: "%") {
            // The zone of an address: fe80::1%eth0.
            if let address = address(text[..<percent]) { return address + text[percent...] }
            if let decoded = percentDecoded(text) { return decoded }
        }
        if text.contains("@"), let email = emailInWord(text) { return email }
        guard text.contains(where: { $0.isNumber || "-._:+".contains($0) }) else { return text }
        if let (before, pseudonym, after) = embedded(in: text) {
            return (before.isEmpty ? "" : word(before)) + pseudonym + (after.isEmpty ? "" : word(after))
        }
        if text.contains(":") { return joined(text, by: ":") { word($0) } }
        return joined(text, by: ".") { part in joined(part, by: "_") { joined($0, by: "+") { partOfWord($0) } } }
    }

    private func joined(_ text: String, by separator: Character, _ body: (String) -> String) -> String {
        text.split(separator: separator, omittingEmptySubsequences: false).map { body(String($0)) }
            .joined(separator: String(separator))
    }

    private func partOfWord(_ text: String) -> String {
        if let id = identifier(text) { return id }
        // Names of machines in clouds: ip-10-20-0-8.
        let numbers = text.split(separator: "-", omittingEmptySubsequences: false)
        if numbers.count >= 4, let address = address(numbers.suffix(4).joined(separator: ".")) {
            return (numbers.dropLast(4).map(String.init) + [address.replacing(".", with: "-")]).joined(separator: "-")
        }
        // A UUID or digest behind a name: tunnel-2d0ee135-…
        if let id = idAtEnd(of: text) { return id }
        if isOpaque(text) { return "key-\(word("opaque", text, length: 16))" }
        guard let name = singleName(text) else { return joined(text, by: "-") { singleName($0) ?? $0 } }
        return name
    }

    /// The pseudonym of a name of one word, which stands in a host, a path or another word made of several.
    ///
    /// There, names are often written small; very short ones are too often something else.
    private func singleName(_ text: String) -> String? {
        guard text.count >= 4, let name = names.names[text.lowercased()]?.first(where: { $0.words.count == 1 }) else {
            return nil
        }
        return pseudonym(of: name).replacing(" ", with: "-").lowercased()
    }

    private func idAtEnd(of text: String) -> String? {
        if text.utf8.count > 37, text.dropLast(36).last == "-", let id = identifier(text.suffix(36)) {
            return text.dropLast(36) + id
        }
        guard let hyphen = text.lastIndex(of: "-"), let id = identifier(text[hyphen...].dropFirst()) else { return nil }
        return text[...hyphen] + id
    }

    /// Whether a word is long and mixed as no name is: a key, or a digest in Base64.
    private func isOpaque(_ text: String) -> Bool {
        text.utf8.count >= 24 && text.contains(where: \.isLowercase) && text.contains(where: \.isUppercase)
            && text.contains(where: \.isNumber)
    }
}

extension Pseudonyms {
    /// An expression of Gateway or of device profiles: texts, ids and addresses in it are replaced, the rest stays.
    package func expression(_ text: String) -> String {
        if keepsAsIs(text) { return text }
        guard isPublic else { return redacted(text) }
        var result = ""
        var rest = text[...]
        while let character = rest.first {
            if character == "\"" {
                let (literal, end) = Self.literal(rest.dropFirst())
                result += "\"\(expressionValue(literal))\""
                rest = end
            } else if Self.isExpressionWord(character) {
                let word = rest.prefix(while: Self.isExpressionWord)
                rest = rest[word.endIndex...]
                result += expressionWord(String(word))
            } else {
                result += character.isASCII ? String(character) : ""
                rest = rest.dropFirst()
            }
        }
        return result
    }

    /// A text between quotes, and what is behind it.
    private static func literal(_ text: Substring) -> (text: String, rest: Substring) {
        var literal = ""
        var rest = text
        while let character = rest.first, character != "\"" {
            if character == "\\", let next = rest.dropFirst().first {
                literal += next == "\"" || next == "\\" ? String(next) : "\\\(next)"
                rest = rest.dropFirst(2)
            } else {
                literal.append(character)
                rest = rest.dropFirst()
            }
        }
        return (literal, rest.dropFirst())
    }

    private static func isExpressionWord(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || "_.:/-".contains(character)
    }

    private func expressionValue(_ text: String) -> String {
        if keepsAsIs(text) || Vocabulary.words.contains(text) || [".*", "*", "/"].contains(text) { return text }
        if text.count == 2, text.allSatisfy({ $0.isASCII && $0.isUppercase }) { return text }
        return structured(text) ?? label("Value", text)
    }

    private func expressionWord(_ text: String) -> String {
        if let address = address(text) ?? identifier(text) { return address }
        let isNumber = text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2e }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let isKnown = parts.allSatisfy {
            Self.expressionWords.contains($0.lowercased()) || Vocabulary.members.contains(String($0))
                || Vocabulary.words.contains(String($0)) || $0.isEmpty
        }
        return isNumber || isKnown || ["-", "/", ":"].contains(text) ? text : "x\(word("expression", text))"
    }

    private static let expressionWords = Vocabulary.set(
        """
        all and any app application apps asn authority body casb certificate checks cipher client cloudflare concat
        connection contains content content_category content_type cookie cookies date dest destination device
        device_posture dlp dns domain domains download dst egress ends_with eq ext extension file fqdn ge geoip groups
        gt header headers host http identity in ip is lang le len list location lookup_json_string lower lt mac matches
        method mime name ne net network not or os passed path path_and_query plain port posture private profile
        profiles protocol proxy query r raw_uri referer req request resolved_app_ids resolver response risk
        saml_attributes scope scoped security security_category service session sni source src ssh starts_with strict
        substring tcp time tls tunnel type types udp unknown upload upper uri url user user_risk_score username version
        virtual_network vlan vnet warp wildcard with xor ids id hash sha256 size country
        """
    )
}
