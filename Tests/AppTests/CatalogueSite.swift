import HTTP
import Kernel
import Postgres
import Runtime
import TestSupport
import Testing

/// An area with its year open, a framework in it, and somebody who defines indicators.
struct CatalogueSite {
    let site: TestSite
    let admin: TestMember
    let framework: String
    let year = FiscalYear(at: .now).number

    init() async throws {
        site = try await TestSite()
        admin = try await site.member(holding: .settings, .create, .open)
        _ = await site.post("/years", ["year": "\(year)"], as: admin)
        _ = await site.post("/frameworks", ["short-name": "KRS", "name": "คำรับรอง"], as: admin)
        framework = try await site.row("SELECT id FROM frameworks WHERE area_id = \(site.area.id)")[0]
    }

    /// Working in the year after this one.
    var nextYear: Headers { ["cookie": "__Host-rabrong-year=\(year + 1)"] }

    /// A sound indicator, with some fields changed or, where a field may come twice, added.
    func form(_ changes: KeyValuePairs<String, String> = [:]) -> Fields {
        var fields = Fields([
            "number": "1", "name": "ร้อยละของนักเรียนที่อ่านออก", "framework": framework, "state": "open",
            "type": "percent", "weight": "100", "formula": "a / b * 100", "criterion-1": "80", "criterion-2": "85",
            "criterion-3": "90", "criterion-4": "95", "criterion-5": "100", "below": "slope",
            "variable-1-name": "a", "variable-1-label": "อ่านออก", "variable-2-name": "b",
            "variable-2-label": "ทั้งหมด",
        ])
        for (name, _) in changes { fields.set(name, nil) }
        for (name, value) in changes { fields.add(name, value) }
        return fields
    }

    func send(
        _ path: String, _ fields: Fields, as member: TestMember? = nil, _ more: Headers = Headers()
    ) async -> Response {
        var fields = fields
        fields.set("form-token", site.formToken)
        return await site.respond(
            .post, path, as: member ?? admin, body: TextBody(String(fields.queryText.dropFirst())), more)
    }

    /// The number of a new indicator.
    func indicator(_ changes: KeyValuePairs<String, String> = [:]) async throws -> String {
        let made = await send("/indicators", form(changes))
        return try #require(made.headers["location"]?.split(separator: "/").last.map(String.init), "\(made.text)")
    }

    func count(_ table: SQL) async throws -> String {
        try await site.row("SELECT count(*) FROM \(part: table) WHERE area_id = \(site.area.id)")[0]
    }
}

extension Response {
    /// What stands in the page's problem at a field; nil when the field has none.
    func problem(at field: String) -> String? {
        guard let start = text.firstRange(of: "id=\"\(field)-problem\"") else { return nil }
        return text[start.upperBound...].split(separator: "</div>").first.map(String.init)
    }
}
