import AuditModel

/// A log as SARIF 2.1.0 has it: of each object the members that we write, under the standard's names.
///
/// `nil` leaves a member out; the standard has no `null` and allows no empty text.
struct SARIFLog: Encodable {
    let schema = "https://json.schemastore.org/sarif-2.1.0.json"
    let version = "2.1.0"
    let runs: [Run]
    let properties: Properties

    /// What concerns all runs; the standard leaves such bags to us.
    struct Properties: Encodable {
        let summary: Summary
        let snapshot: SnapshotSummary
        let redaction: Redaction?
    }

    struct Run: Encodable {
        let tool: Tool
        let automationDetails: AutomationDetails
        let invocations: [Invocation]
        let results: [Result]
        let taxonomies: [Component]?
        let properties: RunProperties
    }

    struct RunProperties: Encodable {
        let accountID: String?
        let accountName: String?
        let openBySeverity: [String: Int]

        private enum CodingKeys: String, CodingKey {
            case accountID = "account_id"
            case accountName = "account_name"
            case openBySeverity = "open_by_severity"
        }
    }

    struct AutomationDetails: Encodable {
        let id: String
    }

    struct Tool: Encodable {
        let driver: Driver
    }

    struct Driver: Encodable {
        let name: String
        let version: String?
        let rules: [Descriptor]
        let notifications: [Descriptor]
        let supportedTaxonomies: [ComponentReference]?
        let properties: DriverProperties
    }

    struct DriverProperties: Encodable {
        let rulesDigest: String?

        private enum CodingKeys: String, CodingKey {
            case rulesDigest = "rules_digest"
        }
    }

    /// A catalogue of controls.
    struct Component: Encodable {
        let name: String
        let fullName: String?
        let version: String?
        let informationURI: String?
        let taxa: [Descriptor]

        private enum CodingKeys: String, CodingKey {
            case name, fullName, version
            case informationURI = "informationUri"
            case taxa
        }
    }

    struct ComponentReference: Encodable {
        let name: String
        let index: Int
    }

    /// A rule, a kind of notification or a control.
    struct Descriptor: Encodable {
        let id: String
        var name: String?
        var shortDescription: Text?
        var fullDescription: Text?
        var help: Text?
        var helpURI: String?
        var defaultConfiguration: Configuration?
        var relationships: [Relationship]?
        var properties: RuleProperties?

        private enum CodingKeys: String, CodingKey {
            case id, name, shortDescription, fullDescription, help
            case helpURI = "helpUri"
            case defaultConfiguration, relationships, properties
        }
    }

    struct RuleProperties: Encodable {
        let tags: [String]
        let precision: String
        /// A number as text, as GitHub wants it.
        let securitySeverity: String?
        let severity: Severity
        let ruleID: String
        let ruleVersion: Int?

        private enum CodingKeys: String, CodingKey {
            case tags, precision
            case securitySeverity = "security-severity"
            case severity
            case ruleID = "rule_id"
            case ruleVersion = "rule_version"
        }
    }

    struct Configuration: Encodable {
        let level: Level
    }

    struct Relationship: Encodable {
        let target: DescriptorReference
        let kinds: [String]
    }

    struct DescriptorReference: Encodable {
        let id: String
        var index: Int?
        var toolComponent: ComponentReference?
    }

    enum Level: String, Encodable {
        case note, warning, error
    }

    /// Text that a viewer shows, plain and formatted.
    struct Text: Encodable {
        let text: String
        var markdown: String?
    }

    struct Invocation: Encodable {
        let executionSuccessful: Bool
        let startTimeUTC: String?
        let endTimeUTC: String?
        let toolExecutionNotifications: [Notification]
        let toolConfigurationNotifications: [Notification]

        private enum CodingKeys: String, CodingKey {
            case executionSuccessful
            case startTimeUTC = "startTimeUtc"
            case endTimeUTC = "endTimeUtc"
            case toolExecutionNotifications, toolConfigurationNotifications
        }
    }

    struct Notification: Encodable {
        let descriptor: DescriptorReference
        let level: Level
        let message: Text
        var associatedRule: DescriptorReference?
        var locations: [Location]?
    }

    struct Result: Encodable {
        let ruleID: String
        let ruleIndex: Int
        let level: Level
        let message: Text
        let locations: [Location]
        let partialFingerprints: [String: String]
        let baselineState: String?
        let properties: ResultProperties

        private enum CodingKeys: String, CodingKey {
            case ruleID = "ruleId"
            case ruleIndex, level, message, locations, partialFingerprints, baselineState, properties
        }
    }

    struct ResultProperties: Encodable {
        let severity: Severity
        let accountID: String?
        let resourceType: String?
        let resourceID: String?
        let detailKey: String?
        let change: FindingChange?
        let evidenceDigest: String?
        let evidence: [String: EvidenceValue]?

        private enum CodingKeys: String, CodingKey {
            case severity
            case accountID = "account_id"
            case resourceType = "resource_type"
            case resourceID = "resource_id"
            case detailKey = "detail_key"
            case change
            case evidenceDigest = "evidence_digest"
            case evidence
        }
    }

    struct Location: Encodable {
        let physicalLocation: PhysicalLocation?
        let logicalLocations: [LogicalLocation]
    }

    struct PhysicalLocation: Encodable {
        let artifactLocation: ArtifactLocation
        let region: Region
    }

    struct ArtifactLocation: Encodable {
        let uri: String
    }

    struct Region: Encodable {
        let startLine = 1
        let startColumn = 1
        let endLine = 1
        let endColumn = 2
    }

    struct LogicalLocation: Encodable {
        let name: String
        let fullyQualifiedName: String
        let kind = "resource"
    }

    private enum CodingKeys: String, CodingKey {
        case schema = "$schema"
        case version, runs, properties
    }
}
