import Kernel
import Postgres
import Rounds
import Runtime

/// Writes made-up areas to the database as fast as it takes them, by COPY, as the one role that may.
struct BulkLoader: Sendable {
    let database: Database

    /// The numbers in the database of units and people, in the order in which they were made.
    struct Numbers: Sendable {
        var units: [Int]
        var people: [Int]
    }

    func load(_ made: MadeArea, into area: AreaID, passwords: [String: String], at now: Instant) async throws -> Numbers
    {
        let units = try await numbers(made.units.count, of: "unit_ids")
        let people = try await numbers(made.people.count, of: "member_ids")
        _ = try await copy(
            "units (area_id, id, kind, number, name, name_en, district, size, search_text)",
            zip(made.units, units).map { unit, id in
                [
                    "\(area)", "\(id)", unit.kind, unit.number, unit.name, unit.nameInEnglish, unit.district,
                    unit.size, unit.searchText,
                ]
            })
        _ = try await copy(
            """
            members (area_id, id, username, title, first_name, last_name, name_en, position, unit_id, status, flags,
                password_hash, search_text, created_at)
            """,
            zip(made.people, people).map { person, id in
                [
                    "\(area)", "\(id)", person.username, person.title, person.first.thai, person.last.thai,
                    person.nameInEnglish, person.position, "\(units[person.unit])", person.status,
                    "{\(person.flags.joined(separator: ","))}", passwords[person.username], person.searchText,
                    now.text,
                ]
            })
        return Numbers(units: units, people: people)
    }

    /// The year, its frameworks and indicators, and who reports.
    func load(
        _ catalogue: MadeCatalogue, of made: MadeArea, _ numbers: Numbers, into area: AreaID, at now: Instant
    ) async throws {
        let year = "\(catalogue.year.number)"
        _ = try await copy("fiscal_years (area_id, year, created_at)", [["\(area)", year, now.text]])
        _ = try await copy(
            "round_dates (area_id, year, round, opens_on, due_at)",
            Round.all.map { $0.ordinaryDates(in: catalogue.year) }.map {
                ["\(area)", year, $0.round.code, $0.opening.text, $0.due.text]
            })
        let frameworks = try await self.numbers(MadeCatalogue.frameworks.count, of: "framework_ids")
        _ = try await copy(
            "frameworks (area_id, id, year, name, short_name, place)",
            zip(MadeCatalogue.frameworks, frameworks).enumerated().map { place, framework in
                ["\(area)", "\(framework.1)", year, framework.0.name, framework.0.shortName, "\(place + 1)"]
            })
        let indicators = try await self.numbers(catalogue.indicators.count, of: "indicator_ids")
        _ = try await copy(
            """
            indicators (area_id, id, year, framework_id, number, number_order, name, measure, weight, value_type,
                criterion_1, criterion_2, criterion_3, criterion_4, criterion_5, formula, state, owner_unit_id,
                owner_id, search_text, created_at)
            """,
            zip(catalogue.indicators, indicators).map { indicator, id in
                [
                    "\(area)", "\(id)", year, "\(frameworks[indicator.framework])", indicator.number,
                    numberOrder(indicator.number), indicator.name, "ร้อยละ", "5", "percent", "80", "85", "90", "95",
                    "100", "a / b * 100", "open", "\(numbers.units[made.people[indicator.owner].unit])",
                    "\(numbers.people[indicator.owner])", "\(indicator.number) \(indicator.name)", now.text,
                ]
            })
        _ = try await copy(
            "variables (area_id, indicator_id, place, name, label, measure)",
            indicators.flatMap { id in
                [
                    ["\(area)", "\(id)", "1", "a", "จำนวนที่เป็นไปตามเกณฑ์", "คน"],
                    ["\(area)", "\(id)", "2", "b", "จำนวนทั้งหมด", "คน"],
                ]
            })
        for (place, dates) in catalogue.rounds.enumerated() {
            try await load(dates, at: place, catalogue, indicators, numbers, into: area, at: now)
        }
    }

    /// A round of all indicators, with its reports' states and their counts.
    private func load(
        _ dates: RoundDates, at place: Int, _ catalogue: MadeCatalogue, _ indicators: [Int], _ numbers: Numbers,
        into area: AreaID, at now: Instant
    ) async throws {
        var rounds: [[String?]] = []
        var assignments: [[String?]] = []
        for (indicator, id) in zip(catalogue.indicators, indicators) {
            let assigned = indicator.reporters.count
            let (confirmed, checked) = MadeCatalogue.progress(inRound: place, of: assigned)
            rounds.append([
                "\(area)", "\(id)", dates.round.code, dates.opening.text, dates.due.text, "\(assigned)",
                "\(confirmed)", "\(checked)", "\(checked * 37_333)e-4",
            ])
            for (index, unit) in indicator.reporters.enumerated() {
                let (isConfirmed, isChecked) = (index < confirmed, index < checked)
                assignments.append([
                    "\(area)", "\(id)", dates.round.code, "\(numbers.units[unit])",
                    isChecked ? "checked" : isConfirmed ? "confirmed" : "waiting", now.text,
                    isConfirmed ? #"{"a": "281", "b": "300"}"# : "{}", isConfirmed ? "4" : nil,
                    isConfirmed ? now.text : nil, isConfirmed ? "ผู้อำนวยการ" : nil, isChecked ? "3.7333" : nil,
                    isChecked ? now.text : nil, isChecked ? "ผู้ตรวจ" : nil,
                ])
            }
        }
        _ = try await copy(
            """
            indicator_rounds (area_id, indicator_id, round, opens_on, due_at, assigned, confirmed, checked, score_sum)
            """, rounds)
        _ = try await copy(
            """
            assignments (area_id, indicator_id, round, unit_id, state, created_at, entries, self_score, confirmed_at,
                confirmed_name, check_score, checked_at, checked_name)
            """, assignments)
    }

    func copy(_ target: String, _ rows: [[String?]]) async throws -> Int {
        let text = ByteBuffer(capacity: 1 << 20)
        for row in rows {
            for (index, cell) in row.enumerated() {
                if index > 0 { text.append(9) }
                text.append(cell.map(escaped) ?? "\\N")
            }
            text.append(10)
        }
        let pieces = Lock<[UInt8]?>(Array(text.bytes))
        return try await database.copy("COPY \(target) FROM STDIN") {
            pieces.withLock { piece in
                defer { piece = nil }
                return piece
            }
        }
    }

    /// Numbers of our own from a sequence, so that people can name their units before either is stored.
    private func numbers(_ count: Int, of sequence: String) async throws -> [Int] {
        let query = Query<[Int]>.all(
            "SELECT nextval(\(sequence)::regclass) FROM generate_series(1, \(count))"
        ) { try $0.next() }
        return try await database.transaction(in: nil) { try await $0.run(query) }
    }

    private func escaped(_ text: String) -> String {
        text.utf8.contains { $0 == 92 || $0 == 9 || $0 == 10 || $0 == 13 }
            ? text.flatMap { $0 == "\\" ? "\\\\" : $0 == "\t" || $0 == "\n" ? " " : String($0) }.map(String.init)
                .joined()
            : text
    }
}
