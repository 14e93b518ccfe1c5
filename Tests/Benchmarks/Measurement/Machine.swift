import Foundation

/// What the figures were measured on, in a sentence.
enum Machine {
    static var description: String {
        let information = ProcessInfo.processInfo
        let memory = Double(information.physicalMemory) / Double(1 << 30)
        return "\(processor), \(information.processorCount) cores, \(Int(memory.rounded())) GiB memory, \(system)"
    }

    private static var processor: String {
        value(of: "model name", in: "/proc/cpuinfo", separator: ":") ?? "unknown processor"
    }

    private static var system: String {
        value(of: "PRETTY_NAME", in: "/etc/os-release", separator: "=")
            ?? ProcessInfo.processInfo.operatingSystemVersionString
    }

    private static func value(of name: String, in file: String, separator: Character) -> String? {
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else { return nil }
        let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
        let value = line?.split(separator: separator, maxSplits: 1).last
        return value.map { $0.trimmingCharacters(in: CharacterSet(charactersIn: "\" \t")) }
    }
}
