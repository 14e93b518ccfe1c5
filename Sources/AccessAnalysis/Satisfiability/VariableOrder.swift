/// The variables that wait for a decision, those that caused the most recent conflicts first.
///
/// A binary heap by activity. Equally active variables come in the order of their creation, which makes every search
/// repeatable.
struct VariableOrder: Sendable {
    private static let decay = 0.95
    private static let largestActivity = 1e100

    private var activity: ContiguousArray<Double> = []
    private var increment = 1.0
    private var heap: ContiguousArray<Int32> = []
    /// Where each variable stands in `heap`, or -1.
    private var places: ContiguousArray<Int32> = []

    mutating func removeAll() {
        activity.removeAll(keepingCapacity: true)
        heap.removeAll(keepingCapacity: true)
        places.removeAll(keepingCapacity: true)
        increment = 1
    }

    /// Appends the next variable; only one that `waits` is offered for a decision.
    mutating func append(waits: Bool) {
        let variable = activity.count
        activity.append(0)
        places.append(-1)
        if waits {
            insert(variable)
        }
    }

    /// Makes a variable wait again, unless it does already.
    mutating func insert(_ variable: Int) {
        guard places[variable] < 0 else { return }
        places[variable] = Int32(heap.count)
        heap.append(Int32(variable))
        moveUp(from: heap.count - 1)
    }

    mutating func popFirst() -> Int? {
        guard let first = heap.first, let last = heap.popLast() else { return nil }
        places[Int(first)] = -1
        if first != last {
            heap[0] = last
            places[Int(last)] = 0
            moveDown(from: 0)
        }
        return Int(first)
    }

    /// Notes that a variable had a part in the present conflict.
    mutating func bump(_ variable: Int) {
        activity[variable] += increment
        if activity[variable] > Self.largestActivity {
            for index in activity.indices {
                activity[index] /= Self.largestActivity
            }
            increment /= Self.largestActivity
            rebuild()
        }
        if places[variable] >= 0 {
            moveUp(from: Int(places[variable]))
        }
    }

    /// Lets what was noted so far count for less.
    mutating func age() {
        increment /= Self.decay
    }

    /// Scaling can round small activities to the same value, and then their order of creation counts.
    private mutating func rebuild() {
        for index in heap.indices.reversed() {
            moveDown(from: index)
        }
    }

    private func precedes(_ left: Int32, _ right: Int32) -> Bool {
        let (first, second) = (activity[Int(left)], activity[Int(right)])
        return first > second || first == second && left < right
    }

    private mutating func moveUp(from start: Int) {
        let variable = heap[start]
        var index = start
        while index > 0 {
            let parent = (index - 1) / 2
            guard precedes(variable, heap[parent]) else { break }
            put(heap[parent], at: index)
            index = parent
        }
        put(variable, at: index)
    }

    private mutating func moveDown(from start: Int) {
        let variable = heap[start]
        var index = start
        while 2 * index + 1 < heap.count {
            var child = 2 * index + 1
            if child + 1 < heap.count, precedes(heap[child + 1], heap[child]) {
                child += 1
            }
            guard precedes(heap[child], variable) else { break }
            put(heap[child], at: index)
            index = child
        }
        put(variable, at: index)
    }

    private mutating func put(_ variable: Int32, at index: Int) {
        heap[index] = variable
        places[Int(variable)] = Int32(index)
    }
}
