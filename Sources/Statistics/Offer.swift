import Kernel
import Postgres
import Rounds

/// A framework's round of a year, of which there is something to show.
struct Offer: Sendable, Hashable {
    let year: FiscalYear
    /// Its short name, which stays the same over the years.
    let framework: String
    let round: Round
    /// Whether areas report it to the central office.
    let isNational: Bool

    init(_ cells: inout Cells) throws {
        year = FiscalYear(try cells.next())
        framework = try cells.next()
        round = try cells.next()
        isNational = try cells.next()
    }
}

extension Query where Answer == [Offer] {
    static var ofCountry: Query {
        .all(
            """
            SELECT s.year, s.framework, s.round, true
            FROM areas a
            JOIN result_statistics s ON s.area_id = a.id
            GROUP BY s.year, s.framework, s.round
            ORDER BY s.year DESC, min(s.place), s.framework
            """
        ) { try Offer(&$0) }
    }

    static func of(_ area: AreaID) -> Query {
        .all(
            """
            SELECT s.year, s.framework, s.round, bool_or(s.is_national)
            FROM (
                SELECT year, framework, round, place, true AS is_national
                FROM result_statistics
                WHERE area_id = \(area)
                UNION ALL
                SELECT year, framework, round, 1000, false
                FROM school_statistics
                WHERE area_id = \(area)
            ) s
            GROUP BY s.year, s.framework, s.round
            ORDER BY s.year DESC, min(s.place), s.framework
            """
        ) { try Offer(&$0) }
    }
}
