import Areas
import Documents
import HTML
import HTTP
import Interface
import Kernel
import Rounds
import Scoring

/// The country's results: distribution, regions, bureaus, and all areas by rank.
struct OverallPage: RegisterPage {
    let visit: Visit
    let frameworks: [ReportedFramework]
    let choice: OverallChoice?
    let totals: [AreaTotal]
    let bureaus: [BureauTotal]
    let closed: ClosedYear?
    /// For the files only.
    var results: [OfficialResult] = []

    var title: Phrase { Phrase("ผลรวม", en: "Overall results") }

    static let columns = [
        Phrase("ลำดับ", en: "Rank"), Phrase("รหัสเขต", en: "Code"), Phrase("เขต", en: "Area"),
        Phrase("ภาค", en: "Region"), Phrase("คะแนนรวม", en: "Total"), Phrase("รับรองแล้ว", en: "Certified"),
        Phrase("รอรับรอง", en: "Waiting"), Phrase("ไม่รับรอง", en: "Not certified"),
        Phrase("ยังไม่รายงาน", en: "Not reported"),
    ]

    func write(to html: HTML) {
        guard let choice else {
            html.head(title, visit.year.phrase)
            return html.none(
                "bars", Phrase("ปีนี้ยังไม่มีผลของเขต", en: "This year has no results yet"),
                Phrase("เมื่อเผยแพร่ตัวชี้วัดถึงเขต ผลรวมจะแสดงที่นี่", en: "Once indicators are published, totals stand here."))
        }
        html.head(title, Phrase(same: choice.framework.shortName + " · ") + choice.round.name)
        closed?.write(to: html)
        filters(html, choice)
        html.div(.className("split two")) {
            distribution(html)
            groups(html)
        }
        ranking(html)
        html.downloads(visit, alsoOnPaper: true)
    }

    private var list: OfficialList {
        OfficialList(totals: totals, results: results, closed: closed, visit: visit)
    }
    var sheet: Sheet { list.totalsSheet }
    var otherSheets: [Sheet] { [list.resultsSheet] }

    var paperTitle: [Phrase] {
        let state =
            closed == nil
            ? Phrase("บัญชีผลคะแนน (ยังไม่ปิดปี)", en: "List of results (the year isn't closed)")
            : Phrase("บัญชีผลคะแนนอย่างเป็นทางการ", en: "Official list of results")
        guard let choice else { return [state, visit.year.phrase] }
        return [
            state,
            Phrase(same: "\(choice.framework.name) · ") + choice.round.name + Phrase(same: " · ") + visit.year.phrase,
        ]
    }

    var paperSheet: Sheet { list.paperSheet }

    var paperEnd: [PaperPart] {
        [
            .signatures([
                PaperSignature(role: Phrase("ผู้จัดทำ", en: "prepared by")).lines(in: visit.language),
                PaperSignature(role: Phrase("ผู้รับรอง", en: "certified by")).lines(in: visit.language),
            ])
        ]
    }

    private func filters(_ html: HTML, _ choice: OverallChoice) {
        html.form(.className("row g-2 mb-3"), .role("search"), .action(visit.link("/overall"))) {
            html.filterChoice(
                "framework", Phrase("ชุดตัวชี้วัด", en: "Framework"), chosen: "\(choice.framework.id)",
                frameworks.map { .init("\($0.id)", Phrase(same: $0.shortName)) }, width: 3)
            html.filterChoice(
                "round", Phrase("รอบ", en: "Round"), chosen: choice.round.code,
                choice.framework.rounds.map { .init($0.code, $0.name) }, width: 2)
            html.filterChoice(
                "kind", Phrase("ประเภทเขต", en: "Kind of area"), chosen: choice.kind?.rawValue ?? "",
                [Area.Kind.primary, .secondary].map { .init($0.rawValue, $0.phrase) }, width: 2)
            html.filterChoice(
                "region", Phrase("ภาค", en: "Region"), chosen: choice.region?.rawValue ?? "",
                Region.allCases.map { .init($0.rawValue, $0.phrase) }, width: 3)
            html.filterSubmit()
        }
    }

    private static let bins = [("1.0–1.9", 1, 2), ("2.0–2.9", 2, 3), ("3.0–3.9", 3, 4), ("4.0–5.0", 4, 6)]

    private func distribution(_ html: HTML) {
        let counts = Self.bins.map { bin in
            totals.count { total in
                total.total.map { $0 >= Exact(bin.1) && $0 < Exact(bin.2) } ?? false
            }
        }
        html.section(.className("panel chart")) {
            html.h2(text: Phrase("การกระจายของคะแนนรวม", en: "How the totals are spread"))
            html.table(.className("table mb-0")) {
                html.thead {
                    html.tr {
                        html.th(.scope("col"), text: Phrase("คะแนน", en: "Score"))
                        html.th(.scope("col"), .className("num"), text: Phrase("เขต", en: "Areas"))
                        html.th(.scope("col"), .className("main"), text: Phrase("สัดส่วน", en: "Share"))
                    }
                }
                html.tbody {
                    for (bin, count) in zip(Self.bins, counts) {
                        html.tr {
                            html.th(.scope("row"), text: bin.0)
                            html.td(.className("num"), text: visit.number(count))
                            html.td { html.bar("\(count)", "0", of: "\(max(totals.count, 1))") }
                        }
                    }
                }
            }
        }
    }

    private func groups(_ html: HTML) {
        html.section(.className("panel")) {
            html.h2(text: Phrase("ค่าเฉลี่ย", en: "Means"))
            html.table(.className("table tight mb-0")) {
                html.thead {
                    html.tr {
                        html.th(.scope("col"), .className("main"), text: Phrase("กลุ่ม", en: "Group"))
                        html.th(.scope("col"), .className("num"), text: Phrase("รับรองแล้ว", en: "Certified"))
                        html.th(.scope("col"), .className("num"), text: Phrase("คะแนนเฉลี่ย", en: "Mean score"))
                    }
                }
                html.tbody {
                    for region in Region.allCases {
                        let own = totals.filter { $0.region == region }
                        if let mean = Self.mean(own) {
                            row(
                                html, region.phrase, own.reduce(0) { $0 + $1.certified },
                                of: own.reduce(0) { $0 + $1.all }, mean)
                        }
                    }
                    for bureau in bureaus {
                        row(html, Phrase(same: bureau.name), bureau.certified, of: bureau.results, bureau.mean)
                    }
                }
            }
        }
    }

    private static func mean(_ totals: [AreaTotal]) -> Exact? {
        let known = totals.compactMap(\.total)
        return known.reduce(Exact.zero) { $0 + $1 }.divided(by: Exact(known.count))
    }

    private func row(_ html: HTML, _ name: Phrase, _ certified: Int, of all: Int, _ mean: Exact) {
        html.tr {
            html.th(.scope("row"), text: name)
            html.td(.className("num"), text: "\(visit.number(certified))/\(visit.number(all))")
            html.td(.className("num"), text: mean.text(decimals: ScoreRule.scoreDecimals))
        }
    }

    private func ranking(_ html: HTML) {
        html.section(.className("panel flush")) {
            html.h2(text: Phrase("ลำดับของเขต", en: "Areas by rank"))
            html.div(.className("over")) {
                html.table(.className("table table-hover stack")) {
                    html.thead {
                        html.tr {
                            html.th(.scope("col"), .className("num"), text: Self.columns[0])
                            html.th(.scope("col"), .className("main"), text: Self.columns[2])
                            for place in 3..<Self.columns.count {
                                html.th(.scope("col"), .className("num").when(place > 3), text: Self.columns[place])
                            }
                        }
                    }
                    html.tbody { for total in totals { row(html, total) } }
                }
            }
        }
    }

    private func row(_ html: HTML, _ total: AreaTotal) {
        html.tr {
            html.td(
                .className("num"), Attribute("data-label", Self.columns[0]),
                text: total.rank > 0 ? "\(total.rank)" : "–")
            html.th(.scope("row"), text: total.name)
            html.td(Attribute("data-label", Self.columns[3]), text: total.region?.phrase ?? Phrase(same: "–"))
            html.td(.className("num"), Attribute("data-label", Self.columns[4])) {
                html.b(text: total.total?.text(decimals: ScoreRule.scoreDecimals) ?? "–")
            }
            let counts = [total.certified, total.waiting, total.refused, total.unreported]
            for (place, count) in counts.enumerated() {
                html.td(.className("num"), Attribute("data-label", Self.columns[place + 5]), text: visit.number(count))
            }
        }
    }
}
