/// One request that the simulator received.
package struct RecordedRequest: Sendable, Hashable {
    /// What kind of credential came with it; never the secret.
    package enum Authentication: Sendable, Hashable {
        case none, token, globalKey, malformed
    }

    /// A name and a value, percent-decoded.
    package struct QueryItem: Sendable, Hashable {
        /// The text before the equals sign.
        package var name: String
        /// The text behind it; empty when there is none.
        package var value: String

        /// Creates an item.
        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The HTTP method.
    package let method: String
    /// The path below `/client/v4`, such as `/accounts/0123…/access/apps`; the whole path when it is elsewhere.
    package let path: String
    /// The query items in the order in which they were sent.
    package let query: [QueryItem]
    /// What kind of credential came with it.
    package let authentication: Authentication
    /// When the request's head had arrived.
    package let arrival: ContinuousClock.Instant

    /// The value of the first query item of that name.
    package func queryValue(_ name: String) -> String? {
        query.first { $0.name == name }?.value
    }

    /// Path and query, equal for equal requests.
    var target: String {
        path + "?" + query.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
    }
}
