import BuiltInFiles
import Foundation
import Rendering

/// The templates of the documents: those that the binary carries, and somebody's own in their place.
enum TemplateFiles {
    private static let folder = "report-templates"
    private static let endings = [".mustache", ".css", ".js"]
    /// What is longer is no template, and would be held in memory.
    private static let maximumSize = 1 << 20

    /// Path below the folder of templates and text of each file that the binary carries and somebody may change.
    static var builtIn: [(path: String, text: String)] {
        BuiltInFiles.files(below: folder).map { (String($0.path.dropFirst(folder.count + 1)), $0.text) }
            .filter { file in endings.contains { file.0.hasSuffix($0) } }
    }

    /// The templates to render with.
    ///
    /// - Parameter folder: Folder with files that stand in for built-in ones; empty for none.
    /// - Returns: Templates without a fault.
    /// - Throws: ``InputError`` for a folder or file that cannot be read; `RenderingError` for one with a fault.
    static func templates(_ folder: String) throws -> ReportTemplates {
        let templates = ReportTemplates(files: builtIn)
        guard !folder.isEmpty else { return templates }
        return try templates.replacing(with: try read(folder), from: folder)
    }

    private static func read(_ folder: String) throws(InputError) -> [(path: String, text: String)] {
        let below = PathText.appending("html", to: folder)
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: below, isDirectory: &isDirectory), isDirectory.boolValue,
            let paths = try? FileManager.default.subpathsOfDirectory(atPath: below)
        else {
            throw InputError(
                path: folder,
                problem: "has no folder 'html' with templates that can be read",
                remedy: "Start with the built-in ones: 'ztaudit templates --output FOLDER' writes them"
            )
        }
        var files: [(path: String, text: String)] = []
        for path in paths.sorted() where endings.contains(where: path.hasSuffix) {
            files.append(("html/\(path)", try text(of: PathText.appending(path, to: below))))
        }
        return files
    }

    private static func text(of path: String) throws(InputError) -> String {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        let size = attributes?[.size] as? Int ?? 0
        guard size <= maximumSize, let data = FileManager.default.contents(atPath: path),
            let text = String(validating: data, as: UTF8.self)
        else {
            throw InputError(
                path: path,
                problem: "cannot be read as UTF-8 text of at most \(maximumSize >> 20) MiB",
                remedy: "Correct the file, or remove it to have the built-in one"
            )
        }
        return text
    }
}
