import Crypto
import Foundation
import GRDB

/// The digest that stands for everything that was collected.
enum ContentDigest {
    /// SHA-256 over table, account, id and body of every object, each ended by a NUL, in that order.
    static func of(_ database: Database) throws -> String {
        var hash = SHA256()
        for table in Set(ResourceCatalogue.kinds.map(\.table)).sorted() {
            let rows = try Row.fetchCursor(
                database,
                sql: "SELECT account_id, id, body FROM \(SnapshotSchema.quoted(table)) ORDER BY account_id, id, body"
            )
            while let row = try rows.next() {
                // Somebody may have put something else than text there, and an answer is wanted all the same.
                for part in [table] + (0..<3).map({ String.fromDatabaseValue(row[$0]) ?? "" }) {
                    hash.update(data: Data(part.utf8))
                    hash.update(data: [0])
                }
            }
        }
        return Fingerprint.hexadecimal(hash.finalize())
    }
}

extension Snapshot {
    /// The content digest of what is in the file now; ``info`` has the one from when it was collected.
    ///
    /// - Throws: `DatabaseError` when the file is damaged.
    package func currentContentDigest() throws -> String {
        try read { try ContentDigest.of($0) }
    }
}
