import AsyncHTTPClient
import CloudflareSimulator
import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1

/// The fewest requests that read a whole account, found by reading it once in the largest pages that the API accepts.
///
/// What there is to read comes from the simulated world, how much of it fits one answer from the simulator's answers;
/// nothing comes from the collector.
struct MinimalReading {
    /// Path and query of every request.
    private(set) var targets: [String] = []
    /// Requests of the longest listing with cursors, each of which needs the answer to the one before.
    private(set) var longestChain = 0
    /// Objects in all answers.
    private(set) var objects = 0

    private let reader: APIReader

    /// Requests by path, without the first slash.
    var requestsByPath: [String: Int] {
        targets.reduce(into: [:]) { $0[String($1.prefix { $0 != "?" }), default: 0] += 1 }
    }

    /// What a whole inventory asks for where the API leaves something out, or adds what was deleted, by default.
    private static let queries = [
        "cfd_tunnel": ["is_deleted=false"],
        "devices/physical-devices": ["active_registrations=include"],
        "devices/policies": ["profile_type=warp", "profile_type=browser_extension"],
        "devices/registrations": ["status=all"],
        "teamnet/routes": ["is_deleted=false"],
        "teamnet/virtual_networks": ["is_deleted=false"],
        "warp_connector": ["is_deleted=false"],
        "zerotrust/routes/hostname": ["is_deleted=false"],
        "zerotrust/subnets": ["is_deleted=false"],
    ]

    /// Page sizes that are tried, until one is not refused.
    private static let pageSizes = [1000, 500, 200, 100, 50, 20, 10]

    /// Reads everything that the world holds.
    init(_ world: SimulatedWorld, with reader: APIReader) async throws {
        self.reader = reader
        // Who asks, and where: the token, and the accounts and zones that it sees.
        for path in ["user/tokens/verify", "accounts"] { try await read(path, query: "") }
        // The token is no object of the account's, and the account is read by itself.
        objects = 0
        try await read("zones", query: "")
        for account in world.accounts {
            try await read("accounts/\(account.id)", query: "")
            try await read(account.resources.keys.sorted(), below: "accounts/\(account.id)")
        }
        for zone in world.zones { try await read(zone.resources.keys.sorted(), below: "zones/\(zone.id)") }
    }

    private mutating func read(_ paths: [String], below scope: String) async throws {
        for path in paths {
            for query in Self.queries[path] ?? [""] { try await read("\(scope)/\(path)", query: query) }
        }
    }

    private mutating func read(_ path: String, query: String) async throws {
        for size in Self.pageSizes {
            let base = "\(path)?\(query)&per_page=\(size)"
            guard let first = try await reader.page("\(base)&page=1") else { continue }
            try await read(from: first, base)
            return
        }
        throw BenchmarkError(description: "\(path) accepts no page size")
    }

    /// Reads a list to its end; whether it has numbered pages or cursors shows in its first answer.
    private mutating func read(from first: ListAnswer, _ base: String) async throws {
        var (answer, target, read, requests) = (first, "\(base)&page=1", first.count, 1)
        targets.append(target)
        while let info = answer.info {
            if let cursor = info.cursor {
                guard !cursor.isEmpty else { break }
                target = "\(base)&cursor=\(cursor.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")"
            } else {
                guard read < info.totalCount ?? 0 else { break }
                target = "\(base)&page=\(requests + 1)"
            }
            guard let next = try await reader.page(target), next.count > 0 else { break }
            answer = next
            read += next.count
            requests += 1
            targets.append(target)
        }
        objects += read
        if first.info?.cursor != nil { longestChain = max(longestChain, requests) }
    }
}

/// Reads from a simulator with as little effort as can be.
struct APIReader {
    let baseURL: String
    let token: String

    /// One answer; `nil` when the API refuses the query with 400.
    func page(_ target: String) async throws -> ListAnswer? {
        let (status, body) = try await get(target)
        if status == 400 { return nil }
        guard status == 200 else { throw BenchmarkError(description: "\(target) was answered with \(status)") }
        return try JSONDecoder().decode(ListAnswer.self, from: Data(buffer: body))
    }

    /// Asks for everything again, and throws it away, to see how long the simulator itself takes.
    ///
    /// - Returns: Bytes of all bodies.
    func drain(_ targets: [String], concurrency: Int) async throws -> Int {
        try await withThrowingTaskGroup(of: Int.self) { group in
            var remaining = targets.makeIterator()
            var bytes = 0
            func addNext() {
                guard let target = remaining.next() else { return }
                group.addTask { try await get(target).body.readableBytes }
            }
            for _ in 0..<concurrency { addNext() }
            for try await count in group {
                bytes += count
                addNext()
            }
            return bytes
        }
    }

    private func get(_ target: String) async throws -> (status: UInt, body: ByteBuffer) {
        var request = HTTPClientRequest(url: "\(baseURL)/\(target)")
        request.headers.add(name: "Authorization", value: "Bearer \(token)")
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
        return (response.status.code, try await response.body.collect(upTo: 1 << 30))
    }
}

/// How many objects an answer holds, and what follows it.
struct ListAnswer: Decodable {
    struct Info: Decodable {
        let cursor: String?
        let totalCount: Int?

        private enum CodingKeys: String, CodingKey {
            case cursor, totalCount = "total_count"
        }
    }

    /// Decodes nothing: the objects are counted, not read.
    private struct Skipped: Decodable {
        init(from decoder: any Decoder) {}
    }

    let count: Int
    let info: Info?

    private enum Key: String, CodingKey {
        case result, info = "result_info"
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Key.self)
        // What is no list is one object.
        count = (try? members.decode([Skipped].self, forKey: .result).count) ?? 1
        info = try members.decodeIfPresent(Info.self, forKey: .info)
    }
}
