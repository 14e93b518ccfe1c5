import JSONModel

/// The destinations of one Access application.
struct ApplicationDestinations: Hashable, Sendable {
    /// In the order of the API's answer, each once.
    private(set) var destinations: [Destination] = []
    /// What the answer holds beside them, as text.
    private(set) var notUnderstood: [String] = []

    /// Reads an application as the API gave it.
    ///
    /// Without `destinations`, the older `self_hosted_domains` and then `domain` say what it guards.
    init(_ application: JSONValue) {
        var seen: Set<Destination> = []
        for value in Self.stored(application) {
            guard let destination = Destination(value) else {
                notUnderstood.append(value.text)
                continue
            }
            guard seen.insert(destination).inserted else { continue }
            destinations.append(destination)
        }
    }

    /// The patterns of the public ones.
    var patterns: [DestinationPattern] {
        destinations.compactMap { destination in
            guard case .public(let pattern) = destination else { return nil }
            return pattern
        }
    }

    /// In the domain of these stands where their tile, login page or SaaS lies, which Access guards by other means or
    /// not at all.
    private static let typesWithForeignDomain: Set<String> = [
        "app_launcher", "biso", "bookmark", "dash_sso", "saas", "warp",
    ]

    /// An empty list or string is as good as none.
    private static func stored(_ application: JSONValue) -> [JSONValue] {
        func elements(_ key: String) -> [JSONValue] {
            switch application[key] {
            case .array(let elements): elements
            case nil, .null, "": []
            case .some(let value): [value]
            }
        }
        let destinations = elements("destinations")
        guard destinations.isEmpty, !typesWithForeignDomain.contains(application["type"]?.stringValue ?? "") else {
            return destinations
        }
        let domains = elements("self_hosted_domains")
        return (domains.isEmpty ? elements("domain") : domains).map { value in
            value.stringValue.map { ["type": "public", "uri": .string($0)] } ?? value
        }
    }
}

extension Destination {
    /// Reads an element of `destinations`; `nil` when it is not understood.
    init?(_ value: JSONValue) {
        func text(_ key: String) -> String? {
            value[key]?.stringValue.flatMap { $0.isEmpty ? nil : $0 }
        }
        let read: Destination? =
            switch text("type") {
            case "public": text("uri").flatMap(DestinationPattern.init).map(Destination.public)
            case "private": PrivateDestination(value).map(Destination.private)
            case "via_mcp_server_portal": text("mcp_server_id").map(Destination.mcpServer)
            case "worker": text("worker_id").map(Destination.worker)
            // The documentation writes the previews of all Workers without an id, the API schema as an own type.
            case "preview_worker" where value["worker_id"]?.isNull ?? true: .allPreviewWorkers
            case "preview_worker": text("worker_id").map(Destination.previewWorker)
            case "all_workers": .allWorkers
            case "all_preview_workers": .allPreviewWorkers
            case _: nil
            }
        guard let read else { return nil }
        self = read
    }
}

extension PrivateDestination {
    /// `nil` without a host name or an address range, and where a restriction cannot be read.
    fileprivate init?(_ value: JSONValue) {
        // A restriction that is not understood must not pass for none.
        let restrictions = ["port_range", "l4_protocol", "vnet_id"].map { value[$0] ?? .null }
        guard restrictions.allSatisfy({ $0.isNull || $0.stringValue != nil }) else { return nil }
        func text(_ key: String) -> String? {
            value[key]?.stringValue.flatMap { $0.isEmpty ? nil : $0 }
        }
        if let hostname = text("hostname") {
            target = .hostname(String(decoding: HostPattern.normalized(hostname), as: UTF8.self))
        } else if let range = text("cidr").flatMap(AddressRange.init) {
            target = .addresses(range)
        } else {
            return nil
        }
        portRange = text("port_range")
        l4Protocol = text("l4_protocol")?.lowercased()
        virtualNetworkID = text("vnet_id")
    }
}
