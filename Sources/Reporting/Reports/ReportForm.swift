import Catalogue
import Evidence
import HTML
import HTTP
import Interface
import Kernel
import Runtime
import Scoring

/// The form of a report: numbers, evidence, self-score and words, and the sending.
struct ReportForm {
    let visit: Visit
    let report: Report
    let sheet: ReportSheet
    let access: ReportAccess
    let evidence: [EvidenceItem]
    let uses: [FileUse]

    private var rejection: Rejection? { visit.rejection }

    /// The first section; the score comes beside it on a desk, and after it on a phone.
    func numbers(_ html: HTML) {
        html.section(.className("panel")) {
            html.h2(text: Phrase("1. ตัวเลข", en: "1. Figures"))
            SheetFields(sheet.inputs, problems: problems, value: value(in:)).write(to: html)
        }
    }

    /// What stands in a field: what was typed and refused, but where that was left alone, what is kept by now. So what
    /// another has saved meanwhile is seen before it can be overwritten.
    func value(in field: String) -> String {
        let kept = report.kept(in: field, evidence)
        guard let rejection else { return kept }
        let sent = rejection.fields[field] ?? (isUnticked(field, rejection) ? "" : nil)
        guard let sent else { return kept }
        return ShownValues(sentWith: rejection.fields)?.showed(tidied(sent), in: field) == true ? kept : sent
    }

    /// What isn't ticked isn't sent; the form says that it had the steps.
    private func isUnticked(_ field: String, _ rejection: Rejection) -> Bool {
        rejection.fields["shown"] != nil && sheet.inputs.contains { $0.field == field && $0.kind == .step }
    }

    func selfAssessment(_ html: HTML) {
        let chosen = value(in: "self-score")
        html.section(.className("panel")) {
            html.h2(text: Phrase("3. ประเมินตนเอง", en: "3. Self-assessment"))
            html.fieldset(.className("mb-3")) {
                html.legend(
                    .className("form-label fs-6"), .id("self-score"),
                    text: Phrase("คะแนนที่ให้ตนเอง", en: "The score one gives oneself"))
                html.div(.className("score")) {
                    for (score, word) in zip(Report.selfScores, Self.scoreWords) {
                        html.input(
                            .className("btn-check"), .type("radio"), .name("self-score"), .id("self-\(score)"),
                            .value("\(score)"), Attribute.checked.when(chosen == "\(score)"))
                        html.label(.className("btn btn-quiet"), .forField("self-\(score)")) {
                            html.b(text: score)
                            html.small(text: word)
                        }
                    }
                }
                feedback(html, "self-score")
            }
            var shown = Fields()
            for field in Narrative.fields { shown.set(field.name, value(in: field.name)) }
            FormWriter(html, Narrative.fields, values: shown, visitOfNarrative)
                .narrative(html, isOpen: Narrative.fields.dropFirst().contains { shown[$0.name]?.isEmpty == false })
        }
    }

    /// Its values are given; only what was wrong with them is taken from what was refused.
    private var visitOfNarrative: Visit {
        var visit = visit
        visit.rejection = rejection.map { rejection in
            var fields = Fields()
            for field in Narrative.fields { fields.set(field.name, value(in: field.name)) }
            return Rejection(fields: fields, problems: rejection.problems)
        }
        return visit
    }

    static let scoreWords = [
        Phrase("ปรับปรุง", en: "Poor"), Phrase("พอใช้", en: "Fair"), Phrase("ปานกลาง", en: "Medium"),
        Phrase("ดี", en: "Good"), Phrase("ดีมาก", en: "Excellent"),
    ]

    func sending(_ html: HTML) {
        html.section(.className("panel")) {
            html.h2(text: Phrase("4. ส่งรายงาน", en: "4. Send"))
            html.p(
                .className("dim"),
                text: access.mayConfirm
                    ? Phrase(
                        "ยืนยันผลคือส่งให้เขตตรวจ ถอนคืนได้จนกว่าเขตจะตรวจ",
                        en: "To confirm sends it to the area. It can be withdrawn until the area has checked it.")
                    : Phrase(
                        "เก็บเป็นร่างไว้ ผู้มีสิทธิ์ SA ของหน่วยงานเป็นผู้ยืนยันผล",
                        en: "It stays a draft until somebody of the unit with the flag SA confirms it."))
            html.div(.className("acts")) {
                if access.mayConfirm {
                    html.button(
                        .className("btn btn-primary"),
                        Attribute("formaction", visit.link("\(report.path)/confirmation")),
                        text: Phrase("ยืนยันผล", en: "Confirm"))
                }
                html.submit(Phrase("เก็บเป็นร่าง", en: "Keep as draft"), primary: !access.mayConfirm)
                Self.saved(report, html)
            }
        }
    }

    var problems: [FieldProblem] { rejection?.problems ?? [] }

    func mark(_ field: String) -> Attribute { problems.mark(field) }

    func described(_ field: String) -> Attribute { problems.described(field) }

    func feedback(_ html: HTML, _ field: String) { html.feedback(problems, at: field) }
}

/// What follows the typing.
extension ReportForm {
    static func scorePanel(_ report: Report, _ sheet: ReportSheet, _ html: HTML) {
        let labels = Dictionary(sheet.inputs.map { ($0.name, $0.label) }, uniquingKeysWith: { first, _ in first })
        html.section(.className("panel chart"), .id("result"), Attribute("aria-live", "polite")) {
            html.h2(text: Phrase("ผลและคะแนน", en: "Result and score"))
            ScorePanel(sheet.assess(report.entries)) { reference in
                labels[reference.text]?[html.language] ?? reference.text
            }
            .write(to: html)
        }
    }

    static func saved(_ report: Report, _ html: HTML, isPart: Bool = false) {
        html.span(.id("saved"), .className("dim small"), swap(isPart)) {
            guard let saved = report.saved else { return }
            html.icon("check")
            html.text(" ")
            (Phrase("บันทึกสิ่งที่พิมพ์ไว้แล้ว ", en: "What was typed is saved: ") + saved.at.inShort).write(to: html)
            html.text(" · \(saved.name)")
        }
    }

    static func unsaved(_ problems: [FieldProblem], at label: Phrase?, _ html: HTML) {
        html.span(.id("saved"), .className("bad small"), swap(true), .role("alert")) {
            html.icon("warn")
            html.text(" ")
            Phrase("ยังไม่ได้บันทึก ", en: "Not saved. ").write(to: html)
            if let label { (label + Phrase(same: ": ")).write(to: html) }
            problems.first?.reason.write(to: html)
        }
    }

    /// What the next sending has seen.
    static func seen(_ report: Report, _ shown: ShownValues, _ html: HTML, isPart: Bool = false) {
        html.input(
            .type("hidden"), .id("version"), .name("version"), .value("\(report.version)"), swap(isPart))
        html.input(
            .type("hidden"), .id(ShownValues.field), .name(ShownValues.field), .value(shown.text), swap(isPart))
    }

    var shownValues: ShownValues {
        ShownValues(
            (sheet.inputs.filter(\.isEntered).map(\.field) + Narrative.fields.map(\.name) + ["self-score"]
                + EvidenceItem.places.map { "description-\($0)" })
                .map { ($0, report.kept(in: $0, evidence)) })
    }

    private static func swap(_ isPart: Bool) -> Attribute { Attribute("data-hx-swap-oob", "true").when(isPart) }
}
