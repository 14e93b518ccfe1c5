import AccessAnalysis
import AuditModel

/// What `explain` tells people of an application.
struct ExplanationText {
    let application: AccountAnalysis.Application
    let gaps: [CoverageEntry]

    /// Ways in and destinations beyond which the rest is counted.
    private static let maximumItems = 12

    // MARK: Who can get in

    /// Tells who can get in; `witness` is what somebody shows who gets in by the weakest way.
    func text(of analysis: ApplicationAnalysis, witness: [String]?) -> String {
        var page = head()
        addWays(analysis, to: &page)
        page.heading("In short")
        for question in ReachQuestion.allCases {
            let answer = (analysis.reach.answers[question] ?? .unknown).rawValue
            let mark = answer + String(repeating: " ", count: 9 - answer.count)
            page.paragraph(Self.text(question), mark: mark, indent: 2)
        }
        if let witness {
            page.heading("Somebody who gets in the weakest way shows")
            page.list(witness.isEmpty ? ["nothing at all"] : witness)
        }
        let advice = WeakestWayAdvice(analysis).sentences
        if !advice.isEmpty {
            page.heading("What would close the weakest way")
            page.list(advice)
        }
        addPolicies(analysis, to: &page)
        if !analysis.defects.isEmpty {
            page.heading("Defects")
            page.list(analysis.defects.map { "\($0.message) [\($0.kind.rawValue)]" })
        }
        if !analysis.reach.doubts.isEmpty {
            page.heading("What is not known and may decide")
            page.list(analysis.reach.doubts)
        }
        addGaps(to: &page)
        return page.text
    }

    private func addWays(_ analysis: ApplicationAnalysis, to page: inout TextPage) {
        let reach = analysis.reach
        guard reach.weakest != nil else {
            page.heading("Who can get in")
            let isProven = reach.doubts.isEmpty && reach.answers.values.allSatisfy { $0 == .no }
            let answer =
                isProven
                ? "Nobody: no requester that can exist is admitted by a policy."
                : "Nobody of whom it is certain. What is not known may let somebody in; see below."
            page.paragraph(answer, indent: 2)
            return
        }
        page.heading("Who can get in, the weakest way first")
        let ways = reach.ways.enumerated().sorted { left, right in
            (left.element.rank + [left.offset]).lexicographicallyPrecedes(right.element.rank + [right.offset])
        }
        .map(\.element)
        for (index, way) in ways.prefix(Self.maximumItems).enumerated() {
            let action = Self.action(analysis.policies.first { $0.policyID == way.policyID }?.decision)
            page.paragraph("\(Self.capitalised(way.conditions)).", mark: "\(index + 1). ", indent: 2)
            page.paragraph("By the \(action) policy \"\(way.policyName)\": \(way.assurance.words).", indent: 5)
            page.paragraph(Self.demands(way, isLogin: action == "Allow"), indent: 5)
        }
        if ways.count > Self.maximumItems {
            page.paragraph("\(ways.count - Self.maximumItems) more ways; --format json has them all.", indent: 2)
        }
    }

    private static func demands(_ way: WayIn, isLogin: Bool) -> String {
        func answer(_ truth: Truth) -> String {
            switch truth {
            case .yes: "demanded"
            case .no: "not demanded"
            case .unknown: "unknown"
            }
        }
        let mfa = isLogin ? "MFA \(answer(way.mfa)), " : ""
        let rest = "device posture \(answer(way.devicePosture)), network \(answer(way.network))."
        return isLogin ? mfa + rest : capitalised(rest)
    }

    private func addPolicies(_ analysis: ApplicationAnalysis, to page: inout TextPage) {
        page.heading("Policies, in the order in which Access runs them")
        if analysis.policies.isEmpty { page.paragraph("None, and what no policy admits is denied.", indent: 2) }
        for policy in analysis.policies {
            let name = policy.policyName ?? policy.policyID
            page.paragraph("\(Self.action(policy.decision)) \"\(name)\"", mark: "\(policy.order). ", indent: 2)
            var sentences: [String] = []
            switch policy.canMatch {
            case .no: sentences.append("It never matches anybody.")
            case .unknown: sentences.append("Whether it can match anybody is not known.")
            case .yes: break
            }
            if let id = policy.shadowedBy {
                let other = analysis.policies.first { $0.policyID == id }?.policyName ?? id
                sentences.append("It never decides: \"\(other)\" matches everybody whom it matches, before it.")
            }
            if Self.action(policy.decision) == "Allow", policy.canMatch != .no {
                sentences += [Self.text(policy.mfa), Self.text(policy.session)].compactMap(\.self)
            }
            if !sentences.isEmpty { page.paragraph(sentences.joined(separator: " "), indent: 5) }
        }
    }

    private static func text(_ mfa: PolicyMFA) -> String {
        switch mfa.state {
        case .required: "MFA is required: \(uncapitalised(mfa.explanation))"
        case .notRequired: "MFA is not required: \(uncapitalised(mfa.explanation))"
        case .unknown: "Whether MFA is required is not known: \(uncapitalised(mfa.explanation))"
        }
    }

    private static func capitalised(_ sentence: String) -> String {
        sentence.prefix(1).uppercased() + sentence.dropFirst()
    }

    private static func uncapitalised(_ sentence: String) -> String {
        sentence.hasPrefix("The ") || sentence.hasPrefix("No ") || sentence.hasPrefix("An ")
            ? sentence.prefix(1).lowercased() + sentence.dropFirst() : sentence
    }

    private static func text(_ session: PolicySession?) -> String? {
        guard let session else { return nil }
        let length = session.text ?? "not known"
        return switch session.source {
        case .policy: "Session: \(length), set by the policy."
        case .application: "Session: \(length), set by the application."
        case .standard: "Session: \(length), the default, as nothing is set."
        case .deviceClient: "Session: \(length), that of the device client."
        case .unknown: session.doubt.map { "The session is not known: \(uncapitalised($0))" }
        }
    }

    // MARK: What Access answers to a requester

    /// Tells what Access answers to a requester, given with what it shows.
    func text(of decision: RequesterDecision, requester: [String]) -> String {
        var page = head()
        page.heading("The requester shows")
        page.list(requester.isEmpty ? ["nothing at all"] : requester)
        page.heading("Decision: \(decision.decision.rawValue)")
        page.paragraph(decision.reason, indent: 2)
        page.heading("Policies, in the order in which Access runs them")
        if decision.trace.isEmpty { page.paragraph("None.", indent: 2) }
        for (index, step) in decision.trace.enumerated() {
            let decided = step.policyID == decision.policyID ? " This one decides." : ""
            let match =
                switch step.match {
                case .yes: "Matches"
                case .no: "Does not match"
                case .unknown: "May match"
                }
            let because = step.because.isEmpty ? "" : ": \(step.because)"
            page.paragraph("\(Self.action(step.decision)) \"\(step.policyName)\"", mark: "\(index + 1). ", indent: 2)
            page.paragraph("\(match)\(because).\(decided)", indent: 5)
        }
        addGaps(to: &page)
        return page.text
    }

    // MARK: What both tell

    private func head() -> TextPage {
        var page = TextPage()
        let type = application.type.isEmpty ? "of no type" : application.type
        page.paragraph("Application \"\(application.name)\" (\(type), \(application.id))")
        let shown = application.destinations.prefix(Self.maximumItems)
        if !shown.isEmpty {
            let rest = application.destinations.count - shown.count
            page.paragraph("Guards \(shown.joined(separator: "; "))\(rest > 0 ? "; and \(rest) more" : "")")
        }
        return page
    }

    private func addGaps(to page: inout TextPage) {
        guard !gaps.isEmpty else { return }
        page.heading("What was not read, so that less is certain")
        page.list(gaps.map { "\($0.kind) (\($0.status.rawValue)); needs the permission \"\($0.permission)\"" })
    }

    /// An action as the dashboard calls it.
    private static func action(_ decision: String?) -> String {
        switch decision {
        case "allow": "Allow"
        case "deny": "Block"
        case "bypass": "Bypass"
        case "non_identity": "Service Auth"
        case .some(let other): "\"\(other)\""
        case nil: "Unseen"
        }
    }

    private static func text(_ question: ReachQuestion) -> String {
        switch question {
        case .anonymous: "Somebody without login, token and certificate gets in"
        case .anyMailbox: "Somebody with nothing but an arbitrary mailbox gets in"
        case .consumerAccount: "Somebody with nothing but an account of a public identity provider gets in"
        case .withoutMFA: "Somebody gets in by a login without a second factor"
        case .withoutDevicePosture: "Somebody gets in without device posture check and client certificate"
        case .fromAnywhere: "Somebody gets in from an address and a country that no policy names"
        }
    }
}
