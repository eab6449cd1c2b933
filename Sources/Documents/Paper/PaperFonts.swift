import CPango
import Runtime

/// The typefaces of official papers: ours alone, so that a document looks the same on every machine.
struct PaperFonts: @unchecked Sendable {
    /// Laksaman has the metrics of TH Sarabun New, in which official papers are set; what it lacks comes from Symbola.
    static let families = "Laksaman, Symbola"
    private static let files = [
        "/usr/share/fonts/truetype/tlwg/Laksaman.ttf", "/usr/share/fonts/truetype/tlwg/Laksaman-Bold.ttf",
        "/usr/share/fonts/truetype/ancient-scripts/Symbola_hint.ttf",
    ]

    /// Only read after it is made; fontconfig counts its users under a lock of its own.
    private let configuration: OpaquePointer

    static let installed = Result { try PaperFonts() }

    private init() throws {
        guard let configuration = FcConfigCreate() else { throw PaperFault(description: "fontconfig is out of memory") }
        for file in Self.files where FcConfigAppFontAddFile(configuration, file) == 0 {
            throw PaperFault(description: "\(file) is missing: run Deploy/packages")
        }
        self.configuration = configuration
    }

    /// A map of one document's own: Pango's aren't for several threads.
    func map() throws -> UnsafeMutablePointer<PangoFontMap> {
        guard let map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT) else {
            throw PaperFault(description: "Pango has no fonts")
        }
        // A point on paper is a unit of the PDF.
        pango_cairo_font_map_set_resolution(OpaquePointer(map), 72)
        pango_fc_font_map_set_config(OpaquePointer(map), configuration)
        return map
    }
}

/// A document could not be made.
package struct PaperFault: Error, CustomStringConvertible {
    package var description: String
}
