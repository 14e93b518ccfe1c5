/// The members of OSCAL assessment results, version 1.1.3, that we use; 1.2.1 has the same.
///
/// Names are those of the published JSON schema. Lists that may be empty are optional, since OSCAL forbids empty ones.
struct OSCALDocument: Encodable {
    var results: AssessmentResults

    private enum CodingKeys: String, CodingKey {
        case results = "assessment-results"
    }

    struct AssessmentResults: Encodable {
        var uuid: String
        var metadata: Metadata
        var plan: Reference
        var results: [Result]
        var backMatter: BackMatter

        private enum CodingKeys: String, CodingKey {
            case uuid, metadata, results
            case plan = "import-ap"
            case backMatter = "back-matter"
        }
    }

    struct Metadata: Encodable {
        var title: String
        var lastModified: String
        var version: String
        var oscalVersion = "1.1.3"

        private enum CodingKeys: String, CodingKey {
            case title, version
            case lastModified = "last-modified"
            case oscalVersion = "oscal-version"
        }
    }

    struct Reference: Encodable {
        var href: String
    }

    struct BackMatter: Encodable {
        var resources: [Resource]

        struct Resource: Encodable {
            var uuid: String
            var title: String
            var description: String
        }
    }

    struct Property: Encodable {
        var name: String
        var namespace = OSCALText.namespace
        var value: String

        init(_ name: String, _ value: String) {
            self.name = OSCALText.token(name)
            self.value = OSCALText.string(value)
        }

        private enum CodingKeys: String, CodingKey {
            case name, value
            case namespace = "ns"
        }
    }

    struct Result: Encodable {
        var uuid: String
        var title: String
        var description: String
        var start: String
        var end: String?
        var props: [Property]
        var localDefinitions: LocalDefinitions
        var reviewedControls: ReviewedControls
        var observations: [Observation]?
        var risks: [Risk]?
        var findings: [Finding]?
        var remarks: String

        private enum CodingKeys: String, CodingKey {
            case uuid, title, description, start, end, props, observations, risks, findings, remarks
            case localDefinitions = "local-definitions"
            case reviewedControls = "reviewed-controls"
        }
    }

    struct LocalDefinitions: Encodable {
        var components: [Component]
        var inventoryItems: [InventoryItem]?

        private enum CodingKeys: String, CodingKey {
            case components
            case inventoryItems = "inventory-items"
        }
    }

    struct Component: Encodable {
        var uuid: String
        var type: String
        var title: String
        var description: String
        var props: [Property]
        var status = ["state": "operational"]
    }

    struct InventoryItem: Encodable {
        var uuid: String
        var description: String
        var props: [Property]
        var components: [[String: String]]

        private enum CodingKeys: String, CodingKey {
            case uuid, description, props
            case components = "implemented-components"
        }
    }

    struct ReviewedControls: Encodable {
        var controls: [ControlSelection]
        var objectives: [ObjectiveSelection]?

        struct ControlSelection: Encodable {
            var description: String
            var included: [[String: String]]?

            private enum CodingKeys: String, CodingKey {
                case description
                case included = "include-controls"
            }
        }

        struct ObjectiveSelection: Encodable {
            var description: String
            var included: [[String: String]]

            private enum CodingKeys: String, CodingKey {
                case description
                case included = "include-objectives"
            }
        }

        private enum CodingKeys: String, CodingKey {
            case controls = "control-selections"
            case objectives = "control-objective-selections"
        }
    }

    struct Observation: Encodable {
        var uuid: String
        var title: String
        var description: String
        var props: [Property]
        var methods = ["TEST"]
        var subjects: [Subject]?
        var evidence: [Evidence]?
        var collected: String
        var remarks: String?

        private enum CodingKeys: String, CodingKey {
            case uuid, title, description, props, methods, subjects, collected, remarks
            case evidence = "relevant-evidence"
        }
    }

    struct Subject: Encodable {
        var uuid: String
        var type: String
        var title: String

        private enum CodingKeys: String, CodingKey {
            case type, title
            case uuid = "subject-uuid"
        }
    }

    struct Evidence: Encodable {
        var href: String
        var description: String
        var props: [Property]?
    }

    struct Risk: Encodable {
        var uuid: String
        var title: String
        var description: String
        var statement: String
        var props: [Property]
        var status: String
    }

    struct Finding: Encodable {
        var uuid: String
        var title: String
        var description: String
        var props: [Property]?
        var target: Target
        var observations: [[String: String]]?
        var risks: [[String: String]]?
        var remarks: String

        struct Target: Encodable {
            var type = "objective-id"
            var id: String
            var title: String
            var status: Status

            private enum CodingKeys: String, CodingKey {
                case type, title, status
                case id = "target-id"
            }
        }

        struct Status: Encodable {
            var state: String
            var reason: String
        }

        private enum CodingKeys: String, CodingKey {
            case uuid, title, description, props, target, remarks
            case observations = "related-observations"
            case risks = "related-risks"
        }
    }
}
