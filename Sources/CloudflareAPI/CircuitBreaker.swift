import Synchronization

/// Gives up on an API that does not answer any more, or no longer accepts the credentials.
///
/// It opens after ``patience`` requests in a row that failed with all their tries, and at once where the API asks to wait
/// for too long. It never closes again: whoever wants to go on makes a new client.
///
/// Requests for the kinds of one product come side by side, so those failures in a row must be of ``variety`` products:
/// one that is broken is no reason to do without the others.
///
/// What the API refuses for a reason of its own, such as a missing permission, is a sign of life like a success. Refused
/// credentials count only once they had been accepted: those that never were end the run at the first request, or are
/// tried at several addresses on purpose.
///
/// A circuit can be part of a larger one, as an account's is of the API's: what ends the larger one ends it too. Answers
/// of a server that fails count in it alone, since a server can fail for one account, and as one failure of the larger
/// circuit once it opens; everything else says as much about the whole.
final class CircuitBreaker: Sendable {
    /// Requests that fail in a row before it opens.
    static let patience = 5
    /// Different products among those requests.
    static let variety = 3

    private struct State {
        /// Requests that failed in a row, refused credentials included.
        var failures = 0
        /// The products of which they were.
        var products: Set<Substring> = []
        /// How many of them were refused for their credentials, which are the same for every product.
        var refusals = 0
        var acceptedCredentials = false
        /// Why it is open.
        var reason: (problem: String, remedy: String)?

        mutating func noteSignOfLife() {
            failures = 0
            products = []
            refusals = 0
            acceptedCredentials = true
        }

        mutating func noteFailure(_ request: String) {
            failures += 1
            if let product = CircuitBreaker.product(of: request) { products.insert(product) }
        }
    }

    private let state = Mutex(State())
    /// Shut until the circuit opens; each who passes then holds the door for the next.
    private let opening = Turnstile(places: 0)
    private let whole: CircuitBreaker?

    /// - Parameter whole: The circuit that this one is a part of; `nil` for none.
    init(partOf whole: CircuitBreaker? = nil) { self.whole = whole }

    /// Runs an operation that ends, wherever it waits, as soon as the circuit opens.
    ///
    /// - Parameters:
    ///   - request: Method and path, for the error.
    ///   - operation: Ends when it is cancelled.
    /// - Returns: What `operation` returns.
    /// - Throws: What `operation` throws, or ``CloudflareError`` with ``CloudflareError/Code/gaveUp``.
    func run<Value: Sendable>(
        request: String,
        _ operation: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        guard let whole else { return try await runHere(request: request, operation) }
        return try await whole.run(request: request) { try await self.runHere(request: request, operation) }
    }

    private func runHere<Value: Sendable>(
        request: String,
        _ operation: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try check(request: request)
        let outcome = await withTaskGroup(of: Result<Value, any Error>?.self) { group in
            group.addTask {
                do {
                    return .success(try await operation())
                } catch {
                    return .failure(error)
                }
            }
            group.addTask { [opening] in
                // Cancelled as soon as the operation is over.
                if (try? await opening.enter()) != nil { opening.leave() }
                return nil
            }
            var outcome: Result<Value, any Error> = .failure(CancellationError())
            for await ended in group {
                group.cancelAll()
                if let ended { outcome = ended }
            }
            return outcome
        }
        do {
            return try outcome.get()
        } catch let error as CancellationError {
            try Task.checkCancellation()
            try check(request: request)
            throw error
        }
    }

    /// Refuses a request when the circuit is open.
    ///
    /// - Parameter request: Method and path, for the error.
    /// - Throws: ``CloudflareError`` with ``CloudflareError/Code/gaveUp``.
    func check(request: String) throws(CloudflareError) {
        try whole?.check(request: request)
        guard let reason = state.withLock({ $0.reason }) else { return }
        throw CloudflareError(code: .gaveUp, request: request, problem: reason.problem, remedy: reason.remedy)
    }

    /// Takes note of a success.
    func noteSuccess() {
        whole?.noteSuccess()
        state.withLock { $0.noteSignOfLife() }
    }

    /// Takes note of a request that has failed for good.
    func note(_ error: CloudflareError) {
        let opens = state.withLock { state in
            guard state.reason == nil else { return false }
            switch error.code {
            case .permissionDenied, .notAuthorizedForService, .unroutable, .accessNotEnabled, .invalidRequest,
                .unknownObject:
                state.noteSignOfLife()
            case .rateLimited, .serverFailure, .unreadableAnswer, .unreachable, .timedOut, .tlsFailure, .redirected:
                state.noteFailure(error.request)
            case .invalidCredentials, .missingCredentials, .malformedCredentials:
                if state.acceptedCredentials {
                    state.noteFailure(error.request)
                    state.refusals += 1
                }
            case .blocked:
                state.reason = ("given up, because \(error.problem)", error.remedy)
            case .gaveUp, .badConfiguration:
                break
            }
            let isBroad = state.products.count >= Self.variety || state.refusals >= Self.patience
            if state.failures >= Self.patience, isBroad {
                state.reason = (
                    "given up, because \(state.failures) requests in a row had failed, the last with: \(error.problem)",
                    error.remedy
                )
            }
            return state.reason != nil
        }
        if opens { opening.leave() }
        switch error.code {
        case .serverFailure, .unreadableAnswer: if opens { whole?.note(error) }
        default: whole?.note(error)
        }
    }

    /// The part of the API that a request is for: the first segment of its path, or what stands behind an account or a
    /// zone.
    ///
    /// - Parameter request: Method and path.
    /// - Returns: `nil` where the path is empty.
    private static func product(of request: String) -> Substring? {
        let segments = request.split(separator: "/").dropFirst()
        let isOwned = segments.count > 2 && ["accounts", "zones"].contains(segments.first)
        return isOwned ? segments.dropFirst(2).first : segments.first
    }
}
