import CloudflareSimulator
import JSONModel
import SnapshotStore

/// Accounts that hold the same number of every resource kind in the catalogue.
enum SmallWorld {
    static let account = "0123456789abcdef0123456789abcdef"
    static let second = "11111111111111111111111111111111"
    static let foreign = "22222222222222222222222222222222"
    static let permissions = Set(ResourceCatalogue.kinds.map(\.permission))

    /// A user's token that may read everything in the ordinary account.
    static let token = SimulatedToken(
        value: "Kq3vX9_fRzP0aJm-7LwYt2",
        id: "reader",
        name: "Audit",
        permissions: permissions,
        accountIDs: [account]
    )

    /// A world whose token sees one account, with so many elements in every list.
    static func world(count: Int = 25) -> SimulatedWorld {
        SimulatedWorld(
            tokens: [token],
            accounts: [
                SimulatedAccount(id: account, name: "Northwind", resources: resources(count)),
                SimulatedAccount(id: second, name: "Harbourline", resources: resources(3)),
                SimulatedAccount(id: foreign, name: "Someone else"),
            ]
        )
    }

    /// Every kind of the catalogue: so many of each list, and two of each list that is below another resource.
    static func resources(_ count: Int) -> [String: JSONValue] {
        var resources: [String: JSONValue] = [:]
        for kind in ResourceCatalogue.kinds where kind != .browserExtensionProfiles {
            switch kind.listing.scope {
            case .account, .accountAndZones:
                resources[kind.listing.path] = isObject(kind) ? object(kind, 1) : list(kind, 1...count)
            case .each(let name, _):
                for parent in ResourceCatalogue.kinds where parent.name == name {
                    for number in 1...count {
                        let path = kind.listing.path.replacing("{parent}", with: id(parent, number))
                        resources[path] = isObject(kind) ? object(kind, number) : list(kind, 1...2)
                    }
                }
            case .itself: continue
            }
        }
        return resources
    }

    private static func isObject(_ kind: ResourceKind) -> Bool { kind.listing.paging == .object }

    /// Objects with the ids `kind-001` and so on.
    static func list(_ kind: ResourceKind, _ numbers: ClosedRange<Int>) -> JSONValue {
        .array(numbers.map { object(kind, $0) })
    }

    /// An object with its id where the kind has it; identity providers take users over SCIM, so that there are some.
    private static func object(_ kind: ResourceKind, _ number: Int) -> JSONValue {
        let id = JSONValue.string(id(kind, number))
        var members: [String: JSONValue] = ["name": .string("Number \(number)")]
        if kind == .identityProviders { members["scim_config"] = ["enabled": true] }
        switch kind.identifier.count {
        case 1: members[kind.identifier[0]] = id
        default: members[kind.identifier[0]] = .object([kind.identifier[1]: id])
        }
        return .object(members)
    }

    static func id(_ kind: ResourceKind, _ number: Int) -> String {
        "\(kind.name)-\(String(number + 1000).dropFirst())"
    }

    /// Changes for every list endpoint.
    static func endpoints(_ changes: EndpointChanges) -> [String: EndpointChanges] {
        Dictionary(ResourceKind.lists.map { ($0.listing.path, changes) }) { $1 }
    }
}
