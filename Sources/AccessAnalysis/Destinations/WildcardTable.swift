/// Finds, among many texts with wildcards, the few that can cover a given one.
///
/// A text can only cover what begins with its literal prefix and ends in its literal suffix, so these are looked up:
/// one look-up for each pair of their lengths that occurs, of which there are few.
struct WildcardTable<Value: Sendable>: Sendable {
    private struct Key: Hashable {
        let prefix: ArraySlice<UInt8>
        let suffix: ArraySlice<UInt8>
    }

    private struct Lengths: Hashable {
        let prefix: Int
        let suffix: Int
    }

    private var values: [Key: [Value]] = [:]
    private var lengths: Set<Lengths> = []

    mutating func insert(_ value: Value, prefix: ArraySlice<UInt8>, suffix: ArraySlice<UInt8>) {
        values[Key(prefix: prefix, suffix: suffix), default: []].append(value)
        lengths.insert(Lengths(prefix: prefix.count, suffix: suffix.count))
    }

    /// All values, in no order.
    var all: [Value] { values.values.flatMap(\.self) }

    /// All values whose prefix and suffix fit, in no order; they remain to be checked.
    func candidates(for bytes: [UInt8]) -> [Value] {
        var result: [Value] = []
        for length in lengths where length.prefix + length.suffix <= bytes.count {
            let key = Key(prefix: bytes.prefix(length.prefix), suffix: bytes.suffix(length.suffix))
            result += values[key] ?? []
        }
        return result
    }
}
