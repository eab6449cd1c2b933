import Testing

@testable import Runtime

@Suite struct `JSON is read strictly and written as it was` {
    @Test(arguments: [
        "null", "true", "false", "\"\"", "[]", "{}", "[1,[2,{}],null]",
        #"{"b":1,"a":[true,false],"ชื่อ":"โรงเรียน"}"#,
    ])
    func `what is read and written again is the same`(text: String) throws {
        #expect(try JSON(parsing: text.utf8).text == text)
    }

    @Test func `white space between tokens is left out`() throws {
        #expect(try JSON(parsing: " {\t\"a\" :\r\n[ 1 , 2 ] } ".utf8).text == #"{"a":[1,2]}"#)
    }

    @Test(arguments: ["0", "-0", "1.10", "1e400", "-2.5E-3", "12345678901234567890.000000000000000001"])
    func `a number stays the text it was`(number: String) throws {
        #expect(try JSON(parsing: number.utf8) == .number(number))
    }

    @Test func `escapes become what they stand for`() throws {
        let value = try JSON(parsing: #""\"\\\/\b\f\n\r\t\u0041\u0E01""#.utf8)
        #expect(value == .text("\"\\/\u{8}\u{C}\n\r\tAก"))
    }

    @Test func `control characters and quotation marks are escaped`() {
        #expect(JSON.text("a\"\\\n\r\t\u{1}\u{1F}/é").text == #""a\"\\\n\r\t\u0001\u001f/é""#)
    }

    @Test func `a pair of surrogates is one character`() throws {
        #expect(try JSON(parsing: #""\uD83D\uDE00""#.utf8) == .text("😀"))
        #expect(try JSON(parsing: #""\uD800\uDC00\uDBFF\uDFFF""#.utf8) == .text("\u{10000}\u{10FFFF}"))
    }

    @Test(arguments: [
        (#""\uD83D""#, "half a character"), (#""\uD83Dx""#, "half a character"),
        (#""\uD83D\n""#, "half a character"), (#""\uD83D\uD83D""#, "half a character"),
        (#""\uDE00""#, "half a character"), (#""\u12""#, "an unfinished escape"), (#""\u+123""#, "an unknown escape"),
        (#""\x""#, "an unknown escape"), (#""a"#, "a closing quotation mark is missing"),
        ("\"a\nb\"", "a control character"), (#"{"a":1,"a":2}"#, "a name stands twice"),
        (#"{"a":1,"\u0061":2}"#, "a name stands twice"), (#"{"a" 1}"#, "a colon is missing"),
        ("{1:2}", "a name is missing"), (#"{"a":1,}"#, "a name is missing"), ("[1,]", "a value is missing"),
        ("[1 2]", "a comma is missing"), ("", "a value is missing"), ("nul", "an unknown word"),
        ("1 2", "text after the value"), ("nullx", "text after the value"), ("01", "text after the value"),
        ("-", "a digit is missing"), ("1.", "a digit is missing"), ("1e+", "a digit is missing"),
        ("+1", "a value is missing"), (".5", "a value is missing"), ("NaN", "a value is missing"),
        ("'a'", "a value is missing"), ("\u{FEFF}1", "a value is missing"),
    ])
    func `what is no JSON is refused with its reason`(text: String, reason: String) {
        let error = #expect(throws: JSONError.self) { try JSON(parsing: text.utf8) }
        #expect(error?.reason == reason)
    }

    @Test func `the place of the mistake is told`() {
        #expect(throws: JSONError(reason: "a value is missing", offset: 4)) { try JSON(parsing: "[1, ?]".utf8) }
    }

    @Test(arguments: [[0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22]] as [[UInt8]])
    func `bytes that are not UTF-8 are refused`(bytes: [UInt8]) {
        let error = #expect(throws: JSONError.self) { try JSON(parsing: bytes) }
        #expect(error?.reason == "not UTF-8")
    }

    @Test func `64 levels are read, 65 are not`() throws {
        let deep = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        #expect(try JSON(parsing: deep.utf8).text == deep)
        let error = #expect(throws: JSONError.self) { try JSON(parsing: "[\(deep)]".utf8) }
        #expect(error?.reason == "too many levels")
        #expect(throws: JSONError.self) { try JSON(parsing: String(repeating: "{\"a\":", count: 100_000).utf8) }
    }

    @Test func `members are found by name, items in order`() {
        let value: JSON = ["a": 1, "b": [true, nil], "c": "ก"]
        #expect(value["c"]?.textValue == "ก")
        #expect(value["b"]?.items == [.bool(true), .null])
        #expect(value["d"] == nil)
        #expect(value.members.map(\.name) == ["a", "b", "c"])
    }
}
