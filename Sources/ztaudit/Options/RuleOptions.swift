import ArgumentParser
import BuiltInFiles
import Foundation
import RuleEngine

/// Which rules are evaluated.
struct RuleOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Folder with rules of your own, added to the built-in ones; may be given several times.",
            valueName: "folder"
        )
    )
    var rules: [String] = []

    @Option(
        name: .customLong("rule"),
        help: ArgumentHelp(
            "Evaluate only rules whose id matches; * stands for any text. May be given several times.",
            valueName: "glob"
        )
    )
    var included: [String] = []

    @Option(
        name: .customLong("exclude-rule"),
        help: ArgumentHelp("Leave out rules whose id matches. May be given several times.", valueName: "glob")
    )
    var excluded: [String] = []

    /// Folders with rules beside the built-in ones.
    func folders(_ file: ConfigurationFile?) -> Effective<[String]> {
        let configured = file?.ruleFolders.map { folders in
            Configured(folders.value.map { file?.resolved($0) ?? $0 }, line: folders.line)
        }
        return Effective(
            option: (rules.isEmpty ? nil : rules, "--rules"),
            file: (configured, file?.file),
            builtIn: []
        )
    }

    /// Patterns of the rules to evaluate.
    func includedRules(_ file: ConfigurationFile?) -> Effective<[String]> {
        Effective(
            option: (included.isEmpty ? nil : included, "--rule"),
            file: (file?.includedRules, file?.file),
            builtIn: []
        )
    }

    /// Patterns of the rules to leave out.
    func excludedRules(_ file: ConfigurationFile?) -> Effective<[String]> {
        Effective(
            option: (excluded.isEmpty ? nil : excluded, "--exclude-rule"),
            file: (file?.excludedRules, file?.file),
            builtIn: []
        )
    }

    /// Every rule, selected or not.
    ///
    /// - Throws: `RuleFileErrors`, ``InputError``.
    func everyRule(_ file: ConfigurationFile?) throws -> RulePack {
        try RulePack(RuleFiles.builtIn + folders(file).value.flatMap(RuleFiles.rules(below:)))
    }

    /// The rules to evaluate, and how.
    ///
    /// - Throws: `RuleFileErrors`, `RuleSelectionError`, ``InputError``.
    func selection(_ file: ConfigurationFile?) throws -> (pack: RulePack, settings: RuleSettings) {
        let pack = try everyRule(file)
        return (try selecting(from: pack, file), try file?.settings(for: pack) ?? RuleSettings())
    }

    /// Checks that the patterns select something.
    ///
    /// - Throws: `RuleSelectionError` with the place of a pattern that the configuration has.
    func selecting(from pack: RulePack, _ file: ConfigurationFile?) throws(RuleSelectionError) -> RulePack {
        let (wanted, unwanted) = (includedRules(file), excludedRules(file))
        do throws(RuleSelectionError) {
            return try pack.selecting(wanted.value, excluding: unwanted.value)
        } catch {
            var error = error
            let isWanted = error.pattern.map(wanted.value.contains) ?? false
            if isWanted, included.isEmpty { error.place = wanted.source }
            if !isWanted, excluded.isEmpty { error.place = unwanted.source }
            throw error
        }
    }
}

/// Finds rule files, their tests, and the frameworks that they name.
enum RuleFiles {
    private static let maximumBytes = 4 << 20
    /// Of all files of a folder; the built-in rules with their tests have less than a hundredth of it.
    private static let maximumPackBytes = 256 << 20

    /// The rules and frameworks inside the binary.
    static var builtIn: [RuleSource] {
        builtInFiles.filter { !$0.isTest }
    }

    /// The tests of the rules inside the binary.
    static var builtInTests: [RuleSource] {
        builtInFiles.filter(\.isTest)
    }

    private static var builtInFiles: [RuleSource] {
        BuiltInFiles.files(below: "rules").map { RuleSource(file: $0.path, text: $0.text) }
    }

    /// The rules in a folder with the frameworks that lie there, or the one file.
    static func rules(below path: String) throws -> [RuleSource] {
        let sources = try files(below: path).filter { !$0.isTest }
        guard sources.contains(where: { !$0.isFramework }) else { throw noRule(path) }
        return sources
    }

    /// Rules, tests and frameworks in folders, or single files; each once.
    static func everything(below paths: [String]) throws -> [RuleSource] {
        var seen: Set<String> = []
        return try paths.flatMap { path in
            let sources = try files(below: path)
            guard !sources.isEmpty else { throw noRule(path) }
            return sources.filter { seen.insert($0.file).inserted }
        }
    }

    /// The frameworks that lie beside single files, or beside the folders of these.
    static func frameworks(around paths: [String]) throws -> [RuleSource] {
        let folders = paths.flatMap { path in
            let folder = PathText.folder(of: path)
            return [folder, PathText.folder(of: folder)].map { PathText.appending("frameworks", to: $0) }
        }
        return try Set(folders).sorted().filter { FileManager.default.fileExists(atPath: $0) }
            .flatMap(files(below:)).filter(\.isFramework)
    }

    private static func noRule(_ path: String) -> InputError {
        InputError(
            path: path,
            problem: "there is no rule",
            remedy: "Give a folder with rules, which are files ending in .yaml, or one rule"
        )
    }

    /// The tests in a folder, or of the one file.
    static func tests(below path: String) throws -> [RuleSource] {
        try files(below: path).filter(\.isTest)
    }

    private static func files(below path: String) throws -> [RuleSource] {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
            throw InputError(path: path, problem: "there is no such file or folder", remedy: "Check the path")
        }
        guard isDirectory.boolValue else {
            // A rule stands for its test, and a test for its rule.
            let stem =
                path.hasSuffix(RuleSource.testEnding)
                ? String(path.dropLast(RuleSource.testEnding.count)) : PathText.withoutEnding(path)
            return try [stem + ".yaml", stem + RuleSource.testEnding]
                .filter { FileManager.default.fileExists(atPath: $0) }
                .map { RuleSource(file: $0, text: try text(of: $0)) }
        }
        let names = (FileManager.default.subpaths(atPath: path) ?? []).filter { $0.hasSuffix(".yaml") }.sorted()
        var (sources, bytes): ([RuleSource], Int) = ([], 0)
        for file in names.map({ PathText.appending($0, to: path) }) {
            let text = try text(of: file)
            bytes += text.utf8.count
            guard bytes <= maximumPackBytes else {
                throw InputError(
                    path: path,
                    problem: "has more than \(maximumPackBytes >> 20) MiB of files ending in .yaml",
                    remedy: "Give a folder that holds nothing but rules"
                )
            }
            sources.append(RuleSource(file: file, text: text))
        }
        return sources
    }

    private static func text(of path: String) throws -> String {
        // A pack may come from anybody: what is no file could go on for ever.
        let attributes = try? FileManager.default.attributesOfItem(
            atPath: URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
        )
        guard attributes?[.type] as? FileAttributeType == .typeRegular,
            (attributes?[.size] as? Int).map({ $0 <= maximumBytes }) ?? false
        else {
            throw InputError(
                path: path,
                problem: "is no file, or larger than \(maximumBytes >> 20) MiB",
                remedy: "Leave it out of the pack"
            )
        }
        do {
            return try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw InputError(path: path, problem: "cannot be read as UTF-8 text", remedy: "Check the file")
        }
    }
}
