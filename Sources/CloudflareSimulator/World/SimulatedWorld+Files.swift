import Foundation
import JSONModel

extension SimulatedWorld {
    /// Reads a world from JSON files.
    ///
    /// `world.json` holds tokens, global keys, accounts and zones. Every other `.json` file is one resource:
    /// `<folder>/<path with dots for slashes>.json`, where the folder is the `folder` or the `id` of an account or
    /// zone in `world.json`; `northwind/access.apps.json` is `access/apps` of the account whose folder is `northwind`.
    ///
    /// - Parameter files: Each file's path, slashes between its parts, and its text. Only the last two parts matter.
    /// - Throws: `SimulatedWorldError` for a file that is no JSON, has another shape or belongs to no account.
    package init(files: [(path: String, text: String)]) throws {
        guard let main = files.first(where: { $0.path.split(separator: "/").last == "world.json" }) else {
            throw SimulatedWorldError(
                code: .missingWorldFile,
                file: "world.json",
                problem: "the file is missing",
                remedy: "Add it beside the folders of the accounts"
            )
        }
        let description = try WorldDescription(path: main.path, text: main.text)
        self.init(
            tokens: try description.tokens.map { try SimulatedToken($0, file: main.path) },
            globalKeys: description.globalKeys.map { SimulatedGlobalKey(email: $0.email, key: $0.key) },
            accounts: description.accounts.map {
                SimulatedAccount(
                    id: $0.id,
                    name: $0.name,
                    accessEnabled: $0.accessEnabled,
                    enforcesTwoFactor: $0.enforcesTwoFactor
                )
            },
            zones: description.zones.map { SimulatedZone(id: $0.id, name: $0.name, accountID: $0.accountID) }
        )
        for file in files where file.path != main.path && file.path.hasSuffix(".json") {
            try add(file, described: description)
        }
    }

    private mutating func add(_ file: (path: String, text: String), described world: WorldDescription) throws {
        let parts = file.path.split(separator: "/").suffix(2).map(String.init)
        let folder = parts.first ?? ""
        let resource = String((parts.last ?? "").dropLast(".json".count).replacing(".", with: "/"))
        let value: JSONValue
        do {
            value = try JSONValue(parsing: Data(file.text.utf8))
        } catch {
            throw SimulatedWorldError(
                code: .notJSON,
                file: file.path,
                problem: "the file is not JSON (\(error))",
                remedy: "Repair it"
            )
        }
        if let index = world.accounts.firstIndex(where: { $0.folder == folder || $0.id == folder }) {
            accounts[index].resources[resource] = value
        } else if let index = world.zones.firstIndex(where: { $0.folder == folder || $0.id == folder }) {
            zones[index].resources[resource] = value
        } else {
            throw SimulatedWorldError(
                code: .unknownFolder,
                file: file.path,
                problem: "no account or zone of world.json has the folder or id \"\(folder)\"",
                remedy: "Name the folder after one of them"
            )
        }
    }
}

extension SimulatedToken {
    fileprivate init(_ token: WorldDescription.Token, file: String) throws {
        let owner: Owner
        switch (token.kind, token.accountID) {
        case (.user, _): owner = .user
        case (.account, let accountID?): owner = .account(accountID)
        case (.account, nil):
            throw SimulatedWorldError(
                code: .unknownShape,
                file: file,
                problem: "the account-owned token \"\(token.name)\" has no account_id",
                remedy: "Name the account that owns it"
            )
        }
        self.init(
            value: token.value,
            id: token.id,
            name: token.name,
            owner: owner,
            status: token.status,
            permissions: Set(token.permissions),
            accountIDs: token.accountIDs,
            zoneIDs: token.zoneIDs,
            expiresOn: token.expiresOn
        )
    }
}
