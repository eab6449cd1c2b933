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
    private let receivers: IndicatorReceivers

    package var title: String { "\(number) \(name)" }
    package var isHidden: Bool { state == .hidden }

    /// Whether somebody was named to control it: in person, or as one of the unit that owns it.
    package func isOwned(by viewer: Viewer) -> Bool {
        viewer.isOneOf(owner) || owner == nil && ownerUnit == viewer.unit
    }

    /// Whether this is one of those who receive its evidence.
    package func isReceived(by viewer: Viewer) -> Bool { receivers.include(viewer) }

    /// The flags with which one sees every indicator's results by unit; an owner sees those of their own.
    package static let resultFlags: [Permission] = [.proof, .receive, .compare, .open, .create]

    /// Whether this visitor sees who reported what.
    package func showsResults(to visit: Visit) -> Bool {
        guard let viewer = visit.viewer, state.isSeen(by: visit) else { return false }
        return Self.resultFlags.contains { visit.holds($0) } || visit.holds(.owner) && isOwned(by: viewer)
    }

    init(_ indicator: Indicator) {
        receivers = IndicatorReceivers()
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
        receivers = try IndicatorReceivers(&cells)
    }
}

/// Those who were named to receive an indicator's evidence, and still can; with nobody left, all who hold the flag.
struct IndicatorReceivers: Sendable {
    private var members: [MemberID] = []

    func include(_ viewer: Viewer) -> Bool {
        viewer.permissions.contains(.receive) && (members.isEmpty || members.contains(where: viewer.isOneOf))
    }

    static let column: SQL = """
        ARRAY(
            SELECT n.member_id
            \(part: ableReceivers)
        )
        """

    init() {}

    init(_ cells: inout Cells) throws {
        members = try cells.nextArray(of: MemberID.self)
    }
}

/// Of `indicators i`.
private let ableReceivers: SQL = """
    FROM indicator_receivers n
    JOIN members v ON v.area_id = n.area_id AND v.id = n.member_id AND v.status = 'enabled' AND 'File' = ANY (v.flags)
    WHERE n.area_id = i.area_id AND n.indicator_id = i.id
    """

extension SQL {
    /// The same for the viewer of a page, in a statement of `indicators i`.
    package static let viewerReceives: SQL = """
        (\(part: viewerHolds(.receive)) AND NOT EXISTS (
            SELECT
            \(part: ableReceivers)
            HAVING bool_and(n.member_id <> ALL (\(part: viewerMembers)))
        ))
        """
}

extension Query where Answer == IndicatorHead? {
    package static func head(of id: IndicatorID, in area: AreaID) -> Query {
        .first(
            """
            SELECT i.id, i.year, i.number, i.name, i.state, i.owner_unit_id, i.owner_id,
                \(part: IndicatorReceivers.column)
            FROM indicators i
            WHERE i.area_id = \(area) AND i.id = \(id)
            """
        ) { try IndicatorHead(&$0) }
    }
}
