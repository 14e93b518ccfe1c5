/// What an Access application guards.
///
/// Two applications with an equal destination claim the same requests.
enum Destination: Hashable, Sendable {
    case `public`(DestinationPattern)
    case `private`(PrivateDestination)
    /// The id of an MCP server that is reached through a portal.
    case mcpServer(String)
    /// The id of a Worker, previews included.
    case worker(String)
    /// The id of a Worker of which only the previews are meant.
    case previewWorker(String)
    case allWorkers
    case allPreviewWorkers
}

extension Destination: CustomStringConvertible {
    var description: String {
        switch self {
        case .public(let pattern): pattern.description
        case .private(let destination): destination.description
        case .mcpServer(let id): "MCP server \(id)"
        case .worker(let id): "Worker \(id)"
        case .previewWorker(let id): "previews of Worker \(id)"
        case .allWorkers: "all Workers"
        case .allPreviewWorkers: "previews of all Workers"
        }
    }
}

/// A service that is reached through the device client or a tunnel.
struct PrivateDestination: Hashable, Sendable {
    enum Target: Hashable, Sendable {
        case addresses(AddressRange)
        /// In lower case.
        case hostname(String)
    }

    let target: Target
    /// A port or a range of them as the API spells it; `nil` means all.
    let portRange: String?
    /// `tcp` or `udp`; `nil` means both.
    let l4Protocol: String?
    /// The id of a virtual network; `nil` means all.
    let virtualNetworkID: String?

    /// Whether Access prefers it where both mean the same service.
    func isMoreSpecific(than other: PrivateDestination) -> Bool {
        switch (target, other.target) {
        case (.hostname, .addresses): true
        case (.hostname, .hostname), (.addresses, .hostname), (.addresses, .addresses): false
        }
    }
}

extension PrivateDestination: CustomStringConvertible {
    var description: String {
        let place =
            switch target {
            case .addresses(let range): range.description
            case .hostname(let name): name
            }
        let limits = [
            portRange.map { "port \($0)" }, l4Protocol, virtualNetworkID.map { "virtual network \($0)" },
        ]
        return ([place] + limits.compactMap(\.self)).joined(separator: ", ")
    }
}
