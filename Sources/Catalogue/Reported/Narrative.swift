package import HTML
package import HTTP
package import Interface
package import Kernel
package import Postgres
package import Runtime

/// What a reporter says beside the figures: the parts of the official report that are words.
package struct Narrative: Sendable, Equatable {
    private static let limit = 4000

    package static let fields: [FormField] = [
        FormField(
            "words", Phrase("คำชี้แจงการดำเนินงานและมาตรการ", en: "What was done, and which measures"),
            .longText(limit: limit)),
        FormField("supports", Phrase("ปัจจัยสนับสนุน", en: "What helped"), .longText(limit: limit)),
        FormField("obstacles", Phrase("อุปสรรค", en: "What hindered"), .longText(limit: limit)),
        FormField("suggestions", Phrase("ข้อเสนอแนะ", en: "Suggestions"), .longText(limit: limit)),
    ]

    /// By the fields' names; what is empty isn't there.
    private var texts: [String: String] = [:]

    package init() {}

    /// Of the columns `words` and `narrative`.
    package init(_ cells: inout Cells) throws {
        let words = try cells.next(String.self)
        texts = try cells.next(JSON.self).texts
        self["words"] = words
    }

    package subscript(field: String) -> String {
        get { texts[field] ?? "" }
        set { texts[field] = newValue.isEmpty ? nil : newValue }
    }

    package var words: String { self["words"] }
    /// All but `words`, as it is stored.
    package var others: JSON { .object(members.filter { $0.name != "words" && $0.value != .text("") }) }
    /// As programs and the record see it.
    package var members: [JSON.Member] { Self.fields.map { .init(name: $0.name, value: .text(self[$0.name])) } }
    package static let schema = fields.map { (name: $0.name, schema: APISchema.text) }
    package var isEmpty: Bool { texts.isEmpty }

    /// Takes over what was typed and is sound; says what isn't. What the form doesn't speak of stays.
    package mutating func read(_ form: Fields) -> [FieldProblem] {
        let spoken = Self.fields.filter { form[$0.name] != nil }
        let draft = FormDraft(spoken, form)
        let refused = Set(draft.problems.map(\.field))
        for field in spoken where !refused.contains(field.name) { self[field.name] = draft[field.name] }
        return draft.problems
    }
}

extension FormWriter {
    /// The four fields: what was done in sight, the others folded away while they are empty.
    package func narrative(_ html: HTML, isOpen: Bool) {
        field("words")
        html.details(Attribute("open", "").when(isOpen)) {
            html.summary(.className("medium mb-2")) {
                Phrase(
                    "ปัจจัยสนับสนุน อุปสรรค ข้อเสนอแนะ (สำหรับรายงานทางการ)",
                    en: "What helped, what hindered, suggestions (for the official report)"
                )
                .write(to: html)
                html.text(" ")
                html.icon("caret")
            }
            for field in Narrative.fields.dropFirst() { self.field(field.name) }
        }
    }
}

extension HTML {
    /// To read: what there is of it.
    package func narrative(_ narrative: Narrative) {
        for field in Narrative.fields where !narrative[field.name].isEmpty {
            h3(.className("fs-6 mt-3"), text: field.label)
            p { paragraphs(narrative[field.name]) }
        }
    }
}
