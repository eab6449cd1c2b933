import HTML
import HTTP
import Interface
import Kernel

/// A new member, or one to be changed.
struct MemberFormPage: NarrowPage {
    let visit: Visit
    let units: [UnitChoice]
    let details: MemberDetails?
    /// Masked.
    let citizen: String?
    /// For somebody new.
    let roles: [Role]

    var title: Phrase {
        details.map { Phrase(same: $0.member.name) } ?? Phrase("เพิ่มผู้ใช้งาน", en: "Add a member")
    }

    func write(to html: HTML) {
        html.head(title, details.map { Phrase(same: $0.member.unitName) }) {
            if let details {
                html.action(
                    visit.link("/members/\(details.member.id)/transfer"), Phrase("ย้ายหน่วยงาน", en: "Move"),
                    icon: "out")
                html.action(
                    visit.link("/journal") + "?subject=member/\(details.member.id)", Phrase("ประวัติ", en: "Record"),
                    icon: "trail")
            }
        }
        html.form(to: details.map { "/members/\($0.member.id)" } ?? "/members", visit, .className("panel")) {
            let form = FormWriter(html, fields, values: values, visit)
            form.problemNote()
            if let details { html.input(.type("hidden"), .name("version"), .value(String(details.version))) }
            form.all()
            if let citizen {
                html.p(
                    .className("dim"),
                    text: Phrase("เลขที่บันทึกไว้ \(citizen)", en: "The number on file is \(citizen)"))
            }
            html.div(.className("acts")) {
                if details == nil {
                    html.submit(
                        Phrase("เชิญ", en: "Invite"), Attribute("formaction", visit.link("/members/invitations")))
                    html.submit(Phrase("เพิ่มพร้อมรหัสผ่านชั่วคราว", en: "Add with a temporary password"), primary: false)
                } else {
                    html.submit(Phrase("บันทึก", en: "Save"))
                }
                html.action(visit.link("/members"), Phrase("ยกเลิก", en: "Cancel"))
            }
        }
        if let details { more(html, details) }
    }

    /// A unit is left by moving, which takes flags away.
    private var fields: [FormField] {
        details == nil ? MemberDraft.fields(units: units) + [MemberDraft.role(of: roles)] : MemberDraft.changeable
    }

    private var values: Fields {
        guard let details else { return Fields() }
        var fields = Fields()
        for (name, value) in details.values { fields.set(name, value) }
        return fields
    }

    private func more(_ html: HTML, _ details: MemberDetails) {
        html.section(.className("panel")) {
            html.h2(text: Phrase("รหัสผ่านและมุมมอง", en: "Password and view"))
            html.p(.className("dim")) {
                switch details.signedInAt {
                case let signedInAt?: (Phrase("เข้าใช้ล่าสุด ", en: "Last signed in ") + signedInAt.inShort).write(to: html)
                case nil: Phrase("ยังไม่เคยเข้าใช้", en: "Has never signed in").write(to: html)
                }
            }
            html.div(.className("acts")) {
                html.deedButton(
                    "/members/\(details.member.id)/password-reset",
                    Phrase("ออกรหัสผ่านชั่วคราว", en: "Give a temporary password"),
                    icon: "key", visit)
                if details.hasSecondFactor {
                    html.deedButton(
                        "/members/\(details.member.id)/second-factor-removal",
                        Phrase("ปิดการยืนยันสองชั้น", en: "Turn the second factor off"), icon: "shield", bad: true,
                        visit)
                }
                html.deedButton(
                    "/members/\(details.member.id)/see-as", Phrase("ดูในมุมมองของคนนี้", en: "See as this person"),
                    icon: "eye",
                    visit)
            }
        }
    }
}

/// The one time that a temporary password is shown.
struct HandOverPage: NarrowPage {
    let visit: Visit
    let name: String
    let id: MemberID
    let password: String

    var title: Phrase { Phrase("รหัสผ่านชั่วคราว", en: "Temporary password") }

    func write(to html: HTML) {
        html.head(title, Phrase(same: name))
        html.section(.className("panel")) {
            html.p(.className("big keep"), .id("temporary-password"), text: password)
            html.note(
                .wait, "warn", Phrase("แสดงครั้งเดียว", en: "Shown this once"),
                Phrase(
                    "จดหรือส่งให้เจ้าของบัญชีตอนนี้ ระบบจะให้เปลี่ยนเมื่อเข้าใช้ครั้งแรก",
                    en: "Hand it to its owner now; it must be changed at the first sign-in."))
            html.div(.className("acts")) {
                html.action(
                    visit.link("/members/\(id)"), Phrase("กลับไปที่ผู้ใช้งาน", en: "Back to the member"), primary: true)
            }
        }
    }
}
