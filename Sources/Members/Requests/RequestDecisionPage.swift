import HTML
import HTTP
import Interface
import Kernel

/// One request, and the decision on it.
struct RequestDecisionPage: Page {
    let visit: Visit
    let request: AccountRequest
    let citizen: String
    let others: [LikePerson]
    let account: ClaimedAccount?
    let roles: [Role]
    let units: [UnitChoice]

    var title: Phrase { Phrase("คำขอของ \(request.name)", en: "Request of \(request.name)") }

    func write(to html: HTML) {
        html.head(title, request.place) {
            html.action(visit.link("/members/requests"), Phrase("คำขอทั้งหมด", en: "All requests"), icon: "back")
        }
        for other in others { warn(html, other) }
        html.div(.className("split two")) {
            html.div {
                html.section(.className("panel")) {
                    html.h2(text: Phrase("ข้อมูลผู้ขอ", en: "Who asks"))
                    RequestFacts(request: request, citizen: citizen).write(to: html)
                }
                html.section(.className("panel")) {
                    html.h2(text: Phrase("ขั้นตอน", en: "How far it is"))
                    RequestSteps(request: request).write(to: html)
                    endorsing(html)
                }
            }
            if request.state == .open {
                html.div {
                    switch request.kind {
                    case .join: approval(html)
                    case .password: password(html)
                    }
                    refusal(html)
                }
            }
        }
    }

    private func warn(_ html: HTML, _ other: LikePerson) {
        let what =
            other.isSameNumber
            ? Phrase("เลขประจำตัวประชาชนเดียวกับ ", en: "The same citizen number as ")
            : Phrase("อีเมลเดียวกับ ", en: "The same e-mail as ")
        html.div(.className("note wait")) {
            html.icon("warn")
            html.div {
                html.b(text: what)
                let path = other.member.map { "/members/\($0)" } ?? "/members/requests/\(other.request ?? request.id)"
                html.a(.href(visit.link(path)), text: other.name)
                html.text(" · \(other.unitName) ")
                (other.member == nil
                    ? Phrase("(คำขออื่น)", en: "(another request)") : Phrase("(มีบัญชีแล้ว)", en: "(has an account)"))
                    .write(to: html)
            }
        }
    }

    private func endorsing(_ html: HTML) {
        html.div(.className("acts")) {
            if request.signedFile != nil {
                html.action(
                    visit.link("/members/requests/\(request.id)/signed-copy"),
                    Phrase("ดูสำเนาที่ลงนาม", en: "See the signed copy"), icon: "clip")
            }
            if request.state == .open, request.endorsement == nil, request.unit != nil {
                html.deedButton(
                    "/members/requests/\(request.id)/endorsement-links",
                    Phrase("ทำลิงก์ให้ผู้อำนวยการ", en: "Make a link for the director"), icon: "sent", visit)
            }
        }
    }

    private func approval(_ html: HTML) {
        html.form(to: "/members/requests/\(request.id)/approval", visit, .className("panel")) {
            html.h2(text: Phrase("อนุมัติ", en: "Approve"))
            warnUnlessEndorsed(html)
            let form = FormWriter(
                html, JoinApprovalForm.fields(roles: roles, units: units),
                values: Fields([
                    "unit": request.unit.map { "\($0)" } ?? "", "username": request.username,
                ]),
                visit)
            form.problemNote()
            form.all()
            html.div(.className("acts")) { html.submit(Phrase("อนุมัติ", en: "Approve")) }
        }
    }

    private func password(_ html: HTML) {
        html.form(to: "/members/requests/\(request.id)/password", visit, .className("panel")) {
            html.h2(text: Phrase("ออกรหัสผ่านชั่วคราว", en: "Give a temporary password"))
            claimed(html)
            warnUnlessEndorsed(html)
            let form = FormWriter(html, PasswordApproval.fields, visit)
            form.problemNote()
            form.all()
            html.div(.className("acts")) { html.submit(Phrase("ออกรหัสผ่านชั่วคราว", en: "Give a temporary password")) }
        }
    }

    private func claimed(_ html: HTML) {
        guard let account else {
            return html.note(
                .bad, "warn",
                Phrase("ไม่มีบัญชีชื่อ \(request.username)", en: "No account has the name \(request.username)"))
        }
        let who = Phrase(same: "\(account.name) · \(account.unitName)")
        switch account.isSameNumber {
        case true?: html.note(.ok, "check", Phrase("เลขประจำตัวตรงกับบัญชี", en: "The account has the same number"), who)
        case false?:
            html.note(.bad, "warn", Phrase("เลขประจำตัวไม่ตรงกับบัญชี", en: "The account has another number"), who)
        case nil:
            html.note(
                .wait, "info", Phrase("บัญชีไม่มีเลขประจำตัวให้เทียบ", en: "The account has no number to compare"), who)
        }
    }

    private func warnUnlessEndorsed(_ html: HTML) {
        guard !request.isEndorsed else { return }
        html.note(.wait, "warn", Phrase("ยังไม่มีการรับรองจากผู้อำนวยการ", en: "No director has endorsed it"))
    }

    private func refusal(_ html: HTML) {
        html.form(to: "/members/requests/\(request.id)/refusal", visit, .className("panel")) {
            html.h2(text: Phrase("ไม่อนุมัติ", en: "Refuse"))
            FormWriter(html, requestRefusalFields, visit).all()
            html.div(.className("acts")) { html.submit(Phrase("ไม่อนุมัติ", en: "Refuse"), primary: false) }
        }
    }
}
