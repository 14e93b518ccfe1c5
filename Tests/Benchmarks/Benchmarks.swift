import ArgumentParser

/// Measures the `ztaudit` that was built beside it; README.md quotes what it prints.
@main
struct Benchmarks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure collecting from, and auditing, simulated accounts of several sizes.",
        subcommands: [RunCommand.self, ServeCommand.self],
        defaultSubcommand: RunCommand.self
    )
}

/// Something without which there is nothing to measure.
struct BenchmarkError: Error, CustomStringConvertible {
    let description: String
}
