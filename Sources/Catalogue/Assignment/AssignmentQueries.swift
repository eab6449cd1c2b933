import HTML
import Kernel
import Postgres
import Rounds
import Runtime
import Scoring

extension Query where Answer == [IndicatorRound] {
    /// Of all indicators of a year: what the list shows beside each.
    static func rounds(of year: FiscalYear, in area: AreaID) -> Query {
        .all(
            """
            SELECT \(part: IndicatorRound.columns)
            FROM indicator_rounds r
            JOIN indicators i ON i.area_id = r.area_id AND i.id = r.indicator_id
            WHERE r.area_id = \(area) AND i.year = \(year.number)
            """
        ) { try IndicatorRound(&$0) }
    }

    static func rounds(of indicator: IndicatorID, in area: AreaID) -> Query {
        .all(
            """
            SELECT \(part: IndicatorRound.columns)
            FROM indicator_rounds r
            WHERE r.area_id = \(area) AND r.indicator_id = \(indicator)
            """
        ) { try IndicatorRound(&$0) }
    }
}

extension Query where Answer == IndicatorRound? {
    static func round(_ round: Round, of indicator: IndicatorID, in area: AreaID) -> Query {
        .first(
            """
            SELECT \(part: IndicatorRound.columns)
            FROM indicator_rounds r
            WHERE r.area_id = \(area) AND r.indicator_id = \(indicator) AND r.round = \(round)
            """
        ) { try IndicatorRound(&$0) }
    }

    /// Nobody confirms, is assigned or removed until the deed is done.
    static func roundForUpdate(_ round: Round, of indicator: IndicatorID, in area: AreaID) -> Query {
        .first(
            """
            SELECT \(part: IndicatorRound.columns)
            FROM indicator_rounds r
            WHERE r.area_id = \(area) AND r.indicator_id = \(indicator) AND r.round = \(round)
            FOR UPDATE
            """
        ) { try IndicatorRound(&$0) }
    }
}

extension Query where Answer == [Assignment] {
    static func assignments(of indicator: IndicatorID, in round: Round, of area: AreaID) -> Query {
        .all(
            """
            SELECT a.id, a.unit_id, u.name, m.title || m.first_name || ' ' || m.last_name, a.state <> 'waiting',
                a.extended_until, a.extension_reason
            FROM assignments a
            JOIN units u ON u.area_id = a.area_id AND u.id = a.unit_id
            LEFT JOIN members m ON m.area_id = a.area_id AND m.id = a.member_id
            WHERE a.area_id = \(area) AND a.indicator_id = \(indicator) AND a.round = \(round)
            ORDER BY u.kind, u.name, m.first_name, a.id
            """
        ) { try Assignment(&$0) }
    }
}

/// Whom one can assign: schools with district and size, groups, officers.
struct AssignableUnits: Sendable {
    struct Unit: Sendable {
        var id: UnitID
        var isSchool: Bool
        var number: String
        var name: String
        var district: String
        var size: String
    }

    var units: [Unit]

    var districts: [String] { Set(units.map(\.district)).subtracting([""]).sorted() }
}

extension Query where Answer == AssignableUnits {
    static func assignableUnits(in area: AreaID) -> Query {
        Query(
            """
            SELECT id, kind = 'school', number, name, district, size
            FROM units
            WHERE area_id = \(area) AND closed_at IS NULL
            ORDER BY kind, name
            """
        ) { rows in
            AssignableUnits(
                units: try rows.map { cells in
                    var cells = cells
                    return AssignableUnits.Unit(
                        id: try cells.next(), isSchool: try cells.next(), number: try cells.next(),
                        name: try cells.next(), district: try cells.next(), size: try cells.next())
                })
        }
    }
}

extension Query where Answer == [FormField.Choice] {
    /// People of the office, who can be named one by one.
    static func officers(in area: AreaID) -> Query {
        .all(
            """
            SELECT m.id, m.title || m.first_name || ' ' || m.last_name || ' · ' || u.name
            FROM members m
            JOIN units u ON u.area_id = m.area_id AND u.id = m.unit_id
            WHERE m.area_id = \(area) AND m.status = 'enabled' AND u.kind <> 'school'
            ORDER BY m.first_name, m.last_name, m.id
            """
        ) { FormField.Choice(String(try $0.next(Int.self)), Phrase(same: try $0.next())) }
    }
}

extension Query where Answer == Int {
    static func openRound(_ dates: RoundDates, of indicator: IndicatorID, in area: AreaID) -> Query {
        .deed(
            """
            INSERT INTO indicator_rounds (area_id, indicator_id, round, opens_on, due_at)
            VALUES (\(area), \(indicator), \(dates.round), \(dates.opening), \(dates.due))
            ON CONFLICT (area_id, indicator_id, round) DO NOTHING
            """)
    }

    static func removeRound(_ round: Round, of indicator: IndicatorID, in area: AreaID) -> Query {
        .deed(
            """
            DELETE FROM indicator_rounds
            WHERE area_id = \(area) AND indicator_id = \(indicator) AND round = \(round)
            """)
    }

    static func saveDates(_ dates: RoundDates, _ weight: Exact?, of indicator: IndicatorID, in area: AreaID) -> Query {
        .deed(
            """
            UPDATE indicator_rounds
            SET opens_on = \(dates.opening), due_at = \(dates.due), weight = \(weight)
            WHERE area_id = \(area) AND indicator_id = \(indicator) AND round = \(dates.round)
            """)
    }

    static func setClosed(_ moment: Instant?, _ round: Round, of indicator: IndicatorID, in area: AreaID) -> Query {
        .deed(
            """
            UPDATE indicator_rounds
            SET closed_at = \(moment)
            WHERE area_id = \(area) AND indicator_id = \(indicator) AND round = \(round)
            """)
    }

    /// Those who are there already stay as they are.
    static func assign(units: [UnitID], _ round: Round, of indicator: IndicatorID, in area: AreaID, at now: Instant)
        -> Query
    {
        .deed(
            """
            INSERT INTO assignments (area_id, indicator_id, round, unit_id, created_at)
            SELECT area_id, \(indicator)::bigint, \(round)::text, id, \(now)::timestamptz
            FROM units
            WHERE area_id = \(area) AND id = ANY (\(units)::bigint[]) AND closed_at IS NULL
            ON CONFLICT ON CONSTRAINT assignments_once DO NOTHING
            """)
    }

    static func assign(
        officers: [MemberID], _ round: Round, of indicator: IndicatorID, in area: AreaID, at now: Instant
    ) -> Query {
        .deed(
            """
            INSERT INTO assignments (area_id, indicator_id, round, unit_id, member_id, created_at)
            SELECT area_id, \(indicator)::bigint, \(round)::text, unit_id, id, \(now)::timestamptz
            FROM members
            WHERE area_id = \(area) AND id = ANY (\(officers)::bigint[]) AND status = 'enabled'
            ON CONFLICT ON CONSTRAINT assignments_once DO NOTHING
            """)
    }

    /// Only where nothing was reported.
    static func removeAssignment(
        _ id: AssignmentID, _ round: Round, of indicator: IndicatorID, in area: AreaID
    ) -> Query {
        .deed(
            """
            DELETE FROM assignments
            WHERE area_id = \(area) AND id = \(id) AND indicator_id = \(indicator) AND round = \(round)
                AND state = 'waiting'
            """)
    }

    static func extend(
        _ id: AssignmentID, until moment: Instant, because reason: String, _ round: Round, of indicator: IndicatorID,
        in area: AreaID
    ) -> Query {
        .deed(
            """
            UPDATE assignments
            SET extended_until = \(moment), extension_reason = \(reason), state = \(part: stateWhenTakenAgain)
            WHERE area_id = \(area) AND id = \(id) AND indicator_id = \(indicator) AND round = \(round)
            """)
    }

    /// What was missed is taken again, when the round is due later now.
    static func reviveMissed(_ round: Round, of indicator: IndicatorID, in area: AreaID, at now: Instant) -> Query {
        .deed(
            """
            UPDATE assignments
            SET state = \(part: stateWhenTakenAgain)
            FROM indicator_rounds r
            WHERE assignments.area_id = \(area) AND assignments.indicator_id = \(indicator)
                AND assignments.round = \(round) AND assignments.state = 'missed' AND r.area_id = assignments.area_id
                AND r.indicator_id = assignments.indicator_id AND r.round = assignments.round AND r.due_at > \(now)
            """)
    }

    static func countAssignments(_ round: Round, of indicator: IndicatorID, in area: AreaID) -> Query {
        .deed(
            """
            UPDATE indicator_rounds
            SET assigned = (
                SELECT count(*)
                FROM assignments a
                WHERE a.area_id = \(area) AND a.indicator_id = \(indicator) AND a.round = \(round)
            )
            WHERE area_id = \(area) AND indicator_id = \(indicator) AND round = \(round)
            """)
    }

    /// The list of one indicator's round for another's.
    static func copyAssignments(
        of indicator: IndicatorID, in round: Round, to other: IndicatorID, in otherRound: Round, of area: AreaID,
        at now: Instant
    ) -> Query {
        .deed(
            """
            INSERT INTO assignments (area_id, indicator_id, round, unit_id, member_id, created_at)
            SELECT area_id, \(other)::bigint, \(otherRound)::text, unit_id, member_id, \(now)::timestamptz
            FROM assignments
            WHERE area_id = \(area) AND indicator_id = \(indicator) AND round = \(round)
            ON CONFLICT ON CONSTRAINT assignments_once DO NOTHING
            """)
    }
}

/// A report that missed its deadline goes on from where it was.
private let stateWhenTakenAgain: SQL = """
    CASE
        WHEN state <> 'missed' THEN state
        WHEN correct_by IS NOT NULL THEN 'returned'
        WHEN saved_at IS NOT NULL THEN 'draft'
        ELSE 'waiting'
    END
    """
