/// Which of an account's Access applications a request belongs to.
///
/// Built for accounts with thousands of applications below one domain: what can cover a host or path is looked up by
/// its literal text, and only that is compared.
struct DestinationIndex: Sendable {
    /// A destination that several applications claim.
    struct Duplicate: Hashable, Sendable {
        let destination: Destination
        /// Sorted.
        let applicationIDs: [String]
    }

    /// Sorted by the text of the destination.
    let duplicates: [Duplicate]
    private let hosts: WildcardTable<Host>

    private struct Host: Sendable {
        let pattern: HostPattern
        var claims = WildcardTable<Claim>()
    }

    private struct Claim: Sendable {
        let pattern: DestinationPattern
        /// Sorted.
        let applicationIDs: [String]
    }

    init(_ applications: [(applicationID: String, destinations: [Destination])]) {
        var claimants: [Destination: Set<String>] = [:]
        for application in applications {
            for destination in application.destinations {
                claimants[destination, default: []].insert(application.applicationID)
            }
        }
        var hosts: [HostPattern: Host] = [:]
        var duplicates: [Duplicate] = []
        for (destination, applicationIDs) in claimants {
            let sorted = applicationIDs.sorted()
            if sorted.count > 1 { duplicates.append(Duplicate(destination: destination, applicationIDs: sorted)) }
            guard case .public(let pattern) = destination else { continue }
            hosts[pattern.host, default: Host(pattern: pattern.host)].claims.insert(
                Claim(pattern: pattern, applicationIDs: sorted),
                // What is below a path is covered, so its end says nothing.
                prefix: pattern.path.literalPrefix,
                suffix: []
            )
        }
        self.duplicates = duplicates.sorted { "\($0.destination)" < "\($1.destination)" }
        var table = WildcardTable<Host>()
        for (pattern, host) in hosts {
            table.insert(host, prefix: pattern.text.literalPrefix, suffix: pattern.text.literalSuffix)
        }
        self.hosts = table
    }

    /// The applications with the most specific pattern that covers a URL, sorted.
    ///
    /// Several when they claim the same pattern, or patterns of which nobody knows which one Access prefers.
    func mostSpecific(host: String, path: String) -> [String] {
        mostSpecific(of: covering(DestinationPattern.Address(host: host, path: path)))
    }

    /// The applications that guard every URL of a host, or of all hosts that a pattern stands for; sorted.
    ///
    /// The most specific one comes first where several do.
    func wholeHost(_ host: HostPattern) -> [String] {
        let claims = covering(DestinationPattern.Address(host: host.text.bytes, path: Array("/*".utf8)))
        let first = mostSpecific(of: claims)
        return first + Set(claims.flatMap(\.applicationIDs)).subtracting(first).sorted()
    }

    /// The destinations that guard a host, or all hosts that a pattern stands for, or a part of their paths.
    func claims(on host: HostPattern) -> [(pattern: DestinationPattern, applicationIDs: [String])] {
        hosts.candidates(for: host.text.bytes).filter { $0.pattern.covers(host.text.bytes) }
            .flatMap { $0.claims.all.map { ($0.pattern, $0.applicationIDs) } }
    }

    /// The application that would serve the pattern's URLs if `applicationID` did not claim them.
    ///
    /// `nil` when there is none, or when it is this application itself by another of its destinations. Of several that
    /// claim the same, the one with the lowest id.
    func parent(of pattern: DestinationPattern, in applicationID: String) -> String? {
        let broader = covering(pattern.address).filter { pattern.isMoreSpecific(than: $0.pattern) }
        let parents = mostSpecific(of: broader)
        return parents.contains(applicationID) ? nil : parents.first
    }

    private func covering(_ address: DestinationPattern.Address) -> [Claim] {
        hosts.candidates(for: address.host).filter { $0.pattern.covers(address.host) }.flatMap { host in
            host.claims.candidates(for: address.path).filter { $0.pattern.covers(path: address.path) }
        }
    }

    private func mostSpecific(of claims: [Claim]) -> [String] {
        guard let best = claims.max(by: { $1.pattern.isMoreSpecific(than: $0.pattern) })?.pattern else { return [] }
        let winners = claims.filter { !best.isMoreSpecific(than: $0.pattern) }
        return Set(winners.flatMap(\.applicationIDs)).sorted()
    }
}
