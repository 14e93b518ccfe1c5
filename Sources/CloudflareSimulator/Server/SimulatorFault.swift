/// Something that goes wrong with some requests.
package struct SimulatorFault: Sendable, Hashable {
    /// Which requests.
    package enum Target: Sendable, Hashable {
        /// Every request.
        case all
        /// Those whose path below `/client/v4` begins so, such as `/accounts/`.
        case prefix(String)
        /// Those whose path ends so, such as `/access/apps`.
        case suffix(String)
    }

    /// Which of the requests that match.
    package enum Occurrence: Sendable, Hashable {
        case always
        /// The first so many.
        case first(Int)
        /// Only this one, counted from 1.
        case nth(Int)
        /// Each different path and query once; its repetition succeeds.
        case onceForEachRequest
    }

    /// What goes wrong.
    package enum Kind: Sendable, Hashable {
        /// This status, with this body (`nil`: an envelope with an error) and these additional headers.
        case status(Int, body: String? = nil, headers: [String: String] = [:])
        /// The right answer, this much later.
        case delay(Duration)
        /// The right answer with its whole `Content-Length`, cut off behind so many bytes of the body.
        case cutBody(afterBytes: Int)
        /// The connection closes without a byte.
        case closeConnection
        /// Status 200 and `application/json`, but a page of HTML.
        case garbage
        /// Status 200 with this text.
        case body(String)
        /// No answer for as long as the client waits.
        case hang
    }

    /// Which requests.
    package var target: Target
    /// Query items that a request must have too, by name; a way to pick one page.
    package var query: [String: String]
    /// Which of the requests that match.
    package var occurrence: Occurrence
    /// What goes wrong.
    package var kind: Kind

    /// Creates a fault.
    package init(
        _ kind: Kind,
        target: Target = .all,
        query: [String: String] = [:],
        occurrence: Occurrence = .always
    ) {
        self.target = target
        self.query = query
        self.occurrence = occurrence
        self.kind = kind
    }

    package func matches(_ request: RecordedRequest) -> Bool {
        let matchesPath =
            switch target {
            case .all: true
            case .prefix(let text): request.path.hasPrefix(text)
            case .suffix(let text): request.path.hasSuffix(text)
            }
        return matchesPath
            && query.allSatisfy { request.query.contains(RecordedRequest.QueryItem(name: $0.key, value: $0.value)) }
    }
}

/// Counts matching requests, to know which faults are due.
struct FaultCounter: Sendable {
    private var matched: [SimulatorFault: Int] = [:]
    private var seen: [SimulatorFault: Set<String>] = [:]

    /// The kinds that are due for a request, in the order of `faults`.
    ///
    /// Call it once for each request.
    mutating func due(_ faults: [SimulatorFault], for request: RecordedRequest) -> [SimulatorFault.Kind] {
        faults.filter { $0.matches(request) }.filter { isDue($0, request) }.map(\.kind)
    }

    private mutating func isDue(_ fault: SimulatorFault, _ request: RecordedRequest) -> Bool {
        matched[fault, default: 0] += 1
        let number = matched[fault, default: 0]
        switch fault.occurrence {
        case .always: return true
        case .first(let count): return number <= count
        case .nth(let wanted): return number == wanted
        case .onceForEachRequest: return seen[fault, default: []].insert(request.target).inserted
        }
    }
}
