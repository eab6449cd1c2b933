import Catalogue
import HTML
import HTTP
import Interface
import Kernel
import Runtime
import Scoring

/// The figures of a result as the area fills them in: only what is due and its own to enter can be typed.
struct ResultForm {
    let visit: Visit
    let entry: ResultEntry
    let mayConfirm: Bool
    /// Schools whose reports don't count yet.
    let uncounted: Int

    private var path: String { entry.result.path }
    private var rejection: Rejection? { visit.rejection?.fields["version"] == nil ? nil : visit.rejection }
    private var problems: [FieldProblem] { rejection?.problems ?? [] }

    func write(to html: HTML, aside: () -> Void) {
        FormWriter(html, labels, visitOfForm).problemNote()
        html.form(
            .methodPost, .action(visit.link("\(path)/draft")), .className("split aside"),
            Attribute("data-draft", visit.link(path)),
            Attribute(
                "data-offline",
                Phrase(
                    "ไม่มีสัญญาณ เก็บไว้ในเครื่องนี้แล้ว จะส่งเองเมื่อกลับมา",
                    en: "No line. It is kept on this device and is sent when the line is back")),
            Attribute(
                "data-restored", Phrase("เรียกคืนสิ่งที่พิมพ์ไว้และยังไม่ได้ส่ง", en: "What was typed and not sent is back"))
        ) {
            html.formToken(visit)
            Self.seen(entry.draft, html)
            html.input(.type("hidden"), .name("shown-values"), .value(""))
            if !entry.sheet.rolledUp.isEmpty {
                html.input(.type("hidden"), .name("rolled-up"), .value(entry.sheet.rolledUpMark))
            }
            html.div(
                Attribute("data-hx-post", visit.link("\(path)/draft")),
                Attribute("data-hx-trigger", "input delay:400ms from:closest form"),
                Attribute("data-hx-include", "closest form"), Attribute("data-hx-target", "#result"),
                Attribute("data-hx-swap", "outerHTML"), Attribute("data-hx-sync", "this:queue last"),
                Attribute("data-hx-request", "\"timeout\": 20000")
            ) {
                html.section(.className("panel")) {
                    html.h2(text: Phrase("ตัวเลขของรอบนี้", en: "This round's figures"))
                    SheetFields(entry.sheet.inputs, problems: problems) { value(in: $0) }.write(to: html)
                    narrative(html)
                    sending(html)
                }
            }
            html.div(.className("side")) {
                ScorePanel.prepare(html)
                Self.scorePanel(entry.draft, entry.sheet, html)
                aside()
            }
        }
    }

    private var visitOfForm: Visit {
        var visit = visit
        visit.rejection = rejection
        return visit
    }

    private var labels: [FormField] {
        entry.sheet.inputs.map { FormField($0.field, $0.label, .text(limit: 100)) } + resultFields
    }

    private func value(in field: String) -> String {
        if let typed = rejection?.fields[field] { return typed }
        return entry.draft.entries[String(field.dropFirst(6))] ?? ""
    }

    private func narrative(_ html: HTML) {
        var kept = Fields()
        for field in Narrative.fields { kept.set(field.name, entry.draft.narrative[field.name]) }
        html.div(.className("mt-3")) {
            FormWriter(html, Narrative.fields, values: kept, visitOfForm)
                .narrative(
                    html, isOpen: Narrative.fields.dropFirst().contains { !entry.draft.narrative[$0.name].isEmpty })
        }
    }

    private func sending(_ html: HTML) {
        if uncounted > 0 {
            html.div(.className("mt-3")) {
                html.note(
                    .wait, "warn",
                    Phrase("ยังไม่นับรวม \(uncounted) แห่ง", en: "\(uncounted) units don't count yet"),
                    Phrase(
                        "ส่งตอนนี้จะไม่มีตัวเลขของแห่งเหล่านั้น", en: "Sent now, their numbers are left out."))
            }
        }
        html.p(
            .className("dim mt-3"),
            text: mayConfirm
                ? Phrase(
                    "ยืนยันผลคือส่งให้ส่วนกลางรับรอง ถอนคืนได้จนกว่าจะมีการตัดสินหรือเลยกำหนด",
                    en:
                        "To confirm sends it to the central office. It can be withdrawn until it is decided, or past due."
                )
                : Phrase(
                    "เก็บเป็นร่างไว้ ผู้มีสิทธิ์ SA และ Owner เป็นผู้ยืนยันผล",
                    en: "It stays a draft until somebody with the flags SA and Owner confirms it."))
        html.div(.className("acts")) {
            if mayConfirm {
                html.button(
                    .className("btn btn-primary"), Attribute("formaction", visit.link("\(path)/confirmation")),
                    text: Phrase("ยืนยันผล", en: "Confirm"))
            }
            html.submit(Phrase("เก็บเป็นร่าง", en: "Keep as draft"), primary: !mayConfirm)
            Self.savedMark(entry.draft, html)
        }
    }
}

/// What follows the typing.
extension ResultForm {
    static func saved(_ draft: ResultDraft, _ sheet: ReportSheet, _ html: HTML) {
        scorePanel(draft, sheet, html)
        savedMark(draft, html, isPart: true)
        seen(draft, html, isPart: true)
    }

    static func unsaved(_ reason: Phrase, _ html: HTML) {
        html.span(.id("saved"), .className("bad small"), swap(true), .role("alert")) {
            html.icon("warn")
            html.text(" ")
            (Phrase("ยังไม่ได้บันทึก ", en: "Not saved. ") + reason).write(to: html)
        }
    }

    static func scorePanel(_ draft: ResultDraft, _ sheet: ReportSheet, _ html: HTML) {
        let labels = Dictionary(sheet.inputs.map { ($0.name, $0.label) }, uniquingKeysWith: { first, _ in first })
        html.section(.className("panel chart"), .id("result"), Attribute("aria-live", "polite")) {
            html.h2(text: Phrase("ผลและคะแนนที่ประเมิน", en: "Result and self-assessed score"))
            ScorePanel(sheet.assess(draft.entries)) { labels[$0.text]?[html.language] ?? $0.text }.write(to: html)
        }
    }

    private static func savedMark(_ draft: ResultDraft, _ html: HTML, isPart: Bool = false) {
        html.span(.id("saved"), .className("dim small"), swap(isPart)) {
            guard let saved = draft.saved else { return }
            html.icon("check")
            (Phrase(" บันทึกสิ่งที่พิมพ์ไว้แล้ว ", en: " What was typed is saved: ") + saved.at.inShort).write(to: html)
            html.text(" · \(saved.name)")
        }
    }

    /// What the next sending has seen.
    private static func seen(_ draft: ResultDraft, _ html: HTML, isPart: Bool = false) {
        html.input(.type("hidden"), .id("version"), .name("version"), .value("\(draft.version)"), swap(isPart))
    }

    private static func swap(_ isPart: Bool) -> Attribute { Attribute("data-hx-swap-oob", "true").when(isPart) }
}
