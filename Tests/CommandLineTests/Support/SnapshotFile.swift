import GRDB

/// What a snapshot or its working file says of its own completeness.
func snapshotStatus(_ path: String) throws -> String? {
    var configuration = Configuration()
    configuration.readonly = true
    return try DatabaseQueue(path: path, configuration: configuration).read { database in
        try String.fetchOne(database, sql: "SELECT status FROM snapshot_info")
    }
}

/// Changes a snapshot behind the program's back.
func changeSnapshot(_ path: String, _ sql: String) throws {
    try DatabaseQueue(path: path).write { try $0.execute(sql: sql) }
}
