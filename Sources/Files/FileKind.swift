import CMagic
import Runtime

/// The kinds of files that are taken, each known by its content, whatever its name says.
package enum FileKind: String, Sendable, CaseIterable {
    case pdf, jpeg, png, webp, gif
    case docx, xlsx, pptx, doc, xls, ppt
    case odt, ods, odp
    case text, csv, zip

    package var mediaType: String {
        switch self {
        case .pdf: "application/pdf"
        case .jpeg: "image/jpeg"
        case .png: "image/png"
        case .webp: "image/webp"
        case .gif: "image/gif"
        case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        case .pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation"
        case .doc: "application/msword"
        case .xls: "application/vnd.ms-excel"
        case .ppt: "application/vnd.ms-powerpoint"
        case .odt: "application/vnd.oasis.opendocument.text"
        case .ods: "application/vnd.oasis.opendocument.spreadsheet"
        case .odp: "application/vnd.oasis.opendocument.presentation"
        case .text: "text/plain"
        case .csv: "text/csv"
        case .zip: "application/zip"
        }
    }

    /// How names of such files end.
    package var endings: [String] {
        switch self {
        case .jpeg: ["jpg", "jpeg"]
        case .text: ["txt"]
        default: [rawValue]
        }
    }

    /// What the content must look like, by libmagic's name for it.
    private var looks: [String] {
        switch self {
        case .docx, .xlsx, .pptx, .odt, .ods, .odp: [mediaType, "application/zip"]
        // Their container is the same; libmagic tells them apart by a summary that not every program writes.
        case .doc, .xls, .ppt:
            [mediaType, "application/x-ole-storage", "application/CDFV2", "application/vnd.ms-office"]
        case .csv: ["text/csv", "text/plain", "application/csv"]
        case .text: ["text/plain", "text/csv", "application/csv"]
        default: [mediaType]
        }
    }

    /// The kind of a file, when it is one that is taken and its name doesn't say otherwise.
    package static func recognised(_ path: String, named name: String) async throws -> FileKind? {
        let look = try await Blocking.run { try Sniffer.shared.look(of: path) }
        let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
        return allCases.first { $0.endings.contains(ending) && $0.looks.contains(look) }
    }
}

/// libmagic, loaded once. It reads a file's first bytes and keeps nothing of it.
private final class Sniffer: Sendable {
    static let shared = Sniffer()
    private let cookie = Lock<Cookie?>(nil)

    /// Sendable, because it is used only with the lock.
    private struct Cookie: @unchecked Sendable {
        var pointer: magic_t
    }

    func look(of path: String) throws -> String {
        try cookie.withLock { cookie in
            if cookie == nil { cookie = try Self.load() }
            guard let cookie, let look = magic_file(cookie.pointer, path) else { throw SnifferError() }
            return String(cString: look)
        }
    }

    private static func load() throws -> Cookie {
        guard let pointer = magic_open(MAGIC_MIME_TYPE | MAGIC_SYMLINK) else { throw SnifferError() }
        guard magic_load(pointer, nil) == 0 else {
            magic_close(pointer)
            throw SnifferError()
        }
        return Cookie(pointer: pointer)
    }
}

/// libmagic or its table of contents can't be read: a fault of the machine.
struct SnifferError: Error {}
