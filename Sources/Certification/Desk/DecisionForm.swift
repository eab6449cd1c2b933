import Areas
import HTML
import HTTP
import Interface
import Kernel
import Runtime

let decisionFields = [
    FormField("number", Phrase("ครั้งที่ส่งซึ่งได้ดูแล้ว", en: "Number of the sending that was seen"), .number(0...Int.max)),
    FormField("decided", Phrase("การตัดสินที่ได้ดูแล้ว", en: "When it was decided, as was seen"), .text(limit: 40)),
    FormField("comment", Phrase("ความเห็นถึงเขต", en: "Comment to the area"), .longText(limit: 4000)),
    FormField("canned", Phrase("ความเห็นที่ใช้บ่อย", en: "A comment used before"), .longText(limit: 4000)),
    FormField("keep", Phrase("เก็บความเห็นนี้ไว้ใช้ซ้ำ", en: "Keep this comment to be used again"), .checkbox),
    FormField("correct-by", Phrase("แก้ไขภายใน", en: "Correct by"), .moment),
]

/// The decision, always in view: one key each, and the next one comes by itself.
struct DecisionForm {
    let visit: Visit
    let desk: Desk
    let item: DeskItem

    /// At once: a key that is pressed right after must find htmx at the new button, or it would load a page.
    static let swap = "outerHTML settle:0ms"

    private var queue: DeskQueue { desk.queue }
    private var key: DeskKey { item.result.deskKey }

    func write(to html: HTML) {
        let mayCertify = desk.access?.may(.certify, item.national, at: visit.now) == true && item.result.score != nil
        let mayRefuse = desk.access?.may(.refuse, item.national, at: visit.now) == true
        html.form(.methodPost, .action(visit.link("\(key.path)/certification")), .id("decision")) {
            html.formToken(visit)
            html.input(.type("hidden"), .name("number"), .value("\(item.result.number)"))
            html.input(.type("hidden"), .name("decided"), .value(item.result.decided?.at.text ?? ""))
            html.input(.type("hidden"), .name("in"), .value(queue.scope.path))
            html.input(.type("hidden"), .name("show"), .value(queue.view.filter.rawValue))
            if let region = queue.view.region {
                html.input(.type("hidden"), .name("region"), .value(region.rawValue))
            }
            if let next = queue.next(for: visit.viewer, at: visit.now) {
                html.input(.type("hidden"), .name("next"), .value("\(next.key)"))
            }
            // Colleagues see who has it open, for as long as the page shows it.
            html.div(
                Attribute("data-hx-post", visit.link("\(key.path)/look")),
                Attribute("data-hx-trigger", "load, every 40s"),
                Attribute("data-hx-swap", "none"), Attribute("data-hx-include", "#decision [name=form-token]")
            ) {}
            if mayRefuse { comment(html) }
            html.div(.className("decide")) {
                if mayCertify {
                    button(html, "certification", "a", "tick", Phrase("รับรองผล", en: "Certify"), isPrimary: true)
                }
                if mayRefuse {
                    button(html, "refusal", "r", "cross", Phrase("ไม่รับรอง", en: "Don't certify"), isPrimary: false)
                }
                if !mayRefuse, !mayCertify { why(html) }
                ask(html)
                ways(html)
            }
        }
    }

    private func comment(_ html: HTML) {
        let problems = visit.rejection?.problems ?? []
        html.div(.className("px-3 px-md-4 pb-3")) {
            html.label(.className("form-label"), .forField("comment")) {
                Phrase("ความเห็นถึงเขต", en: "Comment to the area").write(to: html)
                html.text(" ")
                html.span(
                    .className("dim fw-normal"),
                    text: Phrase("(ต้องกรอกเมื่อไม่รับรอง)", en: "(needed where it isn't certified)"))
            }
            html.textarea(
                .className("form-control"), problems.mark("comment"), .id("comment"), .name("comment"),
                Attribute("rows", "2"),
                problems.described("comment"), text: visit.rejection?.fields["comment"] ?? "")
            html.feedback(problems, at: "comment")
            canned(html)
            if item.national.national.rule.mayCorrect {
                html.label(.className("form-label mt-2"), .forField("correct-by")) {
                    Phrase("ให้แก้ไขภายใน", en: "To be corrected by").write(to: html)
                    html.text(" ")
                    html.span(
                        .className("dim fw-normal"), text: Phrase("(เว้นว่างเมื่อไม่ให้แก้ไข)", en: "(empty: it may not be)"))
                }
                let week = (Day(inBangkok: visit.now) + 7).instant(hour: 16, minute: 30)
                html.input(
                    .className("form-control"), problems.mark("correct-by"), .id("correct-by"), .name("correct-by"),
                    .value(visit.rejection?.fields["correct-by"] ?? week.typed), problems.described("correct-by"))
                html.feedback(problems, at: "correct-by")
            }
        }
    }

    private func canned(_ html: HTML) {
        html.div(.className("d-flex flex-wrap gap-3 align-items-center mt-2")) {
            if !desk.canned.isEmpty {
                html.div {
                    html.label(
                        .className("visually-hidden"), .forField("canned"),
                        text: Phrase("ความเห็นที่ใช้บ่อย", en: "A comment used before"))
                    html.select(.className("form-select"), .id("canned"), .name("canned")) {
                        html.option(.value(""), text: Phrase("ความเห็นที่ใช้บ่อย", en: "A comment used before"))
                        for comment in desk.canned {
                            html.option(.value(comment.words), text: String(comment.words.prefix(80)))
                        }
                    }
                }
            }
            html.check("keep", "on", Phrase("เก็บความเห็นนี้ไว้ใช้ซ้ำ", en: "Keep this comment to be used again"), isOn: false)
        }
    }

    private func button(
        _ html: HTML, _ noun: String, _ letter: String, _ icon: String, _ label: Phrase, isPrimary: Bool
    ) {
        let address = visit.link("\(key.path)/\(noun)")
        html.button(
            .className(isPrimary ? "btn btn-primary" : "btn btn-quiet bad"), Attribute("formaction", address),
            Attribute("data-key", letter), Attribute("data-hx-post", address), Attribute("data-hx-target", "#item"),
            Attribute("data-hx-swap", Self.swap), Attribute("data-hx-include", "#decision"),
            Attribute("data-hx-disabled-elt", "#decision button")
        ) {
            html.icon(icon)
            label.write(to: html)
            html.text(" ")
            html.kbd(.className("wideonly"), .hiddenFromReaders, text: letter.uppercased())
        }
    }

    /// What keeps this person from deciding.
    private func why(_ html: HTML) {
        guard let terms = item.national.terms, let actor = desk.access?.actor else { return }
        if let reason = ResultStep.refuse.obstacle(from: item.result.state, by: actor, terms, at: visit.now) {
            html.span(.className("dim"), text: reason)
        }
    }

    /// To ask instead of deciding.
    private func ask(_ html: HTML) {
        guard desk.isOurs else { return }
        html.a(.className("btn btn-quiet"), .href("#message"), Attribute("data-key", "q")) {
            html.icon("chat")
            Phrase("สอบถามเขต", en: "Ask the area").write(to: html)
            html.text(" ")
            html.kbd(.className("wideonly"), .hiddenFromReaders, text: "Q")
        }
    }

    private func ways(_ html: HTML) {
        html.span(.className("ms-auto d-flex gap-2 align-items-center")) {
            way(html, queue.previous, "k", Phrase("ก่อนหน้า", en: "Previous"))
            way(html, queue.following, "j", Phrase("ถัดไป", en: "Next"))
            let left = queue.count(ResultState.waiting)
            html.span(.className("dim small wideonly"), text: Phrase("เหลือ \(left)", en: "\(left) left"))
        }
    }

    private func way(_ html: HTML, _ line: QueueLine?, _ letter: String, _ label: Phrase) {
        guard let line else { return }
        let address = visit.link(queue.path(to: line))
        html.a(
            .className("btn btn-quiet"), .href(address), Attribute("data-key", letter),
            Attribute("data-hx-get", address),
            Attribute("data-hx-target", "#item"), Attribute("data-hx-swap", Self.swap),
            Attribute("data-hx-push-url", "true")
        ) {
            label.write(to: html)
            html.text(" ")
            html.kbd(.className("wideonly"), .hiddenFromReaders, text: letter.uppercased())
        }
    }
}
