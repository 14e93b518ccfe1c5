package import AuditModel
import Foundation
import GRDB
package import JSONModel

/// An object of another snapshot, on its way into this one.
package struct CopiedObject: Sendable {
    /// Where it is listed.
    package let place: ListingPlace
    /// Its id, which need not stand in the object.
    package let id: String
    /// The API's object, its secrets replaced.
    package let object: JSONValue

    /// Creates an object from its members.
    package init(_ object: JSONValue, id: String, at place: ListingPlace) {
        self.object = object
        self.id = id
        self.place = place
    }
}

extension SnapshotWriter {
    /// Stores objects of another snapshot; one that is stored already is replaced.
    ///
    /// - Throws: ``SnapshotError`` when the disk is full or the file is gone.
    package func store(_ objects: [CopiedObject]) throws {
        do {
            try queue.write { database in
                for object in objects {
                    let prepared = PreparedObject(object.object, id: object.id, of: object.place.kind, at: object.place)
                    _ = try RowInserter(database: database, place: object.place).store(prepared)
                }
            }
        } catch {
            throw Self.error(error, path: path)
        }
    }

    /// Ends a copy, which says of its collection what the original said, and moves it into place.
    ///
    /// - Parameters:
    ///   - info: What the copy says of the collection; the content digest is made anew.
    ///   - coverage: What was read.
    /// - Throws: ``SnapshotError``; what stood at the path before is then untouched.
    package func finish(copying info: SnapshotInfo, coverage: [CoverageEntry]) throws {
        do {
            let digest = try queue.read { try ContentDigest.of($0) }
            try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            try queue.write { database in
                for entry in coverage { try Self.insert(entry, in: database) }
                try CollectionProgress.drop(in: database)
                try database.execute(
                    sql: """
                        UPDATE snapshot_info SET status = ?, resumed_at = ?, finished_at = ?, content_digest = ?
                        """,
                    arguments: [
                        info.status.rawValue, info.resumedAt, info.finishedAt, info.contentDigest == nil ? nil : digest,
                    ]
                )
                if let redaction = info.redaction { try SnapshotRedactionNote.write(redaction, in: database) }
                try database.execute(sql: "ANALYZE")
            }
            try queue.vacuum()
            try queue.close()
            guard rename(workingPath, path) == 0 else {
                throw SnapshotError(
                    code: .notWritable,
                    path: path,
                    problem: "cannot be put in place (\(String(cString: strerror(errno))))",
                    remedy: "Choose another path"
                )
            }
        } catch {
            throw Self.error(error, path: path)
        }
    }
}
