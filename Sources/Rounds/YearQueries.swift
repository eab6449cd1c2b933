package import Kernel
package import Postgres
package import Runtime

/// A year that an area has opened.
package struct OpenedYear: Sendable {
    package var year: FiscalYear
    package var copiedFrom: FiscalYear?
    package var closedAt: Instant?

    package var json: JSON {
        [
            "year": JSON(year.number), "copied-from": copiedFrom.map { JSON($0.number) } ?? .null,
            "closed-at": JSON(closedAt),
        ]
    }

    package static let schema = APISchema.object([
        ("year", .number), ("copied-from", .optional(.number)), ("closed-at", .optional(.moment)),
    ])
}

extension Query where Answer == [OpenedYear] {
    /// The latest first.
    package static func years(of area: AreaID) -> Query {
        .all(
            """
            SELECT year, copied_from, closed_at
            FROM fiscal_years
            WHERE area_id = \(area)
            ORDER BY year DESC
            """
        ) { try OpenedYear(&$0) }
    }
}

extension Query where Answer == OpenedYear? {
    package static func year(_ year: FiscalYear, of area: AreaID) -> Query {
        .first(
            """
            SELECT year, copied_from, closed_at
            FROM fiscal_years
            WHERE area_id = \(area) AND year = \(year.number)
            """
        ) { try OpenedYear(&$0) }
    }

    /// Nobody closes the year, or opens it again, until the deed is done.
    static func yearForUpdate(_ year: FiscalYear, of area: AreaID) -> Query {
        .first(
            """
            SELECT year, copied_from, closed_at
            FROM fiscal_years
            WHERE area_id = \(area) AND year = \(year.number)
            FOR UPDATE
            """
        ) { try OpenedYear(&$0) }
    }

    /// The year stays as it is until the deed is done.
    static func yearForShare(_ year: FiscalYear, of area: AreaID) -> Query {
        .first(
            """
            SELECT year, copied_from, closed_at
            FROM fiscal_years
            WHERE area_id = \(area) AND year = \(year.number)
            FOR SHARE
            """
        ) { try OpenedYear(&$0) }
    }
}

extension OpenedYear {
    fileprivate init(_ cells: inout Cells) throws {
        year = FiscalYear(try cells.next())
        copiedFrom = try cells.nextIfAny(Int.self).map { FiscalYear($0) }
        closedAt = try cells.nextIfAny()
    }
}

extension Query where Answer == [RoundDates] {
    /// In the order of the year.
    package static func roundDates(of year: FiscalYear, in area: AreaID) -> Query {
        Query(
            """
            SELECT round, opens_on, due_at
            FROM round_dates
            WHERE area_id = \(area) AND year = \(year.number)
            """
        ) { rows in
            try rows.map { cells in
                var cells = cells
                return RoundDates(round: try cells.next(), opening: try cells.next(), due: try cells.next())
            }
            .sorted { $0.round.order < $1.round.order }
        }
    }
}

extension Query where Answer == Int {
    static func insertYear(_ year: FiscalYear, from source: FiscalYear?, in area: AreaID, at now: Instant) -> Query {
        .deed(
            """
            INSERT INTO fiscal_years (area_id, year, copied_from, created_at)
            VALUES (\(area), \(year.number), \(source?.number), \(now))
            """)
    }

    static func setClosed(_ moment: Instant?, _ year: FiscalYear, in area: AreaID) -> Query {
        .deed("UPDATE fiscal_years SET closed_at = \(moment) WHERE area_id = \(area) AND year = \(year.number)")
    }

    /// As many years on, by Bangkok's clock.
    static func copyDates(from source: FiscalYear, to year: FiscalYear, in area: AreaID) -> Query {
        let years = year.number - source.number
        return .deed(
            """
            INSERT INTO round_dates (area_id, year, round, opens_on, due_at)
            SELECT area_id, \(year.number)::int, round, (opens_on + make_interval(years => \(years)::int))::date,
                (due_at AT TIME ZONE 'Asia/Bangkok' + make_interval(years => \(years)::int)) AT TIME ZONE 'Asia/Bangkok'
            FROM round_dates
            WHERE area_id = \(area) AND year = \(source.number)
            RETURNING round
            """)
    }

    static func saveDates(_ dates: RoundDates, of year: FiscalYear, in area: AreaID) -> Query {
        .deed(
            """
            INSERT INTO round_dates (area_id, year, round, opens_on, due_at)
            VALUES (\(area), \(year.number), \(dates.round), \(dates.opening), \(dates.due))
            ON CONFLICT (area_id, year, round) DO UPDATE
            SET opens_on = excluded.opens_on, due_at = excluded.due_at
            """)
    }
}
