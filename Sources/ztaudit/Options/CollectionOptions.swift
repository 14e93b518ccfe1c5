import ArgumentParser

/// What is collected beside what always is.
struct CollectionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Collect an optional kind too; may be given several times: access_user_sessions, access_user_failed_logins, scim_users, scim_groups.",
            valueName: "kind"
        )
    )
    var include: [String] = []
}
