import Areas
import Documents
import HTML
import Interface
import Kernel
import Postgres
import Rounds
import Scoring

/// The official list as a spreadsheet: what areas come to, and each of their results.
struct OfficialList {
    let totals: [AreaTotal]
    let results: [OfficialResult]
    let closed: ClosedYear?
    let visit: Visit

    var totalsSheet: Sheet {
        Sheet(
            Phrase("ผลรวม", en: "Totals"), in: visit, of: totals,
            columns + [
                .text(Phrase(same: "SHA-256"), width: 34) { [closed] in closed?.certificates[$0.area]?.digest ?? "" }
            ])
    }

    /// Nobody compares hashes on paper: there the summary's number is enough.
    var paperSheet: Sheet { Sheet(Phrase("ผลรวม", en: "Totals"), in: visit, of: totals, columns) }

    private var columns: [TableColumn<AreaTotal>] {
        let titles = OverallPage.columns
        return [
            .count(titles[0], \.rank), .text(titles[1], \.code), .text(titles[2], width: 34, \.name),
            .phrase(titles[3]) { $0.region?.phrase ?? Phrase(same: "") },
            .number(titles[4]) { $0.total?.text(decimals: ScoreRule.scoreDecimals) }, .count(titles[5], \.certified),
            .count(titles[6], \.waiting), .count(titles[7], \.refused), .count(titles[8], \.unreported),
            .text(Phrase("ใบสรุปเลขที่", en: "Summary no.")) { [closed] in
                closed?.certificates[$0.area].map { "\($0.number)" } ?? ""
            },
        ]
    }

    /// Of the areas whose totals are shown.
    var resultsSheet: Sheet {
        let shown = Set(totals.map(\.area))
        return Sheet(
            Phrase("รายตัวชี้วัด", en: "By indicator"), in: visit, of: results.filter { shown.contains($0.area) },
            [
                .text(Phrase("รหัสเขต", en: "Code"), \.code), .text(Phrase("เขต", en: "Area"), width: 34, \.areaName),
                .text(Phrase("ตัวชี้วัด", en: "Indicator"), \.number),
                .text(Phrase("ชื่อตัวชี้วัด", en: "Name"), width: 34, \.name),
                .number(Phrase("น้ำหนัก", en: "Weight")) { $0.weight.text(decimals: ScoreRule.weightDecimals) },
                .phrase(Phrase("สถานะ", en: "State"), \.state.phrase),
                .number(Phrase("ผลการดำเนินงาน", en: "Result")) { $0.result?.text(decimals: ScoreRule.resultDecimals) },
                .number(Phrase("คะแนนที่ประเมิน", en: "Self-assessed score")) {
                    $0.score?.text(decimals: ScoreRule.scoreDecimals)
                },
                .number(Phrase("คะแนนทางการ", en: "Official score")) {
                    $0.official.text(decimals: ScoreRule.scoreDecimals)
                },
                .text(Phrase("ใบรับรองเลขที่", en: "Certificate no.")) { $0.certificate.map { "\($0)" } ?? "" },
            ])
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
