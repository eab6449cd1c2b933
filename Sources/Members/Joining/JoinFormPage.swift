import HTML
import HTTP
import Interface
import Kernel

/// Somebody new says who they are, and how they will sign in.
struct JoinFormPage: NarrowPage {
    let visit: Visit
    let units: [UnitChoice]

    var title: Phrase { Phrase("ลงทะเบียนผู้ใช้งานใหม่", en: "Register as a new user") }

    func write(to html: HTML) {
        html.head(title, Phrase(same: visit.area.name))
        html.p(
            text: Phrase(
                "กรอกแล้วจะได้แบบคำขอพร้อมพิมพ์ ผู้อำนวยการรับรอง แล้วผู้ดูแลระบบของเขตอนุมัติ จึงเข้าใช้ได้ด้วยชื่อและรหัสผ่านที่ตั้งไว้",
                en:
                    "You get the request form, filled in; your director endorses it, the area's administrator approves, and you sign in with the name and password chosen here."
            ))
        html.form(to: "/join", visit) {
            let form = FormWriter(html, JoinForm.fields(units: units), visit)
            form.problemNote()
            part(html, form, Phrase("ผู้ขอใช้งาน", en: "About you"), JoinForm.person)
            part(html, form, Phrase("หน่วยงานและหน้าที่", en: "Where you work"), JoinForm.place(units))
            part(html, form, Phrase("บัญชี", en: "Your account"), JoinForm.account)
            html.div(.className("acts mb-4")) {
                html.submit(Phrase("ส่งคำขอ", en: "Send the request"))
                html.action(visit.link("/sign-in"), Phrase("มีบัญชีแล้ว", en: "I have an account"))
            }
        }
    }

    private func part(_ html: HTML, _ form: FormWriter, _ title: Phrase, _ fields: [FormField]) {
        html.section(.className("panel")) {
            html.h2(text: title)
            for field in fields { form.field(field.name) }
        }
    }
}

struct JoiningClosedPage: NarrowPage {
    let visit: Visit

    var title: Phrase { Phrase("ลงทะเบียนผู้ใช้งานใหม่", en: "Register as a new user") }

    func write(to html: HTML) {
        html.head(title, Phrase(same: visit.area.name))
        html.none(
            "lock", .joiningClosed,
            Phrase("ติดต่อผู้ดูแลระบบของเขตเพื่อขอบัญชี", en: "Ask the area's administrator for an account.")
        ) {
            html.action(visit.link("/sign-in"), Phrase("เข้าสู่ระบบ", en: "Sign in"))
        }
    }
}
