import Catalogue
import Kernel
import Postgres
import Rounds
import Runtime
import Scoring

/// What areas might have sent of national indicators, scored by the catalogue's own rule, and some of it decided.
struct MadeResults: Sendable {
    let drafts: [NationalDraft]
    let now: Instant
    /// Of a hundred results of the first round, how many are sent; and how many of those are decided.
    let sent: Int
    let decided: Int

    /// One that all areas have sent, and nobody has decided yet: a whole queue.
    private static let full = "1.2.5"
    /// Those that are left to do in the areas that one can sign in to.
    private static let left = ["1.2.4", "11.3"]

    func write(_ area: Area, _ transaction: Transaction) async throws {
        var dice = Dice(area.id.rawValue * 31 + 7)
        for draft in drafts {
            let isFull = draft.definition.number == Self.full
            if sent < 100, Self.left.contains(draft.definition.number),
                Cast.all.contains(where: { $0.code == area.code })
            {
                continue
            }
            guard let round = draft.rounds.first, isFull || Int(dice.next() % 100) < sent else { continue }
            let figures = figures(of: draft, in: round.dates, &dice)
            let blank = ReportSheet(
                draft.definition, in: round.dates, given: [:], otherRounds: [:], partResults: [:])
            let entered = Set(blank.inputs.filter(\.isEntered).map(\.name))
            let sheet = blank.given(figures.filter { !entered.contains($0.key) })
            let entries = figures.filter { entered.contains($0.key) }
            let central = Set(draft.definition.centralVariables.map(\.name))
            for (name, value) in figures where central.contains(name) {
                try await transaction.execute(supply(value, as: name, of: draft, in: round.dates.round, to: area))
            }
            guard let assessment = try? sheet.assess(entries).get() else { continue }
            let verdict =
                isFull
                ? "waiting"
                : Int(dice.next() % 100) < decided ? (dice.next() % 12 == 0 ? "refused" : "certified") : "waiting"
            try await write(
                draft, round.dates.round, sheet.basis(entries), entries, assessment, verdict, in: area, transaction)
        }
        try await transaction.execute(totals(of: area))
    }

    private func supply(
        _ value: String, as name: String, of draft: NationalDraft, in round: Round, to area: Area
    ) -> SQL {
        """
        INSERT INTO central_values (
            area_id, indicator_id, round, variable, value, source, as_of, delivery, supplied_at, supplier_name
        )
        VALUES (
            \(area.id), \(draft.definition.id), \(round), \(name), \(Exact(value)), 'ข้อมูลนักเรียนรายบุคคล (DMC)',
            \(Day(inBangkok: now) + -11), 0, \(now), 'กพร.'
        )
        """
    }

    private func figures(of draft: NationalDraft, in dates: RoundDates, _ dice: inout Dice) -> [String: String] {
        let sheet = ReportSheet(draft.definition, in: dates, given: [:], otherRounds: [:], partResults: [:])
        let criteria = sheet.criteria.compactMap(\.self)
        let isFalling = (criteria.first ?? .zero) > (criteria.last ?? .zero)
        let whole = Int(2_000 + dice.next() % 9_000)
        let low = isFalling ? 1 : (criteria.first.flatMap { Int($0.text(decimals: 0)) } ?? 60)
        // Nearly all within the criteria, one in forty far from them.
        let isOdd = dice.next() % 40 == 0
        let share = isFalling ? Int(dice.next() % 10) : min(999, low * 10 + Int(dice.next() % 190))
        let part = isOdd ? whole * 3 / 10 : whole * share / 1000
        let steps = Int(3 + dice.next() % 3)
        var entries: [String: String] = [:]
        for (place, input) in sheet.inputs.enumerated() {
            switch input.kind {
            case .done: entries[input.name] = dice.next() % 10 == 0 ? "0" : "1"
            case .step: if place < steps { entries[input.name] = "1" }
            case .number: entries[input.name] = "\(place == 0 ? part : whole)"
            }
        }
        return entries
    }

    private func write(
        _ draft: NationalDraft, _ round: Round, _ basis: JSON, _ entries: [String: String], _ assessment: Assessment,
        _ verdict: String, in area: Area, _ transaction: Transaction
    ) async throws {
        let at = now + -(3_600 * (2 + area.id.rawValue % 300))
        let isDecided = verdict != "waiting"
        let whole = JSON.object([.init(name: "version", value: JSON(1))] + basis.members)
        let typed = JSON.object(entries.sorted { $0.key < $1.key }.map { .init(name: $0.key, value: .text($0.value)) })
        try await transaction.execute(
            """
            WITH sent AS (
                UPDATE area_results
                SET state = \(verdict)::text, entries = \(typed), saved_at = \(at), saved_name = \(Self.sender), version = 1,
                    number = 1, result = \(assessment.result), score = \(assessment.score), sent_at = \(at),
                    sent_name = \(Self.sender), official = CASE WHEN \(verdict)::text = 'certified' THEN \(assessment.score)::numeric ELSE 1 END,
                    decided_number = \(isDecided ? 1 : nil), decided_at = \(isDecided ? at + 86_400 : nil),
                    decided_name = \(isDecided ? Self.certifier : nil),
                    comment = \(verdict == "refused" ? Self.comment : nil),
                    correct_by = \(verdict == "refused" ? now + 6 * 86_400 : nil),
                    told_area_at = \(isDecided ? at + 86_400 : nil)
                WHERE area_id = \(area.id) AND indicator_id = \(draft.definition.id) AND round = \(round)
                RETURNING area_id, id
            ), kept AS (
                INSERT INTO submissions (
                    area_id, result_id, number, basis, words, result, score, evidence, sent_at, sender_name
                )
                SELECT area_id, id, 1, \(whole)::jsonb, '', \(assessment.result)::numeric, \(assessment.score)::numeric,
                    '[]', \(at)::timestamptz, \(Self.sender)::text
                FROM sent
                RETURNING result_id
            )
            INSERT INTO decisions (area_id, result_id, number, verdict, score, comment, correct_by, decided_at, decider_name)
            SELECT area_id, id, 1, \(verdict)::text,
                CASE WHEN \(verdict) = 'certified' THEN \(assessment.score)::numeric END,
                CASE WHEN \(verdict) = 'refused' THEN \(Self.comment) ELSE '' END,
                CASE WHEN \(verdict) = 'refused' THEN \(now + 6 * 86_400)::timestamptz END,
                \(at + 86_400)::timestamptz, \(Self.certifier)::text
            FROM sent
            WHERE \(isDecided)
            RETURNING id
            """)
    }

    private static let sender = "ผู้อำนวยการเขต"
    private static let certifier = "ผู้รับรองของสำนัก"
    private static let comment = "จำนวนไม่ตรงกับทะเบียน ขอเอกสารที่ลงนาม"

    private func totals(of area: Area) -> SQL {
        """
        UPDATE area_totals t
        SET weighted = x.weighted, unreported = x.unreported, waiting = x.waiting, refused = x.refused,
            certified = x.certified
        FROM (
            SELECT r.framework_id, r.round, sum(coalesce(q.weight, n.weight) * r.official) AS weighted,
                count(*) FILTER (WHERE r.state = 'unreported') AS unreported,
                count(*) FILTER (WHERE r.state = 'waiting') AS waiting,
                count(*) FILTER (WHERE r.state = 'refused') AS refused,
                count(*) FILTER (WHERE r.state = 'certified') AS certified
            FROM area_results r
            JOIN national_indicators n ON n.id = r.indicator_id
            JOIN national_rounds q ON q.indicator_id = r.indicator_id AND q.round = r.round
            WHERE r.area_id = \(area.id)
            GROUP BY r.framework_id, r.round
        ) x
        WHERE t.area_id = \(area.id) AND t.framework_id = x.framework_id AND t.round = x.round
        """
    }
}
