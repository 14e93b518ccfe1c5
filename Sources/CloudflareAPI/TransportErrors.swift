import AsyncHTTPClient
import Foundation
import NIOCore
import NIOPosix
import NIOSSL

extension CloudflareClient {
    /// Turns what the transport throws into our error; cancellation and our own errors pass.
    static func translate(_ error: any Error, request: String) -> any Error {
        switch error {
        case is CloudflareError, is CancellationError:
            return error
        case let error as HTTPClientError where error == .cancelled:
            return CancellationError()
        case let error as HTTPClientError
        where [.connectTimeout, .deadlineExceeded, .readTimeout, .writeTimeout].contains(error):
            return CloudflareError(
                code: .timedOut,
                request: request,
                problem: "no answer in time",
                remedy: "Check the network and any proxy, or try again later"
            )
        case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError:
            return tls("\(error)", request: request)
        case let error as NIOConnectionError:
            return CloudflareError(
                code: .unreachable,
                request: request,
                problem: "no connection to \(error.host), port \(error.port)",
                remedy: "Check --api-url, the network and any proxy"
            )
        case let error as IOError where [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH].contains(error.errnoCode):
            return CloudflareError(
                code: .unreachable, request: request,
                problem: "no connection to the API (\(String(cString: strerror(error.errnoCode))))",
                remedy: "Check --api-url, the network and any proxy"
            )
        case is NIOTooManyBytesError:
            return CloudflareError(
                code: .unreadableAnswer,
                request: request,
                problem: "the answer is larger than 64 MiB",
                remedy: "Report this: no answer of the API should be that large"
            )
        default:
            let detail = "\(error)"
            // The handshake's error can arrive wrapped in one of the connection pool's.
            if detail.contains("SSL") || detail.contains("handshake") { return tls(detail, request: request) }
            return CloudflareError(
                code: .unreachable,
                request: request,
                problem: "the connection broke (\(detail))",
                remedy: "Check the network and any proxy, or try again later"
            )
        }
    }

    private static func tls(_ detail: String, request: String) -> CloudflareError {
        // BoringSSL's text ends with a place in its sources; only the reason in it is for users.
        let reason = detail.firstRange(of: "OPENSSL_internal:").map { start in
            detail[start.upperBound...].prefix { $0.isUppercase || $0.isNumber || $0 == "_" }
                .lowercased().replacing("_", with: " ")
        }
        return CloudflareError(
            code: .tlsFailure,
            request: request,
            problem: "the server's TLS certificate or handshake was refused\(reason.map { " (\($0))" } ?? "")",
            remedy:
                "Check --api-url and the machine's clock and CA certificates; a proxy that inspects TLS needs its CA installed"
        )
    }
}
