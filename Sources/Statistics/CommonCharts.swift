import Documents
import HTML
import Interface
import Kernel

/// Charts that the country's page and an area's share.
extension Chart {
    private static let states: [Swatch] = [
        Swatch(.strong, Phrase("รับรองแล้ว", en: "Certified")), Swatch(.middle, Phrase("รอรับรอง", en: "Waiting")),
        Swatch(.hatched, Phrase("ไม่รับรอง", en: "Not certified")),
        Swatch(.hollow, Phrase("ยังไม่รายงาน", en: "Not reported")),
    ]

    static func progress(
        _ note: Phrase, _ frameworks: [(framework: String, name: String, counts: ResultCounts)], _ visit: Visit
    ) -> Chart {
        let all = frameworks.reduce(ResultCounts()) { $0 + $1.counts }
        return Chart(
            "progress", Phrase("ความก้าวหน้าการรับรอง", en: "Progress of certification"), note,
            inWords: Phrase(
                "รับรองแล้ว \(all.certified) รอรับรอง \(all.waiting) ไม่รับรอง \(all.refused) ยังไม่รายงาน \(all.unreported) แยกตามชุดตัวชี้วัด",
                en:
                    "\(all.certified) certified, \(all.waiting) waiting, \(all.refused) not certified, \(all.unreported) not reported, by framework"
            ),
            StackedBars(frameworks.map { StackedBars.Bar($0.framework, $0.counts.parts) }, states),
            Sheet(
                Phrase("ความก้าวหน้า", en: "Progress"), in: visit, of: frameworks,
                [.text(Phrase("ชุดตัวชี้วัด", en: "Framework"), width: 34, \.name)]
                    + states.enumerated().map { place, state in
                        .count(state.label) { $0.counts.parts[place] }
                    }))
    }

    /// How many of something have which score.
    static func spread(_ scores: [MeanScore], of what: Phrase, _ title: Phrase, _ visit: Visit) -> Chart {
        let mean = MeanScore.mean(of: scores)
        let counts = Histogram.counts(scores)
        return Chart(
            "spread", title,
            mean.map {
                Phrase(
                    "จำนวน\(what.thai)ในแต่ละช่วงคะแนน สามเหลี่ยมชี้ค่าเฉลี่ย \($0.text())",
                    en: "\(what.english) in each range of scores; the triangle shows the mean, \($0.text())")
            } ?? Phrase("ยังไม่มีผลที่ตัดสินแล้ว", en: "Nothing is settled yet"),
            inWords: Phrase(
                "การกระจายของคะแนน \(scores.count) \(what.thai) เฉลี่ย \(mean?.text() ?? "–")",
                en: "The spread of \(scores.count) scores with a mean of \(mean?.text() ?? "–")"),
            Histogram(of: scores, mean: mean),
            Sheet(
                Phrase("การกระจาย", en: "Spread"), in: visit, of: Array(counts.indices),
                [
                    .text(Phrase("ช่วงคะแนน", en: "Score"), Histogram.range),
                    .count(what) { counts[$0] },
                ]))
    }

    static func trend(_ years: [FiscalYear], _ lines: [Trend.Line], _ note: Phrase, _ visit: Visit) -> Chart {
        let words = lines.map { line -> Phrase in
            let known = line.scores.compactMap(\.self)
            guard let first = known.first, let last = known.last else { return Phrase(same: "") }
            return line.label
                + Phrase(" จาก \(first.text()) เป็น \(last.text()) ", en: " from \(first.text()) to \(last.text()). ")
        }
        return Chart(
            "trend",
            Phrase("แนวโน้ม \(years.count) ปี", en: "Trend over \(years.count) \(years.count == 1 ? "year" : "years")"),
            note,
            inWords: words.reduce(Phrase("คะแนนเฉลี่ยรายปี ", en: "Mean score by year: "), +), Trend(years, lines),
            Sheet(
                Phrase("แนวโน้ม", en: "Trend"), in: visit, of: Array(years.indices),
                [.text(Phrase("ปีงบประมาณ", en: "Fiscal year")) { "\(years[$0].number)" }]
                    + lines.map { line in .number(line.label) { line.scores[$0]?.text() } }))
    }

    /// The mean of each of some groups.
    static func means(
        _ name: String, _ title: Phrase, of groups: [(name: Phrase, members: Int, mean: MeanScore?)], group: Phrase,
        members: Phrase, _ visit: Visit
    ) -> Chart {
        let best = groups.filter { $0.mean != nil }.max { ($0.mean?.parts ?? 0) < ($1.mean?.parts ?? 0) }
        return Chart(
            name, title, Phrase("แท่งเริ่มที่ 1 คะแนน สุดที่ 5", en: "Bars begin at 1 and end at 5"),
            inWords: Phrase(
                "คะแนนเฉลี่ย \(groups.count) กลุ่ม สูงสุด \(best?.name.thai ?? "–") \(best?.mean?.text() ?? "")",
                en:
                    "The means of \(groups.count) groups; the best is \(best?.name.english ?? "–") \(best?.mean?.text() ?? "")"
            ),
            RankedBars(groups.map { ($0.name, $0.mean) }),
            Sheet(
                title, in: visit, of: groups,
                [
                    .phrase(group, width: 30, \.name), .count(members, \.members),
                    .number(Phrase("คะแนนเฉลี่ย", en: "Mean score")) { $0.mean?.text() },
                ]))
    }
}
