import HTML
import Interface
import Kernel
import Secrets

/// What anybody sees who verifies a paper.
struct AgreementVerificationPage: NarrowPage {
    let visit: Visit
    let agreement: Agreement
    let baseURL: String

    var title: Phrase { Phrase("ตรวจสอบคำรับรองเลขที่ \(agreement.name)", en: "Verify agreement no. \(agreement.name)") }

    func write(to html: HTML) {
        html.head(title, Phrase(same: "\(agreement.facts.areaName) · \(agreement.facts.unitName)"))
        switch agreement.state {
        case _ where !agreement.isIntact:
            html.note(.bad, "warn", Phrase("เนื้อหาไม่ตรงกับที่ลงนาม", en: "It is not what was signed"))
        case .cancelled:
            html.note(
                .bad, "x",
                Phrase("ยกเลิกแล้วเมื่อ ", en: "Cancelled on ")
                    + (agreement.cancelled?.at.inShort ?? Phrase(same: "")))
        case .sealed:
            html.note(.ok, "check", Phrase("มีผล ลงนามครบทั้งสองฝ่าย", en: "Valid: signed by both"))
        case .unsigned, .byUnit, .byArea:
            html.note(.wait, "pie", agreement.state.phrase)
        }
        html.section(.className("panel")) {
            html.dl(.className("row mb-0")) {
                fact(html, Phrase("ปีงบประมาณ", en: "Fiscal year"), Phrase(same: "\(agreement.year.number)"))
                fact(html, Phrase("ชุดตัวชี้วัด", en: "Framework"), Phrase(same: agreement.facts.frameworkName))
                fact(
                    html, Phrase("ตัวชี้วัด", en: "Indicators"),
                    Phrase(same: visit.number(agreement.facts.items.count)))
                fact(html, Phrase("ผู้ให้คำรับรอง", en: "For the unit"), signed(agreement.byUnit))
                fact(html, Phrase("ผู้รับคำรับรอง", en: "For the area"), signed(agreement.byArea))
            }
            html.p(.className("small text-break mt-3 mb-0")) {
                html.text("SHA-256 ")
                html.code(text: agreement.digest.hexadecimal)
            }
        }
        html.p(
            .className("dim"),
            text: Phrase(
                "เทียบกับเอกสารที่ถืออยู่ รหัสและผู้ลงนามต้องตรงกัน", en: "Compare with the paper: hash and signers must be alike.")
        )
    }

    private func signed(_ signature: Agreement.Signature?) -> Phrase {
        guard let signature else { return Phrase("ยังไม่ลงนาม", en: "not signed yet") }
        return signature.signer + Phrase(same: " \(signature.position) · ") + signature.at.inShort
    }

    private func fact(_ html: HTML, _ name: Phrase, _ value: Phrase) {
        html.dt(.className("col-12 col-md-4"), text: name)
        html.dd(.className("col-12 col-md-8"), text: value)
    }
}
