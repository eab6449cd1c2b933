import Glibc
import Runtime
import Testing

@testable import Documents

/// Made by us, read by Poppler.
@Suite struct `A document on paper` {
    private static let facts = PaperFacts(
        title: "รายงานผลการปฏิบัติราชการ", author: "สพป.น่าน เขต 1", language: "th",
        madeAt: Instant(microseconds: 1_770_000_000_000_000), footer: "สพป.น่าน เขต 1 · ตัวชี้วัดที่ ๑.๒.๔")

    private func made(_ facts: PaperFacts = facts, _ write: @escaping @Sendable (Paper) -> Void) async throws -> Reading
    {
        let bytes = try await Paper.bytes(facts, in: "/tmp") { write($0) }
        return try Reading(bytes)
    }

    @Test func `keeps Thai words, digits and marks, which can be selected`() async throws {
        let reading = try await made { paper in
            paper.title(["แบบคำขอรับสิทธิ์"])
            paper.text("ที่ ผู้ กตัญญู ฐานะ น้ำใจ ป่าไม้ ๑๒๓ " + Passage(bold: "ปิ่นโต ฟ้าใส KPI 2569"))
        }
        for word in ["แบบคำขอรับสิทธิ์", "ที่ ผู้ กตัญญู ฐานะ น้ำใจ", "ป่าไม้ ๑๒๓", "ปิ่นโต ฟ้าใส KPI 2569"] {
            #expect(reading.text.contains(composed(word)), "\(word)")
        }
    }

    @Test func `says its title and its language, and carries its typefaces`() async throws {
        let reading = try await made { $0.text("ก" + Passage(bold: "ข")) }
        #expect(reading.facts.contains("Title:           รายงานผลการปฏิบัติราชการ"))
        #expect(reading.facts.contains("Tagged:          yes"))
        #expect(String(decoding: reading.bytes, as: UTF8.self).contains("/Lang (th)"))
        let fonts = reading.fonts.split(separator: "\n").dropFirst(2)
        #expect(fonts.contains { $0.contains("Laksaman-Bold") } && fonts.contains { $0.contains("Laksaman ") })
        for font in fonts {
            #expect(font.contains("Laksaman"))
            // emb sub uni
            #expect(font.contains("yes yes yes"))
        }
    }

    @Test func `breaks lines between Thai words, never within one`() async throws {
        let words = ["สำนักงาน", "เขต", "พื้นที่", "การศึกษา", "ประถมศึกษา"]
        let reading = try await made { paper in
            paper.text(Passage((0..<60).map { words[$0 % 5] }.joined()))
        }
        #expect(reading.lines.count > 3)
        let beginnings = words.map(composed) + [composed("ศึกษา"), composed("งาน"), composed("ที่"), composed("การ")]
        for line in reading.lines where line.contains(composed("สำนัก")) {
            #expect(beginnings.contains { line.hasPrefix($0) }, "\(line)")
        }
    }

    @Test func `flows on over pages, with a number on each from the second`() async throws {
        let long = String(repeating: "คำชี้แจงการปฏิบัติงานที่ได้ดำเนินการ ", count: 400)
        let reading = try await made { $0.text(Passage(long)) }
        #expect(reading.pages > 3)
        #expect(reading.lines.contains("-๒-") && !reading.lines.contains("-๑-"))
        #expect(reading.text.occurrences(of: composed("คำชี้แจงการปฏิบัติ")) > 390)
    }

    @Test func `repeats a table's head on each page, and parts a cell that no page holds`() async throws {
        let long = Passage(String(repeating: "ระดับความสำเร็จ ", count: 700))
        let rows = (1...90).map { [Passage("\($0)"), Passage("แถวที่ \($0)"), Passage("\($0).00")] }
        let reading = try await made { paper in
            paper.table(
                PaperTable(
                    [.init("ที่", share: 1, .centre), .init("หัวตาราง", share: 6), .init("ผล", share: 2, .end)],
                    rows + [["91", long, "–"]]))
        }
        #expect(reading.pages >= 5)
        #expect(reading.text.occurrences(of: composed("หัวตาราง")) == reading.pages)
        for row in 1...90 { #expect(reading.text.contains("\(row).00")) }
        #expect(reading.text.occurrences(of: composed("ระดับความสำเร็จ")) > 680)
    }

    @Test func `takes whatever people type: emoji, marks without width, control characters`() async throws {
        let reading = try await made { paper in
            paper.text("หน้า\u{200B}หลัง \u{0}\u{7} e\u{301}cole 😀 ★ \u{200D}จบ \u{FEFF}")
            paper.table(PaperTable([.init("", share: 1)], [[""], ["\u{200B}"]]))
        }
        #expect(reading.pages == 1)
        #expect(reading.text.contains("★"))
        #expect(reading.text.contains(composed("จบ")))
        #expect(reading.fonts.contains("Symbola"))
    }

    @Test func `has as many pages each time it is made, and the same bytes`() async throws {
        let write: @Sendable (Paper) -> Void = { paper in
            paper.heading("หัวข้อ")
            paper.list((1...80).map { Passage("รายการที่ \($0)") })
        }
        let first = try await made(Self.facts, write)
        let second = try await made(Self.facts, write)
        #expect(first.pages == 3)
        #expect(first.bytes == second.bytes)
    }

    @Test func `is a form with blanks, boxes and places to sign`() async throws {
        let reading = try await made { paper in
            paper.blanks([.init("คำนำหน้า", "นาง"), .init("ชื่อ", "น้ำใจ", share: 2), .init("นามสกุล", "ฐานะดี", share: 2)])
            paper.choices([("ข้าราชการ", true), ("พนักงานราชการ", false)])
            paper.columns([["ลงชื่อ ...... ผู้ขอ", "( นางน้ำใจ ฐานะดี )"], ["ลงชื่อ ...... ผู้รับรอง"]])
        }
        #expect(reading.pages == 1)
        #expect(reading.text.contains(composed("( นางน้ำใจ ฐานะดี )")))
    }
}

/// Without the ends of lines; Thai SARA AM as two letters, which look alike.
private func composed(_ text: String) -> String {
    text.unicodeScalars.filter { !$0.properties.isWhitespace }
        .map { $0 == "\u{E33}" ? "\u{E4D}\u{E32}" : String($0) }.joined()
}

/// What Poppler finds in a PDF.
private struct Reading {
    let bytes: [UInt8]
    let lines: [String]
    let text: String
    let facts: String
    let fonts: String

    init(_ bytes: [UInt8]) throws {
        self.bytes = bytes
        let (descriptor, path) = try Disk.makeTemporaryFile(in: "/tmp")
        close(descriptor)
        defer { unlink(path) }
        try Disk.write(bytes, to: path)
        lines = try output(of: "pdftotext -raw \(path) -").split(separator: "\n").map { composed(String($0)) }
        text = lines.joined()
        facts = try output(of: "pdfinfo \(path)")
        fonts = try output(of: "pdffonts \(path)")
    }

    var pages: Int {
        facts.split(separator: "\n").first { $0.hasPrefix("Pages:") }.flatMap {
            Int($0.split(separator: " ").last ?? "")
        }
            ?? 0
    }
}

private func output(of command: String) throws -> String {
    let pipe = try #require(popen(command, "r"))
    defer { pclose(pipe) }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&part, 1, part.count, pipe), count > 0 { bytes += part.prefix(count) }
    return String(decoding: bytes, as: UTF8.self)
}

extension String {
    fileprivate func occurrences(of word: String) -> Int { ranges(of: word).count }
}
