import Foundation

/// Says in words why a document could not be read.
enum DecodingProblem {
    /// A clause without a full stop, with the place in the document where there is one.
    static func text(_ error: any Error) -> String {
        switch error as? DecodingError {
        case .keyNotFound(let key, let context): "\(place(context.codingPath))'\(key.stringValue)' is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "\(place(context.codingPath))has a value of another type than it must have"
        case .dataCorrupted(let context) where !context.codingPath.isEmpty:
            "\(place(context.codingPath))has a value that is not allowed there"
        case .dataCorrupted, nil: "it is not JSON"
        @unknown default: "it cannot be read"
        }
    }

    private static func place(_ path: [any CodingKey]) -> String {
        guard !path.isEmpty else { return "" }
        let text = path.reduce(into: "") { text, key in
            if let index = key.intValue {
                text += "[\(index)]"
            } else {
                text += text.isEmpty ? key.stringValue : ".\(key.stringValue)"
            }
        }
        return "in '\(text)', "
    }
}
