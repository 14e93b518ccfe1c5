package import GRDB

extension Row {
    /// The value of a column; `nil` when it is missing, NULL or of another type.
    ///
    /// GRDB's own subscripts end the program on a value of another type. A column holds whatever the API sent, and a
    /// file whatever its maker wrote.
    package func typed<Value: DatabaseValueConvertible>(_ column: String) -> Value? {
        (self[column] as DatabaseValue?).flatMap(Value.fromDatabaseValue)
    }

    /// The value of the column at a place, from 0, with less work than by its name.
    package func typed<Value: DatabaseValueConvertible>(_ index: Int) -> Value? {
        Value.fromDatabaseValue(self[index] as DatabaseValue)
    }

    /// Whether a column holds something.
    package func hasValue(_ column: String) -> Bool {
        (self[column] as DatabaseValue?)?.isNull == false
    }
}
