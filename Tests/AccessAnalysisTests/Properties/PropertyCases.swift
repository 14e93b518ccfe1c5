import Foundation
import Testing

// Configurations are built in memory, and single policies are asked about requesters.
@testable import AccessAnalysis

/// How many random configurations a property is tried on.
enum PropertyCases {
    /// Requesters beyond which a configuration is left out: each is asked one by one.
    static let limit = 1_500

    /// Goes through configurations of which everybody can be asked; `ZTAUDIT_PROPERTY_CASES` times as many where it is set.
    ///
    /// - Parameters:
    ///   - count: How many seeds to try.
    ///   - name: A number of the property's own, so that properties see different configurations.
    ///   - check: Returns what is wrong; nothing when all is well.
    static func forEach(_ count: Int, from name: UInt64, _ check: (GeneratedCase, BruteForce) -> [String]) {
        let environment = ProcessInfo.processInfo.environment
        let factor = environment["ZTAUDIT_PROPERTY_CASES"].flatMap(Int.init) ?? 1
        var failures: [String] = []
        var tried = 0
        for number in 0..<UInt64(count * factor) {
            let seed = name << 32 | number
            let generated = GeneratedCase(seed: seed)
            guard let people = BruteForce(generated.chain, limit: limit) else { continue }
            tried += 1
            failures += check(generated, people).map { "seed \(seed): \($0)" }
            if failures.count > 20 { break }
        }
        #expect(failures.isEmpty, "\(failures.joined(separator: "\n"))")
        // Leaving out too many would try nothing.
        #expect(tried * 2 > count * factor || !failures.isEmpty, "only \(tried) of \(count * factor) could be asked")
    }
}
