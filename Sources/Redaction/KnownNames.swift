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

    /// Adds a person's name, which is also looked for with its parts the other way round and one by one.
    mutating func addPerson(_ text: String) {
        let words = Self.words(of: text)
        guard !words.isEmpty, words.count <= 6, !text.contains("@") else { return }
        add(Name(words: words.map { $0.lowercased() }, kind: .person, text: text, isExact: text.count < 5))
        guard words.count > 1, let last = words.last else { return }
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
    }

    /// Adds what comes before the `@`, where that is more than a common word.
    mutating func addMailbox(_ address: String) {
        guard let at = address.lastIndex(of: "@") else { return }
        let local = String(address[..<at])
        guard local.count >= 5, local.contains(where: { ".-_".contains($0) }) else { return }
        add(Name(words: [local.lowercased()], kind: .mailbox, text: address, isExact: false))
    }

    private mutating func add(_ name: Name) {
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
