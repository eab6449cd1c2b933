import CPango
package import Runtime

/// What a document says of itself.
package struct PaperFacts: Sendable {
    package enum Format: Sendable {
        case upright
        case across
    }

    package var title: String
    package var author: String
    /// Of the text: `th` or `en`.
    package var language: String
    package var madeAt: Instant
    package var format: Format
    /// Official papers are set in 16 points; a form that is to stand on one sheet may take less.
    package var textSize: Double
    /// Stands small below every page.
    package var footer: String

    package init(
        title: String, author: String, language: String, madeAt: Instant, format: Format = .upright,
        textSize: Double = 16, footer: String = ""
    ) {
        self.title = title
        self.author = author
        self.language = language
        self.madeAt = madeAt
        self.format = format
        self.textSize = textSize
        self.footer = footer
    }
}

/// A document on paper: what is written flows over pages of A4, in the style of official papers.
///
/// It is written at once, page after page, into a file, so that a bound volume takes no more memory than a letter.
package final class Paper {
    /// In points; margins as the regulation on official papers has them: 3 cm left, 2 cm right.
    private static let sides = (short: 595.28, long: 841.89)
    private static let margins = (top: 62.0, left: 85.0, bottom: 57.0, right: 57.0)

    let canvas: OpaquePointer
    let context: OpaquePointer
    let facts: PaperFacts
    private let surface: OpaquePointer
    private let fonts: UnsafeMutablePointer<PangoFontMap>
    private let width: Double
    private let height: Double
    /// Where the next line's upper edge is.
    var y = margins.top
    package private(set) var pages = 0

    init(_ facts: PaperFacts, file: String) throws {
        self.facts = facts
        (width, height) =
            facts.format == .upright ? (Self.sides.short, Self.sides.long) : (Self.sides.long, Self.sides.short)
        fonts = try PaperFonts.installed.get().map()
        guard let surface = cairo_pdf_surface_create(file, width, height), let canvas = cairo_create(surface),
            let context = pango_font_map_create_context(fonts)
        else { throw PaperFault(description: "Cairo is out of memory") }
        (self.surface, self.canvas, self.context) = (surface, canvas, context)
        pango_cairo_update_context(canvas, context)
        pango_context_set_language(context, pango_language_from_string(facts.language))
        describe()
        beginPage()
    }

    deinit {
        cairo_destroy(canvas)
        cairo_surface_destroy(surface)
        g_object_unref(UnsafeMutableRawPointer(context))
        g_object_unref(UnsafeMutableRawPointer(fonts))
    }

    private func describe() {
        // To the second: Cairo reads no parts of one.
        let made = facts.madeAt.text.prefix(19) + "Z"
        for (fact, text) in [
            (CAIRO_PDF_METADATA_TITLE, facts.title), (CAIRO_PDF_METADATA_AUTHOR, facts.author),
            (CAIRO_PDF_METADATA_CREATOR, "Rabrong"), (CAIRO_PDF_METADATA_CREATE_DATE, String(made)),
            (CAIRO_PDF_METADATA_MOD_DATE, String(made)),
        ] {
            cairo_pdf_surface_set_metadata(surface, fact, text)
        }
    }

    var left: Double { Self.margins.left }
    var contentWidth: Double { width - Self.margins.left - Self.margins.right }
    private var bottom: Double { height - Self.margins.bottom }
    /// What is free on this page.
    var room: Double { bottom - y }
    var isAtTop: Bool { y == Self.margins.top }
    var fullHeight: Double { bottom - Self.margins.top }

    package func newPage() {
        cairo_show_page(canvas)
        y = Self.margins.top
        beginPage()
    }

    /// Goes on to the next page unless this much fits on this one.
    package func require(_ height: Double) {
        if height > room, !isAtTop { newPage() }
    }

    package func space(_ height: Double) {
        y = min(y + height, bottom)
    }

    /// The number of a page stands on top, from the second on; below stands whose document it is.
    private func beginPage() {
        pages += 1
        if pages > 1 {
            let number = Passage("- \(digits("\(pages)")) -")
            drawAlone(number, size: facts.textSize, y: 32, alignment: .centre)
        }
        if !facts.footer.isEmpty {
            drawAlone(Passage(facts.footer), size: 12, y: height - 44, alignment: .start)
        }
    }

    private func drawAlone(_ passage: Passage, size: Double, y: Double, alignment: PaperAlignment) {
        let block = TextBlock(passage, size: size, width: contentWidth, alignment: alignment, in: context)
        if let line = block.lines.first { block.draw(line, x: left, y: y, on: canvas) }
    }

    /// In the list that readers show beside the pages.
    package func bookmark(_ title: String) {
        cairo_pdf_surface_add_outline(
            surface, 0, title, "page=\(pages) pos=[0.0 0.0]", CAIRO_PDF_OUTLINE_FLAG_OPEN)
    }

    /// Digits as the document's language writes them: Thai ones in Thai.
    package func digits(_ text: String) -> String {
        facts.language == "th" ? thaiDigits(text) : text
    }

    /// For readers aloud: what the drawing within is.
    func tagged(_ tag: String, _ draw: () -> Void) {
        cairo_tag_begin(canvas, tag, nil)
        draw()
        cairo_tag_end(canvas, tag)
    }

    /// Ends the last page, and the file.
    func finish() throws {
        cairo_show_page(canvas)
        cairo_surface_finish(surface)
        let status = cairo_surface_status(surface)
        guard status == CAIRO_STATUS_SUCCESS, cairo_status(canvas) == CAIRO_STATUS_SUCCESS else {
            let reason = cairo_status_to_string(status == CAIRO_STATUS_SUCCESS ? cairo_status(canvas) : status)
            throw PaperFault(description: reason.map { String(cString: $0) } ?? "unknown")
        }
    }
}
