import AuditModel
import Foundation
import GRDB
import SnapshotStore

/// A session length as Cloudflare has it.
struct SessionSetting: Sendable, Hashable {
    let text: String
    /// `nil` when the text is not understood.
    let seconds: Double?

    /// `nil` when the column and so the setting is empty.
    init?(_ row: Row, _ column: String) {
        guard let text: String = row.typed(column) else { return nil }
        self.text = text
        seconds = row.typed("\(column)_seconds")
    }
}

/// An `mfa_config` of an application or policy.
struct MFASetting: Sendable, Hashable {
    let isDisabled: Bool
    /// Whether what is set has the form that the API describes.
    let isUnderstood: Bool
    let sessionDuration: String?
    /// `nil` when the list is absent.
    let authenticators: [String]?

    /// Nothing is set.
    static let unset = MFASetting(isDisabled: false, isUnderstood: true, sessionDuration: nil, authenticators: nil)

    /// SQL for the form that `mfa_config` has in the object of a row.
    static let formColumn = "CASE WHEN json_valid(body) THEN json_type(body, '$.mfa_config') END AS mfa_config_form"

    /// Whether what a row read with ``formColumn`` has is an object, or nothing.
    static func isObject(_ row: Row) -> Bool {
        [nil, "object", "null"].contains(row.typed("mfa_config_form") as String?)
    }

    /// A non-null object that sets a duration or a list, and does not switch MFA off.
    var hasOwnSettings: Bool { !isDisabled && (sessionDuration != nil || authenticators != nil) }

    /// The texts of a JSON list; `nil` when there is none.
    static func list(_ json: String?) -> [String]? {
        json.flatMap { try? JSONDecoder().decode([String].self, from: Data($0.utf8)) }
    }
}

extension MFASetting {
    init(_ row: Row) {
        let flag: Bool? = row.typed("mfa_config_mfa_disabled")
        let authenticators = Self.list(row.typed("mfa_config_allowed_authenticators"))
        self.init(
            isDisabled: flag ?? false,
            isUnderstood: Self.isObject(row) && (flag != nil || !row.hasValue("mfa_config_mfa_disabled"))
                && (authenticators != nil || !row.hasValue("mfa_config_allowed_authenticators")),
            sessionDuration: row.typed("mfa_config_session_duration"),
            authenticators: authenticators
        )
    }
}

/// The Zero Trust organization as far as it was read.
enum OrganizationState: Sendable, Hashable {
    /// Not read: nothing may be concluded.
    case unread
    /// The account has none.
    case absent
    case read(Organization)

    struct Organization: Sendable, Hashable {
        let requiresMFAForAllApps: Bool
        let authenticators: [String]
        /// Whether its MFA settings have the form that the API describes.
        let isMFAUnderstood: Bool
        let allowsDeviceClientLogin: Bool?
        let deviceClientSession: SessionSetting?
        /// Whether a login does not count when the request shows a service token.
        let isStrictAboutTokens: Bool
        let methodMatching: MethodMatching
    }

    /// Whether a second factor that the identity provider reports spares Cloudflare's own prompt.
    enum MethodMatching: Sendable, Hashable {
        case off
        /// As the documentation has it: a reported method counts as the authenticator that it corresponds to.
        case byMethod
        /// Only the API's field is set, whose description differs from the documentation.
        case uncertain
    }

    /// What was read; `nil` when nothing was.
    var organization: Organization? {
        guard case .read(let organization) = self else { return nil }
        return organization
    }

    init(_ snapshot: Snapshot, accountID: String) throws {
        let row = try snapshot.read {
            try Row.fetchOne(
                $0,
                sql: """
                    SELECT *, CASE WHEN json_valid(body) THEN json_extract(body, '$.mfa_config.amr_matching_enabled') END
                    AS amr_matching_enabled, \(MFASetting.formColumn) FROM organization WHERE account_id = ?
                    """,
                arguments: [accountID]
            )
        }
        guard let row else {
            let isKnown = snapshot.isReliable(.organization, accountID: accountID)
            self = isKnown ? .absent : .unread
            return
        }
        let requiresMFA: Bool? = row.typed("mfa_required_for_all_apps")
        let authenticators = MFASetting.list(row.typed("mfa_config_allowed_authenticators"))
        self = .read(
            Organization(
                requiresMFAForAllApps: requiresMFA ?? false,
                authenticators: authenticators ?? [],
                isMFAUnderstood: MFASetting.isObject(row)
                    && (requiresMFA != nil || !row.hasValue("mfa_required_for_all_apps"))
                    && (authenticators != nil || !row.hasValue("mfa_config_allowed_authenticators")),
                allowsDeviceClientLogin: row.typed("allow_authenticate_via_warp"),
                deviceClientSession: SessionSetting(row, "warp_auth_session_duration"),
                isStrictAboutTokens: row.typed("strict_service_token_auth") ?? false,
                methodMatching: Self.methodMatching(row)
            )
        )
    }

    private static func methodMatching(_ row: Row) -> MethodMatching {
        let isEnabled: Bool? = row.typed("amr_matching_enabled")
        if let isEnabled { return isEnabled ? .byMethod : .off }
        return row.hasValue("mfa_config_amr_matching_session_duration") ? .uncertain : .off
    }
}
