import JSONModel

/// The part of a list that one answer carries.
struct ListPage {
    let result: JSONValue
    /// `nil`: the answer has no `result_info`.
    let info: JSONValue?

    /// Cuts one page out of a list.
    ///
    /// The cost is that of the page, not of the list, unless a filter has to look at every element of a numbered list.
    ///
    /// - Throws: `Refusal` for a page, page size or cursor that the API does not accept.
    init(of elements: [JSONValue], route: Route, query: QueryItems, changes: EndpointChanges) throws(Refusal) {
        let filter = try ListFilter(route.endpoint.filter, query: query)
        let style = changes.resultInfo ?? route.endpoint.resultInfo
        let product = route.endpoint.product
        switch route.endpoint.paging {
        case .whole(let claimed):
            let kept = elements.filter(filter.keeps)
            result = .array(kept)
            info = claimed.flatMap { style.info(page: 1, size: $0, count: kept.count, total: kept.count) }
        case .single:
            result = .array(elements.filter(filter.keeps))
            info = nil
        case .page(let standard, let maximum):
            let size = try query.pageSize(standard, changes.maximumPerPage ?? maximum, product)
            let number = try query.number("page", standard: 1, product)
            let shown = changes.misbehaviour == .ignoresPage ? 1 : number
            let kept = filter.keepsAll ? elements : elements.filter(filter.keeps)
            let part = Self.part(of: kept, from: (shown - 1).multipliedOrMaximum(by: size), size: size)
            let total = kept.count + changes.missingElements
            result = changes.misbehaviour == .nullResult ? .null : .array(Array(part))
            info = style.info(page: shown, size: size, count: part.count, total: total)
        case .cursor(let standard, let maximum):
            let size = try query.pageSize(standard, changes.maximumPerPage ?? maximum, product)
            let start = try PageCursor(query["cursor"], product)
            let scan = CursorScan(of: elements, from: start.position, size: size, filter: filter)
            let next =
                changes.misbehaviour == .repeatsCursor
                ? PageCursor(position: start.isFirst ? scan.end : start.position).text : scan.cursor
            result = changes.misbehaviour == .nullResult ? .null : .array(scan.part)
            info = style.info(cursor: next, size: size, count: scan.part.count) {
                elements.count(where: filter.keeps) + changes.missingElements
            }
        }
    }

    private static func part(of elements: [JSONValue], from start: Int, size: Int) -> ArraySlice<JSONValue> {
        guard start < elements.count else { return [] }
        return elements[start..<min(start + size, elements.count)]
    }
}

/// The elements that follow a cursor, and the cursor behind them.
private struct CursorScan {
    private(set) var part: [JSONValue] = []
    /// The position behind the last element that was looked at.
    private(set) var end: Int
    /// Empty when nothing follows.
    private(set) var cursor = ""

    init(of elements: [JSONValue], from start: Int, size: Int, filter: ListFilter) {
        end = min(start, elements.count)
        for position in end..<elements.count where filter.keeps(elements[position]) {
            if part.count == size {
                cursor = PageCursor(position: position).text
                break
            }
            part.append(elements[position])
            end = position + 1
        }
    }
}

extension QueryItems {
    fileprivate func pageSize(_ standard: Int, _ maximum: Int, _ product: Endpoint.Product) throws(Refusal) -> Int {
        min(try number("per_page", standard: standard, product), maximum)
    }
}

extension Int {
    /// The product, or the greatest number when it does not fit.
    fileprivate func multipliedOrMaximum(by factor: Int) -> Int {
        let (product, overflows) = multipliedReportingOverflow(by: factor)
        return overflows ? .max : product
    }
}
