import GRDBSQLite

/// SQLite's functions that look for one text in another, in linear time.
///
/// SQLite's own take the product of both lengths, within which nothing can interrupt them: a rule from somebody else could
/// keep the program busy for hours.
enum LinearFunctions {
    private typealias Context = OpaquePointer?
    private typealias Arguments = UnsafeMutablePointer<OpaquePointer?>?

    // SQLITE_TRANSIENT is a macro with a cast, which Swift does not import: SQLite copies the text.
    private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    /// Puts them in place of SQLite's.
    static func register(on connection: OpaquePointer) {
        define("instr", 2, on: connection) { LinearFunctions.instr($0, $2) }
        define("replace", 3, on: connection) { LinearFunctions.replace($0, $2) }
        for count in 1...2 as ClosedRange<Int32> {
            define("trim", count, on: connection) { LinearFunctions.trim($0, $1, $2, left: true, right: true) }
            define("ltrim", count, on: connection) { LinearFunctions.trim($0, $1, $2, left: true, right: false) }
            define("rtrim", count, on: connection) { LinearFunctions.trim($0, $1, $2, left: false, right: true) }
        }
    }

    private static func define(
        _ name: String,
        _ count: Int32,
        on connection: OpaquePointer,
        _ body: @escaping @convention(c) (Context, Int32, Arguments) -> Void
    ) {
        let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS
        sqlite3_create_function_v2(connection, name, count, flags, nil, body, nil, nil, nil)
    }

    /// The bytes of an argument; `nil` for NULL.
    private static func bytes(_ value: OpaquePointer?, asBlob: Bool = false) -> UnsafeRawBufferPointer? {
        guard sqlite3_value_type(value) != SQLITE_NULL else { return nil }
        let start = asBlob ? sqlite3_value_blob(value) : sqlite3_value_text(value).map { UnsafeRawPointer($0) }
        return UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : Int(sqlite3_value_bytes(value)))
    }

    /// Looks for a text by the algorithm of Knuth, Morris and Pratt.
    private struct Search {
        let needle: UnsafeRawBufferPointer
        /// For each place, how long a beginning of the needle ends there.
        private let overlaps: [Int]

        init(for needle: UnsafeRawBufferPointer) {
            self.needle = needle
            var overlaps = [0]
            overlaps.reserveCapacity(needle.count)
            var length = 0
            for index in needle.indices.dropFirst() {
                while length > 0, needle[index] != needle[length] { length = overlaps[length - 1] }
                if needle[index] == needle[length] { length += 1 }
                overlaps.append(length)
            }
            self.overlaps = overlaps
        }

        /// Where the needle first stands in `text` from `start`.
        func place(in text: UnsafeRawBufferPointer, from start: Int = 0) -> Int? {
            var length = 0
            for index in start..<text.count {
                while length > 0, text[index] != needle[length] { length = overlaps[length - 1] }
                if text[index] == needle[length] { length += 1 }
                if length == needle.count { return index + 1 - length }
            }
            return nil
        }
    }

    private static func instr(_ context: Context, _ arguments: Arguments) {
        let areBlobs = (0...1).allSatisfy { sqlite3_value_type(arguments?[$0]) == SQLITE_BLOB }
        guard let text = bytes(arguments?[0], asBlob: areBlobs), let needle = bytes(arguments?[1], asBlob: areBlobs)
        else { return }
        guard !needle.isEmpty else { return sqlite3_result_int64(context, 1) }
        guard let place = Search(for: needle).place(in: text) else { return sqlite3_result_int64(context, 0) }
        // In text, every byte but those that continue a character counts.
        let before = areBlobs ? place : text[..<place].count { $0 & 0xC0 != 0x80 }
        sqlite3_result_int64(context, Int64(before) + 1)
    }

    private static func replace(_ context: Context, _ arguments: Arguments) {
        guard let text = bytes(arguments?[0]), let needle = bytes(arguments?[1]), let other = bytes(arguments?[2])
        else { return }
        guard !needle.isEmpty else { return sqlite3_result_value(context, arguments?[0]) }
        let limit = Int(sqlite3_limit(sqlite3_context_db_handle(context), SQLITE_LIMIT_LENGTH, -1))
        var result: [UInt8] = []
        let search = Search(for: needle)
        var start = 0
        while let place = search.place(in: text, from: start) {
            result.append(contentsOf: text[start..<place])
            result.append(contentsOf: other)
            start = place + needle.count
            guard result.count <= limit else { return sqlite3_result_error_toobig(context) }
        }
        result.append(contentsOf: text[start...])
        guard result.count <= limit else { return sqlite3_result_error_toobig(context) }
        setText(result[...], context)
    }

    private static func trim(_ context: Context, _ count: Int32, _ arguments: Arguments, left: Bool, right: Bool) {
        guard let bytes = bytes(arguments?[0]) else { return }
        var characters: Set<[UInt8]> = [[UInt8(ascii: " ")]]
        if count == 2 {
            guard let given = self.bytes(arguments?[1]) else { return }
            characters = Set(Self.characters(of: Array(given)).map { Array($0) })
        }
        var text = Self.characters(of: Array(bytes))[...]
        while left, let first = text.first, characters.contains(Array(first)) { text.removeFirst() }
        while right, let last = text.last, characters.contains(Array(last)) { text.removeLast() }
        setText(Array(text.joined())[...], context)
    }

    /// The bytes of each character.
    private static func characters(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var characters: [ArraySlice<UInt8>] = []
        var start = 0
        for end in bytes.indices.dropFirst() where bytes[end] & 0xC0 != 0x80 {
            characters.append(bytes[start..<end])
            start = end
        }
        if start < bytes.count { characters.append(bytes[start...]) }
        return characters
    }

    private static func setText(_ bytes: ArraySlice<UInt8>, _ context: Context) {
        bytes.withUnsafeBytes { buffer in
            // Without a first byte it would be NULL, not an empty text.
            guard let start = buffer.bindMemory(to: CChar.self).baseAddress, !buffer.isEmpty else {
                return sqlite3_result_text(context, "", 0, transient)
            }
            sqlite3_result_text(context, start, Int32(buffer.count), transient)
        }
    }
}
