import CPango

/// How text stands between its margins.
package enum PaperAlignment: Sendable {
    case start
    case centre
    case end
}

/// Text broken into lines of one width, each of which can stand on a page of its own.
final class TextBlock {
    struct Line {
        fileprivate var pointer: UnsafeMutablePointer<PangoLayoutLine>
        var x: Double
        var ascent: Double
        var height: Double
        var width: Double
    }

    private let layout: OpaquePointer
    let lines: [Line]

    init(
        _ passage: Passage, size: Double, width: Double, alignment: PaperAlignment = .start, in context: OpaquePointer
    ) {
        layout = pango_layout_new(context)
        let font = pango_font_description_from_string("\(PaperFonts.families) \(size)")
        pango_layout_set_font_description(layout, font)
        pango_font_description_free(font)
        pango_layout_set_width(layout, Int32(width * Double(PANGO_SCALE)))
        pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR)
        switch alignment {
        case .start: pango_layout_set_alignment(layout, PANGO_ALIGN_LEFT)
        case .centre: pango_layout_set_alignment(layout, PANGO_ALIGN_CENTER)
        case .end: pango_layout_set_alignment(layout, PANGO_ALIGN_RIGHT)
        }
        pango_layout_set_text(layout, passage.text, -1)
        let attributes = Self.attributes(of: passage)
        pango_layout_set_attributes(layout, attributes)
        pango_attr_list_unref(attributes)
        lines = Self.lines(of: layout)
    }

    deinit { g_object_unref(UnsafeMutableRawPointer(layout)) }

    var height: Double { lines.reduce(0) { $0 + $1.height } }

    /// Draws one line with its upper edge at `y`.
    func draw(_ line: Line, x: Double, y: Double, on canvas: OpaquePointer) {
        cairo_move_to(canvas, x + line.x, y + line.ascent)
        pango_cairo_show_layout_line(canvas, line.pointer)
    }

    /// How letters look, and where lines don't end.
    private static func attributes(of passage: Passage) -> OpaquePointer? {
        let list = pango_attr_list_new()
        // A number that is broken in two bears no hyphen.
        pango_attr_list_insert(list, pango_attr_insert_hyphens_new(0))
        var place: UInt32 = 0
        for run in passage.runs {
            let end = place + UInt32(run.text.utf8.count)
            if run.isBold, let attribute = pango_attr_weight_new(PANGO_WEIGHT_BOLD) {
                attribute.pointee.start_index = place
                attribute.pointee.end_index = end
                pango_attr_list_insert(list, attribute)
            }
            place = end
        }
        for range in abbreviations(in: Array(passage.text.utf8)) {
            guard let attribute = pango_attr_allow_breaks_new(0) else { continue }
            attribute.pointee.start_index = UInt32(range.lowerBound)
            attribute.pointee.end_index = UInt32(range.upperBound)
            pango_attr_list_insert(list, attribute)
        }
        return list
    }

    /// `ป.1` is one word: where a point stands right between a Thai letter and a digit, no line ends behind it.
    private static func abbreviations(in text: [UInt8]) -> [Range<Int>] {
        text.indices.compactMap { place in
            guard text[place] == 46, place >= 3, text[place - 3] == 0xE0, place + 1 < text.count else { return nil }
            let isDigit = (48...57).contains(text[place + 1])
            let isThaiDigit =
                place + 3 < text.count && text[place + 1] == 0xE0 && text[place + 2] == 0xB9
                && (0x90...0x99).contains(text[place + 3])
            return isDigit ? place - 3..<place + 2 : isThaiDigit ? place - 3..<place + 4 : nil
        }
    }

    private static func lines(of layout: OpaquePointer) -> [Line] {
        guard let place = pango_layout_get_iter(layout) else { return [] }
        defer { pango_layout_iter_free(place) }
        var lines: [Line] = []
        repeat {
            guard let pointer = pango_layout_iter_get_line_readonly(place) else { continue }
            var extents = PangoRectangle()
            pango_layout_iter_get_line_extents(place, nil, &extents)
            let base = pango_layout_iter_get_baseline(place)
            lines.append(
                Line(
                    pointer: pointer, x: points(extents.x), ascent: points(base - extents.y),
                    height: points(extents.height), width: points(extents.width)))
        } while pango_layout_iter_next_line(place) != 0
        return lines
    }

    private static func points(_ units: Int32) -> Double { Double(units) / Double(PANGO_SCALE) }
}
