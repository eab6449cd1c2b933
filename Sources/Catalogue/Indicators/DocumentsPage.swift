import Evidence
import HTML
import HTTP
import Interface
import Kernel

/// An indicator's documents: sent, replaced, renamed, removed.
struct DocumentsPage: NarrowPage {
    let visit: Visit
    let indicator: Indicator
    let documents: [IndicatorDocument]

    var title: Phrase { Phrase("เอกสารของตัวชี้วัด ", en: "Documents of indicator ") + Phrase(same: indicator.number) }
    private var path: String { "/indicators/\(indicator.id)/documents" }

    func write(to html: HTML) {
        html.head(title, Phrase(same: indicator.name)) {
            html.action(visit.link("/indicators/\(indicator.id)"), Phrase("ตัวชี้วัด", en: "The indicator"), icon: "left")
        }
        html.p(
            .className("dim"),
            text: Phrase(
                "ได้ถึง \(IndicatorDocument.places.count) ไฟล์ ไฟล์ละไม่เกิน ",
                en: "Up to \(IndicatorDocument.places.count) files, each of at most ")
                + sizePhrase(IndicatorDocument.sizeLimit))
        for place in 1...2 {
            self.place(html, place, documents.first { $0.place == place })
        }
        for document in documents where document.place > 2 { place(html, document.place, document) }
        if let free = IndicatorDocument.places.first(where: { place in
            place > 2 && !documents.contains { $0.place == place }
        }) {
            place(html, free, nil)
        }
    }

    private func place(_ html: HTML, _ place: Int, _ document: IndicatorDocument?) {
        let fixed = IndicatorDocument.fixedTitle(of: place)
        html.section(.className("panel"), .id("place-\(place)")) {
            html.h2(text: document?.name ?? fixed ?? Phrase("เพิ่มเอกสารอื่น", en: "Another document"))
            if let document {
                html.p {
                    html.download(document, visit.link("\(path)/\(place)"))
                    html.div(.className("small dim")) {
                        html.text(document.file.uploaderName)
                        html.text(" · ")
                        document.file.uploadedAt.inShort.write(to: html)
                    }
                }
            }
            html.form(to: "\(path)/\(place)", visit, Attribute("enctype", "multipart/form-data")) {
                self.seen(html, place, document)
                let form = FormWriter(
                    html, IndicatorDocument.fields, values: Fields(["title": document?.title ?? ""]),
                    visit(ifSentTo: place), markedBy: "-\(place)")
                form.problemNote()
                if fixed == nil { form.field("title", inRow: true) }
                form.field("file", inRow: true)
                html.submit(
                    document == nil ? Phrase("ส่งเอกสาร", en: "Send the document") : Phrase("บันทึก", en: "Save"),
                    primary: document == nil && place == 1)
            }
            if document != nil {
                html.form(to: "\(path)/\(place)/removal", visit, .className("mt-2")) {
                    seen(html, place, document)
                    html.button(.className("btn btn-quiet btn-sm bad")) {
                        html.icon("trash")
                        html.text(" ")
                        Phrase("ลบเอกสารนี้", en: "Remove this document").write(to: html)
                    }
                }
            }
        }
    }

    /// What the page showed at the place, so that nobody replaces what another has just sent.
    private func seen(_ html: HTML, _ place: Int, _ document: IndicatorDocument?) {
        html.input(.type("hidden"), .name("place"), .value("\(place)"))
        html.input(.type("hidden"), .name("seen"), .value("\(document?.file.id.rawValue ?? 0)"))
    }

    /// What was refused stands in the form that was sent.
    private func visit(ifSentTo place: Int) -> Visit {
        var visit = visit
        if visit.rejection?.fields["place"] != "\(place)" { visit.rejection = nil }
        return visit
    }
}

extension HTML {
    /// A link that downloads the document, with its size.
    func download(_ document: IndicatorDocument, _ address: String) {
        a(.href(address), Attribute("download", "")) {
            icon("clip")
            text(" " + document.file.name)
        }
        span(.className("dim small keep"), text: Phrase(same: " ") + sizePhrase(document.file.size))
    }
}
