import Areas
import Documents
import HTML
import HTTP
import Interface
import Kernel
import Rounds
import Runtime

/// An area's units, the best first.
struct UnitStatisticsPage: RegisterPage {
    let visit: Visit
    /// Nil while nothing was reported.
    let choice: StatisticsChoice?
    let units: [UnitFigures]

    var title: Phrase { Phrase("สถิติรายหน่วยงาน", en: "Statistics by unit") }
    private var facts: Phrase {
        guard let choice else { return visit.year.phrase }
        return choice.round.name + Phrase(same: " · ") + choice.year.phrase
            + Phrase(same: choice.framework.map { " · \($0)" } ?? "")
    }

    private static let columns: [TableColumn<UnitFigures>] = [
        .number(Phrase("ลำดับ", en: "Rank")) { $0.rank.map(String.init) },
        .text(Phrase("หน่วยงาน", en: "Unit"), width: 34, \.unit),
        .text(Phrase("อำเภอ", en: "District"), width: 20, \.district),
        .number(Phrase("คะแนนเฉลี่ย", en: "Mean score")) { $0.counts.mean?.text(decimals: 5) },
        .count(Phrase("ต้องรายงาน", en: "To report"), \.counts.assigned),
        .count(Phrase("ส่งแล้ว", en: "Sent"), \.counts.sent),
        .count(Phrase("ตรงเวลา", en: "In time"), \.counts.inTime),
        .count(Phrase("ไม่ส่งในกำหนด", en: "Missed"), \.counts.missed),
        .count(Phrase("ตรวจแล้ว", en: "Checked"), \.counts.checked),
    ]

    var sheet: Sheet { Sheet(title, in: visit, of: units, Self.columns) }
    var paperTitle: [Phrase] { [title, Phrase(same: visit.area.shortName), facts] }

    func write(to html: HTML) {
        html.p(.className("mb-2")) {
            html.a(
                .href(visit.link("/statistics") + (choice?.query.queryText ?? "")),
                text: Phrase("สถิติผลการปฏิบัติราชการ", en: "Performance statistics"))
        }
        html.head(title, visit.digits(facts))
        if let choice {
            StatisticsFilters(visit: visit, choice: choice, areas: [], isOfCountry: false).write(to: html)
        }
        if units.isEmpty {
            html.none(
                "bars", Phrase("ยังไม่มีรายงาน", en: "There are no reports yet"),
                Phrase("เมื่อเปิดรอบและมีผู้ต้องรายงาน ตัวเลขจะแสดงที่นี่", en: "Once a round is open, figures stand here."))
        } else {
            html.section(.className("panel flush")) { html.table(of: sheet, named: 1, .className("table-hover stack")) }
        }
        html.downloads(visit, alsoOnPaper: true)
    }
}
