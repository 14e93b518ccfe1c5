import AuditModel
package import JSONModel

extension ApplicationAnalysis {
    /// The document that says who can get in: keys as other programs rely on them, what is absent is `null`.
    ///
    /// - Parameter destinations: What the application guards, in words.
    /// - Returns: A JSON object.
    package func document(destinations: [String]) -> JSONValue {
        [
            "application": [
                "id": .string(applicationID), "name": .string(applicationName), "type": .string(applicationType),
                "destinations": .array(destinations.map(JSONValue.string)),
            ],
            "policies": .array(policies.map(\.document)),
            "ways_in": .array(reach.ways.map(\.document)),
            "reach": .object(
                Dictionary(
                    uniqueKeysWithValues: ReachQuestion.allCases.map {
                        ($0.rawValue, (reach.answers[$0] ?? .unknown).document)
                    }
                )
            ),
            "weakest": reach.weakest?.document ?? .null,
            "witness": reach.witness?.document ?? .null,
            "defects": .array(defects.map(\.document)),
            "doubts": .array(reach.doubts.map(JSONValue.string)),
        ]
    }
}

extension RequesterDecision {
    /// The document that says what Access answers to one requester, and how it comes to that.
    package var document: JSONValue {
        [
            "decision": .string(decision.rawValue),
            "reason": .string(reason),
            "policy_id": JSONValue(policyID),
            "trace": .array(
                trace.map { step in
                    [
                        "policy_id": .string(step.policyID), "decision": JSONValue(step.decision),
                        "match": step.match.document, "because": .string(step.because),
                    ]
                }
            ),
        ]
    }
}

extension PolicySummary {
    fileprivate var document: JSONValue {
        [
            "id": .string(policyID),
            "name": JSONValue(policyName),
            "decision": JSONValue(decision),
            "order": .integer(Int64(order)),
            "mfa": ["state": .string(mfa.state.rawValue), "source": .string(mfa.source.rawValue)],
            "session_seconds": session?.seconds.map(Self.seconds) ?? .null,
            "session_source": JSONValue(session.flatMap { $0.source == .unknown ? nil : $0.source.rawValue }),
            "can_match": canMatch.document,
            "shadowed_by": JSONValue(shadowedBy),
        ]
    }

    /// Whole where it is whole; for ever is the largest number there is.
    private static func seconds(_ seconds: Double) -> JSONValue {
        if seconds >= DurationText.foreverSeconds { return .integer(.max) }
        return Int64(exactly: seconds).map(JSONValue.integer) ?? .number(seconds)
    }
}

extension WayIn {
    fileprivate var document: JSONValue {
        [
            "policy_id": .string(policyID), "conditions": .string(conditions),
            "assurance": .string(assurance.rawValue), "mfa": mfa.document, "device_posture": devicePosture.document,
            "network": network.document,
        ]
    }
}

extension PolicyDefect {
    fileprivate var document: JSONValue {
        ["kind": .string(kind.rawValue), "policy_id": JSONValue(policyID), "message": .string(message)]
    }
}

extension Truth {
    fileprivate var document: JSONValue { .string(rawValue) }
}

extension JSONValue {
    /// `null` for `nil`.
    fileprivate init(_ text: String?) { self = text.map(JSONValue.string) ?? .null }
}
