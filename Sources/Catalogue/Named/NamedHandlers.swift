import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Rounds
import Runtime

let namedFields = [
    FormField(
        "receivers", Phrase("เลขผู้รับข้อมูล คั่นด้วยจุลภาค", en: "Numbers of receivers, with commas between"),
        .longText(limit: 20_000)),
    FormField(
        "officers", Phrase("เลขผู้รายงาน คั่นด้วยจุลภาค", en: "Numbers of reporting officers, with commas between"),
        .longText(limit: 20_000)),
]

func showNamed(_ context: Context) async throws -> Outcome {
    let id: IndicatorID = try context.identifier("indicator")
    let (visit, indicator, people, rounds) = try await context.page(
        .indicator(id, in: context.area.id), .namedPeople(of: id, in: context.area.id),
        .rounds(of: id, in: context.area.id))
    guard let indicator else { throw Refusal.notFound }
    return .page(
        NamedPage(visit: visit, indicator: indicator, people: people, hasRounds: !rounds.isEmpty), visit,
        json: ["items": .array(people.filter { $0.isReceiver || $0.isReporter }.map(\.json))])
}

/// Receivers as they are ticked. Who is newly ticked to report does so in every round that still takes reports; who is
/// ticked no more leaves those in which they have reported nothing.
func saveNamed(_ context: Context) async throws -> Outcome {
    let id: IndicatorID = try context.identifier("indicator")
    let input = context.form.fields
    let receivers = Set(input.listed("receivers").compactMap { MemberID(sqlText: $0) })
    let officers = Set(input.listed("officers").compactMap { MemberID(sqlText: $0) })
    try await context.deed { deed in
        _ = try await deed.run(.lockIndicator(id, in: deed.area))
        let indicator = try await deed.find(.indicator(id, in: deed.area))
        try await Rounds.requireOpen(indicator.year, deed)
        let people = try await deed.run(.namedPeople(of: id, in: deed.area))
        if let seen = input["seen"], seen != people.signature { throw Refusal.outdated }
        guard receivers.union(officers).isSubset(of: people.map(\.id)) else {
            throw Refusal.invalid("officers", Phrase("เลือกจากรายการ", en: "Choose from the list"))
        }
        try refuse(people.filter { receivers.contains($0.id) }, without: .receive, at: "receivers")
        let new = people.filter { officers.contains($0.id) && !$0.isReporter }
        try refuse(new, without: .school, at: "officers")
        _ = try await deed.run(.setReceivers(Array(receivers), of: id, in: deed.area))
        let gone = people.filter { $0.isReporter && !officers.contains($0.id) }
        try await assign(new.map(\.id), insteadOf: gone.map(\.id), indicator, as: id, deed)
        func names(_ isNamed: (NamedPerson) -> Bool) -> JSON { .array(people.filter(isNamed).map { .text($0.name) }) }
        let (before, after) = difference(
            from: ["receivers": names(\.isReceiver), "officers": names(\.isReporter)],
            to: [
                "receivers": names { receivers.contains($0.id) }, "officers": names { officers.contains($0.id) },
            ])
        try await deed.record(
            .peopleNamed, on: "indicator/\(id)", named: indicator.title, before: before, after: after)
    }
    return .done("/indicators/\(id)", says: Phrase("บันทึกผู้รับและผู้รายงานแล้ว", en: "Receivers and reporters are saved"))
}

private func refuse(_ people: [NamedPerson], without flag: Permission, at field: String) throws(Refusal) {
    let unable = people.filter { !$0.permissions.contains(flag) }.map(\.name)
    guard !unable.isEmpty else { return }
    let names = unable.joined(separator: ", ")
    throw .invalid(field, Phrase("\(names) ไม่มีสิทธิ์ \(flag.name)", en: "\(names): without the flag \(flag.name)"))
}

private func assign(
    _ officers: [MemberID], insteadOf gone: [MemberID], _ indicator: Indicator, as id: IndicatorID, _ deed: Deed
) async throws {
    let rounds = try await deed.run(.rounds(of: id, in: deed.area)).sorted { $0.round.order < $1.round.order }
    // Nobody is made to have missed what was due before they were named.
    let open = rounds.filter { $0.closedAt == nil && $0.dates.due > deed.now }
    guard !open.isEmpty || officers.isEmpty else {
        throw Refusal.invalid(
            "officers", Phrase("ไม่มีรอบที่ยังรับรายงาน เปิดรอบก่อน", en: "No round takes reports any more: open one first"))
    }
    // In one order, as all who lock many rounds do.
    for round in rounds { _ = try await deed.run(.roundForUpdate(round.round, of: id, in: deed.area)) }
    _ = try await deed.run(.removeOfficers(gone, id, in: deed.area))
    for round in rounds {
        _ = try await deed.assign([], open.contains { $0.round == round.round } ? officers : [], round.round, of: id)
    }
}

extension [NamedPerson] {
    /// By which a form tells what it was made from.
    var signature: String {
        filter { $0.isReceiver || $0.isReporter }
            .map { "\($0.id)\($0.isReceiver ? "r" : "")\($0.isReporter ? "o" : "")" }.joined(separator: ".")
    }
}

extension Action {
    static let peopleNamed = Action("people.named", Phrase("กำหนดผู้รับและผู้รายงาน", en: "Receivers and reporters named"))
}
