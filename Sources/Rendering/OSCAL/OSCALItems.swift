import AuditModel

/// The things that observations are about: the tool, the accounts, and each resource that has an observation.
struct OSCALItems {
    let components: [OSCALDocument.Component]
    let inventory: [OSCALDocument.InventoryItem]

    init(_ assessment: OSCALAssessment) {
        let ids = assessment.ids
        let result = assessment.result
        components =
            [
                .init(
                    uuid: ids.tool,
                    type: "software",
                    title: VisibleText.singleLine(result.tool.name),
                    description: "The program that read the configuration and evaluated the rules.",
                    props: [.init("version", result.tool.version)]
                )
            ]
            + assessment.accountIDs.map { account in
                .init(
                    uuid: ids.account(account),
                    type: "service",
                    title: VisibleText.singleLine(assessment.context.index.account(account)),
                    description: "Cloudflare account.",
                    props: [.init("account-id", account)]
                )
            }
        var seen: Set<String> = []
        var inventory: [OSCALDocument.InventoryItem] = []
        for finding in result.findings where finding.resource.id != Resource.unreadID {
            let id = ids.resource(finding.resource, finding.accountID)
            guard seen.insert(id).inserted else { continue }
            inventory.append(
                .init(
                    uuid: id,
                    description: "\(Words.table(VisibleText.singleLine(finding.resource.type))) "
                        + "\"\(finding.resource.label)\"",
                    props: [
                        .init("resource-type", finding.resource.type), .init("resource-id", finding.resource.id),
                    ],
                    components: [["component-uuid": ids.account(finding.accountID)]]
                )
            )
        }
        self.inventory = inventory
    }
}

/// The rules as objectives, and the controls that they are evidence for.
struct OSCALReview {
    let selections: OSCALDocument.ReviewedControls

    init(_ assessment: OSCALAssessment) {
        let result = assessment.result
        var named: [String: Set<String>] = [:]
        for (framework, controls) in result.rules.flatMap(\.metadata.frameworks) {
            named[framework, default: []].formUnion(controls)
        }
        let known = Dictionary(result.frameworks.map { ($0.id, $0.controls.map(\.id)) }) { first, _ in first }
        let selected = named.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }.map { framework, controls in
            let inOrder = (known[framework] ?? []).filter(controls.contains)
            let rest = controls.subtracting(inOrder).sorted()
            let title = VisibleText.singleLine(assessment.context.index.framework(framework))
            return OSCALDocument.ReviewedControls.ControlSelection(
                description: "Controls of \(title) that the rules are evidence for.",
                included: (inOrder + rest).map { ["control-id": OSCALText.controlID($0, of: framework)] }
            )
        }
        let objectives = result.rules.map { ["objective-id": OSCALText.token($0.metadata.id)] }
        selections = .init(
            // All controls is what a selection without any means to say, so the words say that it is none.
            controls: selected.isEmpty
                ? [.init(description: "None: no rule that was selected names a control.", included: nil)] : selected,
            objectives: objectives.isEmpty
                ? nil : [.init(description: "The rules that were selected.", included: objectives)]
        )
    }
}
