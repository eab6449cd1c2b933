import Documents
import HTML
import Kernel
import Postgres
import Rounds
import Scoring

/// The official list as a spreadsheet: what areas come to, and each of their results.
struct OfficialList {
    let choice: OverallChoice
    let totals: [AreaTotal]
    let results: [OfficialResult]
    let closed: ClosedYear?
    let language: Language

    var sheets: [Sheet] {
        let shown = Set(totals.map(\.area))
        return [
            Sheet(choice.framework.shortName, columns(OverallPage.columns + Self.summaryColumns), totals.map(row)),
            Sheet(
                Phrase("รายตัวชี้วัด", en: "By indicator")[language], columns(Self.resultColumns),
                results.filter { shown.contains($0.area) }.map(row)),
        ]
    }

    private static let summaryColumns = [
        Phrase("ใบสรุปเลขที่", en: "Summary no."), Phrase("รหัส SHA-256", en: "SHA-256"),
    ]

    private static let resultColumns = [
        Phrase("รหัสเขต", en: "Code"), Phrase("เขต", en: "Area"), Phrase("ตัวชี้วัด", en: "Indicator"),
        Phrase("ชื่อตัวชี้วัด", en: "Name"), Phrase("น้ำหนัก", en: "Weight"), Phrase("สถานะ", en: "State"),
        Phrase("ผลการดำเนินงาน", en: "Result"), Phrase("คะแนนที่ประเมิน", en: "Self-assessed score"),
        Phrase("คะแนนทางการ", en: "Official score"), Phrase("ใบรับรองเลขที่", en: "Certificate no."),
    ]

    private func columns(_ names: [Phrase]) -> [Sheet.Column] {
        names.map { name in
            Sheet.Column(name[language], width: ["เขต", "ชื่อตัวชี้วัด", "รหัส SHA-256"].contains(name.thai) ? 34 : 16)
        }
    }

    private func row(_ total: AreaTotal) -> [Sheet.Cell] {
        let summary = closed?.certificates[total.area]
        return [
            .number("\(total.rank)"), Sheet.Cell(total.code), Sheet.Cell(total.name),
            Sheet.Cell(total.region?.phrase[language] ?? ""),
            total.total.map { .number($0.text(decimals: ScoreRule.scoreDecimals)) } ?? Sheet.Cell(""),
            .number("\(total.certified)"), .number("\(total.waiting)"), .number("\(total.refused)"),
            .number("\(total.unreported)"), Sheet.Cell(summary.map { "\($0.number)" } ?? ""),
            Sheet.Cell(summary?.digest ?? ""),
        ]
    }

    private func row(_ result: OfficialResult) -> [Sheet.Cell] {
        let number: (Exact?, Int) -> Sheet.Cell = { value, decimals in
            value.map { .number($0.text(decimals: decimals)) } ?? Sheet.Cell("")
        }
        return [
            Sheet.Cell(result.code), Sheet.Cell(result.areaName), Sheet.Cell(result.number), Sheet.Cell(result.name),
            number(result.weight, ScoreRule.weightDecimals), Sheet.Cell(result.state.phrase[language]),
            number(result.result, ScoreRule.resultDecimals), number(result.score, ScoreRule.scoreDecimals),
            number(result.official, ScoreRule.scoreDecimals),
            Sheet.Cell(result.certificate.map { "\($0)" } ?? ""),
        ]
    }
}

/// A line of the official list.
struct OfficialResult: Sendable {
    let area: AreaID
    let code: String
    let areaName: String
    let number: String
    let name: String
    let weight: Exact
    let state: ResultState
    let result: Exact?
    let score: Exact?
    let official: Exact
    /// Its number, where it is certified.
    let certificate: Int?
}

extension Query where Answer == [OfficialResult] {
    /// Area by area, in the order of the indicators.
    static func officialResults(ofFramework framework: Int, in round: Round) -> Query {
        .all(
            """
            SELECT a.id, a.code, a.short_name, n.number, n.name, coalesce(q.weight, n.weight), r.state,
                round(r.result, \(ScoreRule.resultDecimals)), round(r.score, \(ScoreRule.scoreDecimals)),
                round(r.official, \(ScoreRule.scoreDecimals)), c.number
            FROM areas a
            JOIN area_results r ON r.area_id = a.id AND r.framework_id = \(framework) AND r.round = \(round)
            JOIN national_indicators n ON n.id = r.indicator_id AND \(part: .isInForce)
            JOIN national_rounds q ON q.indicator_id = r.indicator_id AND q.round = r.round
            LEFT JOIN certificates c ON c.area_id = r.area_id AND c.result_id = r.id AND c.revoked_at IS NULL
            ORDER BY a.code, n.number_order, n.id
            """
        ) {
            OfficialResult(
                area: try $0.next(), code: try $0.next(), areaName: try $0.next(), number: try $0.next(),
                name: try $0.next(), weight: try $0.next(), state: try $0.next(), result: try $0.nextIfAny(),
                score: try $0.nextIfAny(), official: try $0.next(), certificate: try $0.nextIfAny())
        }
    }
}
