import HTML
import HTTP
import Interface
import Kernel

struct TransferPage: NarrowPage {
    let visit: Visit
    let details: MemberDetails
    let units: [UnitChoice]
    let roles: [Role]

    var title: Phrase { Phrase("ย้ายหน่วยงาน", en: "Move to another unit") }

    func write(to html: HTML) {
        html.head(title, Phrase(same: "\(details.member.name) · \(details.member.unitName)")) {
            if visit.area.id != Area.central {
                html.action(
                    visit.link("/members/\(details.member.id)/area-transfer"),
                    Phrase("ย้ายไปเขตอื่น", en: "To another area"), icon: "map")
            }
        }
        html.form(to: "/members/\(details.member.id)/transfer", visit, .className("panel")) {
            let flags = details.member.permissions.names
            html.note(
                .wait, "warn", Phrase("สิทธิ์เดิมสิ้นสุดทันที", en: "What they may do now ends at once"),
                flags.isEmpty
                    ? Phrase(
                        "ออกจากระบบทุกเครื่อง กุญแจ API และการรักษาการแทนสิ้นสุด",
                        en: "Sessions, program keys and actings end, too.")
                    : Phrase(
                        "\(flags.joined(separator: " · ")) รวมทั้งออกจากระบบทุกเครื่อง กุญแจ API และการรักษาการแทน",
                        en: "\(flags.joined(separator: " · ")); sessions, program keys and actings end, too."))
            let form = FormWriter(
                html, Transfer.fields(units: units.filter { $0.id != details.member.unit }, roles: roles), visit)
            form.problemNote()
            form.all()
            html.div(.className("acts")) {
                html.submit(Phrase("ย้าย", en: "Move"))
                html.action(visit.link("/members/\(details.member.id)"), Phrase("ยกเลิก", en: "Cancel"))
            }
        }
    }
}
