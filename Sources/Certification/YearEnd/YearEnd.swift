import Catalogue
import HTML
import Jobs
import Kernel
import Postgres
import Rounds
import Runtime

extension YearClosing {
    /// The central office closes its year: from then on, no area's result of it changes.
    static let ofResults = YearClosing(
        meaning: { area in
            guard area.kind == .central else { return nil }
            return Phrase(
                "ผลของทุกเขตในปีนี้จะเป็นที่สิ้นสุด และแต่ละเขตได้ใบสรุปผลที่ตรวจสอบได้",
                en: "The year's results of all areas become final, and each area gets a summary that can be verified.")
        },
        check: { context, year in
            guard context.area.kind == .central else { return }
            let (_, left) = try await context.centralPage(of: .unfinished(of: year, at: context.now))
            if let reason = left.reason { throw Refusal.conflict(reason) }
        },
        apply: { deed, year, reason in
            guard deed.context.area.kind == .central else { return }
            let areas = try await deed.run(.reportingAreas)
            let payload: JSON = [
                "year": JSON(year.number), "reason": JSON(reason), "by": .text(deed.viewer?.name ?? ""),
            ]
            deed.send(.yearEnd, payload, to: areas.map(\.id))
        })
}

/// What keeps a year's results from being final.
struct UnfinishedYear: Sendable {
    let roundsAhead: Int
    let waiting: Int
    let correctable: Int

    var reason: Phrase? {
        var parts: [Phrase] = []
        if roundsAhead > 0 {
            parts.append(Phrase("\(roundsAhead) รอบยังไม่ครบกำหนด", en: "\(roundsAhead) rounds aren't due yet"))
        }
        if waiting > 0 {
            parts.append(Phrase("\(waiting) ผลรอการรับรอง", en: "\(waiting) results wait for certification"))
        }
        if correctable > 0 {
            parts.append(
                Phrase(
                    "\(correctable) ผลยังอยู่ในเวลาแก้ไขหรือขยายเวลา", en: "\(correctable) may still be corrected or sent"))
        }
        guard let first = parts.first else { return nil }
        let list = parts.dropFirst().reduce(first) { $0 + Phrase(same: ", ") + $1 }
        return Phrase("ยังปิดปีไม่ได้: ", en: "The year can't be closed yet: ") + list
    }
}

extension Query where Answer == UnfinishedYear {
    static func unfinished(of year: FiscalYear, at now: Instant) -> Query {
        .one(
            """
            SELECT (
                    SELECT count(DISTINCT q.round)
                    FROM national_indicators n
                    JOIN national_rounds q ON q.indicator_id = n.id
                    WHERE n.year = \(year.number) AND n.withdrawn_at IS NULL AND q.due_at > \(now)
                ),
                count(*) FILTER (WHERE r.state = 'waiting'),
                count(*) FILTER (
                    WHERE r.state = 'refused' AND greatest(r.correct_by, r.extended_until) > \(now)
                        OR r.state = 'unreported' AND r.extended_until > \(now)
                )
            FROM areas a
            JOIN area_results r ON r.area_id = a.id AND r.year = \(year.number)
            JOIN national_indicators n ON n.id = r.indicator_id AND \(part: .isInForce)
            """
        ) {
            UnfinishedYear(roundsAhead: try $0.next(), waiting: try $0.next(), correctable: try $0.next())
        }
    }
}

extension DeliveryKind {
    /// Final, or open again: first for all who ask whether it is, then each area's summary.
    static let yearEnd = DeliveryKind(
        name: "year-end",
        prepare: { delivery, transaction in
            _ = try await transaction.run(.freeze(delivery))
        },
        arrive: { delivery, area, transaction, now in
            guard let end = YearEndNotice(delivery.payload) else { return }
            // Whoever decided before it was final has done so when all rows are ours.
            _ = try await transaction.run(.lockResults(of: end.year, in: area))
            let queries =
                end.reason.map { reason in
                    [Query<Int>.revokeCertificate(of: end.year, in: area, because: reason, at: now)]
                } ?? Query<Int>.issueCertificate(of: end.year, in: area, at: now)
            for query in queries { _ = try await transaction.run(query) }
            transaction.sendLast(
                .record(
                    JournalEntry(
                        area: area, happenedAt: now, actorArea: delivery.sender, actor: nil, actorName: end.name,
                        address: "", action: (end.reason == nil ? Action.resultsClosed : .resultsOpened).name,
                        subject: "results", subjectName: "\(end.year.number)",
                        after: ["reason": JSON(end.reason)])))
            transaction.sendLast(.enqueue(News.job, [:], in: area.rawValue, at: now))
        })
}

/// What is told of a year's end.
private struct YearEndNotice {
    let year: FiscalYear
    /// Why it was opened again; nil where it was closed.
    let reason: String?
    let name: String

    init?(_ payload: JSON) {
        guard let number = payload["year"]?.wholeNumber else { return nil }
        year = FiscalYear(number)
        reason = payload["reason"]?.textValue
        name = payload["by"]?.textValue ?? ""
    }
}

extension Query where Answer == Int {
    fileprivate static func freeze(_ delivery: Delivery) -> Query {
        .deed(
            """
            INSERT INTO national_years (year, frozen_at, freezer_name)
            SELECT (p ->> 'year')::int, CASE WHEN p ->> 'reason' IS NULL THEN \(delivery.sentAt)::timestamptz END,
                p ->> 'by'
            FROM (SELECT \(delivery.payload)::jsonb AS p) x
            ON CONFLICT (year) DO UPDATE
            SET frozen_at = excluded.frozen_at, freezer_name = excluded.freezer_name
            """)
    }

    fileprivate static func lockResults(of year: FiscalYear, in area: AreaID) -> Query {
        .deed(
            """
            SELECT 1
            FROM area_results
            WHERE area_id = \(area) AND year = \(year.number)
            ORDER BY id
            FOR UPDATE
            """)
    }
}

extension Action {
    static let resultsClosed = Action("results.closed", Phrase("ผลของปีเป็นที่สิ้นสุด", en: "The year's results are final"))
    static let resultsOpened = Action(
        "results.opened", Phrase("เปิดผลของปีอีกครั้ง", en: "The year's results are open again"))
}
