import ArgumentParser
import RuleEngine

/// What is written by itself where GitHub Actions runs the command.
struct GitHubOptions: ParsableArguments {
    @Flag(
        inversion: .prefixedNo,
        help: "In GitHub Actions, annotate the run and add the report to the job summary. Default: yes."
    )
    var github: Bool?

    /// Whether GitHub gets its part where it runs the command.
    func annotates(_ file: ConfigurationFile?) -> Effective<Bool> {
        Effective(
            option: (github, github == false ? "--no-github" : "--github"),
            file: (file?.annotatesGitHub, file?.file),
            builtIn: true
        )
    }
}
