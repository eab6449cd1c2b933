import HTML
import HTTP
import Interface
import Kernel
import Runtime

/// How far a request has come, and what the person can do about it.
struct OwnRequestPage: NarrowPage {
    let visit: Visit
    let request: AccountRequest
    let address: String
    let citizen: String

    var title: Phrase {
        request.kind == .join
            ? Phrase("คำขอเข้าใช้งานเลขที่ \(request.id)", en: "Request to join no. \(request.id)")
            : Phrase("คำขอเปลี่ยนรหัสผ่านเลขที่ \(request.id)", en: "Request for a password no. \(request.id)")
    }

    func write(to html: HTML) {
        html.head(title, Phrase(same: "\(request.name) · \(request.unitName)"))
        outcome(html)
        html.section(.className("panel")) {
            html.h2(text: Phrase("ขั้นตอน", en: "How far it is"))
            RequestSteps(request: request).write(to: html)
        }
        if request.state == .open {
            if !request.isEndorsed { paper(html) }
            keep(html)
        }
        html.section(.className("panel")) {
            html.h2(text: Phrase("ข้อมูลที่ส่ง", en: "What you sent"))
            RequestFacts(request: request, citizen: citizen).write(to: html)
        }
    }

    private func outcome(_ html: HTML) {
        switch request.state {
        case .open: break
        case .approved:
            html.note(.ok, "check", Phrase("อนุมัติแล้ว", en: "Approved"), next)
            html.div(.className("acts mb-3")) {
                html.action(visit.link("/sign-in"), Phrase("เข้าสู่ระบบ", en: "Sign in"), primary: true)
            }
        case .refused:
            html.note(.bad, "x", Phrase("ไม่อนุมัติ", en: "Refused"), Phrase(same: request.decision?.words ?? ""))
            html.div(.className("acts mb-3")) {
                html.action(
                    visit.link(request.kind == .join ? "/join" : "/password/request"),
                    Phrase("ส่งคำขอใหม่", en: "Ask again"))
            }
        case .withdrawn: html.note(.off, "minus", request.state.phrase)
        }
    }

    /// What the person does when the request is approved.
    private var next: Phrase {
        switch request.kind {
        case .join:
            Phrase(
                "เข้าสู่ระบบด้วยชื่อผู้ใช้ \(request.username) และรหัสผ่านที่ตั้งไว้",
                en: "Sign in as \(request.username), with the password you chose.")
        case .password:
            Phrase("ผู้ดูแลระบบส่งรหัสผ่านชั่วคราวทาง ", en: "The administrator sends a temporary password by ")
                + (request.channelName ?? Phrase(same: ""))
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
