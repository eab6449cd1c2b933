import Documents
import HTML
import HTTP
import Interface
import Kernel
import Scoring
import Secrets

extension HTML {
    fileprivate func state(of agreement: Agreement) {
        switch agreement.state {
        case .unsigned, .byUnit, .byArea: state(.wait, "pie", agreement.state.phrase)
        case .sealed: state(.ok, "check", agreement.state.phrase)
        case .cancelled: state(.off, "x", agreement.state.phrase)
        }
    }
}

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

/// For which units agreements on a framework are made.
struct NewAgreementsPage: Page {
    let visit: Visit
    let frameworks: [AgreedFramework]
    let chosen: AgreedFramework?
    let offers: [AgreementOffer]

    var title: Phrase { Phrase("ทำคำรับรองการปฏิบัติราชการ", en: "Make performance agreements") }

    func write(to html: HTML) {
        html.head(title, visit.year.phrase) {
            html.action(visit.link("/agreements"), Phrase("คำรับรองทั้งหมด", en: "All agreements"), icon: "back")
        }
        html.form(.className("row g-2 mb-3"), .action(visit.link("/agreements/new"))) {
            html.filterChoice(
                "framework", Phrase("ชุดตัวชี้วัด", en: "Framework"), chosen: chosen.map { "\($0.id)" } ?? "",
                frameworks.map { .init("\($0.id)", Phrase(same: $0.shortName)) },
                all: Phrase("เลือกชุด", en: "Choose one"),
                width: 6)
            html.filterSubmit()
        }
        guard let chosen else { return }
        guard !offers.isEmpty else {
            return html.none(
                "check", Phrase("ทุกหน่วยงานมีคำรับรองแล้ว", en: "All units have agreements"),
                Phrase("หรือยังไม่มีหน่วยงานที่ต้องรายงานชุดนี้", en: "Or nobody must report this framework yet."))
        }
        html.form(to: "/agreements", visit) {
            html.input(.type("hidden"), .name("framework"), .value("\(chosen.id)"))
            let form = FormWriter(
                html, AgreementForm.made, values: Fields(["terms": AgreementForm.usualTerms]), visit)
            form.problemNote()
            html.section(.className("panel")) {
                form.field("terms")
                html.p(
                    .className("small dim mb-0"),
                    text: Phrase(
                        "แต่ละบรรทัดเป็นหนึ่งข้อ ตัวชี้วัด น้ำหนัก และเป้าหมายแนบตามที่กำหนดไว้ขณะนี้",
                        en: "Each line is a clause. Indicators, weights and targets are taken as they are now."))
            }
            html.section(.className("panel"), .id("units")) {
                html.h2(text: Phrase("ทำกับหน่วยงาน", en: "With which units"))
                html.div(.className("row")) {
                    for offer in offers {
                        html.div(.className("col-12 col-md-6 col-lg-4")) {
                            html.check(
                                "units", "\(offer.unit)",
                                Phrase(
                                    "\(offer.unitName) (\(offer.items.count) ตัวชี้วัด)",
                                    en: "\(offer.unitName) (\(offer.items.count) indicators)"),
                                isOn: isTicked(offer))
                        }
                    }
                }
            }
            html.div(.className("acts mb-4")) {
                html.submit(Phrase("ทำคำรับรองกับที่เลือก", en: "Make them with those ticked"))
            }
        }
    }

    private func isTicked(_ offer: AgreementOffer) -> Bool {
        visit.rejection.map { $0.fields.values(of: "units").contains("\(offer.unit)") } ?? true
    }
}

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
        return Phrase(same: "\(signature.name) \(signature.position) · ") + signature.at.inShort
    }

    private func fact(_ html: HTML, _ name: Phrase, _ value: Phrase) {
        html.dt(.className("col-12 col-md-4"), text: name)
        html.dd(.className("col-12 col-md-8"), text: value)
    }
}
