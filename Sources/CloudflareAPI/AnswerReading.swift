import Foundation
import JSONModel

/// Sorts an HTTP answer into result or error, by the error table of the API.
enum AnswerReading {
    /// Reads an answer.
    ///
    /// - Parameters:
    ///   - status: HTTP status.
    ///   - body: Whole body.
    ///   - request: Method and path, for messages.
    /// - Returns: The answer, when it reports success.
    /// - Throws: ``CloudflareError``.
    static func read(status: Int, body: Data, request: String) throws(CloudflareError) -> APIAnswer {
        let envelope = try? JSONValue(parsing: body)
        let failure = envelope.flatMap(APIFailure.init)
        if (200..<300).contains(status), let envelope, envelope.objectValue != nil,
            envelope["success"]?.boolValue == true
        {
            return APIAnswer(result: envelope["result"] ?? .null, page: PageInfo(envelope["result_info"]))
        }
        let (code, problem, remedy) = classify(status: status, failure: failure, isJSON: envelope != nil)
        let words = failure.map { $0.message.isEmpty ? problem : "\(problem): \"\($0.message)\"" } ?? problem
        throw CloudflareError(
            code: code,
            request: request,
            httpStatus: status,
            apiCode: failure?.code,
            problem: words,
            remedy: remedy
        )
    }

    private static func classify(
        status: Int,
        failure: APIFailure?,
        isJSON: Bool
    ) -> (CloudflareError.Code, problem: String, remedy: String) {
        if status == 429 || failure?.code == 971 || failure?.code == 10429 || failure?.code == 10100 {
            return (
                .rateLimited, "the API's rate limit is used up", "Wait five minutes, or lower --requests-per-minute"
            )
        }
        // What a failing server says of the request need not be so: it may say something else a moment later.
        if status == 408 || status >= 500 { return (.serverFailure, "the API failed", "Try again later") }
        if failure?.isNotEnabled == true {
            return (
                .accessNotEnabled, "Zero Trust is not set up on this account",
                "Nothing to do, unless the account should have it"
            )
        }
        if let known = failure.flatMap(classify) { return known }
        switch status {
        case 300..<400:
            return (.redirected, "the API answered with a redirect", "Check --api-url; redirects are not followed")
        case 401:
            return (.invalidCredentials, "the API token is not accepted", Self.tokenRemedy)
        case 403 where isJSON:
            return (.permissionDenied, "the API token may not read this", "Add the permission to the token")
        case 404 where isJSON:
            return (.unknownObject, "there is no such object", "Check the account id")
        case 400..<500 where isJSON:
            return (.invalidRequest, "the API refused the request", "Check the account id and --api-url")
        default:
            let answer =
                failure == nil ? "the answer reports neither success nor a reason" : "the answer reports no success"
            return (
                .unreadableAnswer, isJSON ? answer : "the answer is not JSON",
                "Check --api-url and any proxy in between, or try again later"
            )
        }
    }

    private static func classify(
        _ failure: APIFailure
    ) -> (CloudflareError.Code, problem: String, remedy: String)? {
        switch failure.code {
        case 6003:
            (.malformedCredentials, "the API token has not the form of one", Self.tokenRemedy)
        case 9106:
            (.missingCredentials, "no credentials arrived", "Set CLOUDFLARE_API_TOKEN")
        case 1000:
            (.invalidCredentials, "the API token is not accepted", Self.tokenRemedy)
        // One code for two things: "Unauthorized to access requested resource" and "Invalid access token".
        case 9109 where failure.message.contains("Unauthorized"):
            (.permissionDenied, "the API token may not read this", "Add the permission to the token")
        case 9109, 9103:
            (.invalidCredentials, "the credentials are not accepted", Self.tokenRemedy)
        case 10000:
            (
                .permissionDenied, "the API token lacks the permission, or is for another account",
                "Add the permission to the token"
            )
        case 7403:
            (
                .notAuthorizedForService, "the account is not authorised for this service",
                "Check the account's plan and the token's permissions"
            )
        case 7003, 7000:
            (.unroutable, "the account id or path does not exist", "Check the account id")
        case 11020, 11021, 12045:
            (.unknownObject, "there is no such object", "Collect again: it may have been deleted meanwhile")
        case 12130:
            (.invalidRequest, "the API refused the request", "Report this: ztaudit sent what the API does not take")
        default:
            nil
        }
    }

    private static let tokenRemedy = "Check CLOUDFLARE_API_TOKEN: copy it again, and see that it is active"
}
