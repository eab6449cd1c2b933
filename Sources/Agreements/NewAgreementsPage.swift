import HTML
import HTTP
import Interface
import Kernel

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
