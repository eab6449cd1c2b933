import Runtime
import Testing

@testable import Postgres

@Suite struct `A statement` {
    @Test func `binds what is interpolated`() {
        let name = "Robert'); DROP TABLE units;--"
        let sql: SQL = "SELECT \(7), \(name), \(true), \(false)"
        #expect(sql.text == "SELECT $1, $2, $3, $4")
        #expect(sql.values == ["7", name, "t", "f"])
    }

    @Test func `binds nothing as NULL`() {
        let (nothing, something): (String?, Int?) = (nil, 7)
        let sql: SQL = "SELECT \(nothing), \(something)"
        #expect(sql.text == "SELECT $1, $2" && sql.values == [nil, "7"])
    }

    @Test func `numbers the values of its parts on`() {
        let part: SQL = "b = \(2) AND c = \(3)"
        let sql: SQL = "a = \(1) AND \(part: part) AND d = \(4) AND \(part: "e = 'f$'")"
        #expect(sql.text == "a = $1 AND b = $2 AND c = $3 AND d = $4 AND e = 'f$'")
        #expect(sql.values == ["1", "2", "3", "4"])
        let sum: SQL = "x = \(0) AND " + part + sql
        #expect(sum.text.hasPrefix("x = $1 AND b = $2 AND c = $3a = $4 AND b = $5"))
        #expect(sum.values == ["0", "2", "3", "1", "2", "3", "4"])
    }

    @Test func `renumbers past nine`() {
        var list: SQL = "\(0)"
        for number in 1...11 { list = list + ", \(number)" }
        #expect(list.text == "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12")
        #expect(list.values == (0...11).map { String($0) })
    }

    @Test(arguments: [
        ([], "{}"), (["a", "b"], #"{"a","b"}"#), (["", "NULL"], #"{"","NULL"}"#),
        ([#"a"b\c,{d}"#], #"{"a\"b\\c,{d}"}"#),
        (["น้ำใจ"], #"{"น้ำใจ"}"#),
    ])
    func `binds an array as one value`(elements: [String], text: String) {
        let sql: SQL = "SELECT \(elements)"
        #expect(sql.text == "SELECT $1" && sql.values == [text])
        let bytes = Array(text.utf8)
        #expect(bytes.withUnsafeBufferPointer { arrayElements($0) } == elements)
    }

    @Test func `binds what PostgreSQL would refuse in a form it takes`() {
        let sql: SQL = "SELECT \("a\u{0}b"), \(Bytes([0, 15, 255])), \(Day("2026-11-21")), \(JSON.text("a\"b"))"
        #expect(sql.values == ["a?b", "\\x000fff", "2026-11-21", "\"a\\\"b\""])
    }
}

@Suite struct `A value` {
    @Test(arguments: [
        ("0", 0), ("7", 7), ("-7", -7), ("007", 7), ("999999999999999999", 999_999_999_999_999_999),
        ("9223372036854775807", .max), ("-9223372036854775808", .min),
    ])
    func `that is a number is read`(text: String, number: Int) throws {
        #expect(try Int(cell: text) == number)
    }

    @Test(arguments: [
        "", "-", "1.5", "x", "1 ", " 1", "--1", "1-", "9223372036854775808", "99999999999999999999999", "NaN",
    ])
    func `that is none is a fault`(text: String) {
        #expect(throws: DecodingError.self) { try Int(cell: text) }
    }

    @Test func `is read as what it was`() throws {
        #expect(try Bool(cell: "t") && !Bool(cell: "f"))
        #expect(try String(cell: "") == "" && String(cell: "น้ำใจ") == "น้ำใจ")
        #expect(try Bytes(cell: "\\x000fff") == Bytes([0, 15, 255]) && Bytes(cell: "\\x") == Bytes([]))
        #expect(try Day(cell: "2026-11-21").text == "2026-11-21")
        #expect(try JSON(cell: "{\"a\": 1}") == ["a": 1])
        #expect(try Colour(cell: "red") == .red)
    }

    @Test func `that is something else is a fault`() {
        for text in ["\\x0", "\\x0g", "000f"] {
            #expect(throws: DecodingError.self) { try Bytes(cell: text) }
        }
        #expect(throws: DecodingError.self) { try Day(cell: "2026-02-30") }
        #expect(throws: DecodingError.self) { try Instant(cell: "infinity") }
        #expect(throws: DecodingError.self) { try JSON(cell: "{") }
        #expect(throws: DecodingError.self) { try Colour(cell: "Red") }
    }
}

private enum Colour: String, SQLValue {
    case red
}

extension SQLValue {
    fileprivate init(cell: String) throws {
        let bytes = Array(cell.utf8)
        self = try bytes.withUnsafeBufferPointer { try Self(sqlBytes: $0) }
    }
}
