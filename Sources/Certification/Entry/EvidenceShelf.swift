import Evidence
import HTML
import HTTP
import Interface
import Kernel
import Runtime

/// The files beside an area's figures, each with what it shows; and the form that adds one.
struct EvidenceShelf {
    let visit: Visit
    let result: AreaResult
    let items: [EvidenceItem]
    let mayChange: Bool

    func write(to html: HTML) {
        html.section(.className("panel"), .id("evidence")) {
            html.h2 {
                Phrase("เอกสารหลักฐาน", en: "Evidence").write(to: html)
                html.text(" ")
                html.span(
                    .className("dim fw-normal fs-6"),
                    text: Phrase(
                        "\(items.count) จาก \(EvidenceItem.places.count) ไฟล์",
                        en: "\(items.count) of \(EvidenceItem.places.count) files"))
            }
            if items.isEmpty { html.p(.className("dim"), text: Phrase("ยังไม่มีไฟล์", en: "No files yet.")) }
            html.ol(.className("slots")) { for item in items { self.item(html, item) } }
            if mayChange, items.count < EvidenceItem.places.count { adding(html) }
        }
    }

    private func item(_ html: HTML, _ item: EvidenceItem) {
        html.li {
            html.span(.className("no"), text: item.place)
            html.div {
                html.div(text: item.description)
                html.evidenceFile(item, at: visit.link("\(result.path)/evidence/\(item.place)"))
            }
            html.div {
                if mayChange {
                    html.form(to: "\(result.path)/evidence/\(item.place)/removal", visit) {
                        html.button(
                            .className("btn btn-quiet"),
                            .label(Phrase("เอา “\(item.description)” ออก", en: "Take “\(item.description)” away"))
                        ) { html.icon("trash") }
                    }
                }
            }
        }
    }

    private func adding(_ html: HTML) {
        var visit = visit
        if visit.rejection?.fields["description"] == nil { visit.rejection = nil }
        html.form(
            .methodPost, .action(visit.link("\(result.path)/evidence")), .className("drop mt-3"),
            Attribute("enctype", "multipart/form-data")
        ) {
            html.formToken(visit)
            let form = FormWriter(html, evidenceFields, visit)
            form.all()
            html.submit(Phrase("แนบไฟล์", en: "Attach"), icon: "up", primary: false)
        }
    }
}
