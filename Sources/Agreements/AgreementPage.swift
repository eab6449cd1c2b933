import HTML
import Interface
import Kernel

/// One agreement, to read, to sign and to print.
struct AgreementPage: Page {
    let visit: Visit
    let agreement: Agreement
    let baseURL: String

    var title: Phrase { Phrase("คำรับรองเลขที่ \(agreement.name)", en: "Agreement no. \(agreement.name)") }

    func write(to html: HTML) {
        html.div(.className("d-print-none")) {
            html.head(title, Phrase(same: "\(agreement.unitName) · ") + agreement.state.phrase) {
                html.action(visit.link("/agreements"), Phrase("คำรับรองทั้งหมด", en: "All agreements"), icon: "back")
                html.action(
                    visit.link("\(agreement.path)/agreement.pdf"), Phrase(same: "PDF"), icon: "pdf", primary: true)
            }
            if let cancelled = agreement.cancelled {
                html.note(
                    .bad, "x", Phrase("ยกเลิกเมื่อ ", en: "Cancelled on ") + cancelled.at.inShort,
                    Phrase(same: "\(cancelled.because) (\(cancelled.by))"))
            }
        }
        html.paper(
            AgreementPaper(agreement: agreement, language: visit.language, baseURL: baseURL).parts)
        if agreement.cancelled == nil { html.div(.className("d-print-none mt-4")) { deeds(html) } }
    }

    private func deeds(_ html: HTML) {
        if let viewer = visit.viewer, let side = viewer.side(of: agreement), agreement.signature(of: side) == nil {
            html.form(to: "\(agreement.path)/signature", visit, .className("panel")) {
                html.h2(
                    text: side == .unit
                        ? Phrase("ลงนามในนาม \(agreement.unitName)", en: "Sign for \(agreement.unitName)")
                        : Phrase("ลงนามในนามเขต", en: "Sign for the area"))
                html.p(
                    text: Phrase(
                        "ใส่รหัสผ่านอีกครั้งเพื่อยืนยันว่าเป็นท่าน ระบบบันทึกชื่อ ตำแหน่ง เวลา และรหัสของเนื้อหาข้างต้น",
                        en:
                            "Your password once more shows that it is you. Your name, position, the time, and the hash of the above are kept."
                    ))
                let form = FormWriter(html, AgreementForm.signed, visit(ifSent: "current"))
                form.problemNote()
                form.all()
                html.submit(Phrase("ลงนาม", en: "Sign"), icon: "pen")
            }
        }
        if visit.holds(.open) {
            html.form(to: "\(agreement.path)/cancellation", visit, .className("panel")) {
                html.h2(text: Phrase("ยกเลิกคำรับรอง", en: "Cancel the agreement"))
                FormWriter(html, AgreementForm.cancelled, visit(ifSent: "reason"), markedBy: "-off").all()
                html.button(.className("btn btn-quiet bad"), text: Phrase("ยกเลิกฉบับนี้", en: "Cancel it"))
            }
        }
    }

    /// Of two forms, what was refused stands in the one that was sent.
    private func visit(ifSent field: String) -> Visit {
        var visit = visit
        if visit.rejection?.problems.contains(where: { $0.field == field }) != true { visit.rejection = nil }
        return visit
    }
}
