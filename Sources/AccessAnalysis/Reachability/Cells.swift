import AuditModel
import SnapshotStore

/// A login that the policies do not tell from others, or none.
enum LoginCell: Hashable {
    case none
    case by(AccountInventory.IdentityProvider)
    /// By a provider of an account whose providers were not all read.
    case unlisted

    var provider: AccountInventory.IdentityProvider? {
        guard case .by(let provider) = self else { return nil }
        return provider
    }

    var assurance: Assurance {
        switch self {
        case .none: .none
        case .by(let provider): provider.assurance
        // It may be one-time PIN: what was not read must not look like protection.
        case .unlisted: .anyMailbox
        }
    }

    /// Providers by which somebody can log in to one of the sides; one for all that differ in nothing that counts.
    static func cells(_ named: NamedValues, _ sides: [PolicyChain]) -> [LoginCell] {
        struct Alike: Hashable {
            let type: String
            let assurance: Assurance
            let id: String?
            /// Whether it is listed and allowed, by side.
            let counts: [Bool]
        }
        var found: Set<Alike> = []
        var cells: [LoginCell] = [.none]
        let providers = sides.flatMap(\.configuration.inventory.providers.elements.values)
        for provider in Set(providers).sorted(by: { ($0.assurance, $0.id) < ($1.assurance, $1.id) }) {
            let counts = sides.map { $0.counts(provider) }
            guard counts.contains(true) else { continue }
            let alike = Alike(
                type: provider.type,
                assurance: provider.assurance,
                id: named.providerIDs.contains(provider.id) ? provider.id : nil,
                counts: counts
            )
            if found.insert(alike).inserted { cells.append(.by(provider)) }
        }
        if sides.contains(where: \.hasUnlistedLogins) { cells.append(.unlisted) }
        return cells
    }
}

extension PolicyChain {
    /// Whether somebody may log in by a provider that was not read.
    var hasUnlistedLogins: Bool {
        let providers = configuration.inventory.providers
        let allowed = application.allowedProviders
        guard application.areAllowedProvidersRead else { return true }
        return !providers.isComplete && (allowed.isEmpty || allowed.contains { providers[$0] == nil })
    }

    /// Whether a provider that was not read may be the one of an id, and lets people log in.
    func mayBeUnlisted(_ id: String) -> Bool {
        guard application.areAllowedProvidersRead else { return true }
        return hasUnlistedLogins && configuration.inventory.providers[id] == nil
            && (application.allowedProviders.isEmpty || application.allowedProviders.contains(id))
    }

    /// Whether a login by a provider counts: the account lists it, and the application allows it.
    func counts(_ provider: AccountInventory.IdentityProvider) -> Bool {
        application.areAllowedProvidersRead && configuration.inventory.providers[provider.id] == provider
            && (application.allowedProviders.isEmpty || application.allowedProviders.contains(provider.id))
    }
}

/// E-mail addresses that the policies do not tell apart.
struct EmailCell: Hashable {
    /// One of them.
    let address: String
    /// Sets of ``NamedValues/emails`` that hold them.
    let emailSets: [Int]
    /// Sets of ``NamedValues/emailDomains`` that hold their domain.
    let domainSets: [Int]
    /// What the address shows of who has it; `none` for one that anybody can get.
    let assurance: Assurance

    static func cells(_ named: NamedValues, publicDomains: Set<String>) -> [EmailCell] {
        let domainSets = named.emailDomains.sets
        let addresses = named.emails.representatives { address in
            let domain = EmailAddress.domain(of: address)
            return Trait(
                domainSets: domainSets[domain] ?? [],
                assurance: named.personalEmails.contains(address) ? .named : .group
            )
        }
        let domains = named.emailDomains.representatives { publicDomains.contains($0) }
        let fresh = EmailCell(
            address: "somebody@\(unnamedDomain(named))",
            emailSets: [],
            domainSets: [],
            assurance: .none
        )
        return [fresh]
            + domains.map { domain in
                EmailCell(
                    address: unnamedAddress(at: domain.value, named),
                    emailSets: [],
                    domainSets: domain.sets,
                    assurance: domain.trait ? .none : .domain
                )
            }
            + addresses.map { address in
                EmailCell(
                    address: address.value,
                    emailSets: address.sets,
                    domainSets: address.trait.domainSets,
                    assurance: address.trait.assurance
                )
            }
    }

    private struct Trait: Hashable {
        let domainSets: [Int]
        let assurance: Assurance
    }

    private static func unnamedDomain(_ named: NamedValues) -> String {
        var domain = "mail.example"
        while named.emailDomains.sets[domain] != nil { domain = "x" + domain }
        return domain
    }

    private static func unnamedAddress(at domain: String, _ named: NamedValues) -> String {
        var name = "somebody"
        while named.emails.sets["\(name)@\(domain)"] != nil { name += "x" }
        return "\(name)@\(domain)"
    }
}

/// Addresses to ask from that the policies do not tell apart.
struct AddressCell: Hashable {
    /// One of them; `nil` for an address in no range and no list, of those that are not fully known either.
    let address: IPAddress?
    /// The condition sets that hold them.
    let keys: Set<ConditionKey>
    /// Whether a range shorter than everything holds them.
    let isNamed: Bool

    /// `nil` when there are too many.
    static func cells(_ named: NamedValues, _ sides: [PolicyChain]) -> [AddressCell]? {
        guard !named.ranges.isEmpty else { return [AddressCell(address: nil, keys: [], isNamed: false)] }
        let keys = named.rangeKeys
        // A range of length 0 names no place, but it tells one family of addresses from the other.
        let narrow = keys.map { key in (named.ranges[key] ?? []).filter { !$0.isEverything } }
        let whole = keys.map { key in (named.ranges[key] ?? []).filter(\.isEverything) }
        let hasWhole = whole.contains { !$0.isEmpty }
        // A list that is not fully known leaves some address out; nobody can say which.
        let hasOutside = named.hasOpenList && !hasWhole
        let families = hasWhole ? ["0.0.0.0/0", "::/0"].compactMap(AddressRange.init).map { [$0] } : []
        guard let partition = AddressPartition(narrow + families, limit: 4096) else { return nil }
        var cells = partition.cells.map { cell in
            let holders = keys.indices.filter { index in
                cell.sets.contains(index) || whole[index].contains { $0.contains(cell.representative) }
            }
            return AddressCell(
                address: cell.representative,
                keys: Set(holders.map { keys[$0] }),
                isNamed: hasOutside || cell.sets.contains { $0 < keys.count }
            )
        }
        cells.sort { !$0.isNamed && $1.isNamed }
        if hasOutside { cells.append(AddressCell(address: nil, keys: [], isNamed: false)) }
        return cells
    }
}

/// Countries to ask from that the policies do not tell apart.
struct CountryCell: Hashable {
    let code: String
    let sets: [Int]
    let isNamed: Bool

    static func cells(_ named: NamedValues) -> [CountryCell] {
        let others = ["CH", "NZ", "UY", "IS", "BW", "FJ", "MT", "LA"]
        let other = others.first { named.countries.sets[$0] == nil } ?? unnamedCode(named)
        return [CountryCell(code: other, sets: [], isNamed: false)]
            + named.countries.representatives { _ in true }.map {
                CountryCell(code: $0.value, sets: $0.sets, isNamed: true)
            }
    }

    private static func unnamedCode(_ named: NamedValues) -> String {
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        for first in letters {
            for second in letters where named.countries.sets["\(first)\(second)"] == nil { return "\(first)\(second)" }
        }
        return "ZZ"
    }
}

/// Client certificates that the policies do not tell apart, or none.
struct CertificateCell: Hashable {
    let isShown: Bool
    let commonName: String?
    let sets: [Int]

    var assurance: Assurance { commonName != nil ? .named : isShown ? .anyCertificate : .none }

    static func cells(_ named: NamedValues) -> [CertificateCell] {
        guard named.hasCertificates || !named.commonNames.sets.isEmpty else {
            return [CertificateCell(isShown: false, commonName: nil, sets: [])]
        }
        return [
            CertificateCell(isShown: false, commonName: nil, sets: []),
            CertificateCell(isShown: true, commonName: nil, sets: []),
        ]
            + named.commonNames.representatives { _ in true }.map {
                CertificateCell(isShown: true, commonName: $0.value, sets: $0.sets)
            }
    }
}

/// Service tokens, or applications whose tokens are shown, that the policies do not tell apart; or none.
struct CredentialCell: Hashable {
    /// `nil` for none; empty for one that no rule names, of which nobody knows whether there is one.
    let id: String?
    let sets: [Int]
    /// Whether it counts, by side.
    let counts: [Truth]
    let assurance: Assurance

    static func tokens(_ named: NamedValues, _ sides: [PolicyChain]) -> [CredentialCell] {
        let none = CredentialCell(id: nil, sets: [], counts: sides.map { _ in .no }, assurance: .none)
        guard named.hasAnyToken || !named.tokens.sets.isEmpty else { return [none] }
        func counts(_ id: String) -> [Truth] {
            sides.map { side in
                // Nobody knows whether anybody has a token that does not exist.
                side.configuration.inventory.serviceTokens[id].map { Truth($0.isUsable) } ?? .unknown
            }
        }
        var cells = [none]
        let all = Set(sides.flatMap(\.configuration.inventory.serviceTokens.elements.keys)).sorted()
        if let other = all.first(where: { named.tokens.sets[$0] == nil && counts($0).contains(.yes) }) {
            cells.append(CredentialCell(id: other, sets: [], counts: counts(other), assurance: .anyServiceToken))
        }
        cells += named.tokens.representatives(alike: counts).filter { $0.trait.contains { $0 > .no } }.map {
            CredentialCell(id: $0.value, sets: $0.sets, counts: $0.trait, assurance: .named)
        }
        if sides.contains(where: { !$0.configuration.inventory.serviceTokens.isComplete }) {
            cells.append(
                CredentialCell(
                    id: "",
                    sets: [],
                    counts: sides.map { $0.configuration.inventory.serviceTokens.isComplete ? .no : .unknown },
                    assurance: .anyServiceToken
                )
            )
        }
        return cells
    }

    static func linkedApplications(_ named: NamedValues, _ sides: [PolicyChain]) -> [CredentialCell] {
        let none = CredentialCell(id: nil, sets: [], counts: sides.map { _ in .no }, assurance: .none)
        let linked = named.linkedApplications.representatives { id in
            sides.map { $0.configuration.inventory.applications[id] == nil ? Truth.unknown : .yes }
        }
        return [none]
            + linked.map { CredentialCell(id: $0.value, sets: $0.sets, counts: $0.trait, assurance: .named) }
    }
}
