import HTML
import HTTP
import Interface
import Kernel

/// Where an area says with which accounts elsewhere its people may sign in.
struct ProviderPage: NarrowPage {
    let visit: Visit
    let provider: Provider?
    let returnAddress: String

    var title: Phrase { Phrase("เข้าสู่ระบบด้วยบัญชีอื่น", en: "Signing in with accounts elsewhere") }

    func write(to html: HTML) {
        html.head(title, Phrase(same: visit.area.name)) {
            html.action(visit.link("/members"), Phrase("ตารางสิทธิ์", en: "Permission table"), icon: "back")
        }
        html.section(.className("panel")) {
            html.p(
                text: Phrase(
                    "ลงทะเบียนระบบนี้กับผู้ให้บริการ OpenID Connect โดยใช้ที่อยู่กลับนี้",
                    en: "Register this system with an OpenID Connect provider, with this address to return to."))
            html.p(.className("text-break user-select-all mb-0")) {
                html.code(.id("return-address"), text: returnAddress)
            }
        }
        html.form(to: "/members/provider", visit, .className("panel")) {
            let form = FormWriter(html, ProviderForm.fields, values: values, visit)
            form.problemNote()
            form.all()
            if let provider {
                html.p(
                    .className("small dim"),
                    text: Phrase("อ่านข้อมูลจากผู้ให้บริการเมื่อ ", en: "The provider was asked ") + provider.readAt.inShort
                        + Phrase(" บันทึกอีกครั้งเพื่ออ่านใหม่", en: "; save again to ask anew"))
            }
            html.div(.className("acts")) { html.submit(Phrase("ตรวจสอบและบันทึก", en: "Check and save")) }
        }
        if provider != nil {
            html.div(.className("mb-3")) {
                html.deedButton(
                    "/members/provider/removal", Phrase("เลิกใช้ผู้ให้บริการนี้", en: "Stop using it"), bad: true, visit)
            }
        }
    }

    private var values: Fields {
        guard let provider else { return Fields() }
        return Fields([
            "name": provider.name, "issuer": provider.issuer, "client": provider.client,
            "links-by-email": provider.linksByEmail ? "on" : "",
        ])
    }
}
