import HummingbirdCore
import Logging
import NIOCore
import NIOPosix

/// A running simulator, as its user sees it.
package struct SimulatorHandle: Sendable {
    /// Where the API begins: `http://127.0.0.1:PORT/client/v4`.
    package let baseURL: String
    private let state: SimulatorState

    fileprivate init(port: Int, state: SimulatorState) {
        baseURL = "http://127.0.0.1:\(port)\(IncomingRequest.base)"
        self.state = state
    }

    /// Every request so far, in the order of arrival.
    package func recordedRequests() -> [RecordedRequest] { state.requests }

    /// How many requests were under way at the busiest moment.
    package var mostConcurrentRequests: Int { state.mostRunning }

    /// Changes the world for requests that arrive from now on.
    package func updateWorld(_ change: (inout SimulatedWorld) -> Void) { state.updateWorld(change) }

    /// Changes the options for requests that arrive from now on.
    ///
    /// Faults that stay keep their counts.
    package func updateOptions(_ change: (inout SimulatorOptions) -> Void) { state.updateOptions(change) }
}

/// Serves a world over HTTP/1.1 on a free loopback port for as long as `body` runs.
///
/// When this returns, the port is closed and every connection with it, also those that a client holds open.
///
/// - Parameters:
///   - world: Who may call, and what the answers are.
///   - options: Speed, limits and faults.
///   - body: Runs against the server.
/// - Returns: What `body` returns.
/// - Throws: What `body` throws, or the reason why no port could be opened.
package func withCloudflareSimulator<R: Sendable>(
    world: SimulatedWorld,
    options: SimulatorOptions = SimulatorOptions(),
    _ body: (SimulatorHandle) async throws -> R
) async throws -> R {
    let state = SimulatorState(world: world, options: options)
    let responder = SimulatorResponder(state: state)
    let (ports, running) = AsyncStream<Int>.makeStream()
    var logger = Logger(label: "CloudflareSimulator") { _ in SwiftLogNoOpLogHandler() }
    logger.logLevel = .critical
    let server = Server(
        childChannelSetup: HTTP1Channel { request, writer, channel in
            try await responder.respond(to: request, writer: writer, channel: channel)
        },
        configuration: ServerConfiguration(address: .hostname("127.0.0.1", port: 0)),
        onServerRunning: { channel in
            if let port = channel.localAddress?.port { running.yield(port) }
            running.finish()
        },
        eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
        logger: logger
    )
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            defer { running.finish() }
            try await server.run()
        }
        guard let port = await ports.first(where: { _ in true }) else {
            group.cancelAll()
            try await group.waitForAll()
            throw CancellationError()
        }
        let result: R
        do {
            result = try await body(SimulatorHandle(port: port, state: state))
        } catch {
            group.cancelAll()
            throw error
        }
        group.cancelAll()
        return result
    }
}
