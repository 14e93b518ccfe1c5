import Synchronization

/// What all connections share: the world, the options, and what happened so far.
final class SimulatorState: Sendable {
    /// What one request needs to know, taken at its arrival.
    struct Visit: Sendable {
        let number: Int
        let options: SimulatorOptions
        let faults: [SimulatorFault.Kind]
        let standing: RateLimiter.Standing
        let answerer: RequestAnswerer
    }

    private struct Contents {
        var world: SimulatedWorld
        var index = ElementIndex()
        var options: SimulatorOptions
        var faults = FaultCounter()
        var limiter = RateLimiter()
        var requests: [RecordedRequest] = []
        var running = 0
        var mostRunning = 0
    }

    private let contents: Mutex<Contents>
    private let table = EndpointTable()

    init(world: SimulatedWorld, options: SimulatorOptions) {
        contents = Mutex(Contents(world: world, options: options))
    }

    /// Records a request and what is due for it; `leave()` must follow.
    func enter(_ request: IncomingRequest) -> Visit {
        contents.withLock { contents in
            let arrival = ContinuousClock.now
            let record = request.recorded(at: arrival)
            contents.requests.append(record)
            contents.running += 1
            contents.mostRunning = max(contents.mostRunning, contents.running)
            let limit = contents.options.rateLimit
            return Visit(
                number: contents.requests.count,
                options: contents.options,
                faults: contents.faults.due(contents.options.faults, for: record),
                standing: contents.limiter.admit(request.credential, limit: limit, now: arrival),
                answerer: RequestAnswerer(
                    world: contents.world,
                    index: contents.index,
                    changes: contents.options.endpoints,
                    table: table
                )
            )
        }
    }

    func leave() {
        contents.withLock { $0.running -= 1 }
    }

    var requests: [RecordedRequest] { contents.withLock { $0.requests } }

    var mostRunning: Int { contents.withLock { $0.mostRunning } }

    func updateWorld(_ change: (inout SimulatedWorld) -> Void) {
        contents.withLock { contents in
            change(&contents.world)
            contents.index = ElementIndex()
        }
    }

    func updateOptions(_ change: (inout SimulatorOptions) -> Void) {
        contents.withLock { change(&$0.options) }
    }
}
