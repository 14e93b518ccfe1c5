/// Finds the word that somebody most likely meant.
package enum ClosestWord {
    /// Looks for what was meant.
    ///
    /// - Parameters:
    ///   - word: What was written.
    ///   - known: What could have been written.
    /// - Returns: The known word with the fewest differences; `nil` when none is similar.
    package static func to(_ word: String, among known: [String]) -> String? {
        let written = letters(word)
        let close = known.map { (word: $0, distance: distance(written, letters($0))) }
            .min { $0.distance < $1.distance }
        guard let close, close.distance <= min(3, max(1, close.word.count / 2)) else { return nil }
        return close.word
    }

    /// What is compared: case and separators are what spellings differ in most.
    ///
    /// Only the beginning counts: a name may be of any length.
    private static func letters(_ word: String) -> [Character] {
        word.lowercased().prefix(80).filter { $0 != "_" && $0 != "-" && $0 != " " }
    }

    /// How many letters have to be inserted, removed or replaced.
    private static func distance(_ one: [Character], _ other: [Character]) -> Int {
        var row = Array(0...other.count)
        for (index, character) in one.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for (column, otherCharacter) in other.enumerated() {
                let replaced = diagonal + (character == otherCharacter ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
            }
        }
        return row[other.count]
    }
}
