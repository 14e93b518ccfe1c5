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
    let unserved = UnservedConnections()
    let (channels, running) = AsyncStream<any Channel>.makeStream()
    var logger = Logger(label: "CloudflareSimulator") { _ in SwiftLogNoOpLogHandler() }
    logger.logLevel = .critical
    let server = Server(
        childChannelSetup: CountedChannel(
            channel: HTTP1Channel { request, writer, channel in
                try await responder.respond(to: request, writer: writer, channel: channel)
            },
            unserved: unserved
        ),
        configuration: ServerConfiguration(address: .hostname("127.0.0.1", port: 0)),
        onServerRunning: { channel in
            running.yield(channel)
            running.finish()
        },
        // One loop, so that setting a connection up and closing the port cannot happen at the same time.
        eventLoopGroup: MultiThreadedEventLoopGroup.singleton.next(),
        logger: logger
    )
    // Awaited below, whatever happens. No child of this task, because our own cancellation must not reach it before the
    // port is closed and every connection has somebody who serves it.
    let service = Task {
        defer { running.finish() }
        try await server.run()
    }
    guard let channel = await Task(operation: { await channels.first { _ in true } }).value else {
        try await service.value
        throw CancellationError()
    }
    let result: Result<R, any Error>
    do {
        result = .success(try await body(SimulatorHandle(port: channel.localAddress?.port ?? 0, state: state)))
    } catch {
        result = .failure(error)
    }
    unserved.refuse()
    // Fails when the port is closed already.
    try? await channel.close().get()
    await unserved.waitForNone()
    service.cancel()
    try await service.value
    return try result.get()
}
