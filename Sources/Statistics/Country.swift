import Areas
import HTML
import Interface
import Kernel
import Runtime

/// The country's results in a round, or a part of the country's.
struct Country: Sendable {
    let choice: StatisticsChoice
    /// Of all years.
    private let all: [AreaYear]
    private let schools: [SchoolYear]
    let frameworks: [FrameworkCounts]

    init(
        _ choice: StatisticsChoice, _ areas: [AreaYear], _ schools: [SchoolYear], _ frameworks: [FrameworkCounts]
    ) {
        self.choice = choice
        all = areas.filter { choice.admits($0.code, $0.kind) }
        self.schools = schools.filter { choice.admits($0.code, $0.kind) }
        self.frameworks = frameworks.filter { choice.admits($0.code, $0.kind) }
    }

    /// The best first.
    func areas(in year: FiscalYear) -> [AreaYear] { all.filter { $0.year == year } }
    var areas: [AreaYear] { areas(in: choice.year) }
    var lastYear: FiscalYear { FiscalYear(choice.year.number - 1) }

    func mean(in year: FiscalYear, of kind: Area.Kind? = nil) -> MeanScore? {
        .mean(of: areas(in: year).filter { kind == nil || $0.kind == kind }.compactMap(\.score))
    }

    func reports(in year: FiscalYear) -> ReportCounts {
        schools.filter { $0.year == year }.reduce(ReportCounts()) { $0 + $1.counts }
    }

    /// When it was counted last.
    var countedAt: Instant? { areas.map(\.countedAt).max() }

    /// Each framework's results together, in their order.
    var progress: [(framework: String, name: String, counts: ResultCounts)] {
        var groups: [(framework: String, name: String, counts: ResultCounts)] = []
        for one in frameworks {
            if let place = groups.firstIndex(where: { $0.framework == one.framework }) {
                groups[place].counts = groups[place].counts + one.counts
            } else {
                groups.append((one.framework, one.name, one.counts))
            }
        }
        return groups
    }

    var provinces: [(province: Province, areas: Int, mean: MeanScore?)] {
        let groups = Dictionary(grouping: areas, by: { $0.province?.number ?? 0 })
        return Province.all.map { province in
            let own = groups[province.number] ?? []
            return (province, own.count, .mean(of: own.compactMap(\.score)))
        }
    }

    var regions: [(region: Region, areas: Int, mean: MeanScore?)] {
        Region.allCases.map { region in
            let own = areas.filter { $0.province?.region == region }
            return (region, own.count, .mean(of: own.compactMap(\.score)))
        }
    }
}
