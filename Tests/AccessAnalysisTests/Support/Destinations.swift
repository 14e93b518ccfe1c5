import TestSupport
import Testing

// Destinations are a piece inside the analysis.
@testable import AccessAnalysis

func pattern(_ uri: String) throws -> DestinationPattern {
    try #require(DestinationPattern(uri: uri))
}

extension SeededGenerator {
    mutating func host(_ letters: String) -> String {
        label(letters, 1...2) + "." + label(letters, 1...2) + ".example.com"
    }

    mutating func path(_ letters: String) -> String {
        (0..<Int.random(in: 0...3, using: &self)).map { _ in "/" + label(letters, 1...3) }.joined()
    }

    private mutating func label(_ letters: String, _ lengths: ClosedRange<Int>) -> String {
        String((0..<Int.random(in: lengths, using: &self)).compactMap { _ in letters.randomElement(using: &self) })
    }
}

extension DestinationIndex {
    static func of(_ applications: [String: [String]]) -> DestinationIndex {
        DestinationIndex(
            applications.map { ($0.key, $0.value.compactMap { DestinationPattern(uri: $0).map(Destination.public) }) }
        )
    }
}
