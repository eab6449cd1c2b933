import Evidence
import Files
import HTML
import HTTP
import Interface
import Kernel
import Rounds
import Runtime

/// The ten places for evidence in a report's form.
struct EvidenceSlots {
    let form: ReportForm
    let mayUpload: Bool

    private var visit: Visit { form.visit }
    private var report: Report { form.report }
    /// Open without being asked for.
    private static let shownFirst = 2

    func write(to html: HTML) {
        html.section(.className("panel")) {
            html.h2 {
                Phrase("2. เอกสารหลักฐาน", en: "2. Evidence").write(to: html)
                html.text(" ")
                html.span(
                    .className("dim fw-normal fs-6"),
                    text: Phrase(
                        "ใช้ \(form.evidence.count) จาก \(EvidenceItem.places.count) ช่อง",
                        en: "\(form.evidence.count) of \(EvidenceItem.places.count) used"))
            }
            let lastUsed = EvidenceItem.places.last { isUsed($0) } ?? 0
            let open = max(Self.shownFirst, min(lastUsed + 1, EvidenceItem.places.upperBound))
            html.ol(.className("slots")) { for place in 1...open { slot(html, place) } }
            earlierFiles(html)
            guard open < EvidenceItem.places.upperBound else { return }
            html.details(.className("mt-2")) {
                html.summary(.className("btn btn-quiet")) {
                    html.icon("plus")
                    Phrase("เพิ่มช่องที่ \(open + 1)–10", en: "Places \(open + 1)–10").write(to: html)
                }
                html.ol(.className("slots mt-2"), Attribute("start", "\(open + 1)")) {
                    for place in open + 1...EvidenceItem.places.upperBound { slot(html, place) }
                }
            }
        }
    }

    private func uses(_ html: HTML, _ item: EvidenceItem) {
        let others = form.uses.others(of: item.file.digest, besides: report.id)
        guard !others.isEmpty else { return }
        html.p(.className("small dim mb-0")) {
            Phrase("ใช้ใน ", en: "Also used in ").write(to: html)
            for (index, use) in others.enumerated() {
                if index > 0 { html.text(", ") }
                html.a(.href(visit.link("/reports/\(use.report)"))) {
                    html.text("\(use.number) (")
                    use.round.name.write(to: html)
                    html.text(")")
                }
            }
            Phrase(" ด้วย", en: "").write(to: html)
        }
    }

    /// Files that the unit has sent before go to the first free place, without being sent again.
    private func earlierFiles(_ html: HTML) {
        let files = form.uses.reusable(in: report.id)
        guard mayUpload, !files.isEmpty, form.evidence.count < EvidenceItem.places.count else { return }
        html.details(.className("mt-2")) {
            html.summary(.className("btn btn-quiet")) {
                html.icon("clip")
                Phrase("เลือกจากไฟล์ที่เคยส่ง (\(files.count))", en: "From files sent before (\(files.count))").write(
                    to: html)
            }
            html.ul(.className("steps mt-2")) {
                for use in files {
                    html.li(.className("d-flex flex-wrap justify-content-between gap-2")) {
                        html.div {
                            html.icon(use.file.icon)
                            html.text(" \(use.file.name) ")
                            html.span(.className("dim small")) {
                                html.text("\(use.description) · \(use.number) (")
                                use.round.name.write(to: html)
                                html.text(")")
                            }
                        }
                        html.button(
                            .className("btn btn-quiet btn-sm"), Attribute("formnovalidate", ""), .name("reuse"),
                            .value("\(use.file.id)"), .label(Phrase("ใช้ \(use.file.name)", en: "Use \(use.file.name)")),
                            text: Phrase("ใช้ไฟล์นี้", en: "Use it"))
                    }
                }
            }
        }
    }

    private func item(_ place: Int) -> EvidenceItem? { form.evidence.first { $0.place == place } }

    private func isUsed(_ place: Int) -> Bool {
        item(place) != nil || report.entries["description-\(place)"] != nil
            || visit.rejection?.fields["description-\(place)"]?.isEmpty == false
    }

    func slot(_ html: HTML, _ place: Int) {
        let (item, name) = (item(place), "description-\(place)")
        let typed = form.value(in: name)
        html.li {
            html.span(.className("no"), text: place)
            html.div {
                html.label(
                    .className("form-label"), .forField(name),
                    text: Phrase("คำอธิบายหลักฐานที่ \(place)", en: "What evidence \(place) shows"))
                html.input(
                    .className("form-control"), form.mark(name), .id(name), .name(name), .value(typed),
                    Attribute("autocomplete", "off"), form.described(name))
                form.feedback(html, name)
                html.input(.type("hidden"), .name("seen-\(place)"), .value("\(item?.id.rawValue ?? 0)"))
                if let item {
                    html.evidence(item, of: report, visit)
                    uses(html, item)
                }
                mayUpload ? file(html, place, isThere: item != nil) : form.feedback(html, "file-\(place)")
            }
            html.div { if item != nil { removal(html, place) } }
        }
    }

    private func file(_ html: HTML, _ place: Int, isThere: Bool) {
        let name = "file-\(place)"
        html.div(.className("drop mt-2")) {
            html.label(.className("form-label"), .forField(name)) {
                html.icon("up")
                html.text(" ")
                (isThere
                    ? Phrase("เปลี่ยนไฟล์หลักฐานที่ \(place)", en: "Another file for evidence \(place)")
                    : Phrase("เลือกไฟล์หลักฐานที่ \(place)", en: "File of evidence \(place)")).write(to: html)
            }
            html.input(
                .className("form-control"), form.mark(name), .type("file"), .id(name), .name(name),
                form.described(name), Attribute("data-place", "\(place)"),
                Attribute("data-upload", visit.link("\(report.path)/evidence/\(place)")),
                Attribute("data-pieces", visit.link("/uploads")),
                Attribute("data-limit", "\(EvidenceItem.sizeLimit)"),
                Attribute("data-too-large", Phrase("ไฟล์ใหญ่เกิน ", en: "At most ") + sizePhrase(EvidenceItem.sizeLimit)))
            form.feedback(html, name)
            html.div(
                .className("form-text"),
                text: Phrase("PDF รูปภาพ Word หรือ Excel ไม่เกิน ", en: "PDF, picture, Word or Excel, at most ")
                    + sizePhrase(EvidenceItem.sizeLimit))
        }
    }

    /// A button of the whole form: what was typed is saved with it.
    private func removal(_ html: HTML, _ place: Int) {
        html.button(
            .className("btn btn-quiet"), Attribute("formnovalidate", ""), .name("remove"), .value("\(place)"),
            .label(Phrase("เอาหลักฐานที่ \(place) ออก", en: "Take evidence \(place) away"))
        ) { html.icon("trash") }
    }
}

extension HTML {
    /// A piece of evidence: the file, when it was sent by whom, and whether it was received.
    func evidence(_ item: EvidenceItem, of report: Report, _ visit: Visit) {
        evidenceFile(item, at: visit.link("\(report.path)/evidence/\(item.place)"))
        p(.className("small mb-0")) { receipt(of: item) }
    }
}
