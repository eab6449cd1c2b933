import Documents
import HTML
import HTTP
import Interface
import Kernel

/// Who asks for an account or a password, for the administrator.
struct RequestsPage: TablePage {
    let visit: Visit
    let state: AccountRequest.State
    let requests: [AccountRequest]
    let counts: [AccountRequest.State: Int]

    var title: Phrase { Phrase("คำขอ", en: "Requests") }

    func write(to html: HTML) {
        html.head(title, facts) {
            html.action(
                visit.link("/members/invitations"), Phrase("คำเชิญที่ยังไม่ตอบ", en: "Open invitations"), icon: "sent")
            html.action(visit.link("/members"), Phrase("ตารางสิทธิ์", en: "Permission table"), icon: "people")
        }
        html.nav(.className("acts mb-3"), .label(Phrase("สถานะของคำขอ", en: "State of the requests"))) {
            for state in AccountRequest.State.allCases {
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
                Phrase(
                    "ผู้ที่ลงทะเบียนหรือขอรหัสผ่านในหน้าเข้าสู่ระบบจะอยู่ที่นี่",
                    en: "Those who register or ask for a password on the sign-in page come here."))
        } else {
            table(html)
            html.downloads(visit)
        }
    }

    private var facts: Phrase {
        let open = visit.number(counts[.open] ?? 0)
        return Phrase("รออนุมัติ \(open) คำขอ", en: "\(open) pending")
    }

    var sheet: Sheet {
        Sheet(
            title, in: visit, of: requests,
            [
                .text(Phrase("ชื่อ", en: "Name"), width: 30, \.name),
                .phrase(Phrase("หน่วยงาน", en: "Unit"), width: 40, \.place),
                .phrase(Phrase("ขออะไร", en: "For what"), \.kind.phrase),
                .text(Phrase("ตำแหน่ง", en: "Position"), \.position),
                .text(Phrase("โทรศัพท์มือถือ", en: "Mobile telephone"), \.mobile),
                .text(Phrase("อีเมล", en: "E-mail"), width: 30) { $0.email ?? "" },
                .flag(Phrase("รับรองแล้ว", en: "Endorsed"), \.isEndorsed),
                .moment(Phrase("ส่งเมื่อ", en: "Sent"), \.createdAt),
                .phrase(Phrase("สถานะ", en: "State"), \.state.phrase),
                .moment(Phrase("พิจารณาเมื่อ", en: "Decided")) { $0.decision?.at },
                .text(Phrase("เหตุผลหรือหมายเหตุ", en: "Reason or note"), width: 40) { $0.decision?.words ?? "" },
            ])
    }

    private func table(_ html: HTML) {
        html.div(.className("panel flush over")) {
            html.table(.className("table table-hover stack")) {
                html.thead {
                    html.tr {
                        html.th(.scope("col"), text: Phrase("ชื่อและหน่วยงาน", en: "Name and unit"))
                        html.th(.scope("col"), text: Phrase("ขออะไร", en: "For what"))
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

    private func row(_ html: HTML, _ request: AccountRequest) {
        html.tr {
            html.th(.scope("row")) {
                html.a(
                    .className("text-decoration-none"), .href(visit.link("/members/requests/\(request.id)")),
                    text: request.name)
                html.div(.className("small dim fw-normal"), text: request.place)
            }
            html.td(Attribute("data-label", Phrase("ขออะไร", en: "For what")), text: request.kind.phrase)
            html.td(Attribute("data-label", Phrase("ตำแหน่ง", en: "Position")), text: request.position)
            html.td(Attribute("data-label", Phrase("การรับรอง", en: "Endorsement"))) { endorsement(html, request) }
            html.td(Attribute("data-label", Phrase("ส่งเมื่อ", en: "Sent")), text: request.createdAt.inShort)
            html.td(Attribute("data-label", Phrase("สถานะ", en: "State"))) { state(html, request.state) }
        }
    }

    private func endorsement(_ html: HTML, _ request: AccountRequest) {
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

    private func state(_ html: HTML, _ state: AccountRequest.State) {
        switch state {
        case .open: html.state(.wait, "pie", state.phrase)
        case .approved: html.state(.ok, "check", state.phrase)
        case .refused: html.state(.bad, "x", state.phrase)
        case .withdrawn: html.state(.off, "minus", state.phrase)
        }
    }
}

/// The one time that a link for a director is shown.
struct LinkPage: NarrowPage {
    let visit: Visit
    let request: AccountRequest
    let address: String

    var title: Phrase { Phrase("ลิงก์รับรองคำขอ", en: "A link to endorse the request") }

    func write(to html: HTML) {
        html.head(title, Phrase(same: "\(request.name) · \(request.unitName)"))
        html.section(.className("panel")) {
            html.p(.className("text-break user-select-all"), .id("endorsement-link"), text: address)
            html.note(
                .wait, "warn", Phrase("ส่งให้ผู้อำนวยการเท่านั้น", en: "For the director alone"),
                Phrase(
                    "ใครมีลิงก์นี้รับรองได้ครั้งเดียว ภายใน \(SecretAddress.Purpose.days) วัน",
                    en: "Whoever has it can answer once, within \(SecretAddress.Purpose.days) days."))
            html.div(.className("acts")) {
                html.action(
                    visit.link("/members/requests/\(request.id)"), Phrase("กลับไปที่คำขอ", en: "Back to the request"),
                    primary: true)
            }
        }
    }
}
