import HTML
import HTTP
import Interface
import Kernel

/// Two ways for one who can't sign in: by mail, or by asking the administrator.
struct ForgottenPasswordPage: NarrowPage {
    let visit: Visit

    var title: Phrase { Phrase("ลืมรหัสผ่าน", en: "Forgotten password") }

    func write(to html: HTML) {
        html.head(title, Phrase(same: visit.area.name))
        html.form(to: "/password/links", visit, .className("panel")) {
            html.h2(text: Phrase("ตั้งใหม่ด้วยลิงก์ทางอีเมล", en: "By a link in a mail"))
            let form = FormWriter(html, PasswordForm.link, visit)
            form.problemNote()
            form.all()
            html.div(.className("acts")) { html.submit(Phrase("ส่งลิงก์", en: "Send the link")) }
        }
        html.section(.className("panel")) {
            html.h2(text: Phrase("บัญชีไม่มีอีเมล หรือเข้าอีเมลไม่ได้", en: "Without a mailbox"))
            html.p(
                text: Phrase(
                    "กรอกแบบคำขอ ให้ผู้อำนวยการรับรอง ผู้ดูแลระบบของเขตจะส่งรหัสผ่านชั่วคราวให้",
                    en:
                        "Fill in the request form; your director endorses it, and the administrator sends a temporary password."
                ))
            html.div(.className("acts")) {
                html.action(visit.link("/password/request"), Phrase("กรอกแบบคำขอ", en: "Fill in the form"), icon: "pen")
                html.action(visit.link("/sign-in"), Phrase("กลับ", en: "Back"))
            }
        }
    }
}

struct NewPasswordPage: NarrowPage {
    let visit: Visit
    let isOver: Bool

    var title: Phrase { Phrase("ตั้งรหัสผ่านใหม่", en: "Choose a new password") }

    func write(to html: HTML) {
        html.head(title, Phrase(same: visit.area.name))
        if isOver {
            html.note(.wait, "warn", .passwordLinkIsOver)
            html.div(.className("acts")) {
                html.action(visit.link("/password"), Phrase("ขอลิงก์ใหม่", en: "Ask for another link"), primary: true)
            }
            return
        }
        html.form(to: visit.path, visit, .className("panel")) {
            let form = FormWriter(html, PasswordForm.new, visit)
            form.problemNote()
            form.all()
            html.div(.className("acts")) { html.submit(title) }
        }
    }
}

struct PasswordRequestPage: NarrowPage {
    let visit: Visit
    let units: [UnitChoice]

    var title: Phrase { Phrase("แบบคำขอเปลี่ยนรหัสผ่าน", en: "Request for a new password") }

    func write(to html: HTML) {
        html.head(title, Phrase(same: visit.area.name))
        html.form(to: "/password/request", visit, .className("panel")) {
            let form = FormWriter(html, PasswordForm.fields(units: units), visit)
            form.problemNote()
            form.all()
            html.div(.className("acts")) {
                html.submit(Phrase("ส่งคำขอ", en: "Send the request"))
                html.action(visit.link("/password"), Phrase("ยกเลิก", en: "Cancel"))
            }
        }
    }
}
