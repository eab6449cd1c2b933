import Interface
import Kernel
import Runtime

/// Whose statistics a page shows.
enum Scope: Sendable {
    case country(Country)
    case area(AreaReport)

    var choice: StatisticsChoice {
        switch self {
        case .country(let country): country.choice
        case .area(let report): report.choice
        }
    }

    var countedAt: Instant? {
        switch self {
        case .country(let country): country.countedAt
        case .area(let report): report.own?.countedAt
        }
    }

    var isOfCountry: Bool {
        if case .country = self { true } else { false }
    }

    func board(for visit: Visit) -> Board {
        switch self {
        case .country(let country): country.board(for: visit)
        case .area(let report): report.board(for: visit)
        }
    }
}
