import Runtime
import Testing

@testable import HTML

@Suite struct `Text on a page` {
    @Test(arguments: [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("a & b &amp; c", "a &amp; b &amp;amp; c"),
        ("\"quoted\" 'too'", "&quot;quoted&quot; &#39;too&#39;"), ("โรงเรียนบ้านน้ำใจ <ม.1>", "โรงเรียนบ้านน้ำใจ &lt;ม.1&gt;"),
        ("", ""), ("`=/;:!?#%\\\n\t", "`=/;:!?#%\\\n\t"), ("<<>>", "&lt;&lt;&gt;&gt;"), ("]]>", "]]&gt;"), ("😀", "😀"),
    ])
    func `is never markup`(text: String, escaped: String) {
        #expect(page { $0.text(text) } == escaped)
        #expect(page { $0.p(text: text) } == "<p>\(escaped)</p>")
        #expect(page { $0.p(text: "-\(text)-".dropFirst().dropLast()) } == "<p>\(escaped)</p>")
        #expect(page { $0.p(text: Phrase(text, en: "")) } == "<p>\(escaped)</p>")
    }

    @Test(arguments: ["<\" onclick=\"alert(1)", "' x='", "a&quot;b", "><img src=x onerror=alert(1)>", "น้ำ\"ใจ"])
    func `never ends an attribute`(text: String) {
        let escaped = page { $0.text(text) }
        #expect(
            page { $0.a(.href(text), .title(Phrase(same: text)), text: "") }
                == "<a href=\"\(escaped)\" title=\"\(escaped)\"></a>"
        )
        #expect(page { $0.a(.className(text), text: "") } == "<a class=\"\(escaped)\"></a>")
        #expect(page { $0.input(.value(text)) } == "<input value=\"\(escaped)\">")
        #expect(!escaped.contains { "<>\"'".contains($0) })
    }

    @Test func `of any length is written whole`() {
        let text = String(repeating: "<น้ำใจ>&", count: 40_000)
        let escaped = String(repeating: "&lt;น้ำใจ&gt;&amp;", count: 40_000)
        #expect(page(capacity: 16) { $0.text(text) } == escaped)
    }

    @Test(arguments: [
        0, 7, 10, 99, 100, 999_999, -1, 99_999_999_999_999_999, 100_000_000_000_000_000, 999_999_999_999_999_999,
        1_000_000_000_000_000_000, .max, .min,
    ])
    func `may be a number`(number: Int) {
        #expect(page { $0.td(text: number) } == "<td>\(number)</td>")
    }
}

@Suite struct `A tag` {
    @Test func `stands around what is written within`() {
        let text = page { html in
            html.div(.id("a")) {
                html.p { html.b(text: "1") }
                html.br()
                html.text("2")
            }
        }
        #expect(text == "<div id=\"a\"><p><b>1</b></p><br>2</div>")
    }

    @Test func `has one class attribute, wherever the classes stand`() {
        let text = page {
            $0.p(
                .className("a"), .id("x"), .className("b c"), .className("d").when(false), .className("e").when(true),
                text: "")
        }
        #expect(text == "<p class=\"a b c e\" id=\"x\"></p>")
    }

    @Test func `has claims without values, and nothing of what is absent`() {
        #expect(
            page { $0.input(.required, .checked.when(false), .absent, .type("checkbox")) }
                == "<input required type=\"checkbox\">")
    }

    @Test func `may have a number at the end of a value`() {
        #expect(page { $0.a(.href("/members/", 7), .id("m", 0), text: "") } == "<a href=\"/members/7\" id=\"m0\"></a>")
    }

    @Test func `lets through what is thrown within`() {
        struct Problem: Error {}
        let html = HTML(language: .thai, capacity: 64)
        #expect(throws: Problem.self) { try html.p { throw Problem() } }
        #expect(html.buffer.text.hasPrefix("<p>"))
    }

    @Test func `of a text area keeps a line break at the start`() {
        // Browsers leave out the first one.
        #expect(page { $0.textarea(text: "\nx") } == "<textarea>\n\nx</textarea>")
    }
}

@Suite struct `A phrase` {
    private let phrase = Phrase("สวัสดี & ลาก่อน", en: "Hello & goodbye")

    @Test func `is in the page's language`() {
        #expect(
            page(.thai) { $0.p(.label(phrase), text: phrase) }
                == "<p aria-label=\"สวัสดี &amp; ลาก่อน\">สวัสดี &amp; ลาก่อน</p>")
        #expect(
            page(.english) { $0.p(.label(phrase), text: phrase) }
                == "<p aria-label=\"Hello &amp; goodbye\">Hello &amp; goodbye</p>")
    }

    @Test func `is joined in each language`() {
        let joined = phrase + Phrase(same: " 7")
        #expect(joined == Phrase("สวัสดี & ลาก่อน 7", en: "Hello & goodbye 7"))
        #expect(Language.thai.other == .english && Language.english.other == .thai)
    }
}

@Suite struct `A stencil` {
    @Test func `has its number in every hole`() {
        let stencil = Stencil(["<tr id=\"m", "\"><a href=\"/members/", "\">", "</a></tr>"])
        #expect(page { stencil.write(to: $0, number: 12) } == "<tr id=\"m12\"><a href=\"/members/12\">12</a></tr>")
    }

    @Test func `may have no hole, or one at an end`() {
        #expect(page { Stencil(["<hr>"]).write(to: $0, number: 1) } == "<hr>")
        #expect(page { Stencil(["", "x"]).write(to: $0, number: 1) } == "1x")
        #expect(page { Stencil(["x", ""]).write(to: $0, number: 1) } == "x1")
        #expect(page { Stencil(["a", "", "b"]).write(to: $0, number: 1) } == "a11b")
    }

    @Test func `may have several holes, each as often as it is written`() {
        let html = HTML(language: .thai, capacity: 1024)
        let stencil = Stencil(for: html, holes: 2) { html, holes in
            html.a(.href("/\(holes[1])/\(holes[0])"), text: holes[1])
        }
        let filled = page { html in stencil.write(to: html) { html.text($0 == 0 ? "<7>" : "x") } }
        #expect(filled == "<a href=\"/x/&lt;7&gt;\">x</a>")
    }
}

private func page(_ language: Language = .thai, capacity: Int = 1024, _ write: (HTML) -> Void) -> String {
    let html = HTML(language: language, capacity: capacity)
    write(html)
    return html.buffer.text
}
