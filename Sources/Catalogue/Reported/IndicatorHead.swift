package import Kernel
package import Postgres

/// What a page of reports says of its indicator.
package struct IndicatorHead: Sendable {
    package let id: IndicatorID
    package let year: FiscalYear
    package let number: String
    package let name: String
    private let state: Indicator.State
    private let ownerUnit: UnitID?
    private let owner: MemberID?

    package var title: String { "\(number) \(name)" }
    package var isHidden: Bool { state == .hidden }

    /// Whether somebody was named to control it: in person, or as one of the unit that owns it.
    package func isOwned(by viewer: Viewer) -> Bool {
        viewer.isOneOf(owner) || owner == nil && ownerUnit == viewer.unit
    }

    /// The flags with which one sees every indicator's results by unit; an owner sees those of their own.
    package static let resultFlags: [Permission] = [.proof, .receive, .compare, .open, .create]

    /// Whether this visitor sees who reported what.
    package func showsResults(to visit: Visit) -> Bool {
        guard let viewer = visit.viewer, state.isSeen(by: visit) else { return false }
        return Self.resultFlags.contains { visit.holds($0) } || visit.holds(.owner) && isOwned(by: viewer)
    }

    init(_ indicator: Indicator) {
        (id, year, number, name) = (indicator.id, indicator.year, indicator.number, indicator.name)
        (state, ownerUnit, owner) = (indicator.state, indicator.ownerUnit, indicator.owner)
    }

    fileprivate init(_ cells: inout Cells) throws {
        id = try cells.next()
        year = FiscalYear(try cells.next())
        number = try cells.next()
        name = try cells.next()
        state = try cells.next()
        ownerUnit = try cells.nextIfAny()
        owner = try cells.nextIfAny()
    }
}

extension Query where Answer == IndicatorHead? {
    package static func head(of id: IndicatorID, in area: AreaID) -> Query {
        .first(
            """
            SELECT id, year, number, name, state, owner_unit_id, owner_id
            FROM indicators
            WHERE area_id = \(area) AND id = \(id)
            """
        ) { try IndicatorHead(&$0) }
    }
}
