import HTML
import HTTP
import Interface
import Kernel
import Runtime

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

/// How far a request has come, and what the person can do about it.
struct JoinRequestPage: NarrowPage {
    let visit: Visit
    let request: JoinRequest
    let address: String
    let citizen: String

    var title: Phrase { Phrase("คำขอเข้าใช้งานเลขที่ \(request.id)", en: "Request to join no. \(request.id)") }

    func write(to html: HTML) {
        html.head(title, Phrase(same: "\(request.name) · \(request.unitName)"))
        outcome(html)
        html.section(.className("panel")) {
            html.h2(text: Phrase("ขั้นตอน", en: "How far it is"))
            JoinSteps(request: request).write(to: html)
        }
        if request.state == .open {
            if !request.isEndorsed { paper(html) }
            keep(html)
        }
        html.section(.className("panel")) {
            html.h2(text: Phrase("ข้อมูลที่ส่ง", en: "What you sent"))
            JoinFacts(request: request, citizen: citizen).write(to: html)
        }
    }

    private func outcome(_ html: HTML) {
        switch request.state {
        case .open: break
        case .approved:
            html.note(
                .ok, "check", Phrase("อนุมัติแล้ว", en: "Approved"),
                Phrase(
                    "เข้าสู่ระบบด้วยชื่อผู้ใช้ \(request.username) และรหัสผ่านที่ตั้งไว้",
                    en: "Sign in as \(request.username), with the password you chose."))
            html.div(.className("acts mb-3")) {
                html.action(visit.link("/sign-in"), Phrase("เข้าสู่ระบบ", en: "Sign in"), primary: true)
            }
        case .refused:
            html.note(.bad, "x", Phrase("ไม่อนุมัติ", en: "Refused"), Phrase(same: request.decision?.words ?? ""))
            html.div(.className("acts mb-3")) {
                html.action(visit.link("/join"), Phrase("ส่งคำขอใหม่", en: "Ask again"))
            }
        case .withdrawn: html.note(.off, "minus", request.state.phrase)
        }
    }

    private func paper(_ html: HTML) {
        html.section(.className("panel")) {
            html.h2(text: Phrase("ให้ผู้อำนวยการรับรอง", en: "Your director's endorsement"))
            html.p(
                text: Phrase(
                    "ผู้อำนวยการที่มีบัญชีในระบบเห็นคำขอนี้ในหน้าแรกและรับรองได้ทันที หรือพิมพ์แบบคำขอ ลงนาม แล้วถ่ายรูปส่งกลับที่นี่",
                    en:
                        "A director who has an account sees this request on their home page and can endorse it at once. Or print the form, have it signed, and send a photograph here."
                ))
            html.div(.className("acts mb-3")) {
                html.action(
                    visit.link(address + "/form.pdf"), Phrase("แบบคำขอ (PDF)", en: "Request form (PDF)"), icon: "pdf",
                    primary: true)
            }
            html.form(to: address + "/signed-copy", visit, Attribute("enctype", "multipart/form-data")) {
                let form = FormWriter(html, signedCopyFields, visit)
                form.problemNote()
                form.all()
                html.submit(Phrase("ส่งสำเนาที่ลงนาม", en: "Send the signed copy"), icon: "up", primary: false)
            }
        }
    }

    private func keep(_ html: HTML) {
        html.note(
            .new, "info", Phrase("เก็บที่อยู่ของหน้านี้ไว้", en: "Keep this page's address"),
            request.email == nil
                ? Phrase(
                    "ใช้ดูผลได้โดยไม่ต้องเข้าสู่ระบบ อย่าให้ผู้อื่น",
                    en: "It shows the outcome without signing in. Keep it to yourself.")
                : Phrase(
                    "ใช้ดูผลได้โดยไม่ต้องเข้าสู่ระบบ และส่งไปที่อีเมลของท่านแล้ว",
                    en: "It shows the outcome without signing in, and is on its way to your mailbox."))
        html.div(.className("mb-3")) {
            html.deedButton(
                address + "/withdrawal", Phrase("ถอนคำขอ", en: "Withdraw the request"), bad: true, visit)
        }
    }
}

let signedCopyFields = [
    FormField(
        "file", Phrase("รูปถ่ายหรือ PDF ที่ลงนามแล้ว", en: "Photograph or PDF of the signed form"),
        .file(limit: signedCopyLimit), required: true)
]

/// What has happened with a request, and what comes next.
struct JoinSteps {
    let request: JoinRequest

    func write(to html: HTML) {
        html.ol(.className("clock")) {
            step(html, "check", .ok, Phrase("ส่งคำขอ", en: "Sent"), at: request.createdAt)
            endorsement(html)
            switch request.decision {
            case let decision?:
                step(
                    html, request.state == .approved ? "check" : "x", request.state == .approved ? .ok : .bad,
                    request.state.phrase, at: decision.at, by: decision.by)
            case nil:
                step(
                    html, "ring", .off,
                    Phrase("ผู้ดูแลระบบของเขตพิจารณา", en: "The area's administrator decides"))
            }
        }
    }

    private func endorsement(_ html: HTML) {
        switch request.endorsement {
        case let given? where given.isFor:
            step(
                html, "check", .ok, Phrase("ผู้อำนวยการรับรองแล้ว", en: "Endorsed"), at: given.at,
                by: "\(given.name) \(given.position)")
        case let given?:
            step(
                html, "x", .bad, Phrase("ผู้อำนวยการไม่รับรอง: ", en: "Not endorsed: ") + Phrase(same: given.words),
                at: given.at, by: "\(given.name) \(given.position)")
        case nil where request.signedFile != nil:
            step(html, "check", .ok, Phrase("ส่งสำเนาที่ลงนามแล้ว", en: "The signed copy has arrived"))
        case nil:
            step(html, "ring", .off, Phrase("ผู้อำนวยการรับรอง", en: "The director endorses"))
        }
    }

    private func step(
        _ html: HTML, _ icon: String, _ tone: Tone, _ words: Phrase, at time: Instant? = nil, by name: String = ""
    ) {
        html.li {
            html.span(.className(tone.rawValue)) { html.icon(icon) }
            words.write(to: html)
            if let time {
                html.time {
                    time.inShort.write(to: html)
                    if !name.isEmpty { html.text(" · \(name)") }
                }
            }
        }
    }
}

/// What a request says of the person.
struct JoinFacts {
    let request: JoinRequest
    /// Masked.
    let citizen: String

    func write(to html: HTML) {
        html.dl(.className("row mb-0")) {
            fact(html, Phrase("ชื่อ", en: "Name"), request.name)
            fact(html, Phrase("ชื่อภาษาอังกฤษ", en: "Name in English"), request.nameInEnglish)
            fact(html, Phrase("เลขประจำตัวประชาชน", en: "Citizen number"), citizen)
            fact(html, Phrase("ประเภทบุคลากร", en: "Kind of employment"), request.employment.phrase)
            fact(html, Phrase("ตำแหน่ง", en: "Position"), request.position)
            fact(html, Phrase("หน่วยงาน", en: "Unit"), request.unitName)
            fact(html, Phrase("โทรศัพท์มือถือ", en: "Mobile telephone"), request.mobile)
            fact(html, Phrase("โทรศัพท์ที่ทำงาน", en: "Telephone at work"), request.phone)
            fact(html, Phrase("อีเมล", en: "E-mail"), request.email ?? "")
            if let reason = request.reasonToReplace {
                fact(
                    html, Phrase("ทำหน้าที่แทน", en: "Takes over from"),
                    Phrase(same: request.replaces + " · ") + reason)
            }
            fact(html, Phrase("ชื่อผู้ใช้", en: "User name"), request.username)
        }
    }

    private func fact(_ html: HTML, _ name: Phrase, _ value: String) {
        fact(html, name, Phrase(same: value.isEmpty ? "–" : value))
    }

    private func fact(_ html: HTML, _ name: Phrase, _ value: Phrase) {
        html.dt(.className("col-5 col-md-4 fw-normal dim"), text: name)
        html.dd(.className("col-7 col-md-8 mb-1"), text: value)
    }
}
