package import AuditModel
import Foundation

/// Names of people and devices that a snapshot tells of, so that they are found in any text.
package struct KnownNames: Sendable {
    /// What a name is of.
    enum Kind: Sendable {
        case person, device, serial, mailbox
    }

    /// A name as the words that it is made of, in lower case.
    struct Name: Sendable {
        let words: [String]
        let kind: Kind
        /// As it was given.
        let text: String
        /// Whether only its own spelling is meant: a short name is often a common word, too.
        let isExact: Bool
    }

    private(set) var names: [String: [Name]] = [:]
    private var seen: Set<[String]> = []

    /// No names.
    package init() {}

    /// The names of people and devices that a result tells of.
    package init(of result: AuditResult) {
        let resources = result.findings.map { ($0.resource.type, $0.resource.name) }
        let passed = result.rules.flatMap { rule in rule.passed.map { (rule.metadata.resource, $0.name) } }
        for (type, name) in resources + passed {
            switch type {
            case "access_user", "account_member", "scim_user":
                addPerson(name)
                addMailbox(name)
            case "device", "device_registration": add(.device, name)
            default: continue
            }
        }
        // Owners are teams, too, whose names are common words.
        for waiver in result.waivers { addMailbox(waiver.waiver.owner) }
    }

    /// Adds a person's name, which is also looked for with its parts the other way round and one by one.
    mutating func addPerson(_ text: String) {
        let words = Self.words(of: text)
        guard !words.isEmpty, words.count <= 6, !text.contains("@") else { return }
        add(Name(words: words.map { $0.lowercased() }, kind: .person, text: text, isExact: text.count < 5))
        guard words.count > 1, let first = words.first, let last = words.last else { return }
        // As logins are made of names: annakeller, akeller, kellera.
        for login in [words.joined(), first + last, first.prefix(1) + last, last + first.prefix(1)]
        where login.count >= 6 || login.count >= 3 && !login.utf8.allSatisfy({ $0 < 0x80 }) {
            add(Name(words: [login.lowercased()], kind: .person, text: text, isExact: false))
        }
        add(Name(words: ([last] + words.dropLast()).map { $0.lowercased() }, kind: .person, text: text, isExact: false))
        for word in words where word.count >= 3 {
            add(Name(words: [word.lowercased()], kind: .person, text: word, isExact: word.count < 5))
        }
    }

    /// Adds a device's name, serial number or the like.
    mutating func add(_ kind: Kind, _ text: String) {
        let words = Self.words(of: text)
        guard !words.isEmpty, text.count >= 4 else { return }
        add(Name(words: words.map { $0.lowercased() }, kind: kind, text: text, isExact: false))
        // As systems make the name of a host of it: Annas-MacBook-Pro.
        let host = text.filter { !"'’".contains($0) }.split(whereSeparator: { !$0.isLetter && !$0.isNumber })
        guard host.count > 1 else { return }
        add(Name(words: [host.joined(separator: "-").lowercased()], kind: kind, text: text, isExact: false))
    }

    /// Adds what comes before the `@`, where that is more than a common word.
    mutating func addMailbox(_ address: String) {
        guard let at = address.lastIndex(of: "@") else { return }
        let local = String(address[..<at])
        guard local.count >= 5, local.contains(where: { ".-_".contains($0) }) else { return }
        add(Name(words: [local.lowercased()], kind: .mailbox, text: address, isExact: false))
    }

    private mutating func add(_ name: Name) {
        insert(name)
        guard !name.words.allSatisfy({ $0.utf8.allSatisfy { $0 < 0x80 } }) else { return }
        // Many leave the accents out.
        let plain = name.words.map(Self.withoutAccents)
        if plain != name.words { insert(Name(words: plain, kind: name.kind, text: name.text, isExact: name.isExact)) }
    }

    private static func withoutAccents(_ word: String) -> String {
        let base = word.decomposedStringWithCanonicalMapping.unicodeScalars
            .filter { $0.properties.generalCategory != .nonspacingMark }
        return String(String.UnicodeScalarView(base)).replacing("ß", with: "ss")
    }

    private mutating func insert(_ name: Name) {
        guard let first = name.words.first, seen.insert(name.words + [name.isExact ? name.text : ""]).inserted else {
            return
        }
        names[first, default: []].append(name)
        // The longest first.
        names[first]?.sort { ($1.words.count, $0.text) < ($0.words.count, $1.text) }
    }

    static func words(of text: String) -> [String] {
        TextPiece.split(text).compactMap { $0.isWord ? $0.text : nil }
    }
}

/// A word of a text, or what stands between two.
struct TextPiece {
    let text: String
    let isWord: Bool

    /// The text cut into words and what is between them; all pieces together are the text.
    static func split(_ text: String) -> [TextPiece] {
        var pieces: [TextPiece] = []
        var rest = text.unicodeScalars[...]
        while let first = rest.first {
            let isWord = isPart(first)
            var piece = rest.prefix { isPart($0) == isWord }
            // What ends a sentence is no part of its last word.
            while isWord, piece.count > 1, let last = piece.last, ".:-+%".unicodeScalars.contains(last) {
                piece = piece.dropLast()
            }
            pieces.append(TextPiece(text: String(String.UnicodeScalarView(piece)), isWord: isWord))
            rest = rest[piece.endIndex...]
            if isWord {
                let marks = rest.prefix { ".:-+%".unicodeScalars.contains($0) }
                if !marks.isEmpty {
                    pieces.append(TextPiece(text: String(String.UnicodeScalarView(marks)), isWord: false))
                    rest = rest[marks.endIndex...]
                }
            }
        }
        return pieces
    }

    private static func isPart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", ".", "_", ":", "+", "%", "@", "-": true
        case _ where scalar.isASCII: false
        default: scalar.properties.isAlphabetic || scalar.properties.generalCategory == .nonspacingMark
        }
    }
}
