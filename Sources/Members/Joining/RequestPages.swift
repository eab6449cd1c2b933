import HTML
import HTTP
import Interface
import Kernel

/// Who asks to join, for the administrator.
struct JoinRequestsPage: Page {
    let visit: Visit
    let state: JoinRequest.State
    let requests: [JoinRequest]
    let counts: [JoinRequest.State: Int]

    var title: Phrase { Phrase("คำขอเข้าใช้งาน", en: "Requests to join") }

    func write(to html: HTML) {
        html.head(title, facts) {
            html.action(visit.link("/members"), Phrase("ตารางสิทธิ์", en: "Permission table"), icon: "people")
        }
        html.nav(.className("acts mb-3"), .label(Phrase("สถานะของคำขอ", en: "State of the requests"))) {
            for state in JoinRequest.State.allCases {
                html.a(
                    .className("btn btn-quiet"), .href(visit.link("/members/requests") + "?state=\(state.rawValue)"),
                    Attribute.current.when(state == self.state)
                ) {
                    state.phrase.write(to: html)
                    html.text(" \(visit.number(counts[state] ?? 0))")
                }
            }
        }
        if requests.isEmpty {
            html.none(
                "people", Phrase("ไม่มีคำขอ", en: "No requests"),
                Phrase("ผู้ที่ลงทะเบียนในหน้าเข้าสู่ระบบจะอยู่ที่นี่", en: "Those who register on the sign-in page come here."))
        } else {
            table(html)
        }
    }

    private var facts: Phrase {
        let open = visit.number(counts[.open] ?? 0)
        return Phrase("รออนุมัติ \(open) คำขอ", en: "\(open) pending")
    }

    private func table(_ html: HTML) {
        html.div(.className("panel flush over")) {
            html.table(.className("table table-hover stack")) {
                html.thead {
                    html.tr {
                        html.th(.scope("col"), text: Phrase("ชื่อและหน่วยงาน", en: "Name and unit"))
                        html.th(.scope("col"), text: Phrase("ตำแหน่ง", en: "Position"))
                        html.th(.scope("col"), text: Phrase("การรับรอง", en: "Endorsement"))
                        html.th(.scope("col"), text: Phrase("ส่งเมื่อ", en: "Sent"))
                        html.th(.scope("col"), text: Phrase("สถานะ", en: "State"))
                    }
                }
                html.tbody { for request in requests { row(html, request) } }
            }
        }
    }

    private func row(_ html: HTML, _ request: JoinRequest) {
        html.tr {
            html.th(.scope("row")) {
                html.a(
                    .className("text-decoration-none"), .href(visit.link("/members/requests/\(request.id)")),
                    text: request.name)
                html.div(.className("small dim fw-normal"), text: request.unitName)
            }
            html.td(Attribute("data-label", Phrase("ตำแหน่ง", en: "Position")), text: request.position)
            html.td(Attribute("data-label", Phrase("การรับรอง", en: "Endorsement"))) { endorsement(html, request) }
            html.td(Attribute("data-label", Phrase("ส่งเมื่อ", en: "Sent")), text: request.createdAt.inShort)
            html.td(Attribute("data-label", Phrase("สถานะ", en: "State"))) { state(html, request.state) }
        }
    }

    private func endorsement(_ html: HTML, _ request: JoinRequest) {
        if request.isEndorsed {
            html.state(
                .ok, "check",
                request.endorsement == nil
                    ? Phrase("สำเนาที่ลงนาม", en: "Signed copy") : Phrase("รับรองแล้ว", en: "Endorsed"))
        } else if request.endorsement != nil {
            html.state(.bad, "x", Phrase("ไม่รับรอง", en: "Not endorsed"))
        } else {
            html.state(.off, "ring", Phrase("ยังไม่รับรอง", en: "Not yet"))
        }
    }

    private func state(_ html: HTML, _ state: JoinRequest.State) {
        switch state {
        case .open: html.state(.wait, "pie", state.phrase)
        case .approved: html.state(.ok, "check", state.phrase)
        case .refused: html.state(.bad, "x", state.phrase)
        case .withdrawn: html.state(.off, "minus", state.phrase)
        }
    }
}

/// One request, and the decision on it.
struct JoinDecisionPage: Page {
    let visit: Visit
    let request: JoinRequest
    let citizen: String
    let others: [LikePerson]
    let roles: [Role]
    let units: [UnitChoice]

    var title: Phrase { Phrase("คำขอของ \(request.name)", en: "Request of \(request.name)") }

    func write(to html: HTML) {
        html.head(title, Phrase(same: request.unitName)) {
            html.action(visit.link("/members/requests"), Phrase("คำขอทั้งหมด", en: "All requests"), icon: "back")
        }
        for other in others { warn(html, other) }
        html.div(.className("split two")) {
            html.div {
                html.section(.className("panel")) {
                    html.h2(text: Phrase("ข้อมูลผู้ขอ", en: "Who asks"))
                    JoinFacts(request: request, citizen: citizen).write(to: html)
                }
                html.section(.className("panel")) {
                    html.h2(text: Phrase("ขั้นตอน", en: "How far it is"))
                    JoinSteps(request: request).write(to: html)
                    endorsing(html)
                }
            }
            if request.state == .open { decision(html) }
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
            if request.state == .open, request.endorsement == nil {
                html.deedButton(
                    "/members/requests/\(request.id)/endorsement-links",
                    Phrase("ทำลิงก์ให้ผู้อำนวยการ", en: "Make a link for the director"), icon: "sent", visit)
            }
        }
    }

    private func decision(_ html: HTML) {
        html.div {
            html.form(to: "/members/requests/\(request.id)/approval", visit, .className("panel")) {
                html.h2(text: Phrase("อนุมัติ", en: "Approve"))
                if !request.isEndorsed {
                    html.note(.wait, "warn", Phrase("ยังไม่มีการรับรองจากผู้อำนวยการ", en: "No director has endorsed it"))
                }
                let form = FormWriter(
                    html, ApprovalForm.fields(roles: roles, units: units), values: Fields(["unit": "\(request.unit)"]),
                    visit)
                form.problemNote()
                form.all()
                html.div(.className("acts")) { html.submit(Phrase("อนุมัติ", en: "Approve")) }
            }
            html.form(to: "/members/requests/\(request.id)/refusal", visit, .className("panel")) {
                html.h2(text: Phrase("ไม่อนุมัติ", en: "Refuse"))
                FormWriter(html, ApprovalForm.refusal, visit).all()
                html.div(.className("acts")) { html.submit(Phrase("ไม่อนุมัติ", en: "Refuse"), primary: false) }
            }
        }
    }
}

/// The one time that a link for a director is shown.
struct LinkPage: NarrowPage {
    let visit: Visit
    let request: JoinRequest
    let address: String

    var title: Phrase { Phrase("ลิงก์รับรองคำขอ", en: "A link to endorse the request") }

    func write(to html: HTML) {
        html.head(title, Phrase(same: "\(request.name) · \(request.unitName)"))
        html.section(.className("panel")) {
            html.p(.className("text-break user-select-all"), .id("endorsement-link"), text: address)
            html.note(
                .wait, "warn", Phrase("ส่งให้ผู้อำนวยการเท่านั้น", en: "For the director alone"),
                Phrase(
                    "ใครมีลิงก์นี้รับรองได้ครั้งเดียว ภายใน \(EndorsementLink.days) วัน",
                    en: "Whoever has it can answer once, within \(EndorsementLink.days) days."))
            html.div(.className("acts")) {
                html.action(
                    visit.link("/members/requests/\(request.id)"), Phrase("กลับไปที่คำขอ", en: "Back to the request"),
                    primary: true)
            }
        }
    }
}
