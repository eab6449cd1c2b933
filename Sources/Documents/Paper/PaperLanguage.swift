import Glibc
import Runtime

/// Says in a finished PDF in which language it is, for those who have it read aloud, that its parts bear tags, and that its
/// title, not the name of its file, is to be shown. Cairo can't: so the document's root is written anew behind its end, as
/// PDF allows.
enum PaperLanguage {
    static func append(_ language: String, toFile path: String) throws {
        guard let file = fopen(path, "r+") else { throw DiskError.last(path) }
        defer { fclose(file) }
        guard let end = PaperEnd(of: file), let root = end.object(end.root, in: file) else {
            throw PaperFault(description: "the end of the PDF isn't as Cairo writes it")
        }
        fseek(file, 0, SEEK_END)
        let place = ftell(file)
        let words =
            "/Lang (\(language))\n   /MarkInfo << /Marked true >>\n   "
            + "/ViewerPreferences << /DisplayDocTitle true >>\n   "
        let object = "\(end.root) 0 obj\n<< \(words)\(root)endobj\n"
        let table = place + object.utf8.count
        let text =
            object + "xref\n\(end.root) 1\n\(place, digits: 10) 00000 n \ntrailer\n<< /Size \(end.size)\n   "
            + "/Root \(end.root) 0 R\n   /Info \(end.information) 0 R\n   /Prev \(end.table)\n>>\nstartxref\n\(table)\n%%EOF\n"
        guard fputs(text, file) >= 0, fflush(file) == 0 else { throw DiskError.last(path) }
    }
}

/// What the end of a PDF says: where its table of objects begins, and which of them is the root.
private struct PaperEnd {
    var table: Int
    var size: Int
    var root: Int
    var information: Int

    init?(of file: UnsafeMutablePointer<FILE>) {
        fseek(file, 0, SEEK_END)
        let length = ftell(file)
        let tail = text(in: file, from: max(0, length - 64), to: length)
        guard let table = number(after: "startxref\n", in: tail), table < length else { return nil }
        let trailer = text(in: file, from: table, to: length)
        guard let size = number(after: "/Size ", in: trailer), let root = number(after: "/Root ", in: trailer),
            let information = number(after: "/Info ", in: trailer)
        else { return nil }
        (self.table, self.size, self.root, self.information) = (table, size, root, information)
    }

    /// What stands between `<< ` and `endobj` of an object; the table has a line of 20 bytes for each.
    func object(_ number: Int, in file: UnsafeMutablePointer<FILE>) -> String? {
        let head = "xref\n0 \(size)\n".utf8.count
        let entry = text(in: file, from: table + head + number * 20, to: table + head + number * 20 + 10)
        guard let place = Int(entry), place < table else { return nil }
        let whole = text(in: file, from: place, to: table)
        let opening = "\(number) 0 obj\n<< "
        guard whole.hasPrefix(opening), let end = whole.firstRange(of: "endobj") else { return nil }
        return String(whole.dropFirst(opening.count)[..<end.lowerBound])
    }
}

private func text(in file: UnsafeMutablePointer<FILE>, from start: Int, to end: Int) -> String {
    var bytes = [UInt8](repeating: 0, count: max(0, end - start))
    fseek(file, start, SEEK_SET)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes.prefix(count), as: UTF8.self)
}

private func number(after words: String, in text: String) -> Int? {
    guard let range = text.firstRange(of: words) else { return nil }
    return Int(text[range.upperBound...].prefix { $0.isNumber })
}
