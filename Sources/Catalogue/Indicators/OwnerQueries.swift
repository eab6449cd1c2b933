import HTML
import Kernel
import Postgres

/// Who can own an indicator: groups of the office, and people who hold the flag.
struct OwnerChoices: Sendable {
    var units: [FormField.Choice]
    var people: [FormField.Choice]
}

extension Query where Answer == OwnerChoices {
    static func ownerChoices(in area: AreaID) -> Query {
        Query(
            """
            SELECT 'unit', u.id, u.name
            FROM units u
            WHERE u.area_id = \(area) AND u.kind <> 'school' AND u.closed_at IS NULL
            UNION ALL
            SELECT 'person', m.id, m.title || m.first_name || ' ' || m.last_name
            FROM members m
            WHERE m.area_id = \(area) AND m.status = 'enabled' AND 'Owner' = ANY (m.flags)
            ORDER BY 3
            """
        ) { rows in
            var choices = OwnerChoices(units: [], people: [])
            for var cells in rows {
                let kind: String = try cells.next()
                let choice = FormField.Choice(String(try cells.next(Int.self)), Phrase(same: try cells.next()))
                if kind == "unit" { choices.units.append(choice) } else { choices.people.append(choice) }
            }
            return choices
        }
    }
}
