import Documents
import HTML
import Interface
import Kernel
import Secrets

/// The year's agreements.
struct AgreementsPage: TablePage {
    let visit: Visit
    let agreements: [Agreement]

    var title: Phrase { Phrase("คำรับรองการปฏิบัติราชการ", en: "Performance agreements") }

    var sheet: Sheet {
        Sheet(
            title, in: visit, of: agreements,
            [
                .text(Phrase("เลขที่", en: "No."), \.name),
                .text(Phrase("หน่วยงาน", en: "Unit"), width: 40, \.unitName),
                .text(Phrase("ชุดตัวชี้วัด", en: "Framework"), \.frameworkName),
                .phrase(Phrase("สถานะ", en: "State"), width: 24, \.state.phrase),
                .moment(Phrase("หน่วยงานลงนาม", en: "Signed by the unit")) { $0.byUnit?.at },
                .moment(Phrase("เขตลงนาม", en: "Signed by the area")) { $0.byArea?.at },
                .text(Phrase(same: "SHA-256"), width: 40, \.digest.hexadecimal),
            ])
    }

    /// What this person can sign for the area.
    private var waiting: Set<AgreementID> {
        guard let viewer = visit.viewer, visit.holds(.reply) else { return [] }
        return Set(
            agreements.filter {
                viewer.side(of: $0) == .area && $0.byArea == nil && $0.cancelled == nil
            }.map(\.id))
    }

    func write(to html: HTML) {
        let sealed = agreements.count { $0.state == .sealed }
        html.head(
            title,
            Phrase(
                "ลงนามครบ \(visit.number(sealed)) จาก \(visit.number(agreements.count)) ฉบับ · ",
                en: "\(visit.number(sealed)) of \(visit.number(agreements.count)) signed by both · ")
                + visit.year.phrase
        ) {
            if visit.holds(.open) {
                html.action(
                    visit.link("/agreements/new"), Phrase("ทำคำรับรอง", en: "Make agreements"), icon: "plus", primary: true
                )
            }
        }
        guard !agreements.isEmpty else {
            return html.none(
                "pen", Phrase("ปีนี้ยังไม่มีคำรับรอง", en: "No agreements in this year yet"),
                Phrase("เมื่อเขตทำคำรับรองกับหน่วยงาน จะแสดงที่นี่", en: "What the area lays before its units stands here."))
        }
        let waiting = waiting
        waiting.isEmpty ? table(html, waiting) : signing(html, waiting)
        html.downloads(visit)
    }

    private func signing(_ html: HTML, _ waiting: Set<AgreementID>) {
        html.form(to: "/agreements/signatures", visit) {
            let form = FormWriter(html, AgreementForm.signed, visit)
            form.problemNote()
            table(html, waiting)
            html.section(.className("panel")) {
                html.h2(text: Phrase("ลงนามในนามเขต", en: "Sign for the area"))
                form.all()
                html.submit(Phrase("ลงนามที่เลือก", en: "Sign those ticked"), icon: "pen")
            }
        }
    }

    private func table(_ html: HTML, _ waiting: Set<AgreementID>) {
        html.section(.className("panel flush over")) {
            html.table(.className("table table-hover stack")) {
                html.thead {
                    html.tr {
                        html.th(.scope("col"), text: Phrase("หน่วยงาน", en: "Unit"))
                        html.th(.scope("col"), text: Phrase("เลขที่", en: "No."))
                        html.th(.scope("col"), text: Phrase("ชุดตัวชี้วัด", en: "Framework"))
                        html.th(.scope("col"), text: Phrase("สถานะ", en: "State"))
                    }
                }
                html.tbody { for agreement in agreements { row(html, agreement, waiting.contains(agreement.id)) } }
            }
        }
    }

    private func row(_ html: HTML, _ agreement: Agreement, _ isWaiting: Bool) {
        html.tr {
            html.th(.scope("row")) {
                if isWaiting {
                    html.check("agreements", "\(agreement.id)", Phrase(same: agreement.unitName), isOn: true)
                } else {
                    html.text(agreement.unitName)
                }
            }
            html.td(Attribute("data-label", Phrase("เลขที่", en: "No."))) {
                html.a(.href(visit.link(agreement.path)), text: agreement.name)
            }
            html.td(
                Attribute("data-label", Phrase("ชุดตัวชี้วัด", en: "Framework")), text: agreement.frameworkName)
            html.td(Attribute("data-label", Phrase("สถานะ", en: "State"))) { html.state(of: agreement) }
        }
    }
}

extension HTML {
    fileprivate func state(of agreement: Agreement) {
        switch agreement.state {
        case .unsigned, .byUnit, .byArea: state(.wait, "pie", agreement.state.phrase)
        case .sealed: state(.ok, "check", agreement.state.phrase)
        case .cancelled: state(.off, "x", agreement.state.phrase)
        }
    }
}
