/// One kind of Cloudflare resource: where it is listed, and the table that holds it.
///
/// Collector, schema, `ztaudit schema` and the permission tables of the documentation all read these values; adding a
/// resource to the audit means adding one.
package struct ResourceKind: Sendable, Hashable {
    /// Name in coverage and logs: the resource in Cloudflare's words, plural.
    package let name: String
    /// Snapshot table it fills, such as `access_application`.
    package let table: String
    /// What the table holds, in a sentence.
    package let summary: String
    /// How the API hands it out.
    package let listing: Listing
    /// API token permission it needs, in Cloudflare's words (FACTS: "Accepted Permissions" of the endpoint).
    package let permission: String
    /// Typed columns beside `account_id`, `zone_id`, `id`, `name` and `body`.
    package let columns: [Column]
    /// Tables for the lists inside an object.
    package let children: [ChildTable]
    /// Member names from the object down to its id; where that is missing, `id`, `uid` and others stand in.
    package let identifier: [String]
    /// Column that holds the parent's id, for a kind that is listed once for each of another; `nil` for the rest.
    package let parentColumn: String?
    /// Whether it is collected only when asked for: one request per user or provider and personal data, or a permission
    /// that an audit should not have without need.
    package let isOptional: Bool

    /// Creates a kind from its members.
    init(
        name: String,
        table: String,
        summary: String,
        listing: Listing,
        permission: String,
        columns: [Column],
        children: [ChildTable] = [],
        identifier: [String] = ["id"],
        parentColumn: String? = nil,
        isOptional: Bool = false
    ) {
        self.name = name
        self.table = table
        self.summary = summary
        self.listing = listing
        self.permission = permission
        self.columns = columns
        self.children = children
        self.identifier = identifier
        self.parentColumn = parentColumn
        self.isOptional = isOptional
    }
}

/// How the API hands out the resources of a kind.
package struct Listing: Sendable, Hashable {
    /// Path below the scope's own, such as `access/apps`; `{parent}` stands for the id of the parent.
    package let path: String
    /// What the path is below.
    package let scope: Scope
    /// How it is cut into pages.
    package let paging: Paging
    /// Query parameters sent with every request.
    package let query: [QueryItem]
    /// Members to follow from `result` to the list; empty where `result` is the list (or the object) itself.
    package let member: [String]

    /// Creates a listing from its members.
    init(
        _ path: String,
        _ paging: Paging,
        scope: Scope = .account,
        query: [QueryItem] = [],
        member: [String] = []
    ) {
        self.path = path
        self.scope = scope
        self.paging = paging
        self.query = query
        self.member = member
    }

    /// A query parameter.
    package struct QueryItem: Sendable, Hashable {
        package let name: String
        package let value: String
    }

    /// What a path is below.
    package enum Scope: Sendable, Hashable {
        /// `/accounts/{account_id}`.
        case account
        /// `/accounts/{account_id}`, and `/zones/{zone_id}` of every zone; the same id in both is one resource.
        case accountAndZones
        /// `/accounts/{account_id}`, once for each resource of the kind with this name; where a column is named, only for
        /// those in which it is 1.
        case each(String, having: String? = nil)
        /// Nothing: path and query are the whole of it, with `{account_id}` for the account's id.
        case itself
    }

    /// The paging styles of the API.
    package enum Paging: Sendable, Hashable {
        /// `page` and `per_page`; `maximum` is the largest page the reference allows, `nil` where it names none.
        case page(maximum: Int?)
        /// `cursor` and `per_page`, until no cursor is handed out; the reference names no largest page.
        case cursor
        /// The whole list in one answer.
        case single
        /// One object, no list. Without an id of its own it takes its parent's, or the account's.
        case object

        /// The sizes of page to ask for, in this order, until the API takes one.
        ///
        /// Where the reference names no maximum, lists were seen to hand out 1,000 unasked (FACTS, "Paging").
        package var pageSizes: [Int] {
            switch self {
            case .page(let maximum?): [maximum] + [50].filter { $0 < maximum }
            case .page, .cursor: [1000, 100, 50]
            case .single, .object: []
            }
        }
    }
}

/// A typed column, filled from one member of the API's object.
package struct Column: Sendable, Hashable {
    /// The API's name; members of nested objects are joined by `_`.
    package let name: String
    /// Member names from the object down to the value; empty for the object itself.
    package let path: [String]
    /// What the value is.
    package let type: ColumnType

    /// Creates a column; its path is its name unless given.
    init(_ name: String, _ type: ColumnType = .text, path: [String]? = nil) {
        self.name = name
        self.path = path ?? [name]
        self.type = type
    }

    /// Creates a column for a member of nested objects; its name is the path's parts joined by `_`.
    init(_ path: [String], _ type: ColumnType = .text) {
        self.init(path.joined(separator: "_"), type, path: path)
    }
}

/// What a column holds.
///
/// A value of another JSON type than the column's is kept as text, never dropped.
package enum ColumnType: Sendable, Hashable {
    case text, integer
    /// 1 or 0.
    case boolean
    /// Text as the API sent it, with a companion `<name>_seconds`: NULL when the API gave none or the text is not
    /// understood, 9223372036854775807 for `forever`.
    case duration
    /// RFC 3339 in UTC with six fraction digits, so that text order is time order.
    case timestamp
    /// JSON text of an object or list.
    case json
}

/// A table for a list inside an object.
package struct ChildTable: Sendable, Hashable {
    /// Table name; it starts with the parent's where the rows belong to one kind of parent.
    package let table: String
    /// What the table holds, in a sentence.
    package let summary: String
    /// Where its rows come from.
    package let source: Source
    /// Column that names the parent; `owner_id` for access rules.
    package let parentColumn: String
    /// Columns filled from each element.
    package let columns: [Column]

    /// Where the rows of a child table come from.
    package enum Source: Sendable, Hashable {
        /// The elements of the array at a path; a scalar element fills the column whose path is empty.
        case elements([String])
        /// The elements of the array at a path in each element of the array at `outer`; a further column, named
        /// `place`, holds the outer element's place.
        case nestedElements([String], outer: [String], place: String)
        /// The access rules in `include`, `require` and `exclude`.
        case accessRules
        /// The policies embedded in an application; they are stored as policies too.
        case policies
    }

    /// Creates a child table from its members.
    init(_ table: String, summary: String, source: Source, parentColumn: String, columns: [Column]) {
        self.table = table
        self.summary = summary
        self.source = source
        self.parentColumn = parentColumn
        self.columns = columns
    }
}
