import HummingbirdCore
import Logging
import NIOCore
import Synchronization

/// Hummingbird's channel, which knows how many connections are accepted and not served yet.
///
/// A connection that is dropped in between ends the process (NIO's writer has a precondition). So the server may only
/// be cancelled while there is none, and none may begin once the port is about to close: NIO sets a connection up one
/// turn of the event loop after accepting it, and by then a closed port has nobody left who would take it.
struct CountedChannel: ServerChildChannel {
    let channel: HTTP1Channel
    let unserved: UnservedConnections

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
        guard unserved.add() else {
            channel.close(promise: nil)
            return channel.eventLoop.makeFailedFuture(ChannelError.ioOnClosedChannel)
        }
        let value = self.channel.setup(channel: channel, logger: logger)
        value.whenFailure { _ in unserved.remove() }
        return value
    }

    @concurrent
    func handle(value: HTTP1Channel.Value, logger: Logger) async {
        unserved.remove()
        await channel.handle(value: value, logger: logger)
    }
}

/// How many connections wait to be served.
final class UnservedConnections: Sendable {
    private struct State {
        var count = 0
        var isRefusing = false
        var waiting: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    /// Counts one more, unless ``refuse()`` was called.
    func add() -> Bool {
        state.withLock { state in
            if !state.isRefusing { state.count += 1 }
            return !state.isRefusing
        }
    }

    func remove() {
        let waiting = state.withLock { state in
            state.count -= 1
            return state.count == 0 ? state.waiting.take() : nil
        }
        waiting?.resume()
    }

    /// Accepts no more.
    func refuse() { state.withLock { $0.isRefusing = true } }

    /// Waits until there is none; one caller only.
    func waitForNone() async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if state.count > 0 { state.waiting = continuation }
                return state.count == 0
            }
            if isOver { continuation.resume() }
        }
    }
}
