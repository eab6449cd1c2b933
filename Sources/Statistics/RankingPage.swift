import Areas
import Documents
import HTML
import HTTP
import Interface
import Kernel
import Rounds
import Runtime

/// All areas, the best first; who is complete has a rank.
struct RankingPage: RegisterPage {
    let visit: Visit
    let choice: StatisticsChoice
    let areas: [AreaYear]

    var title: Phrase { Phrase("ลำดับของเขต", en: "Areas by rank") }
    private var facts: Phrase {
        choice.round.name + Phrase(same: " · ") + choice.year.phrase
            + Phrase(same: choice.framework.map { " · \($0)" } ?? "")
    }

    private static let columns: [TableColumn<AreaYear>] = [
        .number(Phrase("ลำดับ", en: "Rank")) { $0.rank.map(String.init) },
        .text(Phrase("รหัสเขต", en: "Code"), \.code), .text(Phrase("เขต", en: "Area"), width: 30, \.name),
        .phrase(Phrase("จังหวัด", en: "Province"), width: 20) { $0.province?.name ?? Phrase(same: "") },
        .phrase(Phrase("ภาค", en: "Region"), width: 20) { $0.province?.region.phrase ?? Phrase(same: "") },
        .number(Phrase("คะแนน", en: "Score")) { $0.score?.text(decimals: 5) },
        .count(Phrase("รับรองแล้ว", en: "Certified"), \.counts.certified),
        .count(Phrase("รอรับรอง", en: "Waiting"), \.counts.waiting),
        .count(Phrase("ไม่รับรอง", en: "Not certified"), \.counts.refused),
        .count(Phrase("ยังไม่รายงาน", en: "Not reported"), \.counts.unreported),
        .count(Phrase("ส่งตรงเวลา", en: "In time"), \.inTime),
    ]

    var sheet: Sheet { Sheet(title, in: visit, of: areas, Self.columns) }
    var paperTitle: [Phrase] { [title, facts] }

    func write(to html: HTML) {
        html.p(.className("mb-2")) {
            html.a(
                .href(visit.link("/statistics") + choice.query.queryText),
                text: Phrase("สถิติผลการปฏิบัติราชการ", en: "Performance statistics"))
        }
        html.head(title, visit.digits(facts))
        StatisticsFilters(visit: visit, choice: choice, areas: []).write(to: html)
        if areas.isEmpty {
            html.none(
                "find", Phrase("ไม่มีเขตที่ตรง", en: "No area matches"), Phrase("ลองเลือกทุกภาค", en: "Try all regions."))
        } else {
            html.section(.className("panel flush")) {
                html.table(of: sheet, named: 2, hiding: [1, 4], .className("table-hover stack"))
            }
        }
        html.downloads(visit, alsoOnPaper: true)
    }
}
