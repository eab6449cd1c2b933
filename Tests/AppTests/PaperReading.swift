import Glibc
import Runtime
import Testing

/// What Poppler reads in a PDF, without spaces and ends of lines; Thai SARA AM as two letters, which look alike.
struct PaperReading {
    let text: String
    let pages: Int

    init(_ bytes: [UInt8]) throws {
        let (descriptor, path) = try Disk.makeTemporaryFile(in: "/tmp")
        close(descriptor)
        defer { unlink(path) }
        try Disk.write(bytes, to: path)
        text = Self.composed(try Self.output(of: "pdftotext -raw \(path) -"))
        let facts = try Self.output(of: "pdfinfo \(path)")
        pages =
            facts.split(separator: "\n").first { $0.hasPrefix("Pages:") }
            .flatMap { Int($0.split(separator: " ").last ?? "") } ?? 0
    }

    /// Page by page.
    static func pages(of bytes: [UInt8]) throws -> [String] {
        let (descriptor, path) = try Disk.makeTemporaryFile(in: "/tmp")
        close(descriptor)
        defer { unlink(path) }
        try Disk.write(bytes, to: path)
        return try output(of: "pdftotext -raw \(path) -").split(separator: "\u{C}", omittingEmptySubsequences: false)
            .map { composed(String($0)) }
    }

    static func composed(_ text: String) -> String {
        text.unicodeScalars.filter { !$0.properties.isWhitespace }
            .map { $0 == "\u{E33}" ? "\u{E4D}\u{E32}" : String($0) }.joined()
    }

    private static func output(of command: String) throws -> String {
        let pipe = try #require(popen(command, "r"))
        defer { pclose(pipe) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&part, 1, part.count, pipe), count > 0 { bytes += part.prefix(count) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
