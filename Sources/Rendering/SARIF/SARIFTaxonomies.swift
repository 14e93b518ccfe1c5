import AuditModel

/// The frameworks that the rules of a run name, with the controls that they name.
struct SARIFTaxonomies {
    let components: [SARIFLog.Component]
    /// By framework id: its place, and the place of each control.
    private let places: [String: (place: Int, controls: [String: Int])]

    /// - Parameters:
    ///   - rules: The rules of the run.
    ///   - known: Frameworks whose titles are known.
    init(_ rules: [RuleMetadata], known: [Framework]) {
        var named: [String: Set<String>] = [:]
        for rule in rules {
            for (id, controls) in rule.frameworks where !id.isEmpty { named[id, default: []].formUnion(controls) }
        }
        var components: [SARIFLog.Component] = []
        var places: [String: (place: Int, controls: [String: Int])] = [:]
        for (id, controls) in named.sorted(by: { $0.key < $1.key }) {
            let framework = known.first { $0.id == id }
            let ids = Self.sorted(controls.subtracting([""]), like: framework)
            guard !ids.isEmpty else { continue }
            places[id] = (
                components.count, Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
            )
            components.append(
                SARIFLog.Component(
                    name: VisibleText.singleLine(id),
                    fullName: ShortText.line(framework?.title ?? Words.framework(id)),
                    version: ShortText.line(framework?.version),
                    informationURI: framework.flatMap { SARIFText.address($0.source) },
                    taxa: ids.map { control in
                        SARIFLog.Descriptor(
                            id: VisibleText.singleLine(control),
                            name: ShortText.line(framework?.title(ofControl: control))
                        )
                    }
                )
            )
        }
        self.components = components
        self.places = places
    }

    /// The controls that a verdict of the rule is evidence for; it never proves that one is met, so they are `relevant`.
    func relationships(_ rule: RuleMetadata) -> [SARIFLog.Relationship] {
        rule.frameworks.sorted { $0.key < $1.key }.flatMap { id, controls -> [SARIFLog.Relationship] in
            guard let known = places[id] else { return [] }
            let indices = Set(controls.compactMap { known.controls[$0] }).sorted()
            let component = components[known.place]
            return indices.map { index in
                SARIFLog.Relationship(
                    target: SARIFLog.DescriptorReference(
                        id: component.taxa[index].id,
                        index: index,
                        toolComponent: SARIFLog.ComponentReference(name: component.name, index: known.place)
                    ),
                    kinds: ["relevant"]
                )
            }
        }
    }

    /// In the framework's order; those that it does not have come last.
    private static func sorted(_ controls: Set<String>, like framework: Framework?) -> [String] {
        let known = (framework?.controls ?? []).map(\.id).filter(controls.contains)
        var seen: Set<String> = []
        return (known + controls.sorted()).filter { seen.insert($0).inserted }
    }
}
