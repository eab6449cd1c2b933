import HTML
import HTTP
import Interface
import Kernel

struct AreaTransferPage: NarrowPage {
    let visit: Visit
    let details: MemberDetails
    let areas: [OtherArea]

    var title: Phrase { Phrase("ย้ายไปเขตอื่น", en: "Move to another area") }

    func write(to html: HTML) {
        html.head(title, Phrase(same: "\(details.member.name) · \(details.member.unitName)"))
        html.form(to: "/members/\(details.member.id)/area-transfer", visit, .className("panel")) {
            html.note(
                .wait, "warn", Phrase("บัญชีในเขตนี้ปิดทันที", en: "The account here ends at once"),
                Phrase(
                    "เขตปลายทางได้รับคำขอ และอนุมัติด้วยบทบาทของเขตนั้น รหัสผ่านเดิมยังใช้ได้",
                    en: "The other area gets a request, and lets them in with a role of its own; the password stays."))
            let form = FormWriter(html, AreaTransfer.fields(areas: areas), visit)
            form.problemNote()
            form.all()
            html.div(.className("acts")) {
                html.submit(Phrase("ย้าย", en: "Move"))
                html.action(visit.link("/members/\(details.member.id)/transfer"), Phrase("ยกเลิก", en: "Cancel"))
            }
        }
    }
}
