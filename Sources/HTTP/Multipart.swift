import Glibc
import Runtime

/// A file that came with a form. It lies in a temporary file, which goes when this does.
package final class UploadedFile: Sendable {
    package let name: String
    package let type: String
    package let path: String
    package let size: Int

    init(name: String, type: String, path: String, size: Int) {
        self.name = name
        self.type = type
        self.path = path
        self.size = size
    }

    /// One that came in pieces, which lie on this disk.
    package convenience init(joining pieces: [String], named name: String, in folder: String) throws {
        let (descriptor, path) = try Disk.makeTemporaryFile(in: folder)
        defer { close(descriptor) }
        var size = 0
        do {
            for piece in pieces {
                try Disk.readPieces(of: piece) { bytes in
                    try Disk.writeAll(bytes, to: descriptor, named: path)
                    size += bytes.count
                }
            }
        } catch {
            unlink(path)
            throw error
        }
        self.init(name: name, type: "application/octet-stream", path: path, size: size)
    }

    deinit { unlink(path) }

    package func bytes() throws -> [UInt8] { try Disk.read(path) }
}

/// What a form brought: texts, and files on disk.
package struct FormInput: Sendable {
    package var fields: Fields
    package var files: [String: UploadedFile]

    package init(fields: Fields = Fields(), files: [String: UploadedFile] = [:]) {
        self.fields = fields
        self.files = files
    }
}

/// Takes `multipart/form-data` apart while it arrives: texts to memory, files to disk.
package struct MultipartReader {
    private let delimiter: [UInt8]
    private let folder: String
    private let body: any BodyReader
    private let limit: Int
    private let fileLimit: Int
    private var held: [UInt8] = []
    private var isAtEnd = false

    /// Texts of a form together; more is no form that a person filled in.
    private static let textLimit = 1 << 20
    private static let headLimit = 8192

    /// Nil when the content type isn't multipart or names no sound boundary. Of a file that is larger than its limit
    /// only the size is known: it is to be refused.
    package init?(
        contentType: String, body: any BodyReader, folder: String, limit: Int, fileLimit: Int = .max
    ) {
        guard contentType.lowercased().hasPrefix("multipart/form-data"),
            let boundary = headerParameter("boundary", of: contentType), (1...70).contains(boundary.utf8.count)
        else { return nil }
        delimiter = [13, 10, 45, 45] + Array(boundary.utf8)
        self.folder = folder
        self.body = body
        self.limit = limit
        self.fileLimit = fileLimit
    }

    package mutating func read() async throws -> FormInput {
        var input = FormInput()
        var textSize = 0
        // The first delimiter has no line break before it: give it one.
        held = [13, 10]
        _ = try await upToDelimiter { _ in }
        while try await isAnotherPart() {
            let head = try await partHead()
            guard let name = head.name, input.fields.all.count + input.files.count < 5000 else {
                throw BodyError.malformed
            }
            if let fileName = head.fileName {
                let file = try await store(named: fileName, type: head.type)
                if file.size > 0 || !fileName.isEmpty { input.files[name] = file }
            } else {
                var text: [UInt8] = []
                _ = try await upToDelimiter { bytes in
                    textSize += bytes.count
                    guard textSize <= Self.textLimit else { throw BodyError.tooLarge }
                    text.append(contentsOf: bytes)
                }
                guard let text = String(validating: text, as: UTF8.self) else { throw BodyError.malformed }
                input.fields.add(name, text)
            }
        }
        return input
    }

    private mutating func fill() async throws {
        guard let piece = try await body.next(limit: limit) else {
            isAtEnd = true
            return
        }
        held.append(contentsOf: piece)
    }

    /// Hands on what stands before the next delimiter, and goes past it.
    private mutating func upToDelimiter(_ take: (ArraySlice<UInt8>) throws -> Void) async throws -> Int {
        var length = 0
        while true {
            if let place = firstRange(of: delimiter, in: held) {
                try take(held[..<place])
                length += place
                held.removeFirst(place + delimiter.count)
                return length
            }
            let safe = max(0, held.count - delimiter.count)
            try take(held[..<safe])
            length += safe
            held.removeFirst(safe)
            guard !isAtEnd else { throw BodyError.malformed }
            try await fill()
        }
    }

    /// After a delimiter: `--` ends the form, a line break begins a part.
    private mutating func isAnotherPart() async throws -> Bool {
        while held.count < 2 {
            guard !isAtEnd else { throw BodyError.malformed }
            try await fill()
        }
        if held.starts(with: [45, 45]) {
            while !isAtEnd {
                held.removeAll()
                try await fill()
            }
            return false
        }
        guard held.starts(with: [13, 10]) else { throw BodyError.malformed }
        return true
    }

    private mutating func partHead() async throws -> PartHead {
        let end: [UInt8] = [13, 10, 13, 10]
        while true {
            if let place = firstRange(of: end, in: held) {
                let head = PartHead(held[2..<max(2, place)])
                held.removeFirst(place + 4)
                return head
            }
            guard held.count <= Self.headLimit, !isAtEnd else { throw BodyError.malformed }
            try await fill()
        }
    }

    private mutating func store(named name: String, type: String) async throws -> UploadedFile {
        let (descriptor, path) = try Disk.makeTemporaryFile(in: folder)
        defer { close(descriptor) }
        do {
            let fileLimit = fileLimit
            var seen = 0
            let size = try await upToDelimiter { bytes in
                seen += bytes.count
                // What is refused by its size needn't fill the disk.
                guard seen <= fileLimit else { return }
                try bytes.withUnsafeBytes { try Disk.writeAll($0, to: descriptor, named: path) }
            }
            return UploadedFile(name: name, type: type, path: path, size: size)
        } catch {
            unlink(path)
            throw error
        }
    }
}

private struct PartHead {
    var name: String?
    var fileName: String?
    var type = "application/octet-stream"

    init(_ bytes: ArraySlice<UInt8>) {
        guard let text = String(validating: bytes, as: UTF8.self) else { return }
        for line in text.split(separator: "\r\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = String(line[line.index(after: colon)...].trimmingSpaces)
            switch line[..<colon].lowercased() {
            case "content-disposition":
                name = headerParameter("name", of: value)
                fileName = headerParameter("filename", of: value)
            case "content-type": type = value
            default: continue
            }
        }
    }
}

/// `name="value"` or `name=value` of a field such as Content-Disposition. Browsers write a quotation mark within as
/// `%22`, and names of files as raw UTF-8.
///
/// Read byte by byte: a Thai vowel sign after a quotation mark is one character with it.
func headerParameter(_ name: String, of field: String) -> String? {
    var rest = field.utf8[...]
    while let semicolon = rest.firstIndex(of: 59) {
        rest = rest[semicolon...].dropFirst().drop { $0 == 32 || $0 == 9 }
        guard let equals = rest.firstIndex(of: 61) else { return nil }
        let found = Substring(rest[..<equals]).lowercased()
        var value = rest[equals...].dropFirst()
        let isQuoted = value.first == 34
        if isQuoted { value = value.dropFirst() }
        let end = value.firstIndex(of: isQuoted ? 34 : 59) ?? value.endIndex
        rest = value[end...]
        if found == name {
            return value[..<end].split(separator: "%22".utf8, omittingEmptySubsequences: false)
                .map { String(Substring($0)) }.joined(separator: "\"")
        }
    }
    return nil
}

private func firstRange(of needle: [UInt8], in hay: [UInt8]) -> Int? {
    hay.withUnsafeBufferPointer { hay in
        needle.withUnsafeBufferPointer { hay.firstIndex(of: $0) }
    }
}
