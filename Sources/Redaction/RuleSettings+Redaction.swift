package import AuditModel
package import RuleEngine

extension RuleSettings {
    /// The settings for a redacted snapshot: what they name is replaced as it is there.
    ///
    /// - Parameters:
    ///   - pseudonyms: Those of the snapshot.
    ///   - result: What the settings gave for the original snapshot; the tiers are taken from it, because names of
    ///     applications match no patterns any more.
    /// - Returns: Settings that judge the redacted snapshot as these judge the original.
    package func redacted(by pseudonyms: Pseudonyms, as result: AuditResult) -> RuleSettings {
        var settings = self
        settings.context.ownDomains = Set(context.ownDomains.map { pseudonyms.domain($0).lowercased() })
        settings.context.breakGlassAccounts = Set(
            context.breakGlassAccounts.map { (pseudonyms.email($0) ?? $0).lowercased() }
        )
        settings.context.publicMailDomains = Set(context.publicMailDomains.map { pseudonyms.domain($0).lowercased() })
        settings.context.tiers = Dictionary(grouping: result.applications, by: \.tier).mapValues { applications in
            TierMembers(applications: applications.map { pseudonyms.id($0.applicationID) })
        }
        settings.parameters = parameters.mapValues { values in
            var values = values
            values.values = pseudonyms.parameters(values.values)
            values.tiers = values.tiers.mapValues(pseudonyms.parameters)
            return values
        }
        return settings
    }
}

extension Pseudonyms {
    /// Values of a rule's parameters, by name.
    func parameters(_ values: [String: String]) -> [String: String] {
        Dictionary(uniqueKeysWithValues: values.map { ($0, parameter($1, named: $0)) })
    }

    /// A value; the elements of a list are separated by commas.
    private func parameter(_ text: String, named name: String) -> String {
        text.split(separator: ",", omittingEmptySubsequences: false).map { element in
            let element = String(element)
            if keepsAsIs(element) || isTechnical(element) { return element }
            if name.hasSuffix("usernames") { return username(element) }
            if name.hasSuffix("accounts") { return id(element) }
            if name.hasSuffix("hosts") || name.hasSuffix("domains") { return domain(element) }
            return isPublic ? structured(element) ?? label("Value", element) : redacted(element)
        }.joined(separator: ",")
    }

    /// Whether a text is a number, a time, a duration, or a word of ours or of Cloudflare's.
    func isTechnical(_ text: String) -> Bool {
        Vocabulary.words.contains(text) || Double(text) != nil && text.utf8.count < 10 || UTCTimestamp(text) != nil
            || DurationText(text) != nil
    }
}
