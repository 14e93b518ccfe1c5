import AuditModel

/// Whether the reader can rely on the report: what was read, what was not, and from when it is.
struct TrustModel: Sendable {
    /// A resource kind of which not everything was read.
    struct Unread: Sendable {
        let data: String
        let place: String
        let status: String
        let why: String
        let permission: String
        let rows: String
    }

    /// The table of what was not read.
    struct UnreadTable: Sendable {
        let unreadRows: [Unread]
    }

    /// A resource kind that was read.
    struct Read: Sendable {
        let data: String
        let place: String
        let status: String
        let rows: String
    }

    /// The table of what was read.
    struct ReadTable: Sendable {
        let readCount: String
        let readRows: [Read]
    }

    let collection: String
    let unreadTable: UnreadTable?
    let readTable: ReadTable?
    let digest: String
    let toolVersion: String

    init(_ index: ResultIndex) {
        let result = index.result
        let snapshot = result.snapshot
        let begin = Words.time(snapshot.startedAt)
        let collected =
            switch snapshot.status {
            case .complete: "Collected from \(begin) to \(snapshot.finishedAt.map(Words.time) ?? "an unknown time")."
            case .partial where snapshot.finishedAt == nil:
                "The collection began \(begin) and did not end: everything here may be incomplete."
            case .partial: "Collected from \(begin) on, but not all of it: the API failed on the way."
            }
        let resumed = snapshot.resumedAt.map {
            " It was interrupted and went on \(Words.time($0)): what was read before may have changed by then."
        }
        collection = collected + (resumed ?? "")
        digest = snapshot.contentDigest ?? "none, the collection did not end"
        toolVersion = VisibleText.singleLine("\(result.tool.name) \(result.tool.version)")
        let unread = index.unread.map { entry in
            Unread(
                data: Words.table(entry.table),
                place: Self.place(entry, index),
                status: entry.status.word,
                why: VisibleText.singleLine(entry.reason ?? "No reason was given."),
                permission: VisibleText.singleLine(entry.permission),
                rows: Self.rows(entry)
            )
        }
        unreadTable = unread.isEmpty ? nil : UnreadTable(unreadRows: unread)
        let read = result.coverage.filter(\.status.isReliable).map { entry in
            Read(
                data: Words.table(entry.table),
                place: Self.place(entry, index),
                status: entry.status.word,
                rows: Self.rows(entry)
            )
        }
        let count = Words.count(read.count, "kind of resources was", "kinds of resources were")
        readTable = read.isEmpty ? nil : ReadTable(readCount: count, readRows: read)
    }

    private static func place(_ entry: CoverageEntry, _ index: ResultIndex) -> String {
        let zone = entry.zoneID.map { ", zone \($0)" } ?? ""
        return VisibleText.singleLine(index.account(entry.accountID) + zone)
    }

    private static func rows(_ entry: CoverageEntry) -> String {
        guard let total = entry.reportedTotal, total != entry.rowCount else { return String(entry.rowCount) }
        return "\(entry.rowCount) of \(total)"
    }
}
