import HTTPTypes
import JSONModel
import NIOCore

/// One answer before it goes onto the wire.
struct Answer: Sendable {
    var status: Int
    var body: ByteBuffer
    /// Beyond those that every answer has.
    var headers: [String: String] = [:]

    init(status: Int, body: ByteBuffer, headers: [String: String] = [:]) {
        self.status = status
        self.body = body
        self.headers = headers
    }

    /// A success in Cloudflare's envelope.
    init(result: JSONValue, info: JSONValue? = nil, style: EnvelopeStyle = .full) {
        var envelope: [String: JSONValue] = ["success": true, "result": result]
        for member in ["errors", "messages"] {
            switch style {
            case .full: envelope[member] = []
            case .bare: break
            case .nulls: envelope[member] = .null
            }
        }
        envelope["result_info"] = info
        self.init(status: 200, body: ByteBuffer(bytes: JSONValue.object(envelope).serialized()))
    }

    /// A failure in Cloudflare's envelope.
    init(_ refusal: Refusal) {
        let envelope: JSONValue = [
            "success": false, "errors": .array(refusal.errors), "messages": [], "result": nil,
        ]
        self.init(status: refusal.status, body: ByteBuffer(bytes: envelope.serialized()), headers: refusal.headers)
    }

    /// Status line and headers; `Content-Length` speaks of the whole body.
    func head() -> HTTPResponse {
        var fields = HTTPFields()
        fields[.contentType] = "application/json"
        fields[.contentLength] = String(body.readableBytes)
        for (name, value) in headers {
            guard let name = HTTPField.Name(name) else { continue }
            fields[name] = value
        }
        return HTTPResponse(status: .init(code: status), headerFields: fields)
    }
}
