import CloudflareSimulator
import Foundation
import TestSupport
import Testing

/// What can be wrong with the token, the account and the API itself.
@Suite struct ConnectionTests {
    @Test(arguments: [
        ("wrong-token", "token is not accepted", "CLOUDFLARE_API_TOKEN"),
        ("a token", "characters that no token has", "CLOUDFLARE_API_TOKEN"),
        ("to\u{1B}ken", "characters that no token has", "CLOUDFLARE_API_TOKEN"),
        ("", "is not set", "CLOUDFLARE_API_TOKEN"), ("   ", "is empty", "CLOUDFLARE_API_TOKEN"),
    ])
    func refusesAToken(token: String, words: String, place: String) async throws {
        try await withDemoAPI { api in
            try await expectNothingCollected(api.environment(token: token), saying: words, place)
        }
    }

    @Test func refusesToWorkWithoutToken() async throws {
        try await withDemoAPI { api in
            try await expectNothingCollected(api.environment(token: nil), saying: "is not set", "--token-file")
            #expect(api.recordedRequests().isEmpty)
        }
    }

    @Test func readsTheTokenFromAFile() async throws {
        try await withDemoAPI { api in
            try await ScratchFolder.with { folder in
                try folder.write(DemoAccount.token + "\n", to: "token")
                let arguments = ["collect", "--output", "s.ztaudit", "--token-file", "token"]
                let outcome = try await runZTAudit(arguments, environment: api.environment(token: nil), in: folder)
                #expect(outcome.status == 0, "\(outcome.errors)")
            }
            try await expectNothingCollected(
                api.environment(token: nil),
                ["--token-file", "nowhere"],
                saying: "nowhere: cannot be read"
            )
        }
    }

    @Test func refusesATokenThatIsNotActive() async throws {
        try await withDemoAPI(change: { $0.updateToken(DemoAccount.tokenID) { $0.status = .expired } }) { api in
            try await expectNothingCollected(api.environment(), saying: "the API token is expired")
        }
    }

    @Test func refusesATokenWithoutAnyPermission() async throws {
        try await withDemoAPI(change: { $0.updateToken(DemoAccount.tokenID) { $0.permissions = [] } }) { api in
            try await expectNothingCollected(api.environment(), saying: "sees no account")
            try await expectNothingCollected(
                api.environment(),
                ["--account", DemoAccount.id],
                saying: "may read nothing",
                "\"Access: Apps and Policies Read\""
            )
        }
    }

    @Test func refusesAnAccountThatIsNone() async throws {
        try await withDemoAPI { api in
            try await expectNothingCollected(
                api.environment(),
                ["--account", "northwind"],
                saying: "'northwind' is no account id"
            )
            let unknown = "00000000000000000000000000000000"
            try await expectNothingCollected(
                api.environment().merging(["CLOUDFLARE_ACCOUNT_ID": unknown]) { $1 },
                saying: "account \(unknown) does not exist",
                DemoAccount.id,
                "CLOUDFLARE_ACCOUNT_ID"
            )
        }
    }

    @Test func showsHostileAccountNamesHarmlessly() async throws {
        let name = "Evil\u{1B}]0;x\u{7}\n::error::pwned\u{202E}##vso[x]"
        try await withDemoAPI(change: { $0.accounts[0].name = name }) { api in
            let unknown = "00000000000000000000000000000000"
            try await expectNothingCollected(api.environment(), ["--account", unknown], saying: "Evil⟨U+001B⟩]0;x")
            try await ScratchFolder.with { folder in
                let outcome = try await runZTAudit(["scan"], environment: api.environment(), in: folder)
                for text in [outcome.output, outcome.errors] {
                    #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}") && !text.contains("##vso["))
                    #expect(!text.contains("\n::"))
                }
            }
        }
    }

    @Test func refusesPlainHTTPToOtherMachines() async throws {
        let environment = ["CLOUDFLARE_API_TOKEN": DemoAccount.token]
        try await expectNothingCollected(
            environment,
            ["--api-url", "http://api.example.com/client/v4"],
            saying: "must begin with https://"
        )
    }

    @Test func saysThatTheAPICannotBeReached() async throws {
        let environment = ["CLOUDFLARE_API_TOKEN": DemoAccount.token, "CLOUDFLARE_BASE_URL": "http://127.0.0.1:1"]
        try await expectNothingCollected(
            environment,
            saying: "no connection to the API (Connection refused)",
            "--api-url"
        )
    }

    @Test func saysThatTLSFailed() async throws {
        try await withDemoAPI { api in
            var environment = api.environment()
            environment["CLOUDFLARE_BASE_URL"] = api.baseURL.replacing("http://", with: "https://")
            try await expectNothingCollected(
                environment,
                saying: "TLS certificate or handshake was refused (wrong version number)"
            )
        }
    }

    @Test(arguments: [
        (SimulatorFault.Kind.garbage, "not JSON"), (.status(500), "the API failed"), (.status(302), "redirect"),
        (.status(404, body: "not found"), "not JSON"), (.closeConnection, "connection broke"),
        (.body("{\"success\": false}"), "neither success nor a reason"), (.body("[]"), "neither success"),
    ])
    func saysThatTheAPIMisbehaves(fault: SimulatorFault.Kind, words: String) async throws {
        try await withDemoAPI(options: SimulatorOptions(faults: [SimulatorFault(fault)])) { api in
            try await expectNothingCollected(api.environment(), saying: words)
        }
    }

    @Test func marksASnapshotPartialWhenOneKindFails() async throws {
        let fault = SimulatorFault(.garbage, target: .suffix("/access/groups"))
        try await withDemoAPI(options: SimulatorOptions(faults: [fault])) { api in
            try await ScratchFolder.with { folder in
                let arguments = ["scan", "--snapshot", "s.ztaudit", "--fail-on", "none"]
                let outcome = try await runZTAudit(arguments, environment: api.environment(), in: folder)
                #expect(outcome.status == 2, "\(outcome.errors)")
                #expect(outcome.output.contains("access_group"))
                #expect(try snapshotStatus(folder.path("s.ztaudit")) == "partial")
                #expect(folder.files == ["s.ztaudit"])
            }
        }
    }

    /// Both commands that collect must refuse with one message and leave the files as they were.
    private func expectNothingCollected(
        _ environment: [String: String],
        _ options: [String] = [],
        saying words: String...,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        try await ScratchFolder.with { folder in
            try folder.write("earlier snapshot", to: "s.ztaudit")
            try folder.write("earlier report", to: "r.json")
            for command in [
                ["collect", "--output", "s.ztaudit"], ["scan", "--snapshot", "s.ztaudit", "--report", "json=r.json"],
            ] {
                let outcome = try await runZTAudit(command + options, environment: environment, in: folder)
                expectRefusal(outcome, saying: words.first ?? "", sourceLocation: sourceLocation)
                for word in words {
                    #expect(outcome.errors.contains(word), "\(outcome.errors)", sourceLocation: sourceLocation)
                }
            }
            #expect(folder.files == ["r.json", "s.ztaudit"], sourceLocation: sourceLocation)
            #expect(try folder.text("s.ztaudit") == "earlier snapshot", sourceLocation: sourceLocation)
            #expect(try folder.text("r.json") == "earlier report", sourceLocation: sourceLocation)
        }
    }
}
