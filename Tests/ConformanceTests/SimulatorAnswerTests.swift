import AsyncHTTPClient
import CloudflareSimulator
import Foundation
import JSONModel
import NIOCore
import NIOHTTP1
import SnapshotStore
import TestSupport
import Testing

@Suite(.enabled(if: APIReference.isPresent, "needs the API reference beside the repository"))
struct SimulatorAnswerTests {
    /// What the demo account answers although the reference does not have it, to show what becomes of it: a rule of a new
    /// type, and the mark of the default group as a truth value instead of a list.
    private static let deliberate = ["include[1]: group is missing", "is_default: bool(true) is no array"]

    @Test func everyAnswerFitsItsSchema() async throws {
        let reference = try APIReference()
        let world = try SimulatedWorld.demoAccount()
        let validator = JSONSchemaValidator(root: reference.root, dialect: .openAPI)
        let kinds = ResourceCatalogue.kinds.flatMap { kind in
            APIReference.Scope.allCases.compactMap { reference.operation(of: kind, below: $0)?.path }
        }
        try await withCloudflareSimulator(world: world, options: SimulatorOptions(rateLimit: .none)) { simulator in
            let walk = SimulatorWalk(simulator: simulator, world: world)
            var served = 0
            var answers = 0
            for operation in reference.operations {
                let found = try await walk.answers(of: operation)
                if found.isEmpty { #expect(!kinds.contains(operation.path), "\(operation.path) is not served") }
                served += found.isEmpty ? 0 : 1
                answers += found.count
                let faults = found.flatMap { answer in
                    let schema = answer["success"] == true ? operation.answer : operation.refusal
                    return validator.faults(in: answer, against: schema)
                }.filter { fault in !Self.deliberate.contains { fault.hasSuffix($0) } }
                #expect(faults.isEmpty, "\(operation.path): \(Set(faults).sorted().joined(separator: "\n"))")
            }
            #expect(answers > 0)
            print("conformance: \(answers) answers of \(served) operations of the simulator checked")
        }
    }

    @Test func everyCollectedKindIsInTheReference() throws {
        let reference = try APIReference()
        let missing = ResourceCatalogue.kinds.filter { reference.operation(of: $0, below: .account) == nil }
        // Known from published pages only.
        #expect(missing == [.accountMembers, .accountTokens, .notificationPolicies, .logpushJobs])
    }
}

/// Asks the simulator for everything that an operation can answer.
private struct SimulatorWalk {
    let simulator: SimulatorHandle
    let world: SimulatedWorld

    /// Every page of every list, and every object, that the paths of an operation lead to; none when it is not served.
    func answers(of operation: APIReference.Operation) async throws -> [JSONValue] {
        var answers: [JSONValue] = []
        for path in try await paths(operation.path) {
            for query in queries(operation) {
                answers += try await pages(path, query)
            }
        }
        return answers
    }

    /// The paths with ids for parameters: those of the world, and below lists those that the lists hold.
    private func paths(_ template: String) async throws -> [String] {
        guard let parameter = template.firstMatch(of: /\{([^}]*)\}/) else { return [template] }
        let list = String(template[..<parameter.range.lowerBound].dropLast())
        let ids: [String]
        switch String(parameter.output.1) {
        case "account_id": ids = world.accounts.map(\.id)
        case "zone_id": ids = world.zones.map(\.id)
        default:
            let elements = try await pages(list, [:]).flatMap { $0["result"]?.arrayValue ?? [] }
            ids = elements.compactMap { $0["id"]?.stringValue }
        }
        var result: [String] = []
        for id in ids {
            let rest = template[parameter.range.upperBound...]
            result += try await paths("\(list)/\(id)\(rest)")
        }
        return result
    }

    /// As asked without parameters, and as the collector asks.
    private func queries(_ operation: APIReference.Operation) -> Set<[String: String]> {
        let asked = ResourceCatalogue.kinds.filter { kind in
            operation.shape.hasSuffix("{}/" + APIReference.Operation.shape(kind.listing.path))
        }
        return Set([[:]] + asked.map { Dictionary($0.listing.query.map { ($0.name, $0.value) }) { $1 } })
    }

    /// Small pages, so that there are several, until an empty one or the end of the cursors.
    private func pages(_ path: String, _ query: [String: String]) async throws -> [JSONValue] {
        var answers: [JSONValue] = []
        var query = query
        query["per_page"] = "3"
        for page in 1... {
            guard let answer = try await answer(path, query) else { break }
            // Some lists are never cut into pages, whatever is asked.
            if page > 1, answer["result"] == answers.last?["result"] { break }
            answers.append(answer)
            guard let info = answer["result_info"], answer["result"]?.arrayValue?.isEmpty == false else { break }
            query["page"] = info["cursor"] == nil ? String(page + 1) : nil
            query["cursor"] = info["cursor"]?.stringValue
            if query["cursor"] == "" { break }
        }
        return answers
    }

    /// An answer; `nil` when there is no such path.
    private func answer(_ path: String, _ query: [String: String]) async throws -> JSONValue? {
        let items = query.sorted { $0.key < $1.key }.map { name, value in
            // A cursor can hold what has a meaning in a query, such as a plus.
            "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")"
        }
        var request = HTTPClientRequest(url: "\(simulator.baseURL)\(path)?\(items.joined(separator: "&"))")
        request.headers.add(name: "Authorization", value: "Bearer demo-read-only-token")
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
        let body = try await response.body.collect(upTo: 100_000_000)
        guard response.status != .notFound else { return nil }
        // A user's token is refused where tokens of accounts are verified, and the demo's may not read tokens.
        #expect(response.status == .ok || path.contains("/tokens/"), "\(path)")
        return try JSONValue(parsing: Data(body.readableBytesView))
    }
}
