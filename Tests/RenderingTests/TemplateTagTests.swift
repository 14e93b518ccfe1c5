import AuditModel
import Testing

@testable import Rendering

/// Mustache renders a misspelt tag as nothing, so the tags are compared with the members of the models.
@Suite struct TemplateTagTests {
    /// Members of a model, as seen in all its instances: each with the members of its values.
    private final class Shape {
        var members: [String: Shape] = [:]
        var isOptional = false
        var isUsed = false

        func add(_ value: Any) {
            let mirror = Mirror(reflecting: value)
            switch mirror.displayStyle {
            case .collection: mirror.children.forEach { add($0.value) }
            case .optional:
                isOptional = true
                mirror.children.forEach { add($0.value) }
            case .struct where !(value is String):
                for child in mirror.children {
                    guard let label = child.label else { continue }
                    let shape = members[label] ?? Shape()
                    members[label] = shape
                    shape.add(child.value)
                }
            default: break
            }
        }
    }

    private let shape: Shape
    private let templates: [String: String]

    init() throws {
        let files = try TestFiles.templateFiles()
        templates = Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0.text) })
        var result = SampleResult.make(findingsPerSeverity: 1)
        result.accounts.append(Account(id: "second", name: nil))
        result.redaction = Redaction(level: .auditor, keyID: "k", replaced: ["names of people"], withheldFindings: 1)
        result.applications[0].policyIDs = [result.findings[0].resource.id]
        var session = SampleResult.session
        session.id = "lacking"
        var lacking = RuleOutcome(metadata: session, status: .evaluated, counts: VerdictCounts(), passed: [])
        lacking.gaps = [SampleResult.gap]
        result.rules.append(lacking)
        shape = Shape()
        let assets = try PageAssets(ReportTemplates(files: files))
        shape.add(ReportPage(result, heading: "Heading", assets: assets))
    }

    @Test func namesOnlyMembersOfTheModelInHand() throws {
        try walk("report", [shape])
    }

    @Test func usesEveryMember() throws {
        try walk("report", [shape])
        func unused(_ shape: Shape, _ path: String) -> [String] {
            shape.members.sorted { $0.key < $1.key }.flatMap { name, member in
                (member.isUsed ? [] : [path + name]) + unused(member, path + name + ".")
            }
        }
        #expect(unused(shape, "") == [])
    }

    @Test func givesOptionalMembersNamesThatNoOuterModelHas() {
        func check(_ shape: Shape, outer: Set<String>) {
            for (name, member) in shape.members {
                #expect(!(member.isOptional && outer.contains(name)), "\(name)")
                check(member, outer: outer.union(shape.members.keys))
            }
        }
        check(shape, outer: [])
    }

    @Test func leavesOnlyStyleSheetAndScriptUnescaped() {
        for (path, text) in templates where path.hasSuffix(".mustache") {
            for tag in TemplateTag.all(in: text) where tag.kind == .unescaped {
                #expect(["styles", "script"].contains(tag.name), "\(path):\(tag.line)")
            }
            #expect(!text.contains("{{=") && !text.contains("{{%"), "\(path)")
        }
    }

    private func walk(_ name: String, _ start: [Shape]) throws {
        let path = "html/\(name).mustache"
        var stack = start
        for tag in TemplateTag.all(in: try #require(templates[path], "\(path)")) {
            let member = tag.name == "." ? stack.last : stack.last?.members[tag.name]
            switch tag.kind {
            case .comment, .setting: continue
            case .end: stack.removeLast()
            case .partial: try walk(tag.name, stack)
            case .variable, .unescaped:
                if let member {
                    member.isUsed = true
                } else {
                    // Something may be said again further in, as long as it cannot be missing.
                    let outer = try #require(
                        stack.reversed().lazy.compactMap { $0.members[tag.name] }.first,
                        "\(path):\(tag.line): \(tag.name)"
                    )
                    #expect(!outer.isOptional, "\(path):\(tag.line): \(tag.name)")
                    outer.isUsed = true
                }
            case .section, .inverted:
                let found = try #require(member, "\(path):\(tag.line): \(tag.name)")
                found.isUsed = true
                // A truth value, and what is missing, leave the model in hand.
                let stays = tag.kind == .inverted || isTruth(tag.name)
                stack.append(stays ? try #require(stack.last) : found)
            }
        }
    }

    private func isTruth(_ name: String) -> Bool { name.hasPrefix("has") }
}
