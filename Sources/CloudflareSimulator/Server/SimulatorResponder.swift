import HTTPTypes
import HummingbirdCore
import NIOCore

/// Turns requests into bytes, or into the faults that were asked for.
struct SimulatorResponder: Sendable {
    let state: SimulatorState

    /// The connection was ended on purpose; hummingbird only has to forget it.
    private struct ConnectionEnded: Error {}

    // Concurrent like hummingbird's own functions, to which the writer is passed on.
    @concurrent
    func respond(to request: Request, writer: consuming ResponseWriter, channel: any Channel) async throws {
        let incoming = IncomingRequest(request)
        let visit = state.enter(incoming)
        do {
            // Under way until its answer begins: the client may send its next request before our write returns.
            defer { state.leave() }
            if visit.delay > .zero { try await Task.sleep(for: visit.delay) }
            if visit.failure == .hang { try await hang(request) }
        }
        switch visit.failure {
        case nil, .delay: try await send(visit.answer(incoming), writer)
        case .status(let code, let body, let headers):
            try await send(visit.answer(status: code, body: body, headers: headers), writer)
        case .garbage: try await send(visit.answer(status: 200, body: Self.page), writer)
        case .body(let text): try await send(visit.answer(status: 200, body: text), writer)
        case .closeConnection:
            try await channel.close().get()
            throw ConnectionEnded()
        case .cutBody(let length):
            try await send(visit.answer(incoming), upTo: length, writer)
            // Half a close, so that what was written still reaches the client.
            try await channel.close(mode: .output).get()
            throw ConnectionEnded()
        case .hang: throw ConnectionEnded()
        }
    }

    /// Waits until the client closes the connection.
    @concurrent
    private func hang(_ request: Request) async throws {
        try await request.body.consumeWithCancellationOnInboundClose { _ in
            try await Task.sleep(for: .seconds(86_400))
        }
    }

    @concurrent
    private func send(_ answer: Answer, _ writer: consuming ResponseWriter) async throws {
        try await writer.write(response: answer.head(), body: ResponseBody(byteBuffer: answer.body))
    }

    @concurrent
    private func send(_ answer: Answer, upTo length: Int, _ writer: consuming ResponseWriter) async throws {
        var body = try await writer.writeHead(answer.head())
        var bytes = answer.body
        guard let part = bytes.readSlice(length: min(length, bytes.readableBytes)) else { return }
        try await body.write(part)
    }

    private static let page = "<!DOCTYPE html><html><head><title>Just a moment...</title></head></html>"
}

extension SimulatorState.Visit {
    /// The latency and all delays.
    fileprivate var delay: Duration {
        faults.reduce(options.latency) { sum, fault in
            guard case .delay(let duration) = fault else { return sum }
            return sum + duration
        }
    }

    /// The first fault that is more than a delay.
    fileprivate var failure: SimulatorFault.Kind? {
        faults.first { fault in
            guard case .delay = fault else { return true }
            return false
        }
    }

    /// The answer of the API when all is well, which includes throttling.
    fileprivate func answer(_ request: IncomingRequest) -> Answer {
        guard let wait = standing.retryAfter else { return dressed(answerer.answer(request)) }
        return dressed(Answer(.throttled(retryAfter: max(wait.wholeSeconds, 1))))
    }

    /// An answer that was asked for.
    ///
    /// Without a body it is an envelope with an error.
    fileprivate func answer(status: Int, body: String?, headers: [String: String] = [:]) -> Answer {
        let usual =
            status == 429
            ? Answer(Refusal(429, 971, "Please wait and consider throttling your request speed"))
            : Answer(Refusal(status, Int64(status), HTTPResponse.Status(code: status).reasonPhrase))
        var answer = dressed(body.map { Answer(status: status, body: ByteBuffer(string: $0)) } ?? usual)
        answer.headers.merge(headers) { _, asked in asked }
        return answer
    }

    /// Adds the headers that every answer carries.
    private func dressed(_ answer: Answer) -> Answer {
        var answer = answer
        answer.headers.merge(standing.headers(options.rateLimit)) { own, _ in own }
        answer.headers["cf-ray"] = "\(String(number, radix: 16))-SIM"
        return answer
    }
}
