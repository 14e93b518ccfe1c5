import AuditModel

extension ApplicationAccess {
    /// The name on one line, with a word for one that has none.
    var label: String { name.isEmpty ? "unnamed" : VisibleText.singleLine(name) }

    /// The weakest way in, in a few words; also where there is none.
    var word: String {
        if let weakest { return weakest.assurance.word }
        switch reach.anybody {
        case .no: return "Nobody"
        case .yes, .unknown: return "Not known"
        }
    }

    /// What is not known and matters, in a sentence; `nil` where a way is known or nobody gets in.
    var doubt: String? {
        guard weakest == nil, reach.anybody != .no else { return nil }
        return doubts.isEmpty ? "The policies do not settle who gets in." : doubts.joined(separator: "; ") + "."
    }
}

extension Assurance {
    /// Who gets in, in a few words.
    var word: String {
        switch self {
        case .none: "Anyone, without a credential"
        case .anyMailbox: "Anyone with a mailbox"
        case .consumerAccount: "Anyone with an account of a public provider"
        case .anyServiceToken: "Any service token of the account"
        case .anyCertificate: "Any valid client certificate"
        case .directory: "Everyone in a directory"
        case .domain: "Everyone in an e-mail domain"
        case .group: "Members of a group or list"
        case .named: "Whoever is named"
        }
    }
}

extension Truth {
    /// Whether something is demanded, in words.
    var demand: String {
        switch self {
        case .yes: "yes"
        case .no: "no"
        case .unknown: "not known"
        }
    }
}

/// Who gets in to all applications together.
struct AccessSentences: Sendable {
    /// How many applications let nobody in particular in; one sentence.
    let strangers: String

    /// Counts; `nil` when there are no applications.
    init?(_ result: AuditResult) {
        let all = result.applications
        guard !all.isEmpty else { return nil }
        let open = all.count { $0.weakest?.assurance.isStranger == true }
        let parts: [(count: Int, word: String)] = [
            (all.count { $0.weakest?.assurance == Assurance.none }, "without a credential"),
            (all.count { $0.weakest?.assurance == .anyMailbox }, "with any mailbox"),
            (all.count { $0.weakest?.assurance == .consumerAccount }, "with any account of a public provider"),
        ]
        let kinds = parts.filter { $0.count > 0 }.map { "\($0.count) \($0.word)" }
        let unknown = all.count { $0.doubt != nil }
        strangers =
            "\(open == 0 ? "None" : String(open)) of \(Words.count(all.count, "application")) "
            + "\(open < 2 ? "lets" : "let") strangers in\(kinds.isEmpty ? "" : ": \(Words.list(kinds))")"
            + (unknown == 0 ? "." : "; of \(unknown) it is not known.")
    }
}
