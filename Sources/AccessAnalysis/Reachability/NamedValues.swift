import SnapshotStore

/// A set of conditions in one version of an application.
struct ConditionKey: Hashable {
    /// Which version.
    let side: Int
    /// The set's id, which is its own within a version.
    let set: Int
}

/// Values that conditions name, each with the condition sets that name it.
struct NamedSets<Value: Hashable & Comparable> {
    private(set) var places: [ConditionKey: Int] = [:]
    /// Numbers of the sets that name a value, ascending.
    private(set) var sets: [Value: [Int]] = [:]

    /// Takes note of what a set of conditions names.
    mutating func add(_ key: ConditionKey, _ values: some Sequence<Value>) {
        guard places[key] == nil else { return }
        let place = places.count
        places[key] = place
        for value in values where sets[value]?.last != place { sets[value, default: []].append(place) }
    }

    /// One value, the lowest, for all that the same sets name and that are alike in `trait`; sorted.
    func representatives<Trait: Hashable>(
        alike trait: (Value) -> Trait
    ) -> [(value: Value, sets: [Int], trait: Trait)] {
        var lowest: [Alike<Trait>: Value] = [:]
        for (value, sets) in sets {
            let key = Alike(sets: sets, trait: trait(value))
            lowest[key] = min(value, lowest[key] ?? value)
        }
        return lowest.map { ($0.value, $0.key.sets, $0.key.trait) }.sorted { $0.0 < $1.0 }
    }

    private struct Alike<Trait: Hashable>: Hashable {
        let sets: [Int]
        let trait: Trait
    }
}

/// Everything that the policies of some applications name, directly or through groups and lists.
struct NamedValues {
    private(set) var emails = NamedSets<String>()
    private(set) var emailDomains = NamedSets<String>()
    /// Addresses that a rule names itself, not through a list.
    private(set) var personalEmails: Set<String> = []
    private(set) var ranges: [ConditionKey: [AddressRange]] = [:]
    /// The keys of ``ranges`` in the order in which they were found.
    private(set) var rangeKeys: [ConditionKey] = []
    private(set) var countries = NamedSets<String>()
    private(set) var commonNames = NamedSets<String>()
    private(set) var hasCertificates = false
    private(set) var tokens = NamedSets<String>()
    private(set) var hasAnyToken = false
    private(set) var linkedApplications = NamedSets<String>()
    private(set) var providerIDs: Set<String> = []
    private(set) var hasRiskScores = false
    /// Whether rules name an IP list of which not every item is known.
    private(set) var hasOpenList = false
    /// How many conditions there are.
    private(set) var count = 0

    init(_ sides: [PolicyChain]) {
        for (side, chain) in sides.enumerated() {
            let inventory = chain.configuration.inventory
            for blocks in chain.policies.map(\.blocks) + chain.groups.joined().map(\.blocks) {
                for set in blocks.include + blocks.require + blocks.exclude { add(set, side, inventory) }
            }
        }
    }

    private mutating func add(_ set: ConditionSet, _ side: Int, _ inventory: AccountInventory) {
        let conditions = set.conditions
        count += conditions.count
        let key = ConditionKey(side: side, set: set.id)
        var emailAddresses: [String] = []
        var domains: [String] = []
        var addresses: [AddressRange] = []
        for condition in conditions {
            switch condition {
            case .email(let address):
                personalEmails.insert(address)
                emailAddresses.append(address)
            case .emailDomain(let domain): domains.append(domain)
            case .emailList(let id): emailAddresses += ListContent(emails: id, inventory)?.addresses ?? []
            case .ip(let range): addresses.append(range)
            case .ipList(let id):
                let list = ListContent(addresses: id, inventory)
                addresses += list?.ranges ?? []
                hasOpenList = hasOpenList || list?.isComplete != true
            case .anyCertificate: hasCertificates = true
            case .anyServiceToken: hasAnyToken = true
            case .riskScore: hasRiskScores = true
            case .loginMethod(let id): providerIDs.insert(id)
            case .authContext(_, let id): if let id { providerIDs.insert(id) }
            case .claim(let claim): if let id = claim.providerID { providerIDs.insert(id) }
            case .country, .commonName, .serviceToken, .linkedApplication, .everyone, .group, .authMethod,
                .devicePosture, .externalEvaluation, .accountMember, .notUnderstood:
                break
            }
        }
        switch conditions.first {
        case .email, .emailList: emails.add(key, emailAddresses)
        case .emailDomain: emailDomains.add(key, domains)
        case .ip, .ipList:
            if ranges.updateValue(addresses, forKey: key) == nil { rangeKeys.append(key) }
        case .country:
            countries.add(key, conditions.compactMap { if case .country(let code) = $0 { code } else { nil } })
        case .commonName:
            commonNames.add(key, conditions.compactMap { if case .commonName(let name) = $0 { name } else { nil } })
        case .serviceToken:
            tokens.add(key, conditions.compactMap { if case .serviceToken(let id) = $0 { id } else { nil } })
        case .linkedApplication:
            linkedApplications.add(
                key,
                conditions.compactMap { if case .linkedApplication(let id) = $0 { id } else { nil } }
            )
        default: break
        }
    }
}
