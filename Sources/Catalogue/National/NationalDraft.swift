import HTML
package import Kernel
package import Postgres
package import Rounds
package import Runtime
package import Scoring

/// What the central office would publish now: an open indicator of its own, with its rounds.
package struct NationalDraft: Sendable {
    package let definition: NationalDefinition
    package let bureauName: String
    package let rounds: [NationalDraftRound]
}

/// A round of it; the weight is nil where the indicator's own counts.
package struct NationalDraftRound: Sendable {
    package let dates: RoundDates
    package let weight: Exact?
}

/// A framework of the central office, as areas see it.
package struct NationalFramework: Sendable {
    package let id: Int
    package let year: FiscalYear
    package let name: String
    package let shortName: String
    package let place: Int

    package var json: JSON {
        [
            "id": JSON(id), "year": JSON(year.number), "name": .text(name), "short-name": .text(shortName),
            "place": JSON(place),
        ]
    }

    package static let columns: SQL = "f.id, f.year, f.name, f.short_name, f.place"

    package init(_ cells: inout Cells) throws {
        id = try cells.next()
        year = FiscalYear(try cells.next())
        name = try cells.next()
        shortName = try cells.next()
        place = try cells.next()
    }
}

extension Query where Answer == [NationalFramework] {
    package static func frameworksToPublish(in year: FiscalYear, of area: AreaID) -> Query {
        .all(
            """
            SELECT \(part: NationalFramework.columns)
            FROM frameworks f
            WHERE f.area_id = \(area) AND f.year = \(year.number)
            ORDER BY f.place, f.id
            """
        ) { try NationalFramework(&$0) }
    }
}

extension Query where Answer == NationalFramework? {
    package static func frameworkToPublish(_ id: Int, of area: AreaID) -> Query {
        .first(
            """
            SELECT \(part: NationalFramework.columns)
            FROM frameworks f
            WHERE f.area_id = \(area) AND f.id = \(id)
            """
        ) { try NationalFramework(&$0) }
    }
}

extension Query where Answer == [NationalDraft] {
    /// In the order of their numbers, with all their parts; what is hidden isn't ready.
    package static func nationalDrafts(of framework: Int, in area: AreaID) -> Query {
        .all(
            """
            SELECT \(part: wholeIndicator), coalesce(u.name, ''),
                ARRAY(
                    SELECT x
                    FROM indicator_rounds r,
                        unnest(ARRAY[r.round, r.opens_on::text, (to_json(r.due_at AT TIME ZONE 'UTC') #>> '{}') || 'Z',
                            coalesce(r.weight::text, '')]) WITH ORDINALITY AS c (x, n)
                    WHERE r.area_id = i.area_id AND r.indicator_id = i.id
                    ORDER BY r.due_at, r.round, n
                )
            FROM indicators i
            LEFT JOIN units u ON u.area_id = i.area_id AND u.id = i.owner_unit_id
            WHERE i.area_id = \(area) AND i.framework_id = \(framework) AND i.state <> 'hidden'
            ORDER BY i.number_order, i.id
            """
        ) { cells in
            NationalDraft(
                definition: NationalDefinition(try Indicator(&cells)), bureauName: try cells.next(),
                rounds: try cells.nextArray().inRows(of: 4).map(NationalDraftRound.init))
        }
    }
}

extension NationalDraftRound {
    fileprivate init(_ cells: [String]) throws {
        guard let round = Round(code: cells[0]), let opening = Day(cells[1]), let due = Instant(cells[2]) else {
            throw DecodingError()
        }
        dates = RoundDates(round: round, opening: opening, due: due)
        weight = Exact(stored: cells[3])
    }
}

extension Query where Answer == [Phrase] {
    /// What keeps a framework's weights from making 100, in any round.
    package static func weightProblems(of framework: Int, in area: AreaID) -> Query {
        let weights = Query<FrameworkWeights>.weights(of: FrameworkID(framework), in: area)
        return Query(weights.sql) { try weights.decode($0).problems(opening: []) }
    }
}
