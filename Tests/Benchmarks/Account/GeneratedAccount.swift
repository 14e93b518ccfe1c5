import CloudflareSimulator
import JSONModel
import TestSupport

/// An account of a given size, made of copies of the demo account's objects; equal sizes give equal accounts.
struct GeneratedAccount {
    /// The account, its zones and one token that may read all of it.
    let world: SimulatedWorld
    /// Value of the token.
    let token: String

    private static let applications = "access/apps"
    private static let policies = "access/policies"
    private static let policiesPerApplication = 3
    /// Lists that zones have too.
    private static let zoneLists = [
        "access/apps", "access/apps/ca", "access/certificates", "access/certificates/settings", "access/groups",
        "access/identity_providers", "access/service_tokens",
    ]

    init(_ size: AccountSize) throws {
        let demo = try SimulatedWorld.demoAccount()
        guard let account = demo.accounts.first, var token = demo.tokens.first else {
            throw BenchmarkError(description: "the demo account is empty")
        }
        // Sessions, failed logins and SCIM directories are collected only when asked for.
        let resources = account.resources.filter { !$0.key.hasPrefix("access/users/") && !$0.key.contains("/scim/") }
        let zone = demo.zones.first { !$0.resources.isEmpty }?.resources ?? [:]
        let zones = size.count(ofLarge: AccountSize.largeZones)
        let lists = Self.lists(resources)
        let counts = lists.reduce(into: [:]) { counts, list in
            counts[list.key] = AccountSize.largeCounts[list.key].map(size.count(ofLarge:)) ?? list.value.count
        }
        var copier = ObjectCopier()
        for (path, templates) in lists.sorted(by: { $0.key < $1.key }) {
            copier.learn(templates, count: counts[path] ?? 0)
        }
        for templates in zone.sorted(by: { $0.key < $1.key }).compactMap(\.value.arrayValue) {
            copier.learn(templates, count: templates.count * zones)
        }
        token.accountIDs = [account.id]
        self.token = token.value
        world = SimulatedWorld(
            tokens: [token],
            accounts: [
                SimulatedAccount(
                    id: account.id,
                    name: account.name,
                    resources: Self.resources(resources, lists: lists, counts: counts, copier)
                )
            ],
            zones: (0..<zones).map { Self.zone($0, of: account.id, like: zone, copier) }
        )
    }

    /// The lists that are not below an element of another list, without what was deleted.
    ///
    /// Devices and their registrations stay as they are: those that were revoked are of interest.
    private static func lists(_ resources: [String: JSONValue]) -> [String: [JSONValue]] {
        resources.compactMapValues(\.arrayValue).filter { list in parent(of: list.key, in: resources) == nil }
            .reduce(into: [:]) { lists, list in
                lists[list.key] = list.value.filter {
                    list.key.hasPrefix("devices/") || $0["deleted_at"]?.isNull ?? true
                }
            }
    }

    /// The list that has the element which the path names, and the rest of the path behind the element's id.
    private static func parent(of path: String, in resources: [String: JSONValue]) -> (list: String, rest: String)? {
        for case (let list, .array(let elements)) in resources where path.hasPrefix(list + "/") {
            let rest = path.dropFirst(list.count + 1)
            let id = rest.prefix { $0 != "/" }
            guard elements.contains(where: { $0["id"]?.stringValue == String(id) }) else { continue }
            return (list, String(rest.dropFirst(id.count + 1)))
        }
        return nil
    }

    private static func resources(
        _ templates: [String: JSONValue],
        lists: [String: [JSONValue]],
        counts: [String: Int],
        _ copier: ObjectCopier
    ) -> [String: JSONValue] {
        var result: [String: JSONValue] = [:]
        var children: [String: [(rest: String, value: JSONValue)]] = [:]
        for (path, value) in templates.sorted(by: { $0.key < $1.key }) where lists[path] == nil {
            if let (list, rest) = parent(of: path, in: templates) {
                children[list, default: []].append((rest, value))
            } else {
                result[path] = value
            }
        }
        for (path, templates) in lists where !templates.isEmpty {
            let elements = (0..<(counts[path] ?? 0)).map { number in
                copier.copy(templates[number % templates.count], number: number / templates.count)
            }
            result[path] = .array(elements)
            guard let below = children[path] else { continue }
            for (number, element) in elements.enumerated() {
                guard let id = element["id"]?.stringValue else { continue }
                let child = below[number % below.count]
                result["\(path)/\(id)/\(child.rest)"] = copier.copy(child.value, number: number / templates.count)
            }
        }
        result[applications] = withPolicies(result)
        return result
    }

    /// The applications; each that has policies at all has three of the account's reusable ones.
    private static func withPolicies(_ resources: [String: JSONValue]) -> JSONValue? {
        guard let policies = resources[policies]?.arrayValue, !policies.isEmpty else { return resources[applications] }
        let result = resources[applications]?.arrayValue?.enumerated().map { number, application -> JSONValue in
            guard case .object(var members) = application, members["policies"]?.arrayValue?.isEmpty == false else {
                return application
            }
            members["policies"] = .array(
                (0..<policiesPerApplication).map { precedence in
                    var policy = policies[(number * policiesPerApplication + precedence) % policies.count].objectValue
                    policy?["precedence"] = .integer(Int64(precedence + 1))
                    policy?["app_count"] = nil
                    return .object(policy ?? [:])
                }
            )
            return .object(members)
        }
        return result.map(JSONValue.array)
    }

    private static func zone(
        _ number: Int,
        of accountID: String,
        like templates: [String: JSONValue],
        _ copier: ObjectCopier
    ) -> SimulatedZone {
        var resources = templates.compactMapValues(\.arrayValue).mapValues { elements in
            JSONValue.array(elements.map { copier.copy($0, number: number) })
        }
        for list in zoneLists where resources[list] == nil { resources[list] = [] }
        let digits = String(number, radix: 16)
        return SimulatedZone(
            id: String(repeating: "e", count: 32 - digits.count) + digits,
            name: "zone-\(number).example",
            accountID: accountID,
            resources: resources
        )
    }
}
