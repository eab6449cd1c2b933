import HTML
import HTTP
import Interface
import Kernel

struct FactorRulePage: NarrowPage {
    let visit: Visit
    let flags: [String]

    var title: Phrase { Phrase("การยืนยันสองชั้น", en: "Second factor") }

    func write(to html: HTML) {
        html.head(title, Phrase(same: visit.area.name)) {
            html.action(visit.link("/settings"), Phrase("ตั้งค่า", en: "Settings"), icon: "back")
        }
        html.form(to: "/settings/second-factor", visit, .className("panel")) {
            html.p(
                text: Phrase(
                    "ผู้มีสิทธิ์ที่เลือกต้องใส่รหัสจากโทรศัพท์เมื่อเข้าสู่ระบบ คนที่ยังไม่ได้ตั้งค่าจะได้ตั้งทันที",
                    en:
                        "Who holds one of these enters a code from their telephone when signing in. Who hasn't set it up does so at once."
                ))
            var values = Fields()
            for flag in flags { values.add("flags", flag) }
            let form = FormWriter(html, FactorRule.fields(in: visit.area), values: values, visit)
            form.problemNote()
            form.all()
            html.div(.className("acts")) { html.submit(Phrase("บันทึก", en: "Save")) }
        }
    }
}
