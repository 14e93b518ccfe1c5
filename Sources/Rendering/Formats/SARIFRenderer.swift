import AuditModel

/// Writes SARIF 2.1.0 as GitHub code scanning takes it: open fails are results, everything else is a notification.
///
/// There is a run for each account, and one for all where GitHub would refuse so many.
struct SARIFRenderer: Renderer {
    let options: RenderOptions

    func render(_ result: AuditResult, into output: inout some TextOutputStream) throws {
        let index = ResultIndex(result)
        let scopes = SARIFScope.all(in: result)
        let bytes = SARIFResults.maximumBytes / scopes.count
        let log = SARIFLog(
            runs: try scopes.map { try run($0, index, bytes: bytes) },
            properties: SARIFLog.Properties(
                summary: result.summary,
                snapshot: result.snapshot,
                redaction: result.redaction
            )
        )
        output.write(try JSONDocument.text(encoding: log))
    }

    private func run(_ scope: SARIFScope, _ index: ResultIndex, bytes: Int) throws(RenderingError) -> SARIFLog.Run {
        let result = index.result
        let findings = result.findings.filter { $0.isOpenFail && scope.covers($0.accountID) }
        let ids = Set(findings.map(\.ruleID))
        let taxonomies = SARIFTaxonomies(
            result.rules.map(\.metadata).filter { ids.contains($0.id) },
            known: result.frameworks
        )
        let components = taxonomies.components
        let results = try SARIFResults(findings, index, taxonomies, at: options.location, bytes: bytes)
        let open = Severity.allCases.map { severity in
            (severity.rawValue, findings.count { $0.severity == severity })
        }
        return SARIFLog.Run(
            tool: SARIFLog.Tool(
                driver: SARIFLog.Driver(
                    name: ShortText.line(result.tool.name) ?? "ztaudit",
                    version: ShortText.line(result.tool.version),
                    rules: results.rules,
                    notifications: SARIFNotifications.descriptors,
                    supportedTaxonomies: components.isEmpty
                        ? nil
                        : components.enumerated().map { SARIFLog.ComponentReference(name: $1.name, index: $0) },
                    properties: SARIFLog.DriverProperties(rulesDigest: ShortText.line(result.tool.rulesDigest))
                )
            ),
            automationDetails: SARIFLog.AutomationDetails(id: scope.automationID(result)),
            invocations: [invocation(SARIFNotifications(index, scope), result, cut: results.cut)],
            results: results.results,
            taxonomies: components.isEmpty ? nil : components,
            properties: SARIFLog.RunProperties(
                accountID: ShortText.line(scope.account?.id),
                accountName: ShortText.line(scope.account?.name),
                openBySeverity: Dictionary(uniqueKeysWithValues: open)
            )
        )
    }

    private func invocation(
        _ notifications: SARIFNotifications,
        _ result: AuditResult,
        cut: Int
    ) -> SARIFLog.Invocation {
        SARIFLog.Invocation(
            executionSuccessful: !result.rules.contains { $0.status == .error },
            startTimeUTC: UTCTimestamp(result.snapshot.startedAt)?.wholeSeconds,
            endTimeUTC: result.snapshot.finishedAt.flatMap { UTCTimestamp($0) }?.wholeSeconds,
            toolExecutionNotifications: notifications.execution(cut: cut),
            toolConfigurationNotifications: notifications.configuration()
        )
    }
}
