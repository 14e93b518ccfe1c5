// Internal access: over HTTP nothing tells in which order requests were asked for.
@testable import CloudflareAPI
import Testing

/// On the main actor, where tasks begin in the order in which they are made.
@MainActor @Suite struct TurnstileTests {
    /// Ten tasks that stand in line before the first is let in, of which some are cancelled; the order of the others.
    private func order(cancelled: Set<Int> = []) async -> [Int] {
        let turnstile = Turnstile(places: 0)
        var order: [Int] = []
        let tasks = (0..<10).map { number in
            // Awaited below.
            Task { @MainActor in
                try await turnstile.enter()
                order.append(number)
                turnstile.leave()
            }
        }
        // Begins when all of them stand in line.
        await Task { @MainActor in
            for number in cancelled { tasks[number].cancel() }
            for number in cancelled {
                await #expect(throws: CancellationError.self) { try await tasks[number].value }
            }
            #expect(order.isEmpty)
            turnstile.leave()
            for task in tasks { _ = await task.result }
        }.value
        return order
    }

    @Test func letsTasksInInTheirOrder() async {
        #expect(await order() == Array(0..<10))
    }

    @Test func letsTheOthersInWhenSomeAreCancelled() async {
        #expect(await order(cancelled: [0, 4, 9]) == [1, 2, 3, 5, 6, 7, 8])
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
