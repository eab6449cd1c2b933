import Runtime
import Testing

@testable import Documents

@Suite struct `A table that is read` {
    @Test(arguments: [
        ("a,b\nc,d\n", [["a", "b"], ["c", "d"]]), ("a,b\r\nc,d", [["a", "b"], ["c", "d"]]),
        ("a,b\rc,d\r", [["a", "b"], ["c", "d"]]), ("\u{FEFF}รหัส,ชื่อ\n7,บ้านน้ำใจ", [["รหัส", "ชื่อ"], ["7", "บ้านน้ำใจ"]]),
        ("\"a,b\",\"c\"\"d\"\n", [["a,b", "c\"d"]]), ("\"a\nb\r\nc\",d", [["a\nb\r\nc", "d"]]),
        ("a,,c\n,,\n\n , \n", [["a", "", "c"], [" ", " "]]), ("a,\n", [["a", ""]]), (",a", [["", "a"]]),
        ("\"\",a", [["", "a"]]), ("a,\"\"", [["a", ""]]), ("\"\"\"\"", [["\""]]), ("\"a\"\"\"", [["a\""]]),
        ("a\tb,c\nd\te", [["a", "b,c"], ["d", "e"]]), ("a\t\"b\tc\"", [["a", "b\tc"]]),
        ("a,b\nc\td,e", [["a", "b"], ["c\td", "e"]]),
        ("5\" pipe,x", [["5\" pipe", "x"]]), ("\"a\"b,c", [["ab", "c"]]), ("", []), ("\n\r\n", []), ("\u{FEFF}", []),
        ("๑,กิ่ง,ำ", [["๑", "กิ่ง", "ำ"]]), ("\"ิ\",\"้\"", [["ิ", "้"]]), ("a;b,c", [["a;b", "c"]]),
    ])
    func `has rows of cells`(text: String, rows: [[String]]) {
        // Scalars: as characters, a Thai vowel sign and what stands before it are one.
        #expect(
            CSV.rows(of: text).map { $0.map { Array($0.unicodeScalars) } }
                == rows.map { $0.map { Array($0.unicodeScalars) } })
    }

    @Test func `with an open quotation mark ends with the text`() {
        #expect(CSV.rows(of: "a,\"b\nc") == [["a", "b\nc"]])
    }
}

@Suite struct `A table that is written` {
    @Test(arguments: [
        (["a", "b"], "a,b"), (["a,b", "c\"d", "e\nf", "g\rh"], "\"a,b\",\"c\"\"d\",\"e\nf\",\"g\rh\""),
        (["", ""], ","),
        (["บ้านน้ำใจ", "ิ"], "บ้านน้ำใจ,ิ"), (["a;b", " c "], "a;b, c "),
    ])
    func `has quotation marks where they are needed`(cells: [String], line: String) {
        #expect(written(cells) == "\(line)\r\n")
    }

    @Test(arguments: [
        ("=1+1", "'=1+1"), ("+66 2 123", "'+66 2 123"), ("-a", "'-a"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'\t=1"),
        ("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""), ("\r=1", "\"'\r=1\""),
        ("\n=1", "\"'\n=1\""),
        ("-5", "-5"), ("+5", "+5"), ("-1.25", "-1.25"), ("-1.2.3", "'-1.2.3"), ("-1e5", "'-1e5"), ("-.", "'-."),
        ("a=1", "a=1"),
    ])
    func `has no formula of somebody else's`(cell: String, expected: String) {
        #expect(written([cell]) == "\(expected)\r\n")
    }

    @Test func `begins with the mark that Excel needs, and is read back as it was`() {
        let rows = [
            ["รหัส", "ชื่อ, \"ย่อ\""], ["007", "บ้าน\nน้ำใจ"], ["", "ิ"], ["a\tb", ""], ["=1+1", "-5"], ["+66 2", "'x"],
        ]
        let text = CSV.table(head: rows[0], rows: rows.dropFirst()).text
        #expect(text.utf8.starts(with: [0xEF, 0xBB, 0xBF]))
        #expect(CSV.rows(of: text) == rows)
    }

    private func written(_ cells: [String]) -> String {
        let buffer = ByteBuffer(capacity: 64)
        CSV.append(cells, to: buffer)
        return buffer.text
    }
}
