import Catalogue
import Evidence
import HTML
import HTTP
import Interface
import Kernel
import Rounds
import Runtime
import Scoring

/// One report: the form for those who fill it in, the same to read for all others who may see it.
struct ReportPage: Page {
    let visit: Visit
    let report: Report
    let sheet: ReportSheet
    let access: ReportAccess
    let evidence: [EvidenceItem]
    /// What was taken away or replaced.
    let earlier: [EvidenceItem]
    /// Of the unit's files, in all its reports.
    let uses: [FileUse]
    let comments: [ReportComment]
    let history: [ReportEvent]

    var title: Phrase { Phrase(same: sheet.title) }

    private var terms: ReportTerms { report.terms(sheet) }

    /// Whether something can be typed now.
    private var isOpen: Bool {
        access.mayFillIn && (try? ReportStep.save.outcome(from: report.state, terms, at: visit.now)) != nil
    }

    func write(to html: HTML) {
        html.p(.className("mb-2")) {
            html.a(.href(visit.link("/indicators/\(sheet.indicatorID)")), text: Phrase("ตัวชี้วัด", en: "The indicator"))
            html.span(.className("dim"), text: Phrase(same: " / ") + sheet.round.name)
        }
        head(html)
        returned(html)
        let form = ReportForm(
            visit: visit, report: report, sheet: sheet, access: access, evidence: evidence,
            uses: uses)
        if isOpen { open(html, form) } else { closed(html) }
    }

    private func head(_ html: HTML) {
        html.div(.className("head")) {
            html.div {
                html.h1(text: title)
                html.p {
                    html.text("\(report.reporter) · ")
                    html.state(of: report.state)
                    html.text(" · ")
                    let wantedBy = report.state == .returned ? report.correctBy ?? terms.deadline : terms.deadline
                    (Phrase("ครบกำหนด", en: "Due ") + wantedBy.inFull).write(to: html)
                }
            }
            html.div(.className("acts")) {
                html.action(
                    visit.link("\(report.path)/official"), Phrase("รายงานทางการ", en: "Official report"), icon: "print")
                acts(html)
            }
        }
        if let until = report.extendedUntil {
            html.note(
                .new, "plus", Phrase("ขยายเวลาถึง ", en: "Extended until ") + until.inShort,
                Phrase(same: report.extensionReason ?? ""))
        }
    }

    private func acts(_ html: HTML) {
        if access.mayCheck, report.state == .confirmed || report.state == .checked {
            html.action(
                visit.link("\(report.path)/check"),
                report.state == .confirmed ? Phrase("ตรวจรายงาน", en: "Check") : Phrase("ดูผลตรวจ", en: "The check"),
                icon: "check", primary: report.state == .confirmed)
        }
        if access.mayCheck, report.state == .checked {
            html.deedButton(
                "\(report.path)/check/undoing", Phrase("ยกเลิกผลตรวจ", en: "Undo the check"), icon: "back", visit)
        }
        if access.mayConfirm, (try? ReportStep.withdraw.outcome(from: report.state, terms, at: visit.now)) != nil {
            html.deedButton("\(report.path)/withdrawal", Phrase("ถอนคืน", en: "Withdraw"), icon: "back", visit)
        }
    }

    private func returned(_ html: HTML) {
        guard report.state == .returned, let comment = comments.last(where: { $0.kind == .giveBack }) else { return }
        html.div(.className("note bad")) {
            html.icon("back")
            html.div {
                html.b(text: Phrase("เขตส่งกลับให้แก้ไข", en: "The area returned it for correction"))
                html.text(" ")
                html.paragraphs(comment.words)
                html.br()
                html.span(.className("small dim")) {
                    html.text("\(comment.authorName) · ")
                    comment.writtenAt.inShort.write(to: html)
                    if let correctBy = report.correctBy {
                        (Phrase(" · แก้ไขภายใน ", en: " · correct it by ") + correctBy.inShort).write(to: html)
                    }
                }
            }
        }
    }

    private func open(_ html: HTML, _ form: ReportForm) {
        FormWriter(html, labels, visit).problemNote()
        html.form(
            .methodPost, .action(visit.link("\(report.path)/draft")), .className("split aside"),
            Attribute("enctype", "multipart/form-data"), Attribute("data-draft", visit.link(report.path)),
            Attribute(
                "data-offline",
                Phrase(
                    "ไม่มีสัญญาณ เก็บไว้ในเครื่องนี้แล้ว จะส่งเองเมื่อกลับมา",
                    en: "No line. It is kept on this device and is sent when the line is back")),
            Attribute(
                "data-sending",
                Phrase("รอส่งไฟล์ให้เสร็จ แล้วจะส่งต่อให้เอง", en: "Files are on their way; all else follows by itself")),
            Attribute(
                "data-restored", Phrase("เรียกคืนสิ่งที่พิมพ์ไว้และยังไม่ได้ส่ง", en: "What was typed and not sent is back"))
        ) {
            html.formToken(visit)
            ReportForm.seen(report, form.shownValues, html)
            html.div(
                Attribute("data-hx-post", visit.link("\(report.path)/draft")),
                Attribute("data-hx-trigger", "input delay:800ms from:closest form"),
                Attribute("data-hx-include", "closest form"), Attribute("data-hx-target", "#result"),
                Attribute("data-hx-swap", "outerHTML"), Attribute("data-hx-sync", "this:queue last"),
                // A line that is dead and doesn't say so: the next words would wait behind it for minutes.
                Attribute("data-hx-request", "\"timeout\": 20000")
            ) { form.numbers(html) }
            html.div(.className("side")) {
                ScorePanel.prepare(html)
                ReportForm.scorePanel(report, sheet, html)
                ReportClock(visit: visit, report: report, sheet: sheet, history: history).write(to: html)
            }
            html.div {
                EvidenceSlots(form: form, mayUpload: visit.holds(.upload)).write(to: html)
                form.selfAssessment(html)
                form.sending(html)
            }
        }
        html.div(.className("mt-4")) {
            ReportThread(visit: visit, report: report, comments: comments, mayWrite: access.mayOpenEvidence)
                .write(to: html)
        }
    }

    /// What each field is called where a problem is said on top.
    private var labels: [FormField] { sheet.formFields }

    private func closed(_ html: HTML) {
        unsent(html)
        html.div(.className("split aside")) {
            html.div {
                ReportFacts(report: report, sheet: sheet).write(to: html)
                if access.mayOpenEvidence {
                    EvidenceList(visit: visit, report: report, items: evidence, earlier: earlier, access: access)
                        .write(to: html)
                }
                confirmation(html)
                if access.mayOpenEvidence {
                    ReportThread(visit: visit, report: report, comments: comments, mayWrite: true).write(to: html)
                }
            }
            html.div(.className("side")) {
                ReportForm.scorePanel(report, sheet, html)
                ReportClock(visit: visit, report: report, sheet: sheet, history: history).write(to: html)
            }
        }
    }

    /// For one who confirms what others have filled in.
    private func confirmation(_ html: HTML) {
        guard access.mayConfirm,
            (try? ReportStep.confirm.outcome(from: report.state, terms, at: visit.now)) != nil
        else { return }
        html.form(to: "\(report.path)/confirmation", visit, .className("panel")) {
            html.input(.type("hidden"), .name("version"), .value("\(report.version)"))
            html.h2(text: Phrase("ยืนยันผล", en: "Confirm"))
            html.p(
                .className("dim"),
                text: Phrase(
                    "ยืนยันผลคือส่งให้เขตตรวจ ถอนคืนได้จนกว่าเขตจะตรวจ",
                    en: "To confirm sends it to the area. It can be withdrawn until the area has checked it."))
            html.submit(Phrase("ยืนยันผล", en: "Confirm"))
        }
    }

    /// What was typed into a form that is no longer taken: to be copied before it is gone.
    private func unsent(_ html: HTML) {
        guard let rejection = visit.rejection else { return }
        for problem in rejection.problems { html.note(.bad, "warn", problem.reason) }
        let typed = rejection.fields.all.filter { field in
            !field.value.isEmpty && labels.contains { $0.name == field.name }
        }
        guard !typed.isEmpty else { return }
        html.section(.className("panel")) {
            html.h2(text: Phrase("สิ่งที่พิมพ์ไว้ ยังไม่ได้บันทึก", en: "What was typed, and is not saved"))
            html.dl(.className("mb-0")) {
                for field in typed {
                    html.dt(text: labels.first { $0.name == field.name }?.label ?? Phrase(same: field.name))
                    html.dd { html.paragraphs(field.value) }
                }
            }
        }
    }
}

extension ReportSheet {
    /// All that its form holds, under the names on the page.
    var formFields: [FormField] {
        inputs.map { FormField($0.field, $0.label, .text(limit: 100)) } + draftFields
    }
}
