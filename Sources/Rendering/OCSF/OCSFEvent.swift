import AuditModel

/// A Compliance Finding of the Open Cybersecurity Schema Framework, version 1.8.0, with the attributes that we use.
///
/// Names and numbers are those of https://schema.ocsf.io/1.8.0/classes/compliance_finding.
struct OCSFEvent: Encodable {
    var activity = Activity.create
    var cloud: Cloud
    /// Why a fail does not count.
    var comment: String?
    var compliance: Compliance
    var evidences: [Evidence]?
    var findingInfo: FindingInfo
    var message: String
    var metadata: Metadata
    var remediation: Remediation?
    var resources: [Resource]?
    var severity: Severity
    /// `nil` for what nobody needs to work on.
    var status: Status?
    /// Milliseconds since 1970-01-01T00:00:00Z.
    var time: Int64
    /// What the schema has no place for.
    var unmapped: Unmapped

    /// What happened to the finding since an earlier audit.
    enum Activity: Int {
        case create = 1
        case update = 2
        case close = 3
    }

    enum Severity: Int {
        case unknown = 0
        case informational = 1
        case low = 2
        case medium = 3
        case high = 4
        case critical = 5

        var caption: String {
            switch self {
            case .unknown: "Unknown"
            case .informational: "Informational"
            case .low: "Low"
            case .medium: "Medium"
            case .high: "High"
            case .critical: "Critical"
            }
        }
    }

    enum Status: Int {
        case new = 1
        case inProgress = 2
        case suppressed = 3
        case resolved = 4

        var caption: String {
            switch self {
            case .new: "New"
            case .inProgress: "In Progress"
            case .suppressed: "Suppressed"
            case .resolved: "Resolved"
            }
        }
    }

    struct Cloud: Encodable {
        var account: Account?
        var provider = "Cloudflare"

        struct Account: Encodable {
            var name: String?
            var uid: String
        }
    }

    struct Compliance: Encodable {
        /// The rule: what it asks for is what is controlled.
        var control: String
        /// Controls of frameworks that the verdict is evidence for.
        var requirements: [String]?
        var standards: [String]?
        /// The caption of the status, or our own word where it is 99.
        var status: String
        var statusDetails: [String]?
        var statusID: Int

        private enum CodingKeys: String, CodingKey {
            case control, requirements, standards, status
            case statusDetails = "status_details"
            case statusID = "status_id"
        }
    }

    struct Evidence: Encodable {
        /// The facts, by column name of the rule's query.
        var data: [String: EvidenceValue]
        /// Digest of the facts.
        var uid: String
    }

    struct FindingInfo: Encodable {
        var analytic: Analytic
        var desc: String?
        var title: String
        /// The fingerprint.
        var uid: String
        /// The same for a pass and a fail of one rule and resource, so that the one can follow the other.
        var otherUID: String?

        struct Analytic: Encodable {
            var name: String
            var type = "Rule"
            var typeID = 1
            var uid: String
            var version: String?

            private enum CodingKeys: String, CodingKey {
                case name, type, uid, version
                case typeID = "type_id"
            }
        }

        private enum CodingKeys: String, CodingKey {
            case analytic, desc, title, uid
            case otherUID = "uid_alt"
        }
    }

    struct Metadata: Encodable {
        var product: Product
        var profiles = ["cloud"]
        /// Tells an event apart from all others; the same when a document is loaded twice.
        var uid: String
        var version = "1.8.0"

        struct Product: Encodable {
            var name: String
            var vendor: String
            var version: String

            private enum CodingKeys: String, CodingKey {
                case name, version
                case vendor = "vendor_name"
            }
        }
    }

    struct Remediation: Encodable {
        var desc: String
        var references: [String]?
    }

    struct Resource: Encodable {
        /// Tier of an application.
        var criticality: String?
        var name: String
        var role: Role
        var type: String
        var uid: String

        enum Role: Int {
            case target = 1
            /// The target reaches it, as a policy does the applications that have it.
            case affected = 3

            var caption: String { self == .target ? "Target" : "Affected" }
        }

        private enum CodingKeys: String, CodingKey {
            case criticality, name, role, type, uid
            case roleID = "role_id"
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encodeIfPresent(criticality, forKey: .criticality)
            try container.encode(name, forKey: .name)
            try container.encode(role.caption, forKey: .role)
            try container.encode(role.rawValue, forKey: .roleID)
            try container.encode(type, forKey: .type)
            try container.encode(uid, forKey: .uid)
        }
    }

    /// Our own words.
    struct Unmapped: Encodable {
        /// `pass`, `fail`, `unknown`, `error`, `resolved` or `undecided`.
        var verdict: String
        var state: FindingState?
        var change: FindingChange?
        var detailKey: String?
        var unknownReason: UnknownReason?
        var waiver: Acceptance?
        /// Permissions or options that it takes to decide.
        var missing: [String]?

        private enum CodingKeys: String, CodingKey {
            case verdict, state, change, waiver, missing
            case detailKey = "detail_key"
            case unknownReason = "unknown_reason"
        }
    }

    private enum CodingKeys: String, CodingKey {
        case cloud, comment, compliance, evidences, message, metadata, remediation, resources, severity, status, time
        case unmapped
        case activityID = "activity_id"
        case categoryID = "category_uid"
        case classID = "class_uid"
        case findingInfo = "finding_info"
        case severityID = "severity_id"
        case statusID = "status_id"
        case typeID = "type_uid"
    }

    func encode(to encoder: any Encoder) throws {
        let classID = 2003
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(activity.rawValue, forKey: .activityID)
        try container.encode(classID / 1000, forKey: .categoryID)
        try container.encode(classID, forKey: .classID)
        try container.encode(classID * 100 + activity.rawValue, forKey: .typeID)
        try container.encode(cloud, forKey: .cloud)
        try container.encodeIfPresent(comment, forKey: .comment)
        try container.encode(compliance, forKey: .compliance)
        try container.encodeIfPresent(evidences, forKey: .evidences)
        try container.encode(findingInfo, forKey: .findingInfo)
        try container.encode(message, forKey: .message)
        try container.encode(metadata, forKey: .metadata)
        try container.encodeIfPresent(remediation, forKey: .remediation)
        try container.encodeIfPresent(resources, forKey: .resources)
        try container.encode(severity.caption, forKey: .severity)
        try container.encode(severity.rawValue, forKey: .severityID)
        try container.encodeIfPresent(status?.caption, forKey: .status)
        try container.encodeIfPresent(status?.rawValue, forKey: .statusID)
        try container.encode(time, forKey: .time)
        try container.encode(unmapped, forKey: .unmapped)
    }
}
