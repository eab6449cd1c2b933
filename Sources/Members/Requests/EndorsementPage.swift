import HTML
import Interface
import Kernel

/// A director says whether somebody works with them, and should have what they ask for.
struct EndorsementPage: NarrowPage {
    let visit: Visit
    let request: AccountRequest
    let citizen: String
    /// Where the answer goes.
    let path: String
    let fields: [FormField]
    /// The link was used, or is too old.
    let isOver: Bool

    var title: Phrase { Phrase("รับรองคำขอ", en: "Endorse a request") }

    func write(to html: HTML) {
        html.head(title, Phrase(same: "\(request.name) · \(request.unitName)"))
        if request.endorsement != nil || request.state != .open {
            html.section(.className("panel")) {
                html.h2(text: Phrase("ขั้นตอน", en: "How far it is"))
                RequestSteps(request: request).write(to: html)
            }
        } else if isOver {
            html.note(.wait, "warn", .linkIsOver)
        } else {
            html.section(.className("panel")) {
                html.h2(text: Phrase("ผู้ขอ", en: "Who asks"))
                RequestFacts(request: request, citizen: citizen).write(to: html)
            }
            form(html)
        }
    }

    private func form(_ html: HTML) {
        html.form(to: path, visit, .className("panel")) {
            html.h2(text: Phrase("คำรับรองของผู้บังคับบัญชา", en: "Your answer"))
            html.p(
                text: Phrase(
                    "เมื่อรับรอง ท่านยืนยันว่าผู้ขอปฏิบัติงานที่ \(request.unitName) และเป็นผู้ขอเองจริง",
                    en:
                        "By endorsing you confirm that this person works at \(request.unitName) and is the one who asks."
                ))
            let form = FormWriter(html, fields, visit)
            form.problemNote()
            form.all()
            html.div(.className("acts")) {
                html.button(
                    .className("btn btn-primary"), .name("answer"), .value("yes"), text: Phrase("รับรอง", en: "Endorse"))
                html.button(
                    .className("btn btn-quiet bad"), .name("answer"), .value("no"),
                    text: Phrase("ไม่รับรอง", en: "Don't endorse"))
            }
        }
    }
}
