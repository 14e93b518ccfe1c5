/// How the simulated API behaves beside what its world says.
package struct SimulatorOptions: Sendable, Hashable {
    /// Time that every request takes before its answer is begun.
    package var latency: Duration
    /// When the server throttles.
    package var rateLimit: SimulatedRateLimit
    /// What goes wrong.
    ///
    /// Delays of all matching faults add up; of the rest the first one applies.
    package var faults: [SimulatorFault]
    /// Departures from the endpoint table, by path below the account or zone in the table's spelling, such as
    /// `access/apps` or `access/apps/{app_id}/policies`; outside both the whole path, such as `accounts`.
    package var endpoints: [String: EndpointChanges]

    /// Creates options; without arguments, those of the real API.
    package init(
        latency: Duration = .zero,
        rateLimit: SimulatedRateLimit = SimulatedRateLimit(),
        faults: [SimulatorFault] = [],
        endpoints: [String: EndpointChanges] = [:]
    ) {
        self.latency = latency
        self.rateLimit = rateLimit
        self.faults = faults
        self.endpoints = endpoints
    }
}

/// How many requests a credential may send.
package struct SimulatedRateLimit: Sendable, Hashable {
    /// Requests per window.
    package var quota: Int
    /// The length of a window, which starts with the first request in it.
    package var window: Duration
    /// How long all calls are refused once the quota is exceeded.
    package var penalty: Duration

    /// Creates a limit; without arguments, the 1,200 requests in five minutes of the real API.
    package init(quota: Int = 1200, window: Duration = .seconds(300), penalty: Duration = .seconds(300)) {
        self.quota = quota
        self.window = window
        self.penalty = penalty
    }

    /// No limit that a test could reach.
    package static let none = SimulatedRateLimit(quota: 1_000_000_000)
}

/// Where one endpoint departs from the table.
package struct EndpointChanges: Sendable, Hashable {
    /// A way of paging that would trap a trusting client.
    package enum Misbehaviour: Sendable, Hashable {
        /// Every `page` answers the first one.
        case ignoresPage
        /// From the second page on, `cursor` is the one that was sent.
        case repeatsCursor
        /// `total_count` (and `total_pages`) claim this many elements more than there are.
        case totalNotReached(missing: Int)
        /// `result` is `null`, while `total_count` tells the true number.
        case nullResult
    }

    /// `nil`: pages as it should.
    package var misbehaviour: Misbehaviour?
    /// The members of `result_info`; `nil`: as in the table.
    package var resultInfo: ResultInfoStyle?
    /// The greatest page, which also bounds the page that is sent unasked; `nil`: as in the table.
    package var maximumPerPage: Int?
    /// What stands around the result; `nil`: as in the table.
    package var envelope: EnvelopeStyle?
    /// The member of an object that holds the list, such as `dex_tests`; `nil`: the list itself is the result.
    package var wrapsList: String?
    /// Whether `null` stands for a list without elements.
    package var answersNullForEmptyList: Bool

    /// Creates changes; without arguments, none.
    package init(
        misbehaviour: Misbehaviour? = nil,
        resultInfo: ResultInfoStyle? = nil,
        maximumPerPage: Int? = nil,
        envelope: EnvelopeStyle? = nil,
        wrapsList: String? = nil,
        answersNullForEmptyList: Bool = false
    ) {
        self.misbehaviour = misbehaviour
        self.resultInfo = resultInfo
        self.maximumPerPage = maximumPerPage
        self.envelope = envelope
        self.wrapsList = wrapsList
        self.answersNullForEmptyList = answersNullForEmptyList
    }

    /// Elements that the totals claim beyond those that there are.
    var missingElements: Int {
        guard case .totalNotReached(let missing) = misbehaviour else { return 0 }
        return missing
    }
}
