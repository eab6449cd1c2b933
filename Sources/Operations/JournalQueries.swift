import HTTP
import Interface
import Kernel
import Postgres
import Runtime

/// An entry with its place in the chain.
struct RecordedEntry: Sendable {
    var number: Int
    var entry: JournalEntry

    var json: JSON {
        [
            "number": JSON(number), "at": JSON(entry.happenedAt), "actor": .text(entry.actorName),
            "acting-for": JSON(entry.actingFor), "address": .text(entry.address), "action": .text(entry.action),
            "subject": .text(entry.subject), "subject-name": .text(entry.subjectName), "before": entry.before,
            "after": entry.after,
        ]
    }
}

/// Which part of the record is shown.
struct JournalFilter: Sendable {
    var words: String
    var action: String
    var subject: String
    var from: Day?
    var to: Day?
    var part: Paging.Part

    init(_ context: Context) {
        let query = context.request.query
        words = query["q"] ?? ""
        action = query["action"] ?? ""
        subject = query["subject"] ?? ""
        from = query["from"].flatMap { dayTyped($0) }
        to = query["to"].flatMap { dayTyped($0) }
        part = Paging.Part(context)
    }

    fileprivate func condition(in area: AreaID) -> SQL {
        var condition: SQL = "area_id = \(area)"
        if !words.isEmpty {
            let pattern = "%" + String(words.flatMap { "\\%_".contains($0) ? ["\\", $0] : [$0] }) + "%"
            condition = condition + " AND (actor_name LIKE \(pattern) OR subject_name LIKE \(pattern))"
        }
        if !action.isEmpty { condition = condition + " AND action = \(action)" }
        if !subject.isEmpty { condition = condition + " AND subject = \(subject)" }
        if let from { condition = condition + " AND happened_at >= \(from.beginInBangkok)" }
        if let to { condition = condition + " AND happened_at < \((to + 1).beginInBangkok)" }
        return condition
    }
}

extension Query where Answer == [RecordedEntry] {
    static func journal(of area: AreaID, matching filter: JournalFilter) -> Query {
        .all(
            """
            SELECT number, happened_at, actor_area, actor_id, actor_name, acting_for, address, action, subject,
                subject_name, before, after
            FROM journal
            WHERE \(part: filter.condition(in: area))
            ORDER BY number DESC
            LIMIT \(filter.part.limit) OFFSET \(filter.part.offset)
            """
        ) { cells in
            RecordedEntry(
                number: try cells.next(),
                entry: JournalEntry(
                    area: area, happenedAt: try cells.next(), actorArea: try cells.next(),
                    actor: try cells.nextIfAny(), actorName: try cells.next(), actingFor: try cells.nextIfAny(),
                    address: try cells.next(), action: try cells.next(), subject: try cells.next(),
                    subjectName: try cells.next(), before: try cells.next(), after: try cells.next()))
        }
    }
}

extension Query where Answer == Int {
    static func journalCount(of area: AreaID, matching filter: JournalFilter) -> Query {
        .one("SELECT count(*) FROM journal WHERE \(part: filter.condition(in: area))") { try $0.next() }
    }
}
