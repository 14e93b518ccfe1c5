import AuditModel

/// What somebody named by its id or its name.
package enum NameSearch<Element: Sendable>: Sendable {
    case found(Element)
    /// Several have the name.
    case ambiguous([Element])
    /// None has; those with names near to it.
    case notFound(nearest: [Element])

    /// Looks for the id, else for the name, else for the name in whatever case.
    ///
    /// - Parameters:
    ///   - text: What somebody wrote.
    ///   - elements: What it can mean.
    ///   - id: The id of one of them.
    ///   - name: Its name.
    init(_ text: String, among elements: [Element], id: (Element) -> String, name: (Element) -> String) {
        let written = text.lowercased()
        func find(_ fits: (Element) -> Bool) -> NameSearch? {
            let matches = elements.filter(fits)
            guard let first = matches.first else { return nil }
            return matches.count == 1 ? .found(first) : .ambiguous(matches)
        }
        if let match = find({ id($0) == text }) ?? find({ name($0) == text })
            ?? find({ name($0).lowercased() == written })
        {
            self = match
            return
        }
        // One letter is wrong, or only a part of the name was written, or both.
        let words = elements.flatMap { [name($0)] + name($0).split(separator: " ").map(String.init) }
        let parts = [written, ClosestWord.to(text, among: words)?.lowercased()].compactMap(\.self)
        let nearest = elements.filter { element in
            parts.contains { !$0.isEmpty && name(element).lowercased().contains($0) }
        }
        self = .notFound(nearest: nearest)
    }
}

extension AccountAnalysis {
    /// Id of the account.
    package var id: String { configuration.accountID }

    /// An identity provider as people know it.
    package struct IdentityProvider: Sendable, Hashable {
        package let id: String
        package let name: String
    }

    /// Every identity provider, sorted by name.
    package var identityProviders: [IdentityProvider] {
        configuration.inventory.providers.elements.values.map { IdentityProvider(id: $0.id, name: $0.name) }
            .sorted { ($0.name, $0.id) < ($1.name, $1.id) }
    }

    /// Finds an identity provider by its id or name.
    package func identityProvider(named text: String) -> NameSearch<IdentityProvider> {
        NameSearch(text, among: identityProviders, id: \.id, name: \.name)
    }

    /// Finds an application by its id, its name, or a URL or host that it guards.
    package func application(named text: String) -> NameSearch<Application> {
        let applications = applications
        let byName = NameSearch<Application>(text, among: applications, id: \.id, name: \.name)
        guard case .notFound = byName, let place = Self.place(text) else { return byName }
        let ids = Set(applicationIDs(guardingHost: place.host, path: place.path))
        let guarding = applications.filter { ids.contains($0.id) }
        guard let first = guarding.first else { return byName }
        return guarding.count == 1 ? .found(first) : .ambiguous(guarding)
    }

    /// Host and path of a URL, or of what stands behind its scheme; `nil` for what cannot be one.
    private static func place(_ text: String) -> (host: String, path: String)? {
        var rest = text[...]
        if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
        let end = rest.firstIndex { $0 == "?" || $0 == "#" } ?? rest.endIndex
        rest = rest[..<end]
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        let host = rest[..<slash].split(separator: "@").last.map { $0.prefix { $0 != ":" } } ?? ""
        guard host.contains("."), !host.contains(" ") else { return nil }
        return (String(host), slash == rest.endIndex ? "/" : String(rest[slash...]))
    }
}
