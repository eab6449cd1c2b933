import HTML
import HTTP
import Interface
import Kernel

/// With which accounts elsewhere a member may sign in.
struct IdentityPage: NarrowPage {
    let visit: Visit
    /// Nil where the area has none.
    let provider: Provider?
    let identities: [Identity]
    /// With which the person has just come back.
    let found: ForeignIdentity?
    let providerAddress: String

    var title: Phrase { Phrase("บัญชีอื่นของฉัน", en: "My accounts elsewhere") }

    func write(to html: HTML) {
        html.head(title) {
            html.action(visit.link("/account"), Phrase("ข้อมูลของฉัน", en: "My account"), icon: "back")
        }
        if !identities.isEmpty {
            linked(html)
        } else if let found {
            confirm(html, found)
        } else if let provider {
            offer(html, provider)
        } else {
            html.none(
                "plug", Phrase("เขตนี้ยังไม่เปิดให้เข้าสู่ระบบด้วยบัญชีอื่น", en: "This area has no accounts elsewhere"),
                Phrase("เข้าสู่ระบบด้วยชื่อผู้ใช้และรหัสผ่าน", en: "Sign in with your user name and password."))
        }
    }

    private func linked(_ html: HTML) {
        html.section(.className("panel")) {
            html.h2(text: Phrase("ผูกไว้แล้ว", en: "Linked"))
            for identity in identities {
                html.p {
                    html.state(.ok, "check", Phrase(same: identity.label))
                    html.span(
                        .className("small dim ms-2"), text: Phrase("ตั้งแต่ ", en: "since ") + identity.linkedAt.inShort)
                }
            }
            html.deedButton(
                "/account/identity/removal", Phrase("ยกเลิกการผูก", en: "Unlink"), bad: true, visit)
        }
    }

    private func confirm(_ html: HTML, _ found: ForeignIdentity) {
        html.form(to: "/account/identity", visit, .className("panel")) {
            html.h2(text: Phrase("ผูก \(found.label) กับบัญชีนี้", en: "Link \(found.label) with this account"))
            html.p(
                text: Phrase(
                    "ยืนยันด้วยรหัสผ่านของท่านในระบบนี้ ครั้งต่อไปเข้าสู่ระบบด้วยบัญชีนั้นได้โดยไม่ต้องใช้รหัสผ่าน",
                    en: "Confirm it with your password here. From then on that account lets you in without it."))
            let form = FormWriter(html, identityFields, visit)
            form.problemNote()
            form.all()
            html.div(.className("acts")) { html.submit(Phrase("ผูกบัญชี", en: "Link it")) }
        }
    }

    private func offer(_ html: HTML, _ provider: Provider) {
        html.section(.className("panel")) {
            html.h2(text: Phrase("ยังไม่ได้ผูก", en: "None yet"))
            html.p(
                text: Phrase(
                    "ผูกบัญชี \(provider.name) ของท่าน แล้วใช้เข้าสู่ระบบแทนรหัสผ่าน",
                    en: "Link your account at \(provider.name), and sign in with it instead of the password."))
            html.action(
                providerAddress + Fields(["next": visit.link("/account/identity")]).queryText,
                Phrase("ไปที่ \(provider.name)", en: "Go to \(provider.name)"), icon: "plug", primary: true)
        }
    }
}
