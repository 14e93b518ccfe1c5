import AccessAnalysis
import ArgumentParser
import Foundation
import JSONModel

/// Who asks for an application.
struct RequesterOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Requester to decide about, a JSON document ('ztaudit schema --requester'); - is standard input.",
            valueName: "file"
        )
    )
    var requester: String?

    @Option(help: ArgumentHelp("E-mail address of the requester.", valueName: "address"))
    var email: String?

    @Option(help: ArgumentHelp("Identity provider of the login, its id or name.", valueName: "id-or-name"))
    var idp: String?

    @Option(help: ArgumentHelp("Country of the request, two letters.", valueName: "code"))
    var country: String?

    @Option(help: ArgumentHelp("Source address of the request.", valueName: "address"))
    var ip: String?

    @Option(
        help: ArgumentHelp(
            "Authenticators for Cloudflare's MFA, separated by commas: totp, biometrics, security_key, piv_key, "
                + "ssh_fido2_key.",
            valueName: "list"
        )
    )
    var mfa: String?

    func validate() throws {
        let options = ["country": "--country", "ip": "--ip", "independent_mfa": "--mfa"]
        for (member, value) in members {
            do {
                _ = try Requester(.object([member: value]), file: options[member] ?? member)
            } catch {
                throw ValidationError(error.description)
            }
        }
    }

    /// The members that options give, but the identity provider, which only an account knows.
    private var members: [String: JSONValue] {
        var members: [String: JSONValue] = [:]
        members["email"] = email.map(JSONValue.string)
        members["country"] = country.map(JSONValue.string)
        members["ip"] = ip.map(JSONValue.string)
        members["independent_mfa"] = mfa.map { list in
            .array(list.split(separator: ",").map { .string($0.trimmingCharacters(in: .whitespaces)) })
        }
        return members
    }

    /// The requester of an account; `nil` when nothing is said of one.
    ///
    /// - Throws: ``InputError``, `RequesterError`.
    func resolved(in account: AccountAnalysis) throws -> Requester? {
        guard requester != nil || idp != nil || !members.isEmpty else { return nil }
        var document = try requester.map(read) ?? [:]
        document.merge(members) { $1 }
        if let idp {
            document["identity_provider_id"] = .string(try providerID(idp, in: account))
        } else if email != nil, document["identity_provider_id"] == nil {
            // Somebody with an address has logged in; with what, nobody said.
            document["identity_provider_id"] = .some(.null)
        }
        return try Requester(.object(document), file: requester ?? "requester")
    }

    private func read(_ path: String) throws -> [String: JSONValue] {
        let file = path == "-" ? "standard input" : path
        let data: Data
        do {
            // Far more than a requester has; a device could go on for ever.
            let handle =
                path == "-" ? FileHandle.standardInput : try FileHandle(forReadingFrom: URL(filePath: path))
            data = try handle.read(upToCount: 2 << 20) ?? Data()
        } catch {
            throw InputError(path: file, problem: "cannot be read", remedy: "Check the path")
        }
        return try Requester(parsing: data, file: file).document.objectValue ?? [:]
    }

    private func providerID(_ text: String, in account: AccountAnalysis) throws -> String {
        func list(_ providers: [AccountAnalysis.IdentityProvider]) -> String {
            providers.prefix(8).map { "\"\($0.name)\" (\($0.id))" }.joined(separator: ", ")
        }
        switch account.identityProvider(named: text) {
        case .found(let provider):
            return provider.id
        case .ambiguous(let providers):
            throw InputError(
                path: "--idp '\(text)'",
                problem: "several identity providers have this name: \(list(providers))",
                remedy: "Give the id"
            )
        case .notFound(let nearest):
            let candidates = nearest.isEmpty ? account.identityProviders : nearest
            throw InputError(
                path: "--idp '\(text)'",
                problem: "there is no such identity provider",
                remedy: candidates.isEmpty ? "The snapshot has none" : "There is \(list(candidates))"
            )
        }
    }
}
