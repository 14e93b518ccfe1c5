/// A table of the snapshot, as `ztaudit schema` shows it.
package struct SnapshotTable: Sendable, Hashable {
    /// Name in SQL.
    package let name: String
    /// What it holds, in a sentence.
    package let summary: String
    /// Its columns, in order.
    package let columns: [Column]

    /// The column that says to which account a row belongs; `nil` where the rows belong to the collection as a whole.
    package var accountColumn: String? {
        columns.contains { $0.name == "account_id" } ? "account_id" : name == "account" ? "id" : nil
    }

    /// A column of a table.
    package struct Column: Sendable, Hashable {
        package let name: String
        /// SQLite's declared type.
        package let sqlType: String
        /// What it holds: where it comes from in the API's object, unit, meaning of NULL.
        package let help: String

        /// Creates a column from its members.
        package init(_ name: String, _ sqlType: String, _ help: String) {
            self.name = name
            self.sqlType = sqlType
            self.help = help
        }
    }

    /// Creates a table from its members.
    package init(name: String, summary: String, columns: [Column]) {
        self.name = name
        self.summary = summary
        self.columns = columns
    }

    /// The table of a resource kind.
    init(of kind: ResourceKind) {
        let identifier = kind.identifier.joined(separator: ".")
        var columns = [
            Column("account_id", "TEXT NOT NULL", "Account of the resource."),
            Column("zone_id", "TEXT", "Zone of the resource; NULL at account level."),
            Column("id", "TEXT NOT NULL", identifier == "id" ? "Cloudflare's id." : "`\(identifier)`."),
            Column("name", "TEXT", "Name given by people."),
        ]
        if let parent = kind.parentColumn {
            columns.append(Column(parent, "TEXT NOT NULL", "Id of the resource below which it is listed."))
        }
        columns += kind.columns.flatMap(Self.columns(for:))
        columns.append(Column("body", "TEXT NOT NULL", "The object as the API sent it, as JSON, secrets replaced."))
        self.init(name: kind.table, summary: kind.summary, columns: columns)
    }

    /// The table of a list inside objects.
    init(of child: ChildTable) {
        let owner = [
            Column("account_id", "TEXT NOT NULL", "Account of the resource."),
            Column(child.parentColumn, "TEXT NOT NULL", "Id of the object that has the list."),
        ]
        let place = Column("position", "INTEGER NOT NULL", "Place in the list, from 0.")
        guard child.source == .accessRules else {
            let body = Column("body", "TEXT NOT NULL", "The element as the API sent it, as JSON, secrets replaced.")
            let columns = child.columns.flatMap(Self.columns(for:))
            let places = Self.outerPlace(of: child) + [place]
            self.init(name: child.table, summary: child.summary, columns: owner + places + columns + [body])
            return
        }
        self.init(
            name: child.table,
            summary: child.summary,
            columns: owner + [
                Column("owner_type", "TEXT NOT NULL", "access_policy or access_group."),
                Column("block", "TEXT NOT NULL", "include, require or exclude."),
                place,
                Column("type", "TEXT", "Rule type as the API spells it; NULL when it is no one-key object."),
                Column(
                    "value",
                    "TEXT",
                    "What the rule names: e-mail, domain, id, range, country …; NULL when nothing."
                ),
                Column("identity_provider_id", "TEXT", "Identity provider that the rule is bound to."),
                Column("understood", "INTEGER NOT NULL", "1 when the type is known and has the members it needs."),
                Column("body", "TEXT NOT NULL", "The rule as the API sent it, as JSON."),
            ]
        )
    }

    private static func outerPlace(of child: ChildTable) -> [Column] {
        guard case .nestedElements(_, let outer, let place) = child.source else { return [] }
        return [Column(place, "INTEGER NOT NULL", "Place in `\(outer.joined(separator: "."))`, from 0.")]
    }

    private static func columns(for column: SnapshotStore.Column) -> [Column] {
        let source = column.path.isEmpty ? "The element itself" : "`\(column.path.joined(separator: "."))`"
        switch column.type {
        case .text: return [Column(column.name, "TEXT", "\(source).")]
        case .integer: return [Column(column.name, "INTEGER", "\(source).")]
        case .boolean: return [Column(column.name, "INTEGER", "\(source): 1 or 0, NULL when absent.")]
        case .timestamp: return [Column(column.name, "TEXT", "\(source): RFC 3339, UTC.")]
        case .json: return [Column(column.name, "TEXT", "\(source), as JSON.")]
        case .duration:
            return [
                Column(column.name, "TEXT", "\(source): duration text as the API sent it."),
                Column(
                    "\(column.name)_seconds",
                    "NUMERIC",
                    "\(source) in seconds; NULL when absent or not understood, 9223372036854775807 for forever."
                ),
            ]
        }
    }
}
