import AuditModel
import JSONModel
import SnapshotStore

/// `application_reach`: who can get in to each application.
enum ApplicationReachTable {
    static func table(rows: [[EvidenceValue]]) -> AnalysisTable {
        AnalysisTable(
            definition: SnapshotTable(
                name: "application_reach",
                summary: "Who can get in to each application, the weakest way in, and a requester who gets in by it.",
                columns: [
                    .init("account_id", "TEXT", "Account."),
                    .init("application_id", "TEXT", "Application."),
                    .init("application_name", "TEXT", "Its name."),
                    .init("application_type", "TEXT", "Its type."),
                    .init("anybody", "TEXT", "yes, no or unknown: anyone at all gets in."),
                    .init("anonymous", "TEXT", "The same of one without login, token and certificate."),
                    .init("any_mailbox", "TEXT", "The same of one whose only credential is an arbitrary mailbox."),
                    .init(
                        "consumer_account",
                        "TEXT",
                        "The same of one whose only credential is an account of a public identity provider."
                    ),
                    .init("without_mfa", "TEXT", "The same of one who logs in and can prove no second factor."),
                    .init(
                        "without_device_posture",
                        "TEXT",
                        "The same of one who passes no posture check and shows no client certificate."
                    ),
                    .init("from_anywhere", "TEXT", "The same from an address and a country that no policy names."),
                    .init(
                        "weakest_assurance",
                        "TEXT",
                        "none, any_mailbox, consumer_account, any_service_token, any_certificate, directory, domain, group "
                            + "or named; NULL when nobody surely gets in."
                    ),
                    .init("weakest_rank", "INTEGER", "Place of weakest_assurance in that order, from 0."),
                    .init("weakest_policy_id", "TEXT", "The policy of the weakest way in."),
                    .init("weakest_conditions", "TEXT", "What a requester must show for it, in words."),
                    .init("witness", "TEXT", "A requester who gets in by it, as JSON (requester.schema.json)."),
                    .init("doubts", "TEXT", "What is not known and may decide, in words; NULL when all is known."),
                ]
            ),
            derivedFrom: AnalysisCatalogue.sources,
            rows: rows
        )
    }

    static func rows(of analyses: [ApplicationAnalysis], accountID: String) -> [[EvidenceValue]] {
        analyses.map { analysis in
            let reach = analysis.reach
            let answers = ReachQuestion.allCases.map { EvidenceValue.text((reach.answers[$0] ?? .unknown).rawValue) }
            return [
                .text(accountID), .text(analysis.applicationID), .text(analysis.applicationName),
                .text(analysis.applicationType), .text(reach.anybody.rawValue),
            ] + answers + [
                EvidenceValue(reach.weakest?.assurance.rawValue),
                reach.weakest.map { .integer(Int64($0.assurance.rank)) } ?? .null,
                EvidenceValue(reach.weakest?.policyID), EvidenceValue(reach.weakest?.conditions),
                EvidenceValue(reach.witness?.document.text),
                reach.doubts.isEmpty ? .null : .text(reach.doubts.joined(separator: "; ")),
            ]
        }
    }
}

/// `way_in`: every way that surely lets somebody in.
enum WayInTable {
    static func table(rows: [[EvidenceValue]]) -> AnalysisTable {
        AnalysisTable(
            definition: SnapshotTable(
                name: "way_in",
                summary: "Every way that surely lets somebody in to an application, policies in run order.",
                columns: [
                    .init("account_id", "TEXT", "Account."),
                    .init("application_id", "TEXT", "Application."),
                    .init("policy_id", "TEXT", "Policy that admits."),
                    .init("position", "INTEGER", "Place among the ways of the application, from 1."),
                    .init("conditions", "TEXT", "What a requester must show, in words."),
                    .init("assurance", "TEXT", "What its weakest requester shows, as weakest_assurance has it."),
                    .init("assurance_rank", "INTEGER", "Place of assurance in that order, from 0."),
                    .init("mfa", "TEXT", "yes, no or unknown: is a second factor demanded?"),
                    .init("device_posture", "TEXT", "The same of a posture check or client certificate."),
                    .init("network", "TEXT", "The same of an address or country."),
                ]
            ),
            derivedFrom: AnalysisCatalogue.sources,
            rows: rows
        )
    }

    static func rows(of analyses: [ApplicationAnalysis], accountID: String) -> [[EvidenceValue]] {
        analyses.flatMap { analysis in
            analysis.reach.ways.enumerated().map { position, way in
                [
                    .text(accountID), .text(analysis.applicationID), .text(way.policyID), .integer(Int64(position + 1)),
                    .text(way.conditions), .text(way.assurance.rawValue), .integer(Int64(way.assurance.rank)),
                    .text(way.mfa.rawValue), .text(way.devicePosture.rawValue), .text(way.network.rawValue),
                ]
            }
        }
    }
}

/// `policy_defect`: what in an application's policies does not do what it seems to do.
enum PolicyDefectTable {
    static func table(rows: [[EvidenceValue]]) -> AnalysisTable {
        AnalysisTable(
            definition: SnapshotTable(
                name: "policy_defect",
                summary: "What in an application's policies does not do what it seems to do.",
                columns: [
                    .init("account_id", "TEXT", "Account."),
                    .init("application_id", "TEXT", "Application."),
                    .init("policy_id", "TEXT", "Policy; NULL for what concerns the application as a whole."),
                    .init("kind", "TEXT", PolicyDefect.Kind.allCases.map(\.rawValue).joined(separator: ", ") + "."),
                    .init("message", "TEXT", "What is wrong, in a sentence."),
                ]
            ),
            derivedFrom: AnalysisCatalogue.sources,
            rows: rows
        )
    }

    static func rows(of analyses: [ApplicationAnalysis], accountID: String) -> [[EvidenceValue]] {
        analyses.flatMap { analysis in
            analysis.defects.map { defect in
                [
                    .text(accountID), .text(analysis.applicationID), EvidenceValue(defect.policyID),
                    .text(defect.kind.rawValue), .text(defect.message),
                ]
            }
        }
    }
}
