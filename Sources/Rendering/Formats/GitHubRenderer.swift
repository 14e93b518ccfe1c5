import AuditModel
import Crypto

/// Writes workflow commands for GitHub Actions: annotations for the worst, then everything in a group of the log.
struct GitHubRenderer: Renderer {
    let options: RenderOptions

    func render(_ result: AuditResult, into output: inout some TextOutputStream) throws {
        let index = ResultIndex(result)
        let annotations = GitHubAnnotations(index, options).commands.map(\.text)
        let log = GitHubLog(index).lines
        let token = Self.token(for: annotations + log)
        let group = ["::group::Everything that the audit found", "::stop-commands::\(token)"]
        for line in annotations + group + log + ["::\(token)::", "::endgroup::"] {
            output.write(line)
            output.write("\n")
        }
    }

    /// A word that ends the part in which GitHub looks for no commands.
    ///
    /// It is made from all of that part, and is no part of it: a name that should hold it would change it.
    static func token(for lines: [String]) -> String {
        var number = 0
        while true {
            var hash = SHA256()
            hash.update(data: Array("ztaudit \(number)\n".utf8))
            for line in lines { hash.update(data: Array("\(line)\n".utf8)) }
            let digits = hash.finalize().map { byte in
                let digits = String(byte, radix: 16)
                return digits.count == 1 ? "0\(digits)" : digits
            }
            let token = "ztaudit-" + digits.joined()
            guard lines.contains(where: { $0.contains(token) }) else { return token }
            number += 1
        }
    }
}
