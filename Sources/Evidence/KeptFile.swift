package import Files
import HTML
package import HTTP
import Interface
package import Kernel
import Runtime
package import Secrets

/// A file whose bytes are kept, and that no row names yet.
package struct KeptFile: Sendable {
    package var digest: Digest
    package var name: String
    package var kind: FileKind
    package var size: Int
    /// Whether a scanner should have seen it, and didn't answer.
    package var isQuarantined = false

    /// Looks at what was sent and keeps its bytes; what can't be taken is refused at its field.
    ///
    /// Before the transaction that names the file: nothing acknowledged is ever lost, and what no row comes to name is
    /// swept later.
    package init(_ upload: UploadedFile, sentAs field: String, upTo limit: Int, by platform: Platform) async throws {
        guard upload.size > 0 else {
            throw Refusal.invalid(field, Phrase("ไฟล์ว่างเปล่า", en: "The file is empty"))
        }
        guard upload.size <= limit else {
            throw Self.tooLarge(upload.size, for: field, limit)
        }
        let name = Self.soundName(upload.name)
        guard let kind = try await FileKind.recognised(upload.path, named: name) else {
            throw Refusal.invalid(
                field,
                Phrase(
                    "“\(name)” ไม่ใช่ไฟล์ชนิดที่รับ หรือเนื้อในไม่ตรงกับนามสกุล รับ PDF, รูปภาพ, Word, Excel, PowerPoint, OpenDocument, CSV, TXT และ ZIP",
                    en:
                        "“\(name)” is of a kind that isn't taken, or its content is not what its name says. PDF, pictures, Word, Excel, PowerPoint, OpenDocument, CSV, TXT and ZIP are taken"
                ))
        }
        if let scanner = platform.scanner {
            do {
                if case .infected(let virus) = try await scanner.scan(upload.path) {
                    throw Refusal.invalid(
                        field,
                        Phrase(
                            "พบไวรัสในไฟล์นี้ (\(virus)) จึงไม่รับ",
                            en: "A virus was found in this file (\(virus)); it isn't taken"))
                }
            } catch let failure as ScannerFailure {
                Log.warn("A file waits for the virus scanner.", ["reason": .text(failure.description)])
                isQuarantined = true
            }
        }
        digest = try await platform.files.keep(upload.path)
        self.name = name
        self.kind = kind
        size = upload.size
    }

    static func tooLarge(_ size: Int, for field: String, _ limit: Int) -> Refusal {
        .invalid(
            field,
            Phrase("ไฟล์ใหญ่เกิน ", en: "At most ") + sizePhrase(limit) + Phrase(" ที่ส่งมา ", en: "; this has ")
                + sizePhrase(size))
    }

    private static let longestName = 255
    private static let longestEnding = 16

    /// The name without folders and invisible characters, and no longer than a disk takes, its ending kept.
    static func soundName(_ name: String) -> String {
        let last = name.unicodeScalars.split { $0 == "/" || $0 == "\\" }.last.map(Array.init) ?? []
        let sound = last.filter { $0.value >= 32 && $0.value != 127 }
        guard !sound.isEmpty else { return "file" }
        var length = sound.reduce(0) { $0 + UTF8.width($1) }
        guard length > longestName else { return text(of: sound) }
        let ending = sound.lastIndex(of: ".").map { sound[$0...] } ?? []
        // What is longer is no ending, and would leave nothing to be cut.
        let kept = ending.count <= longestEnding ? ending : []
        var stem = sound.dropLast(kept.count)
        while length > longestName, let end = stem.popLast() { length -= UTF8.width(end) }
        return text(of: stem + kept)
    }

    private static func text(of scalars: some Sequence<Unicode.Scalar>) -> String {
        String(String.UnicodeScalarView(scalars))
    }
}
