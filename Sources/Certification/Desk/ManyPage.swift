import Documents
import HTML
import HTTP
import Interface
import Kernel
import Rounds
import Runtime
import Scoring

/// Many items of a queue at once: certified where they are alike, or given to a colleague; all of them listed first.
struct ManyPage: TablePage {
    let visit: Visit
    let queue: DeskQueue
    let colleagues: [DeskColleague]

    private var isCertifying: Bool { queue.view.filter == .ordinary }

    var title: Phrase {
        isCertifying
            ? Phrase("รับรองที่ไม่มีข้อสังเกต", en: "Certify what has nothing unusual")
            : Phrase("มอบหมายงาน", en: "Assign work")
    }

    func write(to html: HTML) {
        html.p(.className("mb-2")) {
            html.a(.href(visit.link(queue.scope.path)), text: Phrase("กลับไปที่คิว", en: "Back to the queue"))
            html.span(.className("dim"), text: Phrase(same: " / ") + queue.scope.round.name)
        }
        html.head(title, queue.lines.first.map { Phrase(same: "\($0.number) \($0.name)") })
        for problem in visit.rejection?.problems ?? [] { html.note(.bad, "warn", problem.reason) }
        guard !queue.shown.isEmpty else {
            return html.none(
                "check", Phrase("ไม่มีรายการในกลุ่มนี้", en: "Nothing of this kind"),
                Phrase("เลือกกลุ่มอื่นจากคิว", en: "Choose another group in the queue."))
        }
        html.form(to: "\(queue.scope.path)/many", visit) {
            if isCertifying {
                html.p(
                    text: Phrase(
                        "แต่ละเขตได้คะแนนตามตัวเลขที่รายงาน เอาเครื่องหมายออกเพื่อตัดสินทีละเขต",
                        en: "Each area gets the score of its own figures. Untick what you want to decide by itself."))
            }
            html.section(.className("panel flush over")) {
                html.table(.className("table table-hover stack")) {
                    html.thead {
                        html.tr {
                            html.th(.scope("col"), .className("main"), text: Phrase("เขต", en: "Area"))
                            html.th(.scope("col"), .className("num"), text: Phrase("ผล", en: "Result"))
                            html.th(.scope("col"), .className("num"), text: Phrase("คะแนนที่จะได้", en: "Score it gets"))
                            html.th(.scope("col"), text: Phrase("ส่งเมื่อ", en: "Sent"))
                            html.th(.scope("col"), text: Phrase("ผู้รับผิดชอบ", en: "Whose work"))
                        }
                    }
                    html.tbody { for line in queue.shown { row(html, line) } }
                }
            }
            html.div(.className("acts mb-3")) {
                if isCertifying {
                    html.submit(Phrase("รับรองที่เลือก", en: "Certify those ticked"), icon: "tick")
                }
                html.action(
                    visit.link("\(queue.scope.path)/import"), Phrase("ตัดสินจากตาราง", en: "Decide from a table"),
                    icon: "up")
            }
            if !colleagues.isEmpty { assigning(html) }
        }
        html.downloads(visit)
    }

    var sheet: Sheet {
        Sheet(
            title, in: visit, of: queue.shown,
            [
                .text(Phrase("เขต", en: "Area"), width: 30, \.areaName),
                .number(Phrase("ผล", en: "Result")) { $0.result.result?.text(decimals: ScoreRule.resultDecimals) },
                .number(Phrase("คะแนนที่จะได้", en: "Score it gets")) {
                    $0.result.score?.text(decimals: ScoreRule.scoreDecimals)
                },
            ])
    }

    private func row(_ html: HTML, _ line: QueueLine) {
        html.tr {
            html.th(.scope("row")) {
                html.check(
                    "items", "\(line.key).\(line.result.number)", Phrase(same: line.areaName),
                    isOn: visit.rejection == nil
                        || visit.rejection?.fields.values(of: "items").contains("\(line.key).\(line.result.number)")
                            == true
                )
            }
            html.td(
                .className("num"), Attribute("data-label", Phrase("ผล", en: "Result")),
                text: line.result.result?.grouped(decimals: ScoreRule.resultDecimals) ?? "–")
            html.td(
                .className("num"), Attribute("data-label", Phrase("คะแนนที่จะได้", en: "Score it gets")),
                text: line.result.score?.text(decimals: ScoreRule.scoreDecimals) ?? "–")
            html.td(Attribute("data-label", Phrase("ส่งเมื่อ", en: "Sent"))) {
                line.result.sent?.at.inShort.write(to: html)
            }
            html.td(
                Attribute("data-label", Phrase("ผู้รับผิดชอบ", en: "Whose work")), text: line.result.assigneeName ?? "–")
        }
    }

    private func assigning(_ html: HTML) {
        html.div(.className("d-flex flex-wrap gap-2 align-items-end")) {
            html.div {
                html.label(
                    .className("form-label"), .forField("assignee"),
                    text: Phrase("มอบหมายที่เลือกให้", en: "Assign those ticked to"))
                html.select(.className("form-select"), .id("assignee"), .name("assignee")) {
                    html.option(.value("0"), text: Phrase("ไม่ระบุ", en: "Nobody"))
                    for colleague in colleagues { html.option(.value("\(colleague.id)"), text: colleague.name) }
                }
            }
            html.button(
                .className("btn btn-quiet"), Attribute("formaction", visit.link("\(queue.scope.path)/assignees")),
                text: Phrase("มอบหมาย", en: "Assign"))
        }
    }
}
