import ArgumentParser
import Foundation
import RuleEngine

/// Where the configuration is.
struct ConfigurationOptions: ParsableArguments {
    @Option(
        name: .customLong("config"),
        help: ArgumentHelp(
            "Configuration file. Default: ztaudit.yaml in the current folder, if there.",
            valueName: "file"
        )
    )
    var path: String?

    private static let defaultPath = "ztaudit.yaml"

    /// Reads the configuration; `nil` when there is none.
    ///
    /// - Throws: `RuleFileError`; ``InputError`` when a file that was asked for cannot be read.
    func load() throws -> ConfigurationFile? {
        // A link that leads nowhere counts as there: whoever made it does not want the built-in settings.
        let isThere = (try? FileManager.default.attributesOfItem(atPath: Self.defaultPath)) != nil
        guard let path = path ?? (isThere ? Self.defaultPath : nil) else { return nil }
        guard FileManager.default.fileExists(atPath: path) else {
            throw InputError(path: path, problem: "cannot be read: there is no such file", remedy: "Check the path")
        }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw InputError(
                path: path,
                problem: "cannot be read as UTF-8 text",
                remedy: "Check the configuration, and that you may read it"
            )
        }
        return try ConfigurationFile(file: path, text: text)
    }
}

extension ConfigurationFile {
    /// A path that the file names, from the current folder.
    func resolved(_ path: String) -> String {
        let folder = PathText.folder(of: file)
        return path.hasPrefix("/") || path == "-" || folder == "." ? path : PathText.appending(path, to: folder)
    }
}

/// A setting in force, and where it came from.
struct Effective<Value> {
    let value: Value
    /// An option, an environment variable, a line of the configuration file, or what is built in.
    let source: String

    /// The first that is given: what was written closest to the command wins.
    ///
    /// - Parameters:
    ///   - option: What the command line says, with the option's name.
    ///   - environment: What the environment says, with the variable's name.
    ///   - file: What the configuration file says, with its path.
    ///   - builtIn: What is in force otherwise.
    init(
        option: (value: Value?, name: String),
        environment: (value: Value?, name: String)? = nil,
        file: (value: Configured<Value>?, path: String?),
        builtIn: Value
    ) where Value: Sendable & Hashable {
        if let value = option.value {
            (self.value, source) = (value, option.name)
        } else if let environment, let value = environment.value {
            (self.value, source) = (value, environment.name)
        } else if let configured = file.value, let path = file.path {
            (value, source) = (configured.value, Self.place(path, configured.line))
        } else {
            (value, source) = (builtIn, Self.builtInSource)
        }
    }

    /// Creates a setting from its members.
    init(_ value: Value, source: String) {
        (self.value, self.source) = (value, source)
    }

    static var builtInSource: String { "built in" }

    static func place(_ path: String, _ line: Int?) -> String { line.map { "\(path):\($0)" } ?? path }
}
