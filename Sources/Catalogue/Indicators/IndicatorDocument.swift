import Evidence
import HTML
import Kernel
import Runtime

/// A document that explains an indicator. The first two have names of their own, the others the area's.
struct IndicatorDocument: Sendable {
    static let places = 1...11
    static let sizeLimit = 50_000_000

    var place: Int
    var title: String
    var file: StoredFile

    /// The name that the place itself gives; nil where the area names the document.
    static func fixedTitle(of place: Int) -> Phrase? {
        switch place {
        case 1: Phrase("คำอธิบายตัวชี้วัด", en: "Definition of the indicator")
        case 2: Phrase("เครื่องมือประเมินระดับคุณภาพ", en: "Quality assessment tool")
        default: nil
        }
    }

    var name: Phrase { Self.fixedTitle(of: place) ?? Phrase(same: title) }

    static let fields: [FormField] = [
        FormField("title", Phrase("ชื่อเอกสาร", en: "Name of the document"), .text(limit: 150)),
        FormField("file", Phrase("ไฟล์", en: "File"), .file(limit: sizeLimit)),
    ]

    var json: JSON {
        ["place": JSON(place), "title": .text(name.thai), "file": file.json]
    }

    static let schema = APISchema.object([("place", .number), ("title", .text), ("file", StoredFile.schema)])
}
