import Documents
import HTML
import HTTP
import Interface
import Kernel
import Runtime

/// Who was invited and hasn't come yet, each with their link.
struct InvitationsPage: TablePage {
    let visit: Visit
    let invitations: [(Invitation, address: String?)]

    var title: Phrase { Phrase("คำเชิญที่ยังไม่ตอบ", en: "Open invitations") }

    func write(to html: HTML) {
        html.head(
            title, visit.digits(Phrase("\(invitations.count) คน", en: "\(invitations.count) people"))
        ) {
            html.action(visit.link("/members"), Phrase("ตารางสิทธิ์", en: "Permission table"), icon: "people")
            html.action(visit.link("/members/import"), Phrase("นำเข้า", en: "Import"), icon: "up")
            html.action(visit.link("/members/new"), Phrase("เชิญ", en: "Invite"), icon: "plus", primary: true)
        }
        if invitations.isEmpty {
            html.none(
                "mail", Phrase("ไม่มีคำเชิญค้าง", en: "No open invitations"),
                Phrase("ทุกคนที่เชิญเข้ามาแล้ว", en: "Everybody who was invited has come.")
            )
        } else {
            table(html)
            html.downloads(visit)
        }
    }

    var sheet: Sheet {
        Sheet(
            title, in: visit, of: invitations,
            [
                .text(Phrase("ชื่อ", en: "Name"), width: 30, \.0.member.name),
                .text(Phrase("หน่วยงาน", en: "Unit"), width: 40, \.0.member.unitName),
                .text(Phrase("ชื่อผู้ใช้", en: "User name"), \.0.username),
                .text(Phrase("อีเมล", en: "E-mail"), width: 30) { $0.0.email ?? "" },
                .text(Phrase("ลิงก์", en: "Link"), width: 60) { [visit] invitation, address in
                    invitation.link?.isOver(at: visit.now) == false ? address ?? "" : ""
                },
            ])
    }

    private func table(_ html: HTML) {
        html.div(.className("panel flush over")) {
            html.table(.className("table table-hover stack")) {
                html.thead {
                    html.tr {
                        html.th(.scope("col"), text: Phrase("ชื่อและหน่วยงาน", en: "Name and unit"))
                        html.th(.scope("col"), text: Phrase("ชื่อผู้ใช้", en: "User name"))
                        html.th(.scope("col"), text: Phrase("ลิงก์", en: "Link"))
                        html.th(.scope("col"), text: Phrase("ลิงก์ใหม่", en: "New link"))
                    }
                }
                html.tbody { for (invitation, address) in invitations { row(html, invitation, address) } }
            }
        }
    }

    private func row(_ html: HTML, _ invitation: Invitation, _ address: String?) {
        html.tr {
            html.th(.scope("row")) {
                html.a(
                    .className("text-decoration-none"), .href(visit.link("/members/\(invitation.member.id)")),
                    text: invitation.member.name)
                html.div(.className("small dim fw-normal"), text: invitation.member.unitName)
            }
            html.td(Attribute("data-label", Phrase("ชื่อผู้ใช้", en: "User name")), text: invitation.username)
            html.td(Attribute("data-label", Phrase("ลิงก์", en: "Link"))) {
                html.div {
                    if let address, invitation.link?.isOver(at: visit.now) == false {
                        html.span(.className("small text-break user-select-all"), text: address)
                        if let email = invitation.email {
                            html.div(
                                .className("small dim"),
                                text: Phrase("ส่งไปที่ \(email) แล้ว", en: "Sent to \(email)"))
                        }
                    } else {
                        html.state(.wait, "warn", Phrase("หมดอายุ", en: "Too old"))
                    }
                }
            }
            html.td(Attribute("data-label", Phrase("ลิงก์ใหม่", en: "New link"))) {
                html.deedButton(
                    "/members/\(invitation.member.id)/invitations", Phrase("ทำใหม่", en: "Renew"), icon: "repeat", visit)
            }
        }
    }
}

/// Somebody invited chooses their password.
struct InvitationPage: NarrowPage {
    let visit: Visit
    let details: MemberDetails
    let isOver: Bool

    /// Whose number is known isn't asked for it again.
    static func fields(asksNumber: Bool) -> [FormField] {
        (asksNumber ? JoinForm.person.filter { $0.name == "citizen" } : []) + PasswordForm.new
    }

    var title: Phrase { Phrase("ยินดีต้อนรับ", en: "Welcome") }

    func write(to html: HTML) {
        html.head(title, Phrase(same: "\(details.member.name) · \(details.member.unitName)"))
        guard !isOver else {
            html.note(.wait, "warn", .invitationIsOver)
            html.div(.className("acts")) {
                html.action(visit.link("/sign-in"), Phrase("เข้าสู่ระบบ", en: "Sign in"))
            }
            return
        }
        html.form(to: visit.path, visit, .className("panel")) {
            html.p {
                Phrase("ชื่อผู้ใช้ของท่านคือ ", en: "Your user name is ").write(to: html)
                html.b(text: details.username)
            }
            let form = FormWriter(html, Self.fields(asksNumber: details.citizen == nil), visit)
            form.problemNote()
            form.all()
            html.div(.className("acts")) { html.submit(Phrase("ตั้งรหัสผ่านและเริ่มใช้งาน", en: "Set it and begin")) }
        }
    }
}
