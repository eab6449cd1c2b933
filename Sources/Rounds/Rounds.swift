import HTML
package import Kernel
import Postgres
import Runtime

/// What other rooms need of the years.
package enum Rounds {
    /// Opens a year with the ordinary dates of its rounds, or with another year's moved on.
    package static func open(_ year: FiscalYear, from source: FiscalYear?, _ deed: Deed) async throws {
        guard try await deed.run(.year(year, of: deed.area)) == nil else {
            throw Refusal.invalid(
                "year", Phrase("ปี \(year.number) เปิดไว้แล้ว", en: "The year \(year.number) is open already"))
        }
        _ = try await deed.run(.insertYear(year, from: source, in: deed.area, at: deed.now))
        if let source { _ = try await deed.run(.copyDates(from: source, to: year, in: deed.area)) }
        let known = Set(try await deed.run(.roundDates(of: year, in: deed.area)).map(\.round))
        for round in Round.all where !known.contains(round) {
            _ = try await deed.run(.saveDates(round.ordinaryDates(in: year), of: year, in: deed.area))
        }
        try await deed.record(
            .yearOpened, on: "year/\(year.number)", named: "\(year.number)",
            after: ["copied-from": source.map { .number("\($0.number)") } ?? .null])
    }

    /// A closed year is frozen: nothing of it changes any more. What is under way ends before it closes.
    package static func requireOpen(_ year: FiscalYear, _ deed: Deed) async throws {
        guard let opened = try await deed.run(.yearForShare(year, of: deed.area)) else {
            throw Refusal.conflict(
                Phrase("ยังไม่ได้เปิดปีงบประมาณ \(year.number)", en: "The fiscal year \(year.number) is not open yet"))
        }
        guard opened.closedAt == nil else {
            throw Refusal.conflict(
                Phrase("ปีงบประมาณ \(year.number) ปิดแล้ว แก้ไขไม่ได้", en: "The fiscal year \(year.number) is closed"))
        }
    }
}
