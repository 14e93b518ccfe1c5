import Foundation

/// Which proxy the environment asks for, by the rules that curl made common.
struct ProxySettings: Sendable {
    let host: String
    let port: Int
    /// `user:password` of the proxy's URL, percent-decoded.
    let userInfo: (user: String, password: String)?

    /// The proxy for an `https` URL; `nil` when none is asked for or the host is exempt.
    ///
    /// - Parameters:
    ///   - host: Host of the API.
    ///   - environment: `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`, in capitals or not.
    /// - Throws: ``CloudflareError`` when the proxy's URL cannot be used.
    init?(forHost host: String, environment: [String: String]) throws(CloudflareError) {
        func value(_ name: String) -> String? {
            (environment[name.lowercased()] ?? environment[name]).flatMap { $0.isEmpty ? nil : $0 }
        }
        guard let text = value("HTTPS_PROXY") ?? value("ALL_PROXY"),
            !Self.isExempt(host, list: value("NO_PROXY") ?? "")
        else { return nil }
        guard let url = URLComponents(string: text.contains("://") ? text : "http://\(text)"), let name = url.host,
            !name.isEmpty, url.scheme == "http"
        else {
            throw CloudflareError(
                code: .badConfiguration,
                request: "HTTPS_PROXY",
                problem: "the proxy's URL cannot be used",
                remedy: "Give it as http://host:port"
            )
        }
        self.host = name
        port = url.port ?? 8080
        userInfo = url.user.map { ($0, url.password ?? "") }
    }

    private static func isExempt(_ host: String, list: String) -> Bool {
        let host = host.lowercased()
        return list.split(separator: ",").contains { entry in
            var name = entry.trimmingCharacters(in: .whitespaces).lowercased()
            if name == "*" { return true }
            if name.hasPrefix(".") { name.removeFirst() }
            return !name.isEmpty && (host == name || host.hasSuffix("." + name))
        }
    }
}
