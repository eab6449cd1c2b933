import Areas
import Documents
import HTML
import Interface
import Kernel
import Runtime

extension Country {
    func board(for visit: Visit) -> Board {
        Board(
            tiles: tiles(visit),
            left: [progressChart(visit), spread(visit), trend(visit)], right: [map(visit), regionChart(visit)])
    }

    private func tiles(_ visit: Visit) -> [Board.Tile] {
        let counts = areas.reduce(ResultCounts()) { $0 + $1.counts }
        let (now, before) = (reports(in: choice.year), reports(in: lastYear))
        return [
            Board.Tile(
                label: Phrase("คะแนนเฉลี่ย", en: "Mean score"), value: mean(in: choice.year)?.text() ?? "–",
                note: compared(mean(in: choice.year), with: mean(in: lastYear))),
            .share(
                Phrase("รับรองแล้ว", en: "Certified"), counts.certified, of: counts.all,
                Phrase(
                    "\(visit.number(counts.certified)) จาก \(visit.number(counts.all)) ผล",
                    en: "\(visit.number(counts.certified)) of \(visit.number(counts.all)) results")),
            Board.Tile(
                label: Phrase("รายงานของโรงเรียนที่ส่งแล้ว", en: "Schools' reports sent"),
                value: now.assigned == 0 ? "–" : visit.number(now.sent),
                note: Phrase("จาก \(visit.number(now.assigned)) ฉบับ", en: "of \(visit.number(now.assigned))")),
            .share(
                Phrase("โรงเรียนส่งตรงเวลา", en: "Schools in time"), now.inTime, of: now.due,
                percent(before.inTime, of: before.due).map {
                    Phrase("ปีก่อน \($0)", en: "\($0) the year before")
                } ?? Phrase("ไม่มีข้อมูลปีก่อน", en: "Nothing of the year before")),
        ]
    }

    private func progressChart(_ visit: Visit) -> Chart {
        .progress(
            Phrase(
                "จำนวนผลของ \(areas.count) เขต ตามสถานะการรับรอง", en: "Results of \(areas.count) areas by their state"),
            progress.map { ($0.framework, $0.name, $0.counts) }, visit)
    }

    private func spread(_ visit: Visit) -> Chart {
        let scores = areas.compactMap(\.score)
        return .spread(
            scores, of: Phrase("เขต", en: "Areas"),
            Phrase("การกระจายของคะแนนเขต", en: "How the areas' scores are spread"), visit)
    }

    private func trend(_ visit: Visit) -> Chart {
        let lines = [Area.Kind.primary, .secondary].map { kind in
            Trend.Line(
                Phrase(same: kind == .primary ? "สพป." : "สพม."), choice.trendYears.map { mean(in: $0, of: kind) })
        }
        return .trend(
            choice.trendYears, lines,
            Phrase(
                "คะแนนเฉลี่ย สพป. (เส้นทึบ) และ สพม. (เส้นประ)",
                en: "Mean score of primary (solid) and secondary areas (dashed)"),
            visit)
    }

    private func map(_ visit: Visit) -> Chart {
        let provinces = provinces
        let columns: [TableColumn<(province: Province, areas: Int, mean: MeanScore?)>] = [
            .phrase(Phrase("จังหวัด", en: "Province"), width: 24, \.province.name),
            .phrase(Phrase("ภาค", en: "Region"), width: 24, \.province.region.phrase),
            .count(Phrase("เขต", en: "Areas"), \.areas),
            .number(Phrase("คะแนนเฉลี่ย", en: "Mean score")) { $0.mean?.text() },
        ]
        let known = provinces.compactMap(\.mean)
        return Chart(
            "provinces", Phrase("คะแนนเฉลี่ยรายจังหวัด", en: "Mean score by province"),
            Phrase("หนึ่งช่องคือหนึ่งจังหวัด วางตามภูมิภาค", en: "One tile for each province, where it lies in the country"),
            inWords: Phrase(
                "แผนที่คะแนนเฉลี่ย \(known.count) จังหวัด ตั้งแต่ \(known.min()?.text() ?? "–") ถึง \(known.max()?.text() ?? "–") ดูค่าทุกจังหวัดในตารางด้านล่าง",
                en:
                    "A map of the means of \(known.count) provinces, from \(known.min()?.text() ?? "–") to \(known.max()?.text() ?? "–"); the table below has them all"
            ),
            TileMap(
                provinces.map {
                    TileMap.Tile(
                        $0.province.abbreviation, column: $0.province.column, row: $0.province.row,
                        group: $0.province.region.rawValue, score: $0.mean)
                },
                groups: [
                    (Phrase("เหนือ", en: "North"), 0, 3), (Phrase("อีสาน", en: "Northeast"), 5, 0),
                    (Phrase("กลาง", en: "Central"), 4, 8), (Phrase("ใต้", en: "South"), 3, 11),
                ]),
            Sheet(Phrase("รายจังหวัด", en: "By province"), in: visit, of: provinces, columns))
    }

    private func regionChart(_ visit: Visit) -> Chart {
        .means(
            "regions", Phrase("คะแนนเฉลี่ยรายภาค", en: "Mean score by region"),
            of: regions.map { ($0.region.phrase, $0.areas, $0.mean) }, group: Phrase("ภาค", en: "Region"),
            members: Phrase("เขต", en: "Areas"), visit)
    }
}
