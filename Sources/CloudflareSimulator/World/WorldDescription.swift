import Foundation

/// The content of `world.json`, as it is written.
struct WorldDescription: Decodable {
    struct Token: Decodable {
        enum Kind: String, Decodable { case user, account }

        let value: String
        let id: String
        let name: String
        let kind: Kind
        let accountID: String?
        let status: SimulatedToken.Status
        let permissions: [String]
        let accountIDs: [String]
        let zoneIDs: [String]?
        let expiresOn: String?

        private enum Key: String, CodingKey {
            case value, id, name, kind, status, permissions
            case accountID = "account_id"
            case accountIDs = "account_ids"
            case zoneIDs = "zone_ids"
            case expiresOn = "expires_on"
        }

        init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: Key.self)
            value = try members.decode(String.self, forKey: .value)
            id = try members.decode(String.self, forKey: .id)
            name = try members.decode(String.self, forKey: .name)
            kind = try members.decodeIfPresent(Kind.self, forKey: .kind) ?? .user
            accountID = try members.decodeIfPresent(String.self, forKey: .accountID)
            status = try members.decodeIfPresent(SimulatedToken.Status.self, forKey: .status) ?? .active
            permissions = try members.decode([String].self, forKey: .permissions)
            accountIDs = try members.decode([String].self, forKey: .accountIDs)
            zoneIDs = try members.decodeIfPresent([String].self, forKey: .zoneIDs)
            expiresOn = try members.decodeIfPresent(String.self, forKey: .expiresOn)
        }
    }

    struct GlobalKey: Decodable {
        let email: String
        let key: String
    }

    struct Account: Decodable {
        let id: String
        let name: String
        let accessEnabled: Bool
        let enforcesTwoFactor: Bool
        let folder: String?

        private enum Key: String, CodingKey {
            case id, name, folder
            case accessEnabled = "access_enabled"
            case enforcesTwoFactor = "enforce_twofactor"
        }

        init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: Key.self)
            id = try members.decode(String.self, forKey: .id)
            name = try members.decode(String.self, forKey: .name)
            accessEnabled = try members.decodeIfPresent(Bool.self, forKey: .accessEnabled) ?? true
            enforcesTwoFactor = try members.decodeIfPresent(Bool.self, forKey: .enforcesTwoFactor) ?? false
            folder = try members.decodeIfPresent(String.self, forKey: .folder)
        }
    }

    struct Zone: Decodable {
        let id: String
        let name: String
        let accountID: String
        let folder: String?

        private enum CodingKeys: String, CodingKey {
            case id, name, folder
            case accountID = "account_id"
        }
    }

    let tokens: [Token]
    let globalKeys: [GlobalKey]
    let accounts: [Account]
    let zones: [Zone]

    private enum Key: String, CodingKey {
        case tokens, accounts, zones
        case globalKeys = "global_keys"
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Key.self)
        tokens = try members.decodeIfPresent([Token].self, forKey: .tokens) ?? []
        globalKeys = try members.decodeIfPresent([GlobalKey].self, forKey: .globalKeys) ?? []
        accounts = try members.decodeIfPresent([Account].self, forKey: .accounts) ?? []
        zones = try members.decodeIfPresent([Zone].self, forKey: .zones) ?? []
    }

    /// Decodes the file's text.
    init(path: String, text: String) throws {
        do {
            self = try JSONDecoder().decode(WorldDescription.self, from: Data(text.utf8))
        } catch {
            throw SimulatedWorldError(
                code: .unknownShape,
                file: path,
                problem: "the file does not describe a world (\(error))",
                remedy: "Compare it with the documentation of SimulatedWorld.init(files:)"
            )
        }
    }
}
