import HTTP
import Kernel
import Postgres
import Runtime
import TestSupport
import Testing

/// All that concerns the central office: one test after the other, as they share it.
@Suite(.serialized) enum TheCentralOffice {}

/// The central office with a framework of one indicator that a bureau certifies, and an area that it is for.
struct NationalSite {
    let centre: TestSite
    let area: TestSite
    /// Defines, publishes and oversees: กพร.
    let office: TestMember
    /// Of the bureau.
    let certifier: TestMember
    /// Of the area: fills in, and confirms.
    let director: TestMember
    let framework: String
    let indicator: String

    static let sound: KeyValuePairs = ["entry-a": "281", "entry-b": "300", "words": "ครบทุกชั้น"]

    init(
        _ changes: KeyValuePairs<String, String> = [:], rule: KeyValuePairs<String, String> = [:],
        published: Bool = true
    ) async throws {
        centre = try await TestSite(kind: .central)
        area = try await TestSite()
        office = try await centre.member("กพร", holding: .settings, .define, .publish)
        certifier = try await centre.member("สำนัก", holding: .certify)
        director = try await area.member("อำนวย", holding: .owner, .selfAssess, .upload)
        let year = FiscalYear(at: .now).number
        _ = await centre.post("/years", ["year": "\(year)"], as: office)
        let name = "KRS \(area.area.code)"
        _ = await centre.post("/frameworks", ["short-name": name, "name": "คำรับรอง"], as: office)
        framework = try await centre.row(
            "SELECT id FROM frameworks WHERE area_id = 0 AND short_name = \(name)")[0]
        var form = Fields([
            "number": "1.2.4", "name": "ร้อยละของนักเรียนที่อ่านออก", "framework": framework, "state": "open",
            "type": "percent", "weight": "100", "formula": "a / b * 100", "criterion-1": "80", "criterion-2": "85",
            "criterion-3": "90", "criterion-4": "95", "criterion-5": "100", "below": "slope", "variable-1-name": "a",
            "variable-1-label": "อ่านออก", "variable-2-name": "b", "variable-2-label": "ทั้งหมด", "rounds": "c06",
            "owner-unit": "\(centre.unit)",
        ])
        for (name, value) in changes { form.set(name, value) }
        // Of half the weight, it has a twin with the other half.
        if form["weight"] == "50" {
            var twin = form
            twin.set("number", "1.2.5")
            twin.add("form-token", centre.formToken)
            _ = await centre.respond(
                .post, "/indicators", as: office, body: TextBody(String(twin.queryText.dropFirst())), Headers())
        }
        form.add("form-token", centre.formToken)
        let made = await centre.respond(
            .post, "/indicators", as: office, body: TextBody(String(form.queryText.dropFirst())), Headers())
        indicator = try #require(made.headers["location"]?.split(separator: "/").last.map(String.init), "\(made.text)")
        try await centre.execute(
            """
            UPDATE indicator_rounds
            SET opens_on = \(Day(inBangkok: .now) + -10), due_at = \(Instant.now + 10 * 86_400)
            WHERE area_id = 0 AND indicator_id IN (SELECT id FROM indicators WHERE area_id = 0 AND framework_id = \(Int(framework)))
            """)
        try await setRule(rule)
        if published { try await publish() }
    }

    /// For this area alone, unless said otherwise.
    func setRule(_ changes: KeyValuePairs<String, String> = [:]) async throws {
        let all = Query<[Int]>.all(
            "SELECT id FROM indicators WHERE area_id = 0 AND framework_id = \(Int(framework))"
        ) { try $0.next() }
        for id in try await centre.database.transaction(in: 0, { try await $0.run(all) }) {
            try await setRule(changes, of: id)
        }
    }

    private func setRule(_ changes: KeyValuePairs<String, String>, of id: Int) async throws {
        var fields = Fields([
            "scope": "listed", "areas": area.area.code, "decide-days": "30", "undecided": "escalate",
            "may-correct": "on",
        ])
        for (name, value) in changes { fields.set(name, value.isEmpty ? nil : value) }
        fields.add("form-token", centre.formToken)
        let saved = await centre.respond(
            .post, "/publications/rules/\(id)", as: office,
            body: TextBody(String(fields.queryText.dropFirst())), Headers())
        #expect(saved.status == 303, "\(saved.text)")
    }

    func publish() async throws {
        let sent = await centre.post("/publications/\(framework)", as: office)
        #expect(sent.status == 303, "\(sent.text)")
        try await deliver(from: centre)
    }

    /// Brings what waits, as a worker would.
    func deliver(from site: TestSite) async throws {
        let query = Query<[Int]>.all(
            "SELECT number FROM deliveries WHERE area_id = \(site.area.id) AND delivered_at IS NULL ORDER BY number"
        ) { try $0.next() }
        let numbers = try await site.database.transaction(in: site.area.id.rawValue) { try await $0.run(query) }
        for number in numbers { try await site.run(job: "delivery", ["number": JSON(number)]) }
    }

    /// `/results/7`, of the area.
    func result(in round: String = "c06") async throws -> String {
        let indicator = Int(indicator) ?? 0
        let id = try await area.row(
            """
            SELECT id FROM area_results
            WHERE area_id = \(area.area.id) AND indicator_id = \(indicator) AND round = \(round)
            """)[0]
        return "/results/\(id)"
    }

    /// `/desk/items/7-12`
    func item() async throws -> String {
        "/desk/items/\(area.area.id)-\(try await result().split(separator: "/").last ?? "")"
    }

    func confirm(_ fields: KeyValuePairs<String, String> = sound) async throws -> Response {
        await area.post("\(try await result())/confirmation", fields, as: director)
    }

    /// Once it was decided, only by one who has seen that.
    func certify(having number: Int? = 1, as member: TestMember? = nil, after decided: String? = nil) async throws
        -> Response
    {
        let known: KeyValuePairs = ["number": number.map { "\($0)" } ?? "", "decided": decided ?? ""]
        let fields: KeyValuePairs = decided == nil ? ["number": number.map { "\($0)" } ?? ""] : known
        return await centre.post("\(try await item())/certification", fields, as: member ?? certifier)
    }

    func refuse(
        _ comment: String = "จำนวนไม่ตรงทะเบียน", correctBy days: Int? = 7, having number: Int? = 1
    ) async throws -> Response {
        await centre.post(
            "\(try await item())/refusal",
            [
                "comment": comment, "number": number.map { "\($0)" } ?? "",
                "correct-by": days.map { (Day(inBangkok: .now) + $0).instant(hour: 16, minute: 30).text } ?? "",
            ], as: certifier)
    }

    /// Some columns of the area's result, as text.
    func row(_ columns: SQL) async throws -> [String] {
        let indicator = Int(indicator) ?? 0
        return try await area.row(
            """
            SELECT \(part: columns) FROM area_results
            WHERE area_id = \(area.area.id) AND indicator_id = \(indicator) ORDER BY round LIMIT 1
            """)
    }

    /// When it was decided, as the desk shows it.
    func decided() async throws -> String {
        Instant(try await row("to_char(decided_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")[0])?.text
            ?? ""
    }

    func state() async throws -> String { try await row("state")[0] }

    /// Lets time pass: the round was due so many seconds ago, and the bureau's time is over as long ago.
    func letTimePass(due seconds: Int, decide decideSeconds: Int = 30 * 86_400) async throws {
        let indicator = Int(indicator) ?? 0
        try await centre.execute(
            """
            UPDATE national_rounds
            SET due_at = \(Instant.now + seconds), decide_by = \(Instant.now + decideSeconds)
            WHERE indicator_id = \(indicator)
            """)
    }

    func strike() async throws { try await area.run(job: "result-clock") }

    func recorded(_ action: String, in site: TestSite? = nil) async throws -> String {
        let site = site ?? area
        return try await site.row(
            "SELECT count(*) FROM journal WHERE area_id = \(site.area.id) AND action = \(action)")[0]
    }
}
