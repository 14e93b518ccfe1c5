/// One `testsuite`: a rule, or the collection.
struct JUnitSuite: Sendable {
    let name: String
    var cases: [JUnitCase]
    /// What the suite says beside what every suite says.
    var properties: [JUnitProperties.Property] = []

    /// How many of its cases have the outcome `kind`.
    func count(_ kind: JUnitCase.Outcome.Kind) -> Int { cases.count { $0.outcome.kind == kind } }
}

/// One `testcase`: a rule and a resource that it examined.
struct JUnitCase: Sendable {
    /// Exactly one element at most: consumers differ on what several mean.
    struct Outcome: Sendable {
        /// The element; `passed` has none.
        enum Kind: Sendable { case passed, skipped, failure, error }

        let kind: Kind
        var type = ""
        /// One line.
        var message = ""
        /// Never empty unless passed: GitLab shows the body, and drops an element that has a `type` and no body.
        var body = ""

        static let passed = Outcome(kind: .passed)
    }

    let className: String
    var name: String
    /// Told apart from the name only when two cases would have the same one.
    let fullID: String
    var outcome: Outcome
    /// A sentence beside the outcome; empty for most.
    var note = ""
    /// For readers that take properties of cases.
    var properties: [JUnitProperties.Property] = []
    /// Whether it is about a finding, which has a place in the repository.
    var isFinding = false
}

extension JUnitSuite {
    /// Makes the names of the cases unique within their class: consumers drop or merge equal ones.
    ///
    /// A name that occurs once stays as it is, so that histories are kept; equal ones get the full id, and where even
    /// that is equal, a number.
    mutating func makeNamesUnique() {
        var uses: [String: Int] = [:]
        for item in cases { uses[item.key, default: 0] += 1 }
        for index in cases.indices where uses[cases[index].key, default: 0] > 1 {
            cases[index].name += " {\(cases[index].fullID)}"
        }
        var seen: Set<String> = []
        for index in cases.indices {
            let name = cases[index].name
            var number = 2
            while !seen.insert(cases[index].key).inserted {
                cases[index].name = "\(name) (\(number))"
                number += 1
            }
        }
    }
}

extension JUnitCase {
    fileprivate var key: String { "\(className)\u{0}\(name)" }
}
