import AuditModel

/// The session that an Allow policy of an application makes, or why it is not known (Session management).
package struct PolicySession: Sendable, Hashable {
    /// The level that decided.
    package enum Source: String, Sendable {
        case policy, application, unknown
        /// Nothing is set.
        case standard = "default"
        case deviceClient = "device_client"
    }

    /// `nil` when it is not understood or not known.
    package let seconds: Double?
    package let source: Source
    /// The deciding setting as Cloudflare has it.
    package let text: String?
    /// Why the source is unknown, in a sentence.
    package let doubt: String?

    private init(_ source: Source, seconds: Double? = nil, text: String? = nil, doubt: String? = nil) {
        self.seconds = seconds
        self.source = source
        self.text = text
        self.doubt = doubt
    }

    private init(_ source: Source, _ setting: SessionSetting) {
        self.init(source, seconds: setting.seconds, text: setting.text)
    }

    /// `nil` where there is none: only Allow makes one, and infrastructure has none.
    init?(of policy: ChainedPolicy, in chain: PolicyChain) {
        let application = chain.application
        guard application.type != "infrastructure" else { return nil }
        guard let action = policy.action, let settings = policy.policy else {
            self.init(.unknown, doubt: PolicyDoubt.sentence(policy))
            return
        }
        guard action == .allow else { return nil }
        if let organization = chain.configuration.organization.organization,
            application.allowsDeviceClientLogin ?? organization.allowsDeviceClientLogin ?? false
        {
            // A device client's session logs in to applications that have nothing but Allow and Block policies.
            let others = chain.policies.filter { $0.action != .allow && $0.action != .block }
            if others.isEmpty {
                // Without a duration of its own its length is not documented.
                let session = organization.deviceClientSession
                self.init(.deviceClient, seconds: session?.seconds, text: session?.text ?? "not set")
                return
            }
            if let doubtful = others.first, others.allSatisfy({ $0.action == nil }) {
                self.init(.unknown, doubt: PolicyDoubt.sentence(doubtful))
                return
            }
        }
        if let session = settings.session {
            self.init(.policy, session)
        } else if let session = application.session {
            self.init(.application, session)
        } else {
            self.init(.standard, seconds: 86400, text: "24h")
        }
    }
}

/// What keeps open what a policy does.
enum PolicyDoubt {
    /// Why it is not known what a policy does, in a sentence; `nil` when its action is known.
    static func sentence(_ policy: ChainedPolicy) -> String? {
        guard policy.action == nil else { return nil }
        guard let settings = policy.policy else { return "The policy \"\(policy.id)\" was in no answer of the API." }
        guard let decision = settings.decision else {
            return "The action of the policy \"\(settings.name)\" was in no answer of the API."
        }
        return "The action \"\(decision)\" of the policy \"\(settings.name)\" is not known."
    }
}
