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
        permissions: permissions.union(["Account Settings Read"]),
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

    /// Every kind of the catalogue.
    static func resources(_ count: Int) -> [String: JSONValue] {
        var resources: [String: JSONValue] = [:]
        for kind in ResourceCatalogue.kinds {
            resources[kind.listing.path] =
                kind.listing.paging == .object
                ? ["name": "Northwind", "auth_domain": "northwind.cloudflareaccess.com"] : list(kind, 1...count)
        }
        return resources
    }

    /// Objects with the ids `kind-001` and so on.
    static func list(_ kind: ResourceKind, _ numbers: ClosedRange<Int>) -> JSONValue {
        .array(numbers.map { ["id": .string(id(kind, $0)), "name": .string("Number \($0)")] })
    }

    static func id(_ kind: ResourceKind, _ number: Int) -> String {
        "\(kind.name)-\(String(number + 1000).dropFirst())"
    }

    /// Changes for every list endpoint.
    static func endpoints(_ changes: EndpointChanges) -> [String: EndpointChanges] {
        Dictionary(uniqueKeysWithValues: ResourceKind.lists.map { ($0.listing.path, changes) })
    }
}
