import Catalogue
import Documents
import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Rounds
import Runtime

/// How far a bureau is with an indicator in a round.
struct DeskProgress: Sendable {
    let indicator: IndicatorID
    let number: String
    let name: String
    let bureauName: String
    let round: Round
    let opening: Day
    let due: Instant
    let decideBy: Instant
    let all: Int
    let waiting: Int
    let certified: Int
    let refused: Int
    let escalated: Int
    let news: Int

    var json: JSON {
        [
            "indicator": JSON(indicator.rawValue), "number": .text(number), "name": .text(name),
            "round": .text(round.code), "decide-by": .text(decideBy.text), "all": JSON(all), "waiting": JSON(waiting),
            "certified": JSON(certified), "refused": JSON(refused),
        ]
    }

    static let schema = APISchema.object([
        ("indicator", .number), ("number", .text), ("name", .text), ("round", .text), ("decide-by", .moment),
        ("all", .number), ("waiting", .number), ("certified", .number), ("refused", .number),
    ])
}

extension Query where Answer == [DeskProgress] {
    /// Of the viewer's bureau, or of all for the indicator office; what must be decided first stands first.
    static func progress(in year: FiscalYear) -> Query {
        .all(
            """
            SELECT n.id, n.number, n.name, n.bureau_name, q.round, q.opens_on, q.due_at, q.decide_by, count(*),
                count(*) FILTER (WHERE r.state = 'waiting'), count(*) FILTER (WHERE r.state = 'certified'),
                count(*) FILTER (WHERE r.state = 'refused'), count(*) FILTER (WHERE r.escalated_at IS NOT NULL),
                count(*) FILTER (WHERE r.told_centre_at > coalesce(r.centre_seen_at, '-infinity'))
            FROM national_indicators n
            JOIN national_rounds q ON q.indicator_id = n.id
            CROSS JOIN areas a
            JOIN area_results r ON r.area_id = a.id AND r.indicator_id = n.id AND r.round = q.round
            WHERE n.year = \(year.number) AND \(part: .isInForce)
                AND (n.bureau_id = \(part: .viewerUnit) OR \(part: .viewerHolds(.publish)))
            GROUP BY n.id, q.indicator_id, q.round
            ORDER BY q.decide_by, n.number_order, n.id
            """
        ) {
            DeskProgress(
                indicator: try $0.next(), number: try $0.next(), name: try $0.next(), bureauName: try $0.next(),
                round: try $0.next(), opening: try $0.next(), due: try $0.next(), decideBy: try $0.next(),
                all: try $0.next(), waiting: try $0.next(), certified: try $0.next(), refused: try $0.next(),
                escalated: try $0.next(), news: try $0.next())
        }
    }
}

extension Query where Answer == [TaskGroup] {
    /// What waits on the viewer's desk, by when it is to be decided.
    static func deskTasks(_ context: Context) -> Query {
        let progress = Query<[DeskProgress]>.progress(in: context.year)
        return Query(progress.sql) { rows in
            let waiting = try progress.decode(rows).filter { $0.waiting > 0 }
            return [
                TaskGroup(
                    .toCheck, for: .holdersOfAny([.certify, .publish]), Phrase("รอรับรองผล", en: "To be certified"),
                    waiting.map(\.task))
            ]
        }
    }
}

extension DeskProgress {
    fileprivate var task: TaskItem {
        TaskItem(
            Phrase(same: "\(number) \(name) (") + round.name + Phrase(same: ")"),
            at: DeskScope(.indicator(indicator), round).path, on: Day(inBangkok: decideBy),
            state: ("wait", "pie", Phrase("รอ \(waiting) เขต", en: "\(waiting) areas wait")),
            detail: Phrase("ตัดสินแล้ว \(certified + refused) จาก \(all)", en: "\(certified + refused) of \(all) decided"),
            verb: Phrase("รับรอง", en: "Certify"))
    }
}

func showDeskOverview(_ context: Context) async throws -> Outcome {
    let (visit, lines) = try await context.centralPage(of: .progress(in: context.year))
    return .page(
        DeskOverviewPage(visit: visit, lines: lines), visit, json: ["items": .array(lines.map(\.json))])
}

/// The bureau's indicators, by when they are to be decided, each with what waits.
struct DeskOverviewPage: TablePage {
    let visit: Visit
    let lines: [DeskProgress]

    var title: Phrase { Phrase("รับรองผล", en: "Certify") }

    func write(to html: HTML) {
        let waiting = lines.reduce(0) { $0 + $1.waiting }
        html.head(
            title,
            Phrase(
                "รอตัดสิน \(visit.number(waiting)) รายการ · ", en: "\(visit.number(waiting)) wait for a decision · ")
                + visit.year.phrase)
        guard !lines.isEmpty else {
            return html.none(
                "desk", Phrase("ปีนี้ยังไม่มีตัวชี้วัดของสำนักท่าน", en: "Your bureau has no indicator this year"),
                Phrase(
                    "เมื่อเผยแพร่ตัวชี้วัดที่สำนักท่านรับรอง จะแสดงที่นี่", en: "What it certifies will stand here once it is published."
                ))
        }
        html.section(.className("panel flush over")) {
            html.table(.className("table table-hover stack")) {
                html.thead {
                    html.tr {
                        html.th(.scope("col"), .className("main"), text: Phrase("ตัวชี้วัด", en: "Indicator"))
                        html.th(.scope("col"), text: Phrase("รอบ", en: "Round"))
                        html.th(.scope("col"), text: Phrase("ตัดสินภายใน", en: "Decide by"))
                        html.th(.scope("col"), .className("num"), text: Phrase("รอ", en: "Waiting"))
                        html.th(.scope("col"), text: Phrase("ความคืบหน้า", en: "Progress"))
                    }
                }
                html.tbody { for line in lines { row(html, line) } }
            }
        }
        html.downloads(visit)
    }

    var sheet: Sheet {
        Sheet(
            title, in: visit, of: lines,
            [
                .text(Phrase("เลข", en: "Number"), \.number),
                .text(Phrase("ตัวชี้วัด", en: "Indicator"), width: 50, \.name),
                .text(Phrase("สำนัก", en: "Bureau"), width: 30, \.bureauName),
                .phrase(Phrase("รอบ", en: "Round"), \.round.name),
                .moment(Phrase("ตัดสินภายใน", en: "Decide by"), \.decideBy),
                .count(Phrase("รอ", en: "Waiting"), \.waiting), .count(Phrase("เลยกำหนด", en: "Overdue"), \.escalated),
                .count(Phrase("รับรองแล้ว", en: "Certified"), \.certified),
                .count(Phrase("ไม่รับรอง", en: "Not certified"), \.refused), .count(Phrase("ทั้งหมด", en: "All"), \.all),
            ])
    }

    private func row(_ html: HTML, _ line: DeskProgress) {
        let scope = DeskScope(.indicator(line.indicator), line.round)
        html.tr {
            html.th(.scope("row")) {
                html.a(
                    .className("text-decoration-none"), .href(visit.link(scope.path)),
                    text: "\(line.number) \(line.name)")
                html.span(.className("small dim d-block"), text: line.bureauName)
            }
            html.td(Attribute("data-label", Phrase("รอบ", en: "Round")), text: line.round.name)
            html.td(Attribute("data-label", Phrase("ตัดสินภายใน", en: "Decide by"))) {
                line.decideBy.inShort.write(to: html)
                if line.escalated > 0 {
                    html.text(" ")
                    html.state(.bad, "warn", Phrase("เลยกำหนด \(line.escalated)", en: "\(line.escalated) overdue"))
                }
            }
            html.td(.className("num"), Attribute("data-label", Phrase("รอ", en: "Waiting"))) {
                html.b(text: visit.number(line.waiting))
                if line.news > 0 {
                    html.text(" ")
                    html.state(.new, "dot", Phrase("ใหม่ \(line.news)", en: "\(line.news) new"))
                }
            }
            html.td(Attribute("data-label", Phrase("ความคืบหน้า", en: "Progress"))) {
                Phrase(
                    "รับรอง \(line.certified) · ไม่รับรอง \(line.refused) จาก \(line.all)",
                    en: "\(line.certified) certified · \(line.refused) not, of \(line.all)"
                ).write(to: html)
                html.bar("\(line.certified)", "\(line.refused)", of: "\(line.all)")
            }
        }
    }
}
