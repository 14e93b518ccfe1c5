import AuditModel
import Collecting
import Synchronization

/// Tells people how far a collection is: on a terminal a line for each kind and, below them, one that changes; elsewhere
/// a line for each kind.
final class ProgressDisplay: Sendable {
    /// How much is shown, and in which form.
    enum Style: Sendable { case silent, terminal, lines, json }

    private struct State {
        /// Names of the accounts by id, where there are several.
        var accounts: [String: String] = [:]
        /// Kind of the rows stored last.
        var kind: String?
        var rows = 0
        var lists = 0
        var isLive = false
        var lastShown: ContinuousClock.Instant?
        var waitEnds: ContinuousClock.Instant?
    }

    private let style: Style
    private let start = ContinuousClock.now
    private let state = Mutex(State())

    init(_ style: Style) { self.style = style }

    /// Shows an event of the collection.
    func show(_ event: CollectionEvent) {
        guard style != .silent else { return }
        state.withLock { state in
            switch event {
            case .accounts(let accounts):
                if accounts.count > 1 { state.accounts = Dictionary(accounts.map { ($0.id, $0.label) }) { $1 } }
                line("Collecting from \(accounts.map(\.label).joined(separator: ", "))", &state)
            case .stored(let kind, let count):
                state.kind = kind
                state.rows += count
                live(&state)
            case .finished(let entry):
                state.lists += 1
                // Most zones have nothing of their own, and what fails in hundreds of them is summed up at the end.
                if entry.zoneID == nil || entry.rowCount > 0 { finished(entry, &state) }
            }
        }
    }

    /// Shows that requests wait for the rate limit.
    func wait(_ duration: Duration) {
        guard style != .silent else { return }
        state.withLock { state in
            state.waitEnds = .now + duration
            if style == .terminal {
                // Nothing else may happen until the wait is over.
                state.lastShown = nil
                live(&state)
            } else {
                line("Waiting \(duration.wholeSeconds) s for the API's rate limit", &state)
            }
        }
    }

    /// Takes the changing line away.
    func end() { state.withLock { clear(&$0) } }

    private func finished(_ entry: CoverageEntry, _ state: inout State) {
        guard style != .json else {
            var details = ["kind": entry.kind, "status": entry.status.rawValue, "rows": "\(entry.rowCount)"]
            details["account_id"] = entry.accountID
            details["zone_id"] = entry.zoneID
            details["reason"] = entry.reason
            Console.json(level: "info", message: "collected", details)
            return
        }
        let count = "\(entry.rowCount) \(entry.rowCount == 1 ? "row" : "rows")"
        let end = entry.reason.map { " (\(entry.status.rawValue): \($0))" } ?? ""
        let account = state.accounts[entry.accountID].map { "\($0): " } ?? ""
        line("  \(account)\(entry.kind)\(entry.zoneID.map { " in zone \($0)" } ?? ""): \(count)\(end)", &state)
    }

    private func line(_ text: String, _ state: inout State) {
        clear(&state)
        if style == .json {
            Console.json(level: "info", message: text, [:])
        } else {
            Console.note(text)
            state.lastShown = nil
            live(&state)
        }
    }

    private func clear(_ state: inout State) {
        guard state.isLive else { return }
        Console.status("\r\u{1B}[K")
        state.isLive = false
    }

    /// The changing line, at most ten times a second.
    private func live(_ state: inout State) {
        let now = ContinuousClock.now
        guard style == .terminal else { return }
        if let shown = state.lastShown, now - shown < .milliseconds(100) { return }
        state.lastShown = now
        let seconds = max((now - start) / .seconds(1), 0.001)
        var text = state.kind.map { "\($0): " } ?? ""
        text += "\(state.rows) rows from \(state.lists) lists, "
        if let ends = state.waitEnds, ends > now {
            text += "waiting \((ends - now).wholeSeconds) s for the rate limit"
        } else {
            text += "\(Int(Double(state.rows) / seconds)) rows/s"
        }
        // Cut off at the edge: of a line that wraps, only the last part could be taken away.
        Console.status("\u{1B}[?7l\r\u{1B}[K  … \(text)\u{1B}[?7h")
        state.isLive = true
    }
}

extension Duration {
    /// Seconds, at least 1.
    fileprivate var wholeSeconds: Int { max(1, Int((self / .seconds(1)).rounded())) }
}
