import AuditModel

/// An ingress rule of a tunnel, and what Access makes of the requests that it takes.
struct TunnelHostname: Hashable, Sendable {
    let rule: IngressRule
    /// Whether applications guard every request that the rule takes.
    let covered: Truth
    /// Why, in a sentence.
    let explanation: String
    /// Applications that guard all of it, the most specific first.
    let wholly: [String]
    /// Applications that guard a part of its paths, sorted.
    let partly: [String]
    /// Whether the organization denies the requests that no application guards.
    let isUnmatchedDenied: Truth

    /// What an ingress rule of cloudflared takes.
    struct IngressRule: Hashable, Sendable {
        let tunnelID: String
        /// Place in the tunnel's list, from 0.
        let position: Int64
        /// As the API sent it; `nil` and empty take every host.
        let hostname: String?
        /// A regular expression (RE2), which may match anywhere in the path; `nil` and empty take every path.
        let path: String?
        /// Whether hostname and path are texts or absent.
        let isUnderstood: Bool
    }
}

/// Tells what Access makes of the hostnames of tunnels.
struct TunnelHostnames: Sendable {
    /// How the organization treats requests that no application guards.
    struct Unmatched: Hashable, Sendable {
        var isDenied: Truth
        /// Names of zones in which they get through all the same, in lower case.
        var exemptedZones: Set<String> = []
    }

    private let index: DestinationIndex
    private let unmatched: Unmatched
    /// Every domain with a host below it that some application guards, in part at least.
    private let domainsWithApplications: Set<String>
    /// A destination that is not understood might guard any host.
    private let doubt: String?

    init(_ index: DestinationIndex, _ destinations: [String: ApplicationDestinations], _ unmatched: Unmatched) {
        self.index = index
        self.unmatched = unmatched
        var domains: Set<String> = []
        for pattern in destinations.values.flatMap(\.patterns) {
            domains.formUnion(Self.domains(of: pattern.host.text.text).dropFirst())
        }
        domainsWithApplications = domains
        doubt = destinations.filter { !$0.value.notUnderstood.isEmpty }.keys.min().map {
            "the application \"\($0)\" guards something that is not understood"
        }
    }

    func hostname(_ rule: TunnelHostname.IngressRule) -> TunnelHostname {
        func result(
            _ covered: Truth,
            _ explanation: String,
            wholly: [String] = [],
            partly: [String] = [],
            denied: Truth? = nil
        ) -> TunnelHostname {
            TunnelHostname(
                rule: rule,
                covered: covered,
                explanation: explanation,
                wholly: wholly,
                partly: partly,
                isUnmatchedDenied: denied ?? isUnmatchedDenied(below: rule.hostname ?? "")
            )
        }
        guard rule.isUnderstood else {
            return result(.unknown, "The ingress rule has a hostname or path that is no text.")
        }
        guard let name = rule.hostname, !name.isEmpty, name != "*" else {
            let everywhere = unmatched.exemptedZones.isEmpty ? unmatched.isDenied : min(unmatched.isDenied, .unknown)
            return result(
                .unknown,
                "It takes every hostname whose DNS record leads to the tunnel, and DNS records are not read.",
                denied: everywhere
            )
        }
        guard let host = HostPattern(name) else {
            return result(.unknown, "The hostname \"\(name)\" is not understood.")
        }
        let wholly = index.wholeHost(host)
        let claims = index.claims(on: host)
        let partly = Set(claims.flatMap(\.applicationIDs)).subtracting(wholly).sorted()
        if !host.isExact {
            let (covered, explanation) = wildcard(host, isCovered: !wholly.isEmpty)
            return result(covered, explanation, wholly: wholly, partly: partly)
        }
        guard wholly.isEmpty else {
            return result(.yes, "An application guards the whole hostname.", wholly: wholly, partly: partly)
        }
        let (covered, explanation, guards) = paths(of: rule, claims)
        return result(covered, explanation, wholly: guards, partly: Set(partly).subtracting(guards).sorted())
    }

    /// cloudflared takes names of any depth for a `*`, an application names of one label.
    private func wildcard(_ host: HostPattern, isCovered: Bool) -> (Truth, String) {
        let domain = host.text.text.drop { $0 == "*" || $0 == "." }
        if isCovered {
            return (
                .unknown,
                "In the application's \(host.text.text), * stands for one label; the tunnel takes longer names, too."
            )
        }
        if domainsWithApplications.contains(String(domain)) {
            return (
                .unknown,
                "Applications guard some of the names below \(domain); which of them exist is not known."
            )
        }
        return absent("No application guards any name below \(domain)")
    }

    /// For a host that no application guards as a whole.
    private func paths(
        of rule: TunnelHostname.IngressRule,
        _ claims: [(pattern: DestinationPattern, applicationIDs: [String])]
    ) -> (Truth, String, guards: [String]) {
        guard !claims.isEmpty else {
            let (covered, explanation) = absent("No application guards the hostname")
            return (covered, explanation, [])
        }
        let guarded = claims.map(\.pattern.description).sorted()
        let list = ConditionText.list(
            Array(guarded.prefix(3)) + (guarded.count > 3 ? ["\(guarded.count - 3) more"] : []),
            "and"
        )
        guard let path = rule.path, !path.isEmpty else {
            let (covered, explanation) = absent("Applications guard only a part of the hostname (\(list))")
            return (covered, explanation, [])
        }
        guard let expression = LiteralExpression(path) else {
            return (.unknown, "Applications guard \(list); whether that is all that \(path) matches is not known.", [])
        }
        let guards = claims.filter { $0.pattern.covers(path: expression.everything) }
        guard guards.isEmpty else {
            let ids = Set(guards.flatMap(\.applicationIDs)).sorted()
            return (.yes, "An application guards every path that \(path) matches.", ids)
        }
        guard claims.contains(where: { $0.pattern.covers(path: expression.example) }) else {
            let example = String(decoding: expression.example, as: UTF8.self)
            let (covered, explanation) = absent("Applications guard only \(list), and not \(example)")
            return (covered, explanation, [])
        }
        return (.unknown, "Applications guard \(list); the expression \(path) matches other paths, too.", [])
    }

    private func absent(_ reason: String) -> (Truth, String) {
        guard let doubt else { return (.no, reason + ".") }
        return (.unknown, "\(reason), but \(doubt).")
    }

    private func isUnmatchedDenied(below hostname: String) -> Truth {
        let name = String(decoding: HostPattern.normalized(hostname), as: UTF8.self)
        return unmatched.exemptedZones.isDisjoint(with: Self.domains(of: name)) ? unmatched.isDenied : .no
    }

    /// The name and every domain above it.
    private static func domains(of name: String) -> [String] {
        var domains: [String] = []
        var rest = Substring(name)
        while !rest.isEmpty {
            domains.append(String(rest))
            rest = rest.drop { $0 != "." }.dropFirst()
        }
        return domains
    }
}

/// A regular expression that is plain text, but for the anchors at its ends.
private struct LiteralExpression {
    /// All paths that it matches, with `*` for any characters.
    let everything: [UInt8]
    /// One of them.
    let example: [UInt8]

    /// `nil` when it has other operators.
    init?(_ expression: String) {
        var text = Substring(expression)
        let isAnchoredAtStart = text.hasPrefix("^")
        if isAnchoredAtStart { text = text.dropFirst() }
        let isAnchoredAtEnd = text.hasSuffix("$")
        if isAnchoredAtEnd { text = text.dropLast() }
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "_"): true
            case _: false
            }
        }
        // A path begins with a slash: an anchored expression that does not matches none.
        guard isPlain, !text.isEmpty, !isAnchoredAtStart || text.hasPrefix("/") else { return nil }
        everything = Array("\(isAnchoredAtStart ? "" : "*")\(text)\(isAnchoredAtEnd ? "" : "*")".utf8)
        example = DestinationPattern.Address(host: "", path: text.hasPrefix("/") ? "\(text)" : "/\(text)").path
    }
}
