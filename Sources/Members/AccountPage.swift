import HTML
import HTTP
import Interface
import Kernel

struct AccountPage: Page {
    let visit: Visit
    let viewer: Viewer
    let sessions: [SessionRow]
    let tokens: [APIToken]

    var title: Phrase { Phrase("ข้อมูลของฉัน", en: "My account") }

    func write(to html: HTML) {
        html.head(Phrase(same: viewer.name), Phrase(same: "\(viewer.position) · \(viewer.unitName)")) {
            html.action(visit.link("/account/identity"), Phrase("บัญชีอื่นของฉัน", en: "Accounts elsewhere"), icon: "plug")
            html.action(
                visit.link("/account/second-factor"), Phrase("การยืนยันสองชั้น", en: "Second factor"), icon: "shield")
            html.action(visit.link("/account/password"), Phrase("เปลี่ยนรหัสผ่าน", en: "Change the password"), icon: "key")
        }
        html.div(.className("split two")) {
            html.div {
                flags(html)
                tokenList(html)
            }
            sessionList(html)
        }
    }

    private func flags(_ html: HTML) {
        html.section(.className("panel")) {
            html.h2(text: Phrase("สิทธิ์ของฉัน", en: "What I may do"))
            html.dl(.className("row mb-0")) {
                for permission in Permission.table where visit.holds(permission) {
                    html.dt(.className("col-4"), text: "\(permission.number) \(permission.name)")
                    html.dd(.className("col-8 mb-1"), text: permission.meaning)
                }
            }
            if viewer.permissions.names.isEmpty {
                html.p(
                    .className("dim"),
                    text: Phrase("ยังไม่มีสิทธิ์ ติดต่อผู้ดูแลระบบของเขต", en: "No flags yet; ask the area's administrator."))
            }
        }
    }

    private func sessionList(_ html: HTML) {
        html.section(.className("panel flush")) {
            html.h2(text: Phrase("เข้าสู่ระบบอยู่ที่", en: "Signed in at"))
            html.ul(.className("tasks")) {
                for session in sessions {
                    let isThis = session.id == viewer.session?.id
                    html.li {
                        html.div(.className("date")) { html.icon(isThis ? "check" : "plug") }
                        html.div {
                            html.p(.className("medium")) {
                                html.text(session.device.isEmpty ? "–" : session.device)
                                if isThis { Phrase(" (เครื่องนี้)", en: " (here)").write(to: html) }
                            }
                            html.p(.className("small dim")) {
                                html.text("\(session.address) · ")
                                (Phrase("ใช้ล่าสุด ", en: "last used ") + session.seenAt.inShort).write(to: html)
                            }
                        }
                        if !isThis {
                            html.deedButton(
                                "/account/sessions/\(session.id)/end", Phrase("ออกจากระบบ", en: "Sign out"), visit)
                        }
                    }
                }
            }
            if sessions.count > 1 {
                html.div(.className("p-3")) {
                    html.deedButton(
                        "/account/sessions/end", Phrase("ออกจากระบบทุกเครื่องยกเว้นเครื่องนี้", en: "Sign out everywhere else"),
                        icon: "out", bad: true, visit)
                }
            }
        }
    }

    private func tokenList(_ html: HTML) {
        html.section(.className("panel")) {
            html.h2(text: Phrase("กุญแจสำหรับโปรแกรม (API)", en: "Keys for programs (API)"))
            if !tokens.isEmpty {
                html.ul(.className("list-unstyled")) {
                    for token in tokens {
                        html.li(.className("mb-2")) {
                            html.b(text: token.name)
                            html.text(" ")
                            html.span(.className("dim small")) {
                                html.text(token.flags.joined(separator: " · ") + " · ")
                                (Phrase("ถึง ", en: "until ") + token.expiresAt.inShort).write(to: html)
                            }
                            html.text(" ")
                            html.deedButton(
                                "/account/tokens/\(token.id)/revocation", Phrase("ยกเลิก", en: "Revoke"), bad: true,
                                visit)
                        }
                    }
                }
            }
            html.action(visit.link("/account/tokens/new"), Phrase("สร้างกุญแจ", en: "Make a key"), icon: "key")
            html.text(" ")
            html.a(
                .href("/api/openapi.json"), text: Phrase("เอกสาร API (OpenAPI)", en: "The API's description (OpenAPI)"))
        }
    }
}

struct PasswordPage: NarrowPage {
    let visit: Visit
    let isForced: Bool

    var title: Phrase { Phrase("เปลี่ยนรหัสผ่าน", en: "Change the password") }

    func write(to html: HTML) {
        html.head(title)
        if isForced {
            html.note(
                .wait, "key", Phrase("ตั้งรหัสผ่านของตนเองก่อนใช้งาน", en: "Choose a password of your own first"),
                Phrase("รหัสผ่านชั่วคราวใช้ได้ครั้งนี้ครั้งเดียว", en: "The temporary one was for this time only."))
        }
        html.form(to: "/account/password", visit, .className("panel")) {
            let form = FormWriter(html, passwordFields, visit)
            form.problemNote()
            form.all()
            html.div(.className("acts")) { html.submit(title) }
        }
    }
}
