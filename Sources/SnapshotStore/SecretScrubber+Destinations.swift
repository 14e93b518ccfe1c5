import JSONModel

extension SecretScrubber {
    /// The members of a Logpush job with nothing of its destination but the scheme, such as `s3`.
    ///
    /// A destination is an address with the credentials in it, in its path or its query, under names that each provider
    /// chooses. What the job says of its last failure can repeat them.
    static func hiding(destination: JSONValue, in members: [String: JSONValue]) -> [String: JSONValue] {
        var result = members
        guard let address = destination.stringValue else {
            result["destination_conf"] = destination.isNull ? destination : .string(replacement)
            return result
        }
        result["destination_conf"] = .string(address.isEmpty ? "" : scheme(of: address) + replacement)
        for (name, member) in members where name != "destination_conf" {
            guard let text = member.stringValue else { continue }
            // A path can hold harmless words too, which stand in the job's name or dataset: only an error quotes it.
            result[name] = .string(hiding(name == "error_message" ? parts(of: address) : [], in: text))
        }
        return result
    }

    /// The beginning of an address up to and with `://`; empty when that is no scheme.
    private static func scheme(of address: String) -> String {
        let bytes = Array(address.utf8)
        guard let end = bytes.firstRange(of: schemeEnd), end.lowerBound > 0,
            bytes[..<end.lowerBound].allSatisfy(isSchemeByte)
        else { return "" }
        return String(decoding: bytes[..<end.upperBound], as: UTF8.self)
    }

    /// What of an address is long enough to be a secret, the longest first.
    private static func parts(of address: String) -> [[UInt8]] {
        let separators = Array("?&=:/".utf8)
        return Array(address.utf8).split { separators.contains($0) }.map(Array.init).filter { $0.count >= 8 }
            .sorted { $0.count > $1.count }
    }

    /// Text without the parts of an address and without any other address.
    private static func hiding(_ parts: [[UInt8]], in text: String) -> String {
        let stand = Array(replacement.utf8)
        let bytes = parts.reduce(Array(text.utf8)) { $0.replacing($1, with: stand) }
        var (result, rest): ([UInt8], ArraySlice<UInt8>) = ([], bytes[...])
        while let end = rest.firstRange(of: schemeEnd) {
            result += rest[..<end.upperBound] + stand
            rest = rest[end.upperBound...].drop { !endsAddress($0) }
        }
        return String(decoding: result + rest, as: UTF8.self)
    }

    private static let schemeEnd = Array("://".utf8)

    private static func isSchemeByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    private static func endsAddress(_ byte: UInt8) -> Bool {
        byte <= UInt8(ascii: " ") || [UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: ">")].contains(byte)
    }
}
