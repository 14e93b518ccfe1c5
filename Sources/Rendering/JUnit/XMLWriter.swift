import CXMLWriterShims

/// Writes one well-formed XML document in UTF-8 into memory.
///
/// Element and attribute names are literals of ours. Text and attribute values may be anything: what XML 1.0 cannot
/// hold, or discourages, becomes U+FFFD.
struct XMLWriter: ~Copyable {
    private let handle: OpaquePointer

    /// Starts a document.
    init() throws(RenderingError) {
        guard let handle = audit_xml_writer_create() else { throw Self.failure("starting the document") }
        self.handle = handle
    }

    deinit { audit_xml_writer_destroy(handle) }

    /// Writes an element with its attributes, in their order, and what `content` writes.
    func element(
        _ name: StaticString,
        _ attributes: [(name: StaticString, value: String)],
        content: (borrowing XMLWriter) throws(RenderingError) -> Void = { (_) throws(RenderingError) in }
    ) throws(RenderingError) {
        try check(audit_xml_writer_start_element(handle, Self.pointer(name)), "starting an element")
        for attribute in attributes {
            let value = XMLText.allowed(attribute.value)
            try check(audit_xml_writer_attribute(handle, Self.pointer(attribute.name), value), "writing an attribute")
        }
        try content(self)
        try check(audit_xml_writer_end_element(handle), "ending an element")
    }

    /// Writes text into the open element.
    func text(_ text: String) throws(RenderingError) {
        try check(audit_xml_writer_text(handle, XMLText.allowed(text)), "writing text")
    }

    /// Ends the document.
    ///
    /// - Returns: The whole document.
    consuming func finish() throws(RenderingError) -> String {
        var bytes: UnsafePointer<CChar>?
        var count = 0
        try check(audit_xml_writer_finish(handle, &bytes, &count), "ending the document")
        guard let bytes else { throw Self.failure("ending the document") }
        return bytes.withMemoryRebound(to: UInt8.self, capacity: count) { bytes in
            String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
        }
    }

    private func check(_ status: CInt, _ step: String) throws(RenderingError) {
        guard status == 0 else { throw Self.failure(step) }
    }

    /// The bytes of a literal; Swift ends them with a NUL.
    private static func pointer(_ name: StaticString) -> UnsafePointer<CChar> {
        UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)
    }

    private static func failure(_ step: String) -> RenderingError {
        RenderingError(
            code: .xmlWriter,
            place: "XML document",
            problem: "libxml2 reported an error while \(step)",
            remedy: "Make sure that there is enough memory"
        )
    }
}

/// Keeps text within XML 1.0.
enum XMLText {
    /// `text` with U+FFFD for each scalar that XML 1.0 cannot hold (section 2.2) or discourages (U+0080 to U+009F).
    static func allowed(_ text: String) -> String {
        guard !text.unicodeScalars.allSatisfy(isAllowed) else { return text }
        var kept = String.UnicodeScalarView()
        kept.append(contentsOf: text.unicodeScalars.lazy.map { isAllowed($0) ? $0 : "\u{FFFD}" })
        return String(kept)
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x9, 0xA, 0xD, 0x20...0x7E, 0xA0...0xD7FF, 0xE000...0xFFFD: true
        case 0x10000...0x10FFFF: scalar.value & 0xFFFE != 0xFFFE
        default: false
        }
    }
}
