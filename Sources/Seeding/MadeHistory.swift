import Kernel
import Postgres
import Runtime

/// Statistics of the four years before, as an older system might have left them.
struct MadeHistory: Sendable {
    let year: FiscalYear
    let loader: BulkLoader
    let now: Instant

    private static let frameworks = [
        ("KRS", "การประเมินส่วนราชการตามมาตรการปรับปรุงประสิทธิภาพ"), ("ARS", "การประเมินประสิทธิภาพการปฏิบัติราชการ"),
        ("PMQA", "คุณภาพการบริหารจัดการภาครัฐ"), ("จุดเน้น", "นโยบายและจุดเน้น"),
    ]
    private static let indicators = 12
    private static let rounds = ["c06", "c12"]

    /// `schools` has the schools of those areas that have some.
    func load(_ areas: [Area], schools: [AreaID: [Int]]) async throws {
        var results: [[String?]] = []
        var reports: [[String?]] = []
        var units: [[String?]] = []
        for area in areas where area.kind != .central {
            // How good an area is, and how much better it becomes.
            var dice = Dice(area.id.rawValue * 17 + 3)
            let talent = Int(dice.next() % 150_000)
            let zeal = 6_000 + Int(dice.next() % 16_000)
            for past in 0..<4 {
                for (place, framework) in Self.frameworks.enumerated() {
                    for round in Self.rounds {
                        let score = 250_000 + talent + zeal * past + Int(dice.next() % 40_000)
                        let key = ["\(area.id)", "\(year.number - 4 + past)", framework.0, round]
                        results.append(key + [framework.1, "\(place + 1)"] + result(score, &dice))
                        let own = schools[area.id] ?? []
                        let count = own.isEmpty ? (area.kind == .primary ? 130 : 40) : own.count
                        reports.append(key + report(of: count * 3, score, &dice))
                        units += own.map { key + ["\($0)"] + report(of: 3, score, &dice) }
                    }
                }
            }
        }
        _ = try await loader.copy(
            """
            result_statistics (area_id, year, framework, round, name, place, unreported, waiting, refused, certified,
                unsettled, weight, weighted, due, in_time, counted_at)
            """, results)
        _ = try await loader.copy("school_statistics (area_id, year, framework, round, \(Self.reportColumns))", reports)
        _ = try await loader.copy(
            "unit_statistics (area_id, year, framework, round, unit_id, \(Self.reportColumns))", units)
    }

    /// Of twelve indicators with a weight of 100 together.
    private func result(_ score: Int, _ dice: inout Dice) -> [String?] {
        let refused = Int(dice.next() % 3)
        let unreported = dice.next() % 5 == 0 ? 1 : 0
        let late = Int(dice.next() % 2)
        return [
            "\(unreported)", "0", "\(refused)", "\(Self.indicators - refused - unreported)", "0", "100",
            "\(min(score, 500_000))e-3", "\(Self.indicators)", "\(Self.indicators - unreported - late)", now.text,
        ]
    }

    private static let reportColumns = "assigned, sent, missed, checked, score_sum, due, in_time, counted_at"

    private func report(of assigned: Int, _ score: Int, _ dice: inout Dice) -> [String?] {
        let missed = (0..<assigned).count { _ in dice.next() % 16 == 0 }
        let late = (0..<assigned - missed).count { _ in dice.next() % 25 == 0 }
        let sent = assigned - missed
        let mean = min(max(score - 60_000 + Int(dice.next() % 120_000), 100_000), 500_000)
        return [
            "\(assigned)", "\(sent)", "\(missed)", "\(sent)", "\(sent * mean)e-5", "\(assigned)", "\(sent - late)",
            now.text,
        ]
    }
}
