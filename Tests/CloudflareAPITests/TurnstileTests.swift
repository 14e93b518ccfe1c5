// Internal access: over HTTP nothing tells in which order requests were asked for.
@testable import CloudflareAPI
import Testing

@Suite struct TurnstileTests {
    /// Ten tasks that stand in line before the first is let in, of which some are cancelled; the order of the others.
    private static func order(cancelled: Set<Int> = []) async -> [Int] {
        let turnstile = Turnstile(places: 0)
        let (order, entered) = AsyncStream<Int>.makeStream()
        // Awaited below; no group, since only some are cancelled.
        var tasks: [Task<Void, any Error>] = []
        for number in 0..<10 {
            tasks.append(
                Task {
                    try await turnstile.enter()
                    entered.yield(number)
                    turnstile.leave()
                }
            )
            await poll { turnstile.waitingCount == number + 1 }
        }
        for number in cancelled {
            tasks[number].cancel()
            await #expect(throws: CancellationError.self) { try await tasks[number].value }
        }
        turnstile.leave()
        for task in tasks { _ = await task.result }
        entered.finish()
        return await order.reduce(into: []) { $0.append($1) }
    }

    @Test func letsTasksInInTheirOrder() async {
        #expect(await Self.order() == Array(0..<10))
    }

    @Test func letsTheOthersInWhenSomeAreCancelled() async {
        #expect(await Self.order(cancelled: [0, 4, 9]) == [1, 2, 3, 5, 6, 7, 8])
    }

    @Test func keepsThePlaceOfATaskThatIsCancelledAlready() async throws {
        let turnstile = Turnstile(places: 1)
        await withTaskGroup(of: Void.self) { group in
            group.cancelAll()
            group.addTask { await #expect(throws: CancellationError.self) { try await turnstile.enter() } }
        }
        try await turnstile.enter()
    }
}
