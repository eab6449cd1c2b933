import Catalogue
import Evidence
import HTML
import Jobs
import Kernel
import Postgres
import Rounds
import Runtime
import Scoring

/// Brings central data to the areas. What an area has sent already is computed anew with it, and sent once more: both
/// sides see by difference what has changed. What is all central needs nobody in the area to send it.
extension DeliveryKind {
    static let centralData = DeliveryKind(
        name: "central-data",
        arrive: { delivery, area, transaction, now in
            let payload = delivery.payload
            guard let row = payload["rows"]?.items.compactMap(CentralRow.init).first(where: { $0.area == area }),
                let round = payload["round"]?.textValue.flatMap({ Round(code: $0) }),
                let number = payload["indicator"]?.wholeNumber
            else { return }
            let indicator = IndicatorID(number)
            let name = payload["supplier"]?.textValue ?? ""
            let place = try await transaction.run(.resultForUpdate(of: indicator, in: round, of: area))
            // Decided in the meantime, it stays as it was certified.
            guard place?.state != .certified else { return }
            var changes = 0
            for (variable, value) in row.values.sorted(by: { $0.key < $1.key }) {
                changes += try await transaction.run(
                    .keep(
                        value, as: variable, from: row, of: indicator, in: round, brought: delivery, by: name, to: area)
                )
            }
            guard changes > 0, let place, let entry = try await transaction.run(.entryForUpdate(place.id, in: area)),
                !entry.terms.isFrozen
            else { return }
            let (evidence, rollUp) = try await transaction.run(
                .evidence(of: .result(place.id), in: area), .rollUp(for: place.id, in: area))
            let refresh = CentralRefresh(
                entry: entry.counting(rollUp), evidence: evidence, rollUp: rollUp,
                mark: AreaResult.Mark(at: now, name: name))
            for query in refresh.queries { _ = try await transaction.run(query) }
            transaction.sendLast(.record(refresh.journal(by: name, from: delivery.sender)))
            transaction.sendLast(.enqueue(News.job, [:], in: area.rawValue, at: now))
        })
}

/// What new central data makes of an area's result.
struct CentralRefresh {
    let entry: ResultEntry
    let evidence: [EvidenceItem]
    let rollUp: RollUp
    /// Of who has supplied it.
    let mark: AreaResult.Mark

    private var result: AreaResult { entry.result }
    private var now: Instant { mark.at }

    /// Sent already and not decided; or nothing is left for the area to enter.
    private var isSent: Bool {
        result.state == .waiting
            || result.state == .unreported && result.cutAt == nil && entry.terms.opening <= Day(inBangkok: now)
                && entry.sheet.inputs.allSatisfy { $0.lock == .central && $0.carried != nil }
    }

    var queries: [Query<Int>] {
        guard isSent else { return [.tell(.area, of: result.id, in: result.area, at: now)] }
        let sending = Sending(
            entry: entry, draft: entry.draft, evidence: evidence, rollUp: rollUp, mark: mark, state: .waiting)
        return sending.queries(saving: sending.after) + [.tell(.area, of: result.id, in: result.area, at: now)]
    }

    func journal(by name: String, from sender: AreaID) -> JournalEntry {
        result.entry(.centralDataCame, named: entry.whole.name, since: result, by: (sender, nil, name), at: now)
    }
}

/// Which result it is, and how far.
struct ResultPlace: Sendable {
    let id: AreaResultID
    let state: ResultState
}

extension Query where Answer == ResultPlace? {
    /// The area's result of an indicator in a round, locked.
    static func resultForUpdate(of indicator: IndicatorID, in round: Round, of area: AreaID) -> Query {
        .first(
            """
            SELECT id, state
            FROM area_results
            WHERE area_id = \(area) AND indicator_id = \(indicator) AND round = \(round)
            FOR UPDATE
            """
        ) { ResultPlace(id: try $0.next(), state: try $0.next()) }
    }
}

extension Action {
    static let centralDataSent = Action("central-data.sent", Phrase("ส่งข้อมูลส่วนกลาง", en: "Central data sent"))
    static let centralDataCame = Action("central-data.came", Phrase("ได้รับข้อมูลส่วนกลาง", en: "Central data came"))
    static let centralDataDisputed = Action(
        "central-data.disputed", Phrase("ทักท้วงข้อมูลส่วนกลาง", en: "Central data disputed"))
    static let disputeAnswered = Action("central-data.answered", Phrase("ตอบข้อทักท้วง", en: "Dispute answered"))
}
