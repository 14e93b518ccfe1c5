import BuiltInFiles
package import CloudflareSimulator

extension SimulatedWorld {
    /// The demo account that the binary carries.
    ///
    /// - Parameter isEarlier: As it was some weeks before.
    /// - Returns: What the simulator serves.
    /// - Throws: `SimulatedWorldError` when its files cannot be read.
    package static func demoAccount(asItWas isEarlier: Bool = false) throws -> SimulatedWorld {
        try SimulatedWorld(files: BuiltInFiles.demoAccount(asItWas: isEarlier))
    }
}
