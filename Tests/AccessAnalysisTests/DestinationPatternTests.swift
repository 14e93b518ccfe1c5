import TestSupport
import Testing

// Destinations are a piece inside the analysis; what it says of an account shows too little of them.
@testable import AccessAnalysis

@Suite struct DestinationPatternTests {
    @Test(
        arguments: [
            ("app.example.com", "app.example.com"), ("https://App.Example.com/", "app.example.com"),
            ("HTTP://app.example.com/Admin/", "app.example.com/Admin"), ("app.example.com.", "app.example.com"),
            ("app.example.com:8443/a?b=c#d", "app.example.com/a"), ("app.example.com?x=/y", "app.example.com"),
            ("app.example.com#x", "app.example.com"), ("*.example.com/**/x***y", "*.example.com/*/x*y"),
            ("https://app.example.com:443", "app.example.com"), ("app.example.com//", "app.example.com"),
        ]
    )
    func ignoresPortQueryAndFragment(uri: String, expected: String) throws {
        #expect(try pattern(uri).description == expected)
    }

    @Test(
        arguments: [
            "", "/", "https://", "https:///path", ".example.com", "a..example.com", "user@example.com",
            "a b.example.com",
            "example.com:http", "[::1]", "ssh://example.com", "?example.com", String(repeating: "*a", count: 5_000),
        ]
    )
    func doesNotUnderstandWhatNamesNoHost(uri: String) {
        #expect(DestinationPattern(uri: uri) == nil)
    }

    @Test(
        arguments: [
            ("*.example.com", "app.example.com", true), ("*.example.com", "APP.example.com", true),
            ("*.example.com", "example.com", false), ("*.example.com", "a.b.example.com", false),
            ("*-dev.example.com", "app-dev.example.com", true), ("*-dev.example.com", "app.example.com", false),
            ("*-dev.example.com", "a.b-dev.example.com", false), ("test.*.example.com", "test.a.example.com", true),
            ("test.*.example.com", "test.a.b.example.com", false), ("*.*.example.com", "a.b.example.com", true),
            ("*.example.com", ".example.com", false), ("app*.example.com", "app.example.com", true),
        ]
    )
    func wildcardHostCoversOneLabelOnly(uri: String, host: String, expected: Bool) throws {
        #expect(try pattern(uri).covers(host: host, path: "/") == expected)
        #expect(DestinationIndex.of(["a": [uri]]).mostSpecific(host: host, path: "/x") == (expected ? ["a"] : []))
    }

    @Test(
        arguments: [
            ("", "/", true), ("", "", true), ("", "/x/y", true), ("/", "/x", true), ("/alpha", "/alpha", true),
            ("/alpha", "/alpha/", true), ("/alpha/", "/alpha", true), ("/alpha", "/alpha/x/y", true),
            ("/alpha", "/alphabet", false), ("/alpha", "/", false), ("/alpha", "/Alpha", false),
            ("/alpha", "/alpha?x=/y", true), ("/alpha", "alpha#x", true), ("/alpha/*", "/alpha/x", true),
            ("/alpha/*", "/alpha/x/y", true), ("/*", "/", true), ("/*/b", "/a/b/c", true), ("/*/b", "/a/bc", false),
        ]
    )
    func pathCoversItselfAndWhatIsBelow(pattern path: String, url: String, expected: Bool) throws {
        #expect(try pattern("app.example.com\(path)").covers(host: "app.example.com", path: url) == expected)
        let found = DestinationIndex.of(["a": ["app.example.com\(path)"]]).mostSpecific(
            host: "app.example.com",
            path: url
        )
        #expect(found == (expected ? ["a"] : []))
    }

    @Test(arguments: ["/alpha", "/alpha/", "/alphabet"])
    func wildcardBelowAPathDoesNotCoverThePathItself(url: String) throws {
        #expect(try !pattern("example.com/alpha/*").covers(host: "example.com", path: url))
    }

    @Test(
        arguments: [
            ("/a*z", "/az", true), ("/a*z", "/a/b/c/z", true), ("/a*z", "/a/b/zy", false), ("/a*z", "/a/b/z/y", true),
            ("/*.js", "/lib/x/y.js", true), ("/*/edit/*", "/a/b/edit/c", true), ("/*/edit/*", "/edit/c", false),
            ("/a*b*ab", "/aab", false), ("/a*b*ab", "/abab", true), ("/*aab*", "/aaab", true),
        ]
    )
    func wildcardInsideAPathSpansSegments(pattern path: String, url: String, expected: Bool) throws {
        #expect(try pattern("example.com\(path)").covers(host: "example.com", path: url) == expected)
    }

    @Test(arguments: 0..<300)
    func findsWildcardsAsAPlainSearchDoes(seed: Int) {
        // Both texts are made of few letters, so that they fit often.
        func text(_ number: Int, _ letters: String) -> [UInt8] {
            var (rest, result) = (number, [UInt8]())
            while rest > 0 {
                result.append(Array(letters.utf8)[rest % letters.utf8.count])
                rest /= letters.utf8.count
            }
            return result
        }
        let pattern = WildcardText(text(seed * 7_919 + 11, "ab*"))
        for number in 0..<300 {
            let candidate = text(number * 31 + seed, "ab")
            #expect(pattern.covers(candidate) == plain(pattern.bytes[...], candidate[...]), "\(pattern.text)")
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func copesWithThousandsOfWildcards() throws {
        let hostile = try pattern("example.com/" + String(repeating: "*a", count: 20_000) + "*b*c")
        #expect(!hostile.covers(host: "example.com", path: "/" + String(repeating: "a", count: 100_000) + "b"))
        let long = try pattern("example.com/*" + String(repeating: "a", count: 20_000) + "b*c")
        #expect(!long.covers(host: "example.com", path: "/" + String(repeating: "a", count: 100_000) + "c"))
    }

    @Test(
        arguments: [
            ("example.com", "example.com/a", true), ("example.com/a", "example.com", false),
            ("example.com/a", "example.com/a/*", true), ("example.com/a/*", "example.com/a", false),
            ("example.com/a", "example.com/a*", false), ("example.com/a*", "example.com/a", true),
            ("*.example.com", "app.example.com/x", true), ("*.example.com/x", "app.example.com", false),
            ("*.example.com", "*-dev.example.com", true), ("*-dev.example.com", "*.example.com", false),
            ("*.example.com", "a.b.example.com", false), ("example.com/*", "example.com", true),
            ("example.com/*/c", "example.com/a/*/c", true), ("example.com/a/*", "example.com/*/c", false),
        ]
    )
    func coversAPatternWhenItCoversAllItsURLs(broad: String, narrow: String, expected: Bool) throws {
        #expect(try pattern(broad).covers(pattern(narrow)) == expected)
    }

    @Test(arguments: 0..<10)
    func coversNoPatternOfWhichAURLIsNotCovered(seed: UInt64) throws {
        var random = SeededGenerator(seed)
        let patterns = try (0..<60).map { _ in try pattern(random.host("ab*") + random.path("ab*")) }
        let urls = (0..<200).map { _ in (random.host("ab"), random.path("ab")) }
        for broad in patterns {
            for narrow in patterns where broad != narrow && broad.covers(narrow) {
                #expect(broad.path.text == "/*" || narrow.isMoreSpecific(than: broad), "\(broad) \(narrow)")
                for (host, path) in urls where narrow.covers(host: host, path: path) {
                    #expect(broad.covers(host: host, path: path), "\(broad) \(narrow) \(host)\(path)")
                }
            }
        }
    }

    private func plain(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        guard first != WildcardText.wildcard else {
            return (0...text.count).contains { plain(pattern.dropFirst(), text.dropFirst($0)) }
        }
        return text.first == first && plain(pattern.dropFirst(), text.dropFirst())
    }
}
