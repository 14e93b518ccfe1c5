@testable import CloudflareAPI
import Testing

@Suite struct ProxyTests {
    /// The answer of a proxy that lets nobody through.
    private static let refusal = "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"

    @Test(arguments: ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"])
    func asksTheProxyForATunnel(name: String) async throws {
        try await TCPListener.with(answer: Self.refusal) { proxy async throws in
            let error = try await SimulatedAPI.failure(at: "https://api.example.com/client/v4") {
                $0.attempts = 1
                $0.environment = [name: "http://127.0.0.1:\(proxy.port)", "NO_PROXY": "example.org,.internal"]
            }
            #expect(error.code == .unreachable)
            #expect(proxy.heads.map { $0.prefix { $0 != "\r\n" } } == ["CONNECT api.example.com:443 HTTP/1.1"])
            #expect(!proxy.heads.joined().contains(SimulatedAPI.token))
        }
    }

    @Test func showsTheProxyItsPassword() async throws {
        try await TCPListener.with(answer: Self.refusal) { proxy async throws in
            let error = try await SimulatedAPI.failure(at: "https://api.example.com") {
                $0.environment = ["HTTPS_PROXY": "http://user:p%40ss@127.0.0.1:\(proxy.port)"]
            }
            // Base64 of "user:p@ss".
            #expect(proxy.heads.first?.contains("Basic dXNlcjpwQHNz") == true)
            #expect(!"\(error)".contains("p@ss"))
        }
    }

    @Test(arguments: ["127.0.0.1", "*", "example.org, 127.0.0.1"])
    func leavesTheProxyOut(exemptions: String) async throws {
        let closed = try TCPListener.closedPort()
        try await TCPListener.with(answer: Self.refusal) { proxy async throws in
            let error = try await SimulatedAPI.failure(at: "https://127.0.0.1:\(closed)") {
                $0.environment = ["HTTPS_PROXY": "http://127.0.0.1:\(proxy.port)", "NO_PROXY": exemptions]
            }
            #expect(error.code == .unreachable)
            #expect(proxy.heads.isEmpty)
        }
    }

    @Test(arguments: [
        ("api.example.com", true), ("API.Example.com", true), ("example.com", true), (".example.com", true),
        (" example.com ", true), ("ple.com", false), ("example.com.evil", false), ("", false), (",,", false),
        (".", false),
    ])
    func matchesWholeNames(exemptions: String, isExempt: Bool) throws {
        let environment = ["HTTPS_PROXY": "proxy:3128", "NO_PROXY": exemptions]
        let settings = try ProxySettings(forHost: "api.example.com", environment: environment)
        #expect((settings == nil) == isExempt)
    }

    @Test(arguments: [("proxy", "proxy", 8080), ("proxy:3128", "proxy", 3128), ("http://10.0.0.1:80/", "10.0.0.1", 80)])
    func readsItsAddress(text: String, host: String, port: Int) throws {
        let settings = try #require(try ProxySettings(forHost: "api.example.com", environment: ["HTTPS_PROXY": text]))
        #expect(settings.host == host)
        #expect(settings.port == port)
    }

    @Test(arguments: ["socks5://proxy:1080", "https://proxy:443", "http://", "http://a b"])
    func refusesAProxyItCannotUse(text: String) throws {
        let error = try #require(throws: CloudflareError.self) {
            try ProxySettings(forHost: "api.example.com", environment: ["HTTPS_PROXY": text])
        }
        #expect(error.code == .badConfiguration)
    }

    @Test func goesWithoutOneUnlessAsked() throws {
        #expect(
            try ProxySettings(forHost: "api.example.com", environment: ["HTTPS_PROXY": "", "HTTP_PROXY": "x"]) == nil
        )
    }
}
