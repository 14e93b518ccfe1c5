import BuiltInFiles
package import CloudflareSimulator

extension SimulatedWorld {
    /// The demo account that the binary carries.
    ///
    /// - Throws: `SimulatedWorldError` when its files cannot be read.
    package static func demoAccount() throws -> SimulatedWorld {
        let folder = "Sources/CloudflareSimulator/DemoAccount"
        return try SimulatedWorld(
            files: BuiltInFiles.files(below: folder).map { (String($0.path.dropFirst(folder.count + 1)), $0.text) }
        )
    }
}
