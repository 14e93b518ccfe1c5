import AuditModel
import Foundation
import JSONModel

/// Place of a value in a document, such as `groups.okta[0]`; empty for the whole document.
struct MemberPath: Hashable, Sendable {
    private(set) var text = ""

    func member(_ name: String) -> MemberPath {
        // Names come from the file; a message has room for a part of a long one.
        let short = name.count > 80 ? name.prefix(80) + "…" : name[...]
        return MemberPath(text: text.isEmpty ? String(short) : "\(text).\(short)")
    }

    func element(_ index: Int) -> MemberPath { MemberPath(text: "\(text)[\(index)]") }
}

/// Reads the values of a requester's document, with the place of whatever is wrong.
struct RequesterReader {
    let file: String

    /// The members of an object that has no others than those known.
    func members(
        of value: JSONValue,
        at path: MemberPath,
        known: [String]
    ) throws(RequesterError) -> [String: JSONValue] {
        let members = try object(value, at: path)
        for name in members.keys.sorted() where !known.contains(name) {
            let suggestion = ClosestWord.to(name, among: known).map { "Did you mean '\($0)'?" }
            throw failure(
                .unknownMember,
                path.member(name),
                "is no member of \(path.text.isEmpty ? "a requester" : "'\(path.text)'")",
                "\(suggestion ?? "Known are \(known.joined(separator: ", ")).") "
                    + "'ztaudit schema --requester' describes the document"
            )
        }
        return members
    }

    /// The members of any object.
    func object(_ value: JSONValue, at path: MemberPath) throws(RequesterError) -> [String: JSONValue] {
        guard let members = value.objectValue else { throw wrongType(value, at: path, expected: "an object") }
        return members
    }

    func text(_ value: JSONValue, at path: MemberPath) throws(RequesterError) -> String {
        guard let text = value.stringValue else { throw wrongType(value, at: path, expected: "a string") }
        return text
    }

    func boolean(_ value: JSONValue, at path: MemberPath) throws(RequesterError) -> Bool {
        guard let answer = value.boolValue else { throw wrongType(value, at: path, expected: "true or false") }
        return answer
    }

    /// The elements of an array.
    func list<Element>(
        _ value: JSONValue,
        at path: MemberPath,
        _ read: (JSONValue, MemberPath) throws(RequesterError) -> Element
    ) throws(RequesterError) -> [Element] {
        guard let elements = value.arrayValue else { throw wrongType(value, at: path, expected: "an array") }
        var list: [Element] = []
        for (index, element) in elements.enumerated() { list.append(try read(element, path.element(index))) }
        return list
    }

    func texts(_ value: JSONValue, at path: MemberPath) throws(RequesterError) -> Set<String> {
        Set(try list(value, at: path, text))
    }

    /// Lists of texts, by any name.
    func namedTexts(_ value: JSONValue, at path: MemberPath) throws(RequesterError) -> [String: Set<String>] {
        var named: [String: Set<String>] = [:]
        for (name, list) in try object(value, at: path).sorted(by: { $0.key < $1.key }) {
            named[name] = try texts(list, at: path.member(name))
        }
        return named
    }

    /// One of the words of an enumeration.
    func word<Word: RawRepresentable<String> & CaseIterable>(
        _ value: JSONValue,
        at path: MemberPath
    ) throws(RequesterError) -> Word {
        let spelt = try text(value, at: path)
        guard let word = Word(rawValue: spelt) else {
            let words = Word.allCases.map(\.rawValue)
            throw failure(
                .badValue,
                path,
                "has an unknown value",
                "\(ClosestWord.to(spelt, among: words).map { "Did you mean '\($0)'? " } ?? "")"
                    + "Known are \(words.joined(separator: ", "))"
            )
        }
        return word
    }

    func address(_ value: JSONValue, at path: MemberPath) throws(RequesterError) -> String {
        let address = try text(value, at: path)
        guard Self.isAddress(address) else {
            throw failure(
                .badValue,
                path,
                "is no IP address",
                "Write one address without range or port, such as 203.0.113.7 or 2001:db8::7"
            )
        }
        return address
    }

    private static func isAddress(_ text: String) -> Bool {
        // C would stop reading at a zero byte and not see what follows.
        guard !text.utf8.contains(0) else { return false }
        var four = in_addr()
        var six = in6_addr()
        return inet_pton(AF_INET, text, &four) == 1 || inet_pton(AF_INET6, text, &six) == 1
    }

    /// A country code in capital letters; besides those of ISO 3166-1 Access knows `T1`, which is Tor.
    func country(_ value: JSONValue, at path: MemberPath) throws(RequesterError) -> String {
        let code = try text(value, at: path)
        guard code.wholeMatch(of: /[A-Za-z][A-Za-z0-9]/) != nil else {
            throw failure(.badValue, path, "is no country code", "Write the two letters of ISO 3166-1, such as PT")
        }
        return code.uppercased()
    }

    /// An error at a place.
    func failure(
        _ code: RequesterError.Code,
        _ path: MemberPath,
        _ problem: String,
        _ remedy: String
    ) -> RequesterError {
        RequesterError(
            code: code,
            file: file,
            member: path.text.isEmpty ? nil : path.text,
            problem: problem,
            remedy: remedy
        )
    }

    private func wrongType(_ value: JSONValue, at path: MemberPath, expected: String) -> RequesterError {
        let found =
            switch value {
            case .null: "null"
            case .bool: "true or false"
            case .integer, .number: "a number"
            case .string: "a string"
            case .array: "an array"
            case .object: "an object"
            }
        let remedy =
            value.isNull && !path.text.isEmpty
            ? "Leave it out where there is nothing; only the outermost members can be null"
            : "'ztaudit schema --requester' describes the document"
        return failure(.wrongType, path, "is \(found) instead of \(expected)", remedy)
    }
}
