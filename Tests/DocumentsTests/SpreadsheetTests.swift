import Glibc
import Runtime
import Testing

@testable import Documents

@Suite struct `A spreadsheet` {
    private static let folder = "/tmp"

    private func read(_ bytes: [UInt8]) throws -> [[String]] {
        let (descriptor, path) = try Disk.makeTemporaryFile(in: Self.folder)
        close(descriptor)
        defer { unlink(path) }
        try Disk.write(bytes, to: path)
        return try SpreadsheetReader(file: path).rows
    }

    @Test func `reads what it wrote: Thai, line breaks, numbers, and texts that look like numbers`() async throws {
        let long = String(repeating: "ก", count: 4000)
        let rows: [[Sheet.Cell]] = [
            [.text("1.10"), .number("93.6667"), .text("ที่ ผู้ กตัญญู\nฐานะ น้ำใจ"), .empty, .text("=1+1")],
            [.empty, .number("-0.00001"), .text(long), .text(" x "), .number("12345678901234567890")],
        ]
        let sheet = Sheet("ตัวชี้วัด", (1...5).map { Sheet.Column("หัว \($0)") }, rows)
        let read = try read(await SpreadsheetWriter.workbook([sheet], in: Self.folder))
        #expect(read[0] == ["หัว 1", "หัว 2", "หัว 3", "หัว 4", "หัว 5"])
        #expect(read[1] == ["1.10", "93.6667", "ที่ ผู้ กตัญญู\nฐานะ น้ำใจ", "", "=1+1"])
        #expect(read[2] == ["", "-0.00001", long, " x ", "12345678901234567890"])
    }

    @Test func `is the first sheet, whatever follows`() async throws {
        let sheets = [Sheet("ก", [.init("a", choices: ["ใช่", "ไม่ใช่"])], []), Sheet("ข", [.init("b")], [[.text("x")]])]
        #expect(try read(await SpreadsheetWriter.workbook(sheets, in: Self.folder)) == [["a"]])
    }

    @Test func `takes any name, long, with marks that Excel forbids, or twice the same`() async throws {
        let name = "เอกสารของ 1.1: ร้อยละ [ของ] นักเรียน/ชั้น ป.1 ที่อ่านออกเขียนได้"
        let sheets = [name, name, "", "'"].map { Sheet($0, [.init("a")], [[.text("x")]]) }
        #expect(try read(await SpreadsheetWriter.workbook(sheets, in: Self.folder)) == [["a"], ["x"]])
    }

    @Test func `reads days, moments and marks as what they are`() async throws {
        let day = try #require(Day(year: 2026, month: 3, day: 31))
        let row: [Sheet.Cell] = [.day(day), .moment(day.instant(hour: 16, minute: 30)), .flag(true), .flag(false)]
        let read = try read(
            await SpreadsheetWriter.workbook([Sheet("ก", (1...4).map { .init("\($0)") }, [row])], in: Self.folder))
        #expect(read[1][0] == "2026-03-31" && read[1][1].hasPrefix("2026-03-31"))
        #expect(read[1][2] == "1" && read[1][3] == "0")
    }

    @Test func `comes as CSV in pieces, with the same cells`() async throws {
        let day = try #require(Day(year: 2026, month: 3, day: 31))
        let sheet = Sheet("ก", [.init("หัว"), .init("เมื่อ"), .init("ใช่")], of: Array(1...1201)) { number in
            [.init("ที่ \(number), =x"), .moment(day.instant(hour: 0, minute: 5)), .flag(number == 1)]
        }
        var (bytes, pieces): ([UInt8], Int) = ([], 0)
        for await piece in sheet.csv {
            bytes += piece
            pieces += 1
        }
        #expect(pieces == 3)
        let rows = CSV.rows(of: String(decoding: bytes, as: UTF8.self))
        #expect(rows.count == 1202 && rows[0] == ["หัว", "เมื่อ", "ใช่"])
        #expect(
            rows[1] == ["ที่ 1, =x", "2026-03-31 00:05", "1"] && rows[1201] == ["ที่ 1201, =x", "2026-03-31 00:05", ""])
    }

    @Test(arguments: [[], Array("PK\u{3}\u{4} no archive".utf8), Array("a,b\n1,2\n".utf8)])
    func `that is none is refused`(bytes: [UInt8]) {
        #expect(throws: SpreadsheetProblem.unreadable) { try read(bytes) }
    }

    @Test func `cut short is refused`() async throws {
        let whole = try await SpreadsheetWriter.workbook([Sheet("ก", [.init("a")], [])], in: Self.folder)
        for share in 1...9 {
            #expect(throws: SpreadsheetProblem.self) { try read(Array(whole.prefix(whole.count * share / 10))) }
        }
    }

    @Test(arguments: [
        (1.0, "1"), (0.1, "0.1"), (93.66666666666667, "93.66666666666667"), (1e-7, "0.0000001"),
        (-2.5e-6, "-0.0000025"),
        (1e21, "1000000000000000000000"), (1.5e16, "15000000000000000"), (-0.5, "-0.5"), (123456.789, "123456.789"),
    ])
    func `has its numbers as decimals`(value: Double, text: String) {
        #expect(decimalText(value) == text)
    }

    @Test func `counts columns as people see them`() {
        #expect(
            [1, 26, 27, 52, 53, 702, 703].map { SpreadsheetReader.letters(ofColumn: $0) }
                == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"])
    }
}
