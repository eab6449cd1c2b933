import HTTP
import Kernel
import Postgres
import Runtime
import TestSupport
import Testing

/// An indicator with a round that is open now, three schools that must report it, and the people around them.
struct ReportSite {
    let catalogue: CatalogueSite
    /// A group of the area's office.
    let office: UnitID
    let indicator: String
    /// Of the first school: fills in, and attaches.
    let teacher: TestMember
    /// Of the same school: fills in, and confirms.
    let director: TestMember
    /// Of the office: checks, and receives.
    let checker: TestMember
    /// `/reports/7`, of the first school.
    let report: String
    /// Of the two other schools.
    let others: [String]

    var site: TestSite { catalogue.site }
    var area: AreaID { site.area.id }

    /// Rising from 80 to 100 by fives, `a / b * 100`: 281 of 300 is 93.6667, and 3.73333.
    static let sound: KeyValuePairs = ["entry-a": "281", "entry-b": "300", "self-score": "4", "words": "ครบทุกชั้น"]

    init(_ changes: KeyValuePairs<String, String> = [:], rounds: [String] = ["c06"]) async throws {
        catalogue = try await CatalogueSite()
        let site = catalogue.site
        office = try await TestSite.makeUnit("กลุ่มนิเทศ", "group", in: site.area, site.database)
        for name in ["โรงเรียนบ้านปัว", "โรงเรียนบ้านเหนือ"] {
            _ = try await TestSite.makeUnit(name, in: site.area, site.database)
        }
        var form = catalogue.form(changes)
        for round in rounds { form.add("rounds", round) }
        let made = await catalogue.send("/indicators", form)
        let indicator = try #require(
            made.headers["location"]?.split(separator: "/").last.map(String.init), "\(made.text)")
        self.indicator = indicator
        for round in rounds {
            let path = "/indicators/\(indicator)/rounds/\(round)"
            _ = await site.post("\(path)/assignments", ["all-schools": "on"], as: catalogue.admin)
        }
        teacher = try await site.member("กตัญญู", holding: .school, .upload)
        director = try await site.member("อำนวย", holding: .school, .selfAssess)
        checker = try await site.member("ตรวจการ", holding: .proof, .receive)
        let round = rounds[0]
        let reports = try await site.row(
            """
            SELECT string_agg(a.id::text, ' ' ORDER BY a.unit_id)
            FROM assignments a
            WHERE a.area_id = \(site.area.id) AND a.indicator_id = \(Int(indicator)) AND a.round = \(round)
            """)[0].split(separator: " ").map { "/reports/\($0)" }
        report = try #require(reports.first)
        others = Array(reports.dropFirst())
        try await move(checker, to: office)
        try await openNow()
    }

    /// Every round opened ten days ago, and is due in as many.
    func openNow() async throws {
        try await setDates(opened: -10, due: 10 * 86_400)
    }

    /// Opens so many days from today, and is due so many seconds from now.
    func setDates(opened days: Int, due seconds: Int) async throws {
        try await site.execute(
            """
            UPDATE indicator_rounds
            SET opens_on = \(Day(inBangkok: .now) + days), due_at = \(Instant.now + seconds)
            WHERE area_id = \(area)
            """)
    }

    func move(_ member: TestMember, to unit: UnitID) async throws {
        try await site.execute("UPDATE members SET unit_id = \(unit) WHERE area_id = \(area) AND id = \(member.id)")
    }

    /// The teacher of another school, with the director's flags as well.
    func neighbour() async throws -> TestMember {
        let neighbour = try await site.member("เพื่อนบ้าน", holding: .school, .upload, .selfAssess)
        let unit = try await row("unit_id", of: others[0])[0]
        try await move(neighbour, to: UnitID(Int(unit) ?? 0))
        return neighbour
    }

    func id(of report: String) -> Int { Int(report.split(separator: "/").last ?? "") ?? 0 }

    /// Some columns of a report, as text.
    func row(_ columns: SQL, of report: String? = nil) async throws -> [String] {
        try await texts(columns, "FROM assignments WHERE area_id = \(area) AND id = \(id(of: report ?? self.report))")
    }

    /// Of the first row that there is.
    func texts(_ columns: SQL, _ from: SQL) async throws -> [String] {
        let query = Query<[String]>.one(
            "SELECT jsonb_build_array(\(part: columns))::text \(part: from) LIMIT 1"
        ) { cells in
            try JSON(parsing: cells.next(String.self).utf8).items.map { $0.textValue ?? $0.text }
        }
        return try await site.database.transaction(in: area.rawValue) { try await $0.run(query) }
    }

    func state(of report: String? = nil) async throws -> String { try await row("state", of: report)[0] }

    /// Of the first round: confirmed, checked, all, and the sum of the check scores.
    func counts() async throws -> [String] {
        try await site.row(
            """
            SELECT confirmed, checked, assigned, score_sum
            FROM indicator_rounds
            WHERE area_id = \(area) AND indicator_id = \(Int(indicator))
            ORDER BY round
            LIMIT 1
            """)
    }

    /// How often something was done to a report.
    func recorded(_ action: String, of report: String? = nil) async throws -> String {
        try await site.row(
            """
            SELECT count(*)
            FROM journal
            WHERE area_id = \(area) AND action = \(action) AND subject = \("report/\(id(of: report ?? self.report))")
            """)[0]
    }

    func save(_ fields: KeyValuePairs<String, String>, as member: TestMember? = nil) async -> Response {
        await site.post("\(report)/draft", fields, as: member ?? teacher)
    }

    func confirm(
        _ fields: KeyValuePairs<String, String> = sound, as member: TestMember? = nil
    ) async -> Response {
        await site.post("\(report)/confirmation", fields, as: member ?? director)
    }

    func check(_ score: String = "4", _ report: String? = nil, as member: TestMember? = nil) async -> Response {
        await site.post("\(report ?? self.report)/check", ["check-score": score], as: member ?? checker)
    }

    /// A report that another school has confirmed.
    func confirmOther(_ report: String) async throws {
        let director = try await site.member("ผู้อำนวยการอื่น", holding: .school, .selfAssess)
        try await move(director, to: UnitID(Int(try await row("unit_id", of: report)[0]) ?? 0))
        let sent = await site.post("\(report)/confirmation", Self.sound, as: director)
        #expect(sent.status == 303, "\(sent.text)")
    }

    func attach(
        _ bytes: [UInt8] = pdf, named name: String = "ผล.pdf", at place: Int = 1, as member: TestMember? = nil,
        with fields: [String: String] = [:]
    ) async -> Response {
        await site.upload(
            bytes, named: name, as: "file-\(place)", to: "\(report)/evidence/\(place)", fields, as: member ?? teacher)
    }

    static let pdf = Array("%PDF-1.7\n% ผลการประเมิน\n".utf8)
}
