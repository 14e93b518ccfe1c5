/// A set of conditions that lets somebody in.
package struct WayIn: Codable, Sendable, Hashable {
    /// What its weakest requester shows of who it is.
    package var assurance: Assurance
    /// The policy that admits.
    package var policyID: String
    /// Its name.
    package var policyName: String
    /// What a requester must show, in words.
    package var conditions: String
    /// Whether a second factor is demanded.
    package var mfa: Truth
    /// Whether a device posture check or a client certificate is demanded.
    package var devicePosture: Truth
    /// Whether an address or a country is demanded.
    package var network: Truth

    /// Places by which ways are compared, the weakest first: the least assurance, then the fewest demands.
    package var rank: [Int] { [assurance.rank, mfa.rank, devicePosture.rank, network.rank] }

    /// Creates a way from its members.
    package init(
        assurance: Assurance,
        policyID: String,
        policyName: String,
        conditions: String,
        mfa: Truth,
        devicePosture: Truth,
        network: Truth
    ) {
        self.assurance = assurance
        self.policyID = policyID
        self.policyName = policyName
        self.conditions = conditions
        self.mfa = mfa
        self.devicePosture = devicePosture
        self.network = network
    }

    private enum CodingKeys: String, CodingKey {
        case assurance
        case policyID = "policy_id"
        case policyName = "policy_name"
        case conditions, mfa
        case devicePosture = "device_posture"
        case network
    }
}
