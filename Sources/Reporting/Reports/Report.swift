import Catalogue
import HTML
import Kernel
import Postgres
import Rounds
import Runtime
import Scoring

typealias ReportID = AssignmentID

/// What a unit, or an officer by name, sends for an indicator in a round.
struct Report: Sendable {
    /// Somebody who did something to it, and when.
    struct Signature: Sendable {
        var at: Instant
        var member: MemberID?
        var name: String
    }

    let id: ReportID
    let indicator: IndicatorID
    let round: Round
    let unit: UnitID
    let unitName: String
    let isSchool: Bool
    let member: MemberID?
    let memberName: String?
    var state: ReportState
    var version: Int
    /// As they were typed; once confirmed, plain numbers.
    var entries: [String: String]
    var narrative: Narrative
    var selfScore: Int?
    var saved: Signature?
    /// What was computed when it was confirmed.
    var result: Exact?
    var score: Exact?
    var confirmed: Signature?
    var checkScore: Exact?
    var checked: Signature?
    var correctBy: Instant?
    let extendedUntil: Instant?
    let extensionReason: String?

    static let selfScores = 1...5

    /// Whoever must report: the unit, or the officer of a unit.
    var reporter: String { memberName.map { "\($0) · \(unitName)" } ?? unitName }

    var subject: String { "report/\(id)" }
    var path: String { "/reports/\(id)" }

    func terms(_ sheet: ReportSheet) -> ReportTerms {
        let dates = [sheet.dates.due, extendedUntil, correctBy]
        return ReportTerms(
            opening: sheet.dates.opening, deadline: dates.compactMap(\.self).max() ?? sheet.dates.due,
            isClosed: sheet.isClosed)
    }
}

/// Whose report it is, and what this person may do with it.
struct ReportAccess: Sendable {
    let isReporters: Bool
    let maySee: Bool
    let mayFillIn: Bool
    let mayConfirm: Bool
    let mayCheck: Bool
    let mayReturn: Bool
    /// Registers that the evidence has come.
    let mayReceive: Bool
    /// Opens the evidence of others.
    private let isFiler: Bool

    init(_ viewer: Viewer?, _ report: Report, _ sheet: ReportSheet) {
        let flags = viewer?.permissions ?? Permissions()
        isReporters =
            viewer.map { report.member == nil ? $0.unit == report.unit : $0.isOneOf(report.member) } ?? false
        let isOwners = viewer.map { flags.contains(.owner) && sheet.isOwned(by: $0) && !sheet.isHidden } ?? false
        mayFillIn = isReporters && flags.contains(.school)
        mayConfirm = isReporters && flags.contains(.selfAssess)
        mayCheck = flags.contains(.proof) && !sheet.isHidden
        mayReturn = mayCheck || isOwners
        mayReceive = viewer.map { sheet.isReceived(by: $0) && !sheet.isHidden } ?? false
        isFiler = flags.contains(.receive) && !sheet.isHidden
        let isColleague = viewer?.unit == report.unit
        maySee =
            !sheet.isHidden
            && (isReporters || isColleague || isOwners || mayCheck || isFiler || flags.contains(.compare))
    }

    /// Evidence is for those who send it, and those who check or receive it; not for other schools.
    var mayOpenEvidence: Bool { maySee && (isReporters || mayReturn || isFiler) }
}

extension Report {
    static let columns: SQL = """
        a.id, a.indicator_id, a.round, a.unit_id, u.name, u.kind = 'school', a.member_id,
        CASE WHEN a.member_id IS NOT NULL THEN m.title || m.first_name || ' ' || m.last_name END, a.state, a.version,
        a.entries, a.words, a.narrative, a.self_score, a.saved_at, a.saved_name, a.result, a.score, a.confirmed_at,
        a.confirmed_by, a.confirmed_name, a.check_score, a.checked_at, a.checked_by, a.checked_name, a.correct_by, a.extended_until,
        a.extension_reason
        """

    static let tables: SQL = """
        assignments a
            JOIN units u ON u.area_id = a.area_id AND u.id = a.unit_id
            LEFT JOIN members m ON m.area_id = a.area_id AND m.id = a.member_id
        """

    init(_ cells: inout Cells) throws {
        id = try cells.next()
        indicator = try cells.next()
        round = try cells.next()
        unit = try cells.next()
        unitName = try cells.next()
        isSchool = try cells.next()
        member = try cells.nextIfAny()
        memberName = try cells.nextIfAny()
        state = try cells.next()
        version = try cells.next()
        entries = try cells.next(JSON.self).texts
        narrative = try Narrative(&cells)
        selfScore = try cells.nextIfAny()
        let savedAt = try cells.nextIfAny(Instant.self)
        let savedName = try cells.nextIfAny(String.self)
        saved = savedAt.map { Signature(at: $0, member: nil, name: savedName ?? "") }
        result = try cells.nextIfAny()
        score = try cells.nextIfAny()
        confirmed = try Self.signature(&cells)
        checkScore = try cells.nextIfAny()
        checked = try Self.signature(&cells)
        correctBy = try cells.nextIfAny()
        extendedUntil = try cells.nextIfAny()
        extensionReason = try cells.nextIfAny()
    }

    private static func signature(_ cells: inout Cells) throws -> Signature? {
        let at = try cells.nextIfAny(Instant.self)
        let member = try cells.nextIfAny(MemberID.self)
        let name = try cells.nextIfAny(String.self)
        return at.map { Signature(at: $0, member: member, name: name ?? "") }
    }
}
