import JSONModel
import Synchronization

/// Finds list elements by id without walking the list each time: 10,000 applications are each asked for their policies.
///
/// It belongs to one version of the world; a changed world gets a new index.
final class ElementIndex: Sendable {
    private let positions = Mutex<[String: [String: Int]]>([:])

    /// The position of the element with this `id`.
    ///
    /// `list` names the list, uniquely in the world.
    func position(of id: String, in elements: [JSONValue], list: String) -> Int? {
        positions.withLock { known in
            if let index = known[list] { return index[id] }
            let pairs = elements.enumerated().compactMap { entry in
                entry.element["id"]?.stringValue.map { ($0, entry.offset) }
            }
            let index = Dictionary(pairs) { first, _ in first }
            known[list] = index
            return index[id]
        }
    }
}
