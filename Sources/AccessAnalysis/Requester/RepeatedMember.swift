import Foundation
import JSONModel

/// Looks for a member that an object has twice: decoders keep one of the two without a word.
struct RepeatedMember {
    private let bytes: ArraySlice<UInt8>
    /// Objects and arrays around the current place, the innermost last.
    private var containers: [Container] = []

    private struct Container {
        let isObject: Bool
        /// Whether the next string is the name of a member.
        var expectsName: Bool
        var names: Set<String> = []
        var name = ""
        var element = 0

        mutating func beginNext() {
            expectsName = isObject
            element += 1
        }
    }

    /// Looks through a whole document.
    ///
    /// - Parameter bytes: A document that is known to be JSON in UTF-8.
    /// - Returns: The first member that is there twice; `nil` when there is none.
    static func path(in bytes: [UInt8]) -> MemberPath? {
        var scanner = RepeatedMember(bytes: bytes[...])
        return scanner.scan()
    }

    private init(bytes: ArraySlice<UInt8>) { self.bytes = bytes }

    private mutating func scan() -> MemberPath? {
        var index = bytes.startIndex
        while index < bytes.endIndex {
            switch bytes[index] {
            case UInt8(ascii: "{"): containers.append(Container(isObject: true, expectsName: true))
            case UInt8(ascii: "["): containers.append(Container(isObject: false, expectsName: false))
            case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = containers.popLast()
            case UInt8(ascii: ","): changeInnermost { $0.beginNext() }
            case UInt8(ascii: "\""):
                let end = endOfString(from: index)
                if containers.last?.expectsName == true, !enter(bytes[index..<end]) { return path }
                index = end
                continue
            case _: break
            }
            index += 1
        }
        return nil
    }

    /// Index behind the closing quotation mark of the string that begins at `start`.
    private func endOfString(from start: Int) -> Int {
        var index = start + 1
        while index < bytes.endIndex, bytes[index] != UInt8(ascii: "\"") {
            index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(index + 1, bytes.endIndex)
    }

    /// Goes on with the member whose quoted name is given; `false` when the object has it already.
    private mutating func enter(_ quoted: ArraySlice<UInt8>) -> Bool {
        // The same name can be spelt with and without escapes.
        let name = (try? JSONValue(parsing: Data(quoted)))?.stringValue ?? String(decoding: quoted, as: UTF8.self)
        var isNew = true
        changeInnermost { object in
            object.name = name
            object.expectsName = false
            isNew = object.names.insert(name).inserted
        }
        return isNew
    }

    private mutating func changeInnermost(_ change: (inout Container) -> Void) {
        guard !containers.isEmpty else { return }
        change(&containers[containers.count - 1])
    }

    private var path: MemberPath {
        containers.reduce(MemberPath()) { path, container in
            container.isObject ? path.member(container.name) : path.element(container.element)
        }
    }
}
