import AuditModel

extension Finding {
    /// Kind, name, id and account of the resource, without a full stop.
    func subject(in index: ResultIndex) -> String {
        let detail = detailKey.map { ", \($0.cut(to: 100))" } ?? ""
        let account = index.account(accountID).cut(to: 100)
        return "\(resource.words)\(detail), in the account \(account)"
    }
}

extension Resource {
    /// Kind, name and id, such as `Access policy "Everyone" (id 3537a672)`.
    var words: String {
        guard id != Self.unreadID else { return "\(Words.table(type)): \(label)" }
        return "\(Words.table(type)) \(name.isEmpty ? label : "\"\(label.cut(to: 200))\"") (id \(id.cut(to: 100)))"
    }
}
