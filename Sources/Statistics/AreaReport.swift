import HTML
import Interface
import Kernel
import Runtime

/// An area's own results and its schools' reports in a round, beside what the country came to.
struct AreaReport: Sendable {
    let choice: StatisticsChoice
    let area: Area
    /// Of all areas and years.
    let country: [AreaYear]
    let frameworks: [FrameworkCounts]
    let reports: [FrameworkReports]
    let units: [UnitFigures]
    let schools: [SchoolYear]

    func own(in year: FiscalYear) -> AreaYear? { country.first { $0.area == area.id && $0.year == year } }
    var own: AreaYear? { own(in: choice.year) }

    func countryMean(in year: FiscalYear) -> MeanScore? {
        .mean(of: country.filter { $0.year == year }.compactMap(\.score))
    }

    func reports(in year: FiscalYear) -> ReportCounts {
        schools.filter { $0.code == area.code && $0.year == year }.reduce(ReportCounts()) { $0 + $1.counts }
    }

    /// How many areas of the country have all their results settled.
    var rankedAreas: Int { country.count { $0.year == choice.year && $0.rank != nil } }

    /// Districts with the means of their schools, the best first.
    var districts: [(name: Phrase, members: Int, mean: MeanScore?)] {
        let groups = Dictionary(grouping: units.filter { $0.isSchool && !$0.district.isEmpty }, by: \.district)
        return groups.map { district, schools in
            (Phrase(same: district), schools.count, MeanScore.mean(of: schools.compactMap(\.counts.mean)))
        }.sorted { ($0.2?.parts ?? 0, $1.0.thai) > ($1.2?.parts ?? 0, $0.0.thai) }
    }

    func board(for visit: Visit) -> Board {
        let counts = own?.counts ?? ResultCounts()
        return Board(
            tiles: tiles(visit),
            left: [
                .progress(
                    Phrase(
                        "จำนวนผลของเขต \(counts.all) รายการ ตามสถานะ",
                        en: "The area's \(counts.all) results by their state"),
                    frameworks.map { ($0.framework, $0.name, $0.counts) }, visit),
                reportChart(visit),
                .means(
                    "districts", Phrase("คะแนนเฉลี่ยของโรงเรียนรายอำเภอ", en: "Schools' mean score by district"),
                    of: districts, group: Phrase("อำเภอ", en: "District"), members: Phrase("โรงเรียน", en: "Schools"),
                    visit),
            ],
            right: [
                trend(visit),
                .spread(
                    units.filter(\.isSchool).compactMap(\.counts.mean), of: Phrase("โรงเรียน", en: "Schools"),
                    Phrase("การกระจายของคะแนนโรงเรียน", en: "How the schools' scores are spread"), visit),
            ])
    }

    private func tiles(_ visit: Visit) -> [Board.Tile] {
        let counts = own?.counts ?? ResultCounts()
        let (now, before) = (reports(in: choice.year), reports(in: FiscalYear(choice.year.number - 1)))
        return [
            Board.Tile(
                label: Phrase("คะแนนของเขต", en: "The area's score"), value: own?.score?.text() ?? "–",
                note: countryMean(in: choice.year).map {
                    Phrase("ทั้งประเทศ \($0.text())", en: "\($0.text()) in the country")
                } ?? Phrase("ยังไม่มีผลที่ตัดสินแล้ว", en: "Nothing is settled yet")),
            Board.Tile(
                label: Phrase("ลำดับในประเทศ", en: "Rank in the country"),
                value: own?.rank.map { visit.number($0) } ?? "–",
                note: own?.rank == nil
                    ? Phrase(
                        "ยังรอผลอีก \(own?.unsettled ?? 0) รายการ",
                        en: "\(own?.unsettled ?? 0) results aren't settled yet")
                    : Phrase("จาก \(rankedAreas) เขตที่ผลครบแล้ว", en: "of \(rankedAreas) areas that are complete")),
            .share(
                Phrase("รับรองแล้ว", en: "Certified"), counts.certified, of: counts.all,
                Phrase("\(counts.certified) จาก \(counts.all) ผล", en: "\(counts.certified) of \(counts.all) results")),
            .share(
                Phrase("โรงเรียนส่งตรงเวลา", en: "Schools in time"), now.inTime, of: now.due,
                Phrase(
                    "ส่งแล้ว \(visit.number(now.sent)) จาก \(visit.number(now.assigned)) ฉบับ",
                    en: "\(visit.number(now.sent)) of \(visit.number(now.assigned)) reports sent")
                    + (percent(before.inTime, of: before.due).map {
                        Phrase(" ปีก่อน \($0)", en: "; \($0) the year before")
                    } ?? Phrase(same: ""))),
        ]
    }

    private static let reportStates: [Swatch] = [
        Swatch(.strong, Phrase("ตรวจแล้ว", en: "Checked")), Swatch(.middle, Phrase("รอตรวจ", en: "To be checked")),
        Swatch(.hatched, Phrase("ไม่ส่งในกำหนด", en: "Missed")), Swatch(.hollow, Phrase("ยังไม่ส่ง", en: "Not sent yet")),
    ]

    private func reportChart(_ visit: Visit) -> Chart {
        let all = reports.reduce(ReportCounts()) { $0 + $1.counts }
        let states = Self.reportStates
        return Chart(
            "reports", Phrase("รายงานของโรงเรียน", en: "Schools' reports"),
            Phrase(
                "จำนวนรายงาน \(visit.number(all.assigned)) ฉบับ ตามสถานะ",
                en: "\(visit.number(all.assigned)) reports by their state"),
            inWords: Phrase(
                "ตรวจแล้ว \(all.checked) รอตรวจ \(all.sent - all.checked) ไม่ส่งในกำหนด \(all.missed) จากทั้งหมด \(all.assigned) ฉบับ",
                en:
                    "\(all.checked) checked, \(all.sent - all.checked) to be checked, \(all.missed) missed, of \(all.assigned) reports"
            ),
            StackedBars(reports.map { StackedBars.Bar($0.framework, $0.counts.parts) }, states),
            .init(
                Phrase("รายงานของโรงเรียน", en: "Schools' reports"), in: visit, of: reports,
                [.text(Phrase("ชุดตัวชี้วัด", en: "Framework"), width: 24, \.framework)]
                    + states.enumerated().map { place, state in .count(state.label) { $0.counts.parts[place] } }
                    + [.number(Phrase("คะแนนเฉลี่ย", en: "Mean score")) { $0.counts.mean?.text() }]))
    }

    private func trend(_ visit: Visit) -> Chart {
        let years = choice.trendYears
        return .trend(
            years,
            [
                Trend.Line(Phrase("เขตนี้", en: "Here"), years.map { own(in: $0)?.score }),
                Trend.Line(Phrase("ประเทศ", en: "Country"), years.map { countryMean(in: $0) }),
            ],
            Phrase(
                "คะแนนของเขต (เส้นทึบ) และของทั้งประเทศ (เส้นประ)",
                en: "The area's score (solid) and the country's mean (dashed)"),
            visit)
    }
}
