import ArgumentParser
import RuleEngine

/// What is collected beside what always is.
struct CollectionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Collect an optional kind too; may be given several times: logpush_jobs, access_user_sessions, access_user_failed_logins, scim_users, scim_groups.",
            valueName: "kind"
        )
    )
    var include: [String] = []

    /// Optional kinds to collect.
    func optionalKinds(_ file: ConfigurationFile?) -> Effective<[String]> {
        Effective(
            option: (include.isEmpty ? nil : include, "--include"),
            file: (file?.include, file?.file),
            builtIn: []
        )
    }
}
