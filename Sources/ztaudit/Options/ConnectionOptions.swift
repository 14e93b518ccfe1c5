import ArgumentParser
import CloudflareAPI
import Foundation
import Logging
import RuleEngine

/// Where the API is, and how much of it may be used.
struct ConnectionOptions: ParsableArguments {
    @Option(
        help:
            "Account id; may be given several times. Default: CLOUDFLARE_ACCOUNT_ID, else every account the token sees."
    )
    var account: [String] = []

    @Option(
        help: ArgumentHelp("Base URL of the API. Default: CLOUDFLARE_BASE_URL, else Cloudflare's.", valueName: "url")
    )
    var apiUrl: String?

    @Option(help: ArgumentHelp("File that holds the API token. Default: CLOUDFLARE_API_TOKEN.", valueName: "file"))
    var tokenFile: String?

    @Option(help: ArgumentHelp("Requests at a time. Default: 8.", valueName: "number"))
    var concurrency: Int?

    @Option(help: ArgumentHelp("Most requests a minute. Default: 240, which the API allows.", valueName: "number"))
    var requestsPerMinute: Int?

    mutating func validate() throws {
        guard (1...64).contains(concurrency ?? 1) else {
            throw ValidationError("--concurrency takes a number from 1 to 64.")
        }
        guard (1...60_000).contains(requestsPerMinute ?? 1) else {
            throw ValidationError("--requests-per-minute takes a number from 1 to 60000.")
        }
    }

    /// The accounts asked for; none for every account that the token sees.
    func accountIDs(_ environment: [String: String], _ file: ConfigurationFile?) -> Effective<[String]> {
        let listed = (environment["CLOUDFLARE_ACCOUNT_ID"] ?? "").split { $0 == "," || $0 == " " }.map(String.init)
        return Effective(
            option: (account.isEmpty ? nil : account, "--account"),
            environment: (listed.isEmpty ? nil : listed, "CLOUDFLARE_ACCOUNT_ID"),
            file: (file?.accounts, file?.file),
            builtIn: []
        )
    }

    /// Requests at a time.
    func requestsAtATime(_ file: ConfigurationFile?) -> Effective<Int> {
        Effective(option: (concurrency, "--concurrency"), file: (file?.concurrency, file?.file), builtIn: 8)
    }

    /// Most requests a minute.
    func rate(_ file: ConfigurationFile?) -> Effective<Int> {
        Effective(
            option: (requestsPerMinute, "--requests-per-minute"),
            file: (file?.requestsPerMinute, file?.file),
            builtIn: 240
        )
    }

    /// Whether the environment holds a Global API Key and no token.
    func usesGlobalKey(_ environment: [String: String]) -> Bool {
        tokenFile == nil && (environment["CLOUDFLARE_API_TOKEN"] ?? "").isEmpty
            && !(environment["CLOUDFLARE_API_KEY"] ?? "").isEmpty
    }

    /// Base of every path.
    ///
    /// - Throws: `ValidationError` when what is given is no URL.
    func baseURL(_ environment: [String: String]) throws -> URL {
        let text =
            apiUrl ?? environment["CLOUDFLARE_BASE_URL"].flatMap { $0.isEmpty ? nil : $0 }
            ?? "https://api.cloudflare.com/client/v4"
        guard let url = URL(string: text), url.host()?.isEmpty == false else {
            throw ValidationError("'\(text)' is no URL. Give --api-url as https://…/client/v4.")
        }
        // The snapshot and every document name the URL, so it must hold no secret.
        guard url.user() == nil, url.password() == nil, url.query() == nil, url.fragment() == nil else {
            throw ValidationError("The API's URL must have neither a user, a query nor a fragment. Correct --api-url.")
        }
        return url
    }

    /// The client's configuration.
    ///
    /// - Throws: `ValidationError` when no credentials are given or the URL is none.
    func clientConfiguration(
        _ environment: [String: String],
        _ file: ConfigurationFile?
    ) throws -> CloudflareClientConfiguration {
        var configuration = CloudflareClientConfiguration(
            baseURL: try baseURL(environment),
            credentials: try credentials(environment),
            userAgent: "ztaudit/\(Version.current)",
            environment: environment
        )
        configuration.concurrency = requestsAtATime(file).value
        configuration.requestsPerMinute = rate(file).value
        return configuration
    }

    private func credentials(_ environment: [String: String]) throws -> CloudflareCredentials {
        if let tokenFile {
            guard let text = try? String(contentsOfFile: tokenFile, encoding: .utf8) else {
                throw InputError(path: tokenFile, problem: "cannot be read", remedy: "Check --token-file")
            }
            return .token(try header(text, from: tokenFile))
        }
        if let token = environment["CLOUDFLARE_API_TOKEN"], !token.isEmpty {
            return .token(try header(token, from: "CLOUDFLARE_API_TOKEN"))
        }
        if let email = environment["CLOUDFLARE_EMAIL"], let key = environment["CLOUDFLARE_API_KEY"], !key.isEmpty {
            return .globalKey(
                email: try header(email, from: "CLOUDFLARE_EMAIL"),
                key: try header(key, from: "CLOUDFLARE_API_KEY")
            )
        }
        throw InputError(
            path: "CLOUDFLARE_API_TOKEN",
            problem: "is not set, so there is nothing to show to the API",
            remedy: "Set it to an API token, or give --token-file; the README lists the permissions it needs"
        )
    }

    /// Text that can be sent as a header; anything else would be refused by the HTTP client without saying why.
    private func header(_ text: String, from source: String) throws -> String {
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !trimmed.isEmpty, trimmed.utf8.allSatisfy({ (33...126).contains($0) }) else {
            throw InputError(
                path: source,
                problem: "is empty or holds characters that no token has",
                remedy: "Copy the token again, without quotes or spaces"
            )
        }
        return trimmed
    }
}

/// Something given by the user that cannot be used.
struct InputError: Error, CustomStringConvertible {
    let path: String
    let problem: String
    let remedy: String

    var description: String { "\(path): \(problem). \(remedy)." }
}
