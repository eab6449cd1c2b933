import Evidence
import HTML
import HTTP
import Interface
import Kernel
import Runtime

/// What both sides have said about a result, each with its receipt, and the place to answer.
struct ResultThread {
    let visit: Visit
    let side: ResultSide
    let messages: [ResultMessage]
    let mayWrite: Bool
    /// Where one writes; nil where there is nothing to open.
    let path: String
    let file: (FileID) -> String

    func write(to html: HTML) {
        guard mayWrite || !messages.isEmpty else { return }
        html.section(.className("panel"), .id("messages")) {
            html.h2(
                text: side == .area
                    ? Phrase("ข้อความถึงส่วนกลาง", en: "Messages with the bureau")
                    : Phrase("ข้อความถึงเขต", en: "Messages with the area"))
            html.ul(.className("steps mb-3")) { for message in messages { item(html, message) } }
            if mayWrite { writing(html) }
        }
    }

    private func item(_ html: HTML, _ message: ResultMessage) {
        html.li {
            html.b(text: message.isFromCentre ? Phrase("ส่วนกลาง", en: "Central office") : Phrase("เขต", en: "Area"))
            html.div { html.paragraphs(message.words) }
            if let file = message.file {
                html.p(.className("small mb-0")) {
                    html.a(.href(self.file(file.id))) {
                        html.icon(file.icon)
                        html.text(" \(file.name)")
                    }
                    html.text(" ")
                    html.span(.className("dim"), text: sizePhrase(file.size))
                }
            }
            html.span(.className("small dim")) {
                html.text("\(message.author.name) · ")
                message.author.at.inShort.write(to: html)
            }
            html.div(.className("small")) {
                guard let acknowledged = message.acknowledged else {
                    return html.state(.off, "sent", Phrase("ยังไม่รับทราบ", en: "Not acknowledged"))
                }
                html.state(.off, "check", Phrase("รับทราบแล้ว", en: "Acknowledged"))
                html.span(.className("dim"), text: Phrase(same: " \(acknowledged.name) · ") + acknowledged.at.inShort)
            }
        }
    }

    private func writing(_ html: HTML) {
        var visit = visit
        if visit.rejection?.fields["message"] == nil { visit.rejection = nil }
        html.form(
            .methodPost, .action(visit.link("\(path)/messages")), .className("mt-2"),
            Attribute("enctype", "multipart/form-data")
        ) {
            html.formToken(visit)
            let form = FormWriter(html, messageFields, visit)
            form.field("message")
            if visit.holds(.upload) { form.field("file") }
            html.submit(Phrase("ส่งข้อความ", en: "Send"), icon: "chat", primary: false)
        }
    }
}

/// What is new for this side, until somebody of it acknowledges it; then who did, and when.
struct NewsMark {
    let visit: Visit
    let news: AreaResult.News
    let path: String
    let mayAcknowledge: Bool

    func write(to html: HTML) {
        if news.isNew {
            html.div(.className("note new")) {
                html.icon("dot")
                html.div {
                    html.b(text: Phrase("มีข้อมูลใหม่", en: "New information"))
                    html.text(" ")
                    if let told = news.told { told.inShort.write(to: html) }
                    html.text(" ")
                    if mayAcknowledge {
                        html.form(to: "\(path)/acknowledgement", visit, .className("d-inline")) {
                            html.input(.type("hidden"), .name("told"), .value(news.told?.text ?? ""))
                            html.submit(Phrase("รับทราบ", en: "Acknowledge"), icon: "check", primary: false)
                        }
                    }
                }
            }
        } else if let seen = news.seen {
            html.p(.className("small")) {
                html.state(.off, "check", Phrase("รับทราบแล้ว", en: "Acknowledged"))
                html.span(.className("dim"), text: Phrase(same: " \(seen.name) · ") + seen.at.inShort)
            }
        }
    }
}
