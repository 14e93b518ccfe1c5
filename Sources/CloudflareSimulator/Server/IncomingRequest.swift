import HTTPTypes
import HummingbirdCore

/// The parts of a request that decide its answer.
struct IncomingRequest: Sendable {
    let method: HTTPRequest.Method
    /// The path below `/client/v4`; the whole path when it is elsewhere.
    let path: String
    let isBelowBase: Bool
    let query: QueryItems
    let credential: Credential

    init(_ request: Request) {
        method = request.method
        let whole = request.uri.path
        isBelowBase = whole.hasPrefix(Self.base + "/")
        path = isBelowBase ? String(whole.dropFirst(Self.base.count)) : whole
        query = QueryItems(request.uri.query)
        credential = Credential(request.headers)
    }

    /// Where the API begins.
    static let base = "/client/v4"

    func recorded(at arrival: ContinuousClock.Instant) -> RecordedRequest {
        RecordedRequest(
            method: method.rawValue,
            path: path,
            query: query.items,
            authentication: credential.kind,
            arrival: arrival
        )
    }
}
