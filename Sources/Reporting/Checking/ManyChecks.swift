import Catalogue
import Evidence
import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Rounds
import Runtime
import Scoring

/// A report that waits for a check, in the list of those that can be checked together.
struct WaitingReport: Sendable {
    let id: ReportID
    let version: Int
    let reporter: String
    let selfScore: Int
    let score: Exact?
    let evidence: Int
    let confirmed: Instant

    /// What the figures come to agrees with what the unit gave itself, and something shows it: nothing unusual.
    var isOrdinary: Bool {
        guard evidence > 0 else { return false }
        guard let score else { return true }
        let own = Exact(selfScore)
        return score >= own || (own - score) < .one
    }
}

extension Query where Answer == [WaitingReport] {
    static func waiting(of indicator: IndicatorID, in round: Round, of area: AreaID) -> Query {
        .all(
            """
            SELECT a.id, a.version, u.name, a.self_score, a.score,
                (SELECT count(*) FROM evidence e
                    WHERE e.area_id = a.area_id AND e.assignment_id = a.id AND e.removed_at IS NULL),
                a.confirmed_at
            FROM assignments a
            JOIN units u ON u.area_id = a.area_id AND u.id = a.unit_id
            WHERE a.area_id = \(area) AND a.indicator_id = \(indicator) AND a.round = \(round)
                AND a.state = 'confirmed'
            ORDER BY u.name, a.id
            """
        ) {
            WaitingReport(
                id: try $0.next(), version: try $0.next(), reporter: try $0.next(), selfScore: try $0.next(),
                score: try $0.nextIfAny(), evidence: try $0.next(), confirmed: try $0.next())
        }
    }
}

let manyChecksFields = [
    FormField(
        "reports", Phrase("เลขรายงาน คั่นด้วยจุลภาค", en: "Numbers of reports, with commas between"),
        .longText(limit: 20_000), required: true),
    FormField(
        "as", Phrase("ให้คะแนนตาม", en: "Score by"),
        .choice([
            .init("self", Phrase("ที่หน่วยงานประเมินตนเอง", en: "the self-score")),
            .init("figures", Phrase("ที่คำนวณจากตัวเลข", en: "what the figures come to")),
        ]), required: true),
    FormField(
        "reason", Phrase("เหตุผล สำหรับแห่งที่ได้ต่ำกว่าประเมินตนเอง", en: "Reason, for those below their self-score"),
        .text(limit: 500)),
]

func showManyChecks(_ context: Context) async throws -> Outcome {
    let (id, round) = try place(of: context)
    let (visit, indicator, waiting) = try await context.page(
        .head(of: id, in: context.area.id), .waiting(of: id, in: round, of: context.area.id))
    guard let indicator, !indicator.isHidden else { throw Refusal.notFound }
    return .page(ManyChecksPage(visit: visit, indicator: indicator, round: round, waiting: waiting), visit)
}

/// Each gets its own score; all of them or, when one has changed since it was seen, none.
func checkMany(_ context: Context) async throws -> Outcome {
    let (indicator, round) = try place(of: context)
    var input = context.form.fields
    // Ticked one by one on the page, each with the version that was seen; programs list the numbers.
    let ticked = input.values(of: "reports").flatMap { $0.split(separator: ",") }.map { $0.split(separator: ".") }
    input.set("reports", ticked.compactMap(\.first).joined(separator: ","))
    let draft = FormDraft(manyChecksFields, input)
    try draft.check()
    let seen = ticked.compactMap { parts in
        parts.first.flatMap { ReportID(sqlText: String($0)) }.map { ($0, parts.count > 1 ? Int(parts[1]) : nil) }
    }
    let count = try await context.deed { deed in
        for (id, version) in seen {
            let change = try await ReportChange(id, deed)
            guard change.access.mayCheck, change.before.indicator == indicator, change.before.round == round else {
                throw Refusal.notFound
            }
            try change.requireUnchanged(since: version)
            try await change.check(change.score(by: draft["as"], because: draft["reason"]))
        }
        return seen.count
    }
    return .done(
        "/indicators/\(indicator)/rounds/\(round.code)/checks",
        says: Phrase("ให้คะแนน \(count) หน่วยงานแล้ว", en: "\(count) are checked"), json: ["checked": JSON(count)])
}

extension ReportChange {
    /// What the unit gave itself, or what its figures come to; where that is less, with the reason.
    fileprivate func score(by source: String, because reason: String) throws(Refusal) -> CheckScore {
        let own = before.selfScore.map { Exact($0) }
        guard let score = source == "self" ? own : before.score else {
            throw .invalid(
                "as",
                Phrase(
                    "\(before.reporter) ไม่มีคะแนนจากตัวเลข ตรวจรายแห่งแทน",
                    en: "\(before.reporter) has no score from its figures: check it by itself"))
        }
        let isLess = own.map { score < $0 } ?? false
        let given = CheckScore(score, because: isLess ? reason : "")
        try given.requireReason(below: before.selfScore)
        return given
    }
}

private func place(of context: Context) throws(Refusal) -> (IndicatorID, Round) {
    guard let round = Round(code: context.request.parameters["round"] ?? "") else {
        return (IndicatorID(0), Round.all[0])
    }
    return (try context.identifier("indicator"), round)
}

/// All that wait in a round, with what tells the ordinary from the rest.
struct ManyChecksPage: Page {
    let visit: Visit
    let indicator: IndicatorHead
    let round: Round
    let waiting: [WaitingReport]

    var title: Phrase { Phrase("ตรวจหลายหน่วยงาน ", en: "Check many: ") + Phrase(same: indicator.number) }

    func write(to html: HTML) {
        html.p(.className("mb-2")) {
            html.a(
                .href(visit.link("/indicators/\(indicator.id)/matrix")),
                text: Phrase("ผลรายหน่วยงาน", en: "Results by unit"))
            html.span(.className("dim"), text: Phrase(same: " / ") + round.name)
        }
        html.head(title, Phrase(same: indicator.name))
        for problem in visit.rejection?.problems ?? [] { html.note(.bad, "warn", problem.reason) }
        guard !waiting.isEmpty else {
            return html.none(
                "check", Phrase("ไม่มีรายงานรอตรวจในรอบนี้", en: "Nothing waits for a check in this round"),
                Phrase("ตรวจครบแล้ว", en: "All that was sent is checked."))
        }
        let ordinary = waiting.count(where: \.isOrdinary)
        html.p(
            .className("dim"),
            text: Phrase(
                "ติ๊กไว้ให้ \(ordinary) แห่งที่มีหลักฐานและคะแนนไม่ต่างจากตัวเลขถึงหนึ่งระดับ ที่เหลือควรเปิดดู",
                en:
                    "\(ordinary) are ticked: they have evidence, and a self-score within a level of their figures. Open the others."
            ))
        html.form(to: "/indicators/\(indicator.id)/rounds/\(round.code)/checks", visit, .className("panel flush")) {
            html.table(.className("table table-hover stack mb-0")) {
                html.thead {
                    html.tr {
                        html.th(.scope("col"), text: Phrase("หน่วยงาน", en: "Unit"))
                        html.th(.scope("col"), .className("num"), text: Phrase("ประเมินตนเอง", en: "Self-score"))
                        html.th(.scope("col"), .className("num"), text: Phrase("จากตัวเลข", en: "By the figures"))
                        html.th(.scope("col"), .className("num"), text: Phrase("หลักฐาน", en: "Evidence"))
                        html.th(.scope("col"), text: Phrase("ยืนยันเมื่อ", en: "Confirmed"))
                    }
                }
                html.tbody { for report in waiting { row(html, report) } }
            }
            html.div(.className("p-3 pb-0")) { FormWriter(html, manyChecksFields, visit).field("reason") }
            html.div(.className("decide")) {
                for (value, label) in [
                    ("self", Phrase("ให้ตามที่ประเมินตนเอง", en: "Give the self-scores")),
                    ("figures", Phrase("ให้ตามตัวเลข", en: "Give what the figures come to")),
                ] {
                    html.button(
                        .className(value == "self" ? "btn btn-primary" : "btn btn-quiet"), .name("as"), .value(value),
                        text: label)
                }
            }
        }
    }

    private func row(_ html: HTML, _ report: WaitingReport) {
        let id = "report-\(report.id)"
        html.tr {
            html.th(.scope("row")) {
                html.div(.className("form-check")) {
                    html.input(
                        .className("form-check-input"), .type("checkbox"), .id(id), .name("reports"),
                        .value("\(report.id).\(report.version)"), Attribute.checked.when(report.isOrdinary))
                    html.label(.className("form-check-label"), .forField(id), text: report.reporter)
                    html.text(" ")
                    html.a(
                        .className("small"), .href(visit.link("/reports/\(report.id)/check")),
                        .label(Phrase("เปิดรายงานของ \(report.reporter)", en: "Open the report of \(report.reporter)")),
                        text: Phrase("เปิดดู", en: "Open"))
                }
            }
            html.td(
                .className("num"), Attribute("data-label", Phrase("ประเมินตนเอง", en: "Self-score")),
                text: report.selfScore)
            html.td(
                .className("num"), Attribute("data-label", Phrase("จากตัวเลข", en: "By the figures")),
                text: report.score?.text(decimals: ScoreRule.scoreDecimals) ?? "–")
            html.td(
                .className("num"), Attribute("data-label", Phrase("หลักฐาน", en: "Evidence")), text: report.evidence)
            html.td(
                Attribute("data-label", Phrase("ยืนยันเมื่อ", en: "Confirmed")), text: report.confirmed.inShort)
        }
    }
}
