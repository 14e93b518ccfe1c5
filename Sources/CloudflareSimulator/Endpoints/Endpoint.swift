/// One path of the API that can be read.
struct Endpoint: Sendable {
    /// How a list is cut into answers.
    enum Paging: Sendable {
        /// `page` and `per_page`.
        case page(standard: Int, maximum: Int)
        /// `cursor` and `per_page`.
        case cursor(standard: Int, maximum: Int)
        /// A list, all of it in one answer whatever the query says.
        ///
        /// `perPage` is the page size that `result_info` claims; `nil`: the answer has no `result_info`.
        case whole(perPage: Int? = nil)
        /// One object.
        case single
    }

    /// Where the result comes from.
    enum Source: Sendable {
        /// The `resources` of the account or zone in the path.
        case resources
        case accounts, account, zones, zone
        case userTokenVerification, accountTokenVerification
        case userToken, accountToken
    }

    /// A query parameter that leaves elements out, with its default.
    enum Filter: Sendable {
        case activeRegistrations, registrationStatus, isDeleted, profileType
        /// Members by which a list can be asked, with dots between nested ones; each parameter has the member's name.
        case members([String])
    }

    /// Whose manners an endpoint has.
    enum Product: Sendable {
        case access, other
    }

    /// The path template below `/client/v4`, without the first slash; `{…}` stands for one component.
    let path: String
    let paging: Paging
    let source: Source
    /// The token needs one of these permission groups; empty: none at all.
    let permissions: [String]
    /// The members that `result_info` has.
    let resultInfo: ResultInfoStyle
    let filter: Filter?
    /// What stands around the result when all is well.
    let envelope: EnvelopeStyle
    /// `path`, cut at its slashes.
    let components: [Substring]

    init(
        _ path: String,
        _ paging: Paging,
        source: Source = .resources,
        anyOf permissions: [String] = [],
        resultInfo: ResultInfoStyle = .full,
        filter: Filter? = nil,
        envelope: EnvelopeStyle = .full
    ) {
        self.path = path
        self.paging = paging
        self.source = source
        self.permissions = permissions
        self.resultInfo = resultInfo
        self.filter = filter
        self.envelope = envelope
        components = path.split(separator: "/")
    }

    /// The product that answers: Access has errors of its own, and has to be set up for the account first.
    var product: Product { components.count > 2 && components[2] == "access" ? .access : .other }
}

/// Which of `errors` and `messages` stand beside a result; the endpoints of the real API differ.
package enum EnvelopeStyle: Sendable, Hashable, CaseIterable {
    /// Two empty lists.
    case full
    /// Neither of them.
    case bare
    /// Both are `null`.
    case nulls
}

/// Which members the `result_info` of a list has; the endpoints of the real API differ.
package enum ResultInfoStyle: Sendable, Hashable, CaseIterable {
    /// All of them.
    case full
    /// No `result_info` at all.
    case missing
    /// `total_pages` is left out.
    case noTotalPages
    /// `total_pages` is 0 however many there are.
    case totalPagesZero
    /// `total_count` is `null`.
    case nullTotalCount
}
