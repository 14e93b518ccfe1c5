/// The least time that a collection can take.
///
/// It is the greatest of three bounds, each of which holds whatever a collector does:
///
/// - `requests × latency / concurrency`: every slot is always busy;
/// - `(chain + 2) × latency`: a list with cursors hands out the next one with each page, and before its first page the
///   token has to be verified and the account found;
/// - `waits × 300 s + max(latency, rest × latency / concurrency)`, where `waits` is how often a window's share of the
///   budget is used up before the last request, and `rest` how many requests remain for the last window; a share is nine
///   tenths, since one is left to others.
struct CollectionBound {
    let requests: Int
    let chain: Int
    /// Seconds.
    let latency: Double
    let concurrency: Int
    /// Requests that the API allows in a window.
    let budget: Int

    private static let window = 300.0

    /// Requests that may be sent in one window.
    var share: Int { max(1, budget - budget / 10) }

    var seconds: Double {
        let waits = (requests - 1) / share
        let rest = requests - waits * share
        let lastWindow = max(latency, Double(rest) * latency / Double(concurrency))
        return max(
            Double(requests) * latency / Double(concurrency),
            Double(chain + 2) * latency,
            waits > 0 ? Double(waits) * Self.window + lastWindow : 0
        )
    }
}
