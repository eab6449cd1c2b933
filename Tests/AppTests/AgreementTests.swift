import HTTP
import Kernel
import Postgres
import Runtime
import Secrets
import TestSupport
import Testing

/// An area that makes agreements with its three schools, and those who sign.
private struct AgreementPlay {
    let reports: ReportSite
    let maker: TestMember
    /// Of the first school.
    let principal: TestMember
    /// In the area's name.
    let head: TestMember
    static let password = "กตัญญู น้ำใจ ฐานะ"

    var site: TestSite { reports.site }

    init() async throws {
        reports = try await ReportSite(["target": "95"])
        let site = reports.site
        maker = try await site.member("ผู้จัดทำ", holding: .open)
        principal = try await site.member("ผู้อำนวยการโรงเรียน", holding: .selfAssess)
        head = try await site.member("ผู้อำนวยการเขต", holding: .reply)
        let hash = try await PasswordHash.make(of: Self.password)
        try await site.execute(
            """
            UPDATE members
            SET password_hash = \(hash.text), position = first_name
            WHERE area_id = \(site.area.id) AND id = ANY (\([principal.id, head.id])::bigint[])
            """)
        for member in [maker, head] { try await reports.move(member, to: reports.office) }
    }

    func framework() async throws -> String {
        try await site.row("SELECT framework_id FROM indicators WHERE area_id = \(site.area.id) LIMIT 1")[0]
    }

    func units() async throws -> [String] {
        try await site.row(
            "SELECT string_agg(id::text, ' ' ORDER BY id) FROM units WHERE area_id = \(site.area.id) AND kind = 'school'"
        )[0].split(separator: " ").map(String.init)
    }

    func make(with units: [String]? = nil, terms: String = "ข้อแรก\nข้อสอง") async throws -> Response {
        var form = Fields(["framework": try await framework(), "terms": terms])
        let all = try await self.units()
        for unit in units ?? all { form.add("units", unit) }
        form.add("form-token", site.formToken)
        return await site.respond(
            .post, "/agreements", as: maker, body: TextBody(String(form.queryText.dropFirst())), Headers())
    }

    /// `/agreements/7`, with the first school.
    func agreement() async throws -> String {
        let id = try await site.row(
            """
            SELECT id
            FROM agreements
            WHERE area_id = \(site.area.id) AND unit_id = \(site.unit) AND cancelled_at IS NULL
            """)[0]
        return "/agreements/\(id)"
    }

    func sign(_ path: String, as member: TestMember, _ password: String = AgreementPlay.password) async -> Response {
        await site.post("\(path)/signature", ["current": password], as: member)
    }
}

@Suite(.database) struct `A performance agreement` {
    @Test func `is laid before each unit, and sealed when both have signed the same content`() async throws {
        let play = try await AgreementPlay()
        let offer = await play.site.get("/agreements/new?framework=\(try await play.framework())", as: play.maker).text
        #expect(offer.contains("โรงเรียนบ้านปัว (1 ตัวชี้วัด)"))
        #expect(try await play.make().status == 303)
        let path = try await play.agreement()
        #expect(await play.site.get("/", as: play.principal).text.contains(path))
        #expect(await play.site.get("/", as: play.head).text.contains("คำรับรอง 3 ฉบับ"))
        let page = await play.site.get(path, as: play.principal).text
        #expect(page.contains("๙๕.๐๐") && page.contains("ข้อสอง") && page.contains("รอลงนามทั้งสองฝ่าย"))

        #expect(await play.sign(path, as: play.principal).status == 303)
        #expect(await play.site.get(path, as: play.head).text.contains("รอเขตลงนาม"))
        #expect(await play.sign(path, as: play.head).status == 303)
        let (content, digest, signed) = try await facts(of: path, play)
        #expect(Digest(of: content).hexadecimal == digest && signed == "ผู้อำนวยการโรงเรียน")
        let text = try await paper(path, play)
        for words in ["ลงนามอิเล็กทรอนิกส์แล้ว", "ผู้อำนวยการเขต", "หน้าตรวจสอบการลงนาม", digest, "/agreements/verify/"] {
            #expect(text.contains(PaperReading.composed(words)), "\(words)")
        }
        let key = try #require(page.firstMatch(of: /agreements\/verify\/([0-9a-f-]+)/)).1
        let verified = await play.site.get("/agreements/verify/\(key)")
        #expect(verified.status == 200 && verified.text.contains("มีผล ลงนามครบทั้งสองฝ่าย"))
        #expect(verified.text.contains(digest))
    }

    private func facts(of path: String, _ play: AgreementPlay) async throws -> (String, String, String) {
        let id = Int(path.split(separator: "/").last ?? "") ?? 0
        let row = try await play.site.row(
            """
            SELECT content, encode(sha256, 'hex') AS h, unit_signer_name || '' AS s
            FROM agreements
            WHERE area_id = \(play.site.area.id) AND id = \(id)
            """)
        return (row[0], row[1], row[2].split(separator: " ").first.map(String.init) ?? "")
    }

    private func paper(_ path: String, _ play: AgreementPlay) async throws -> String {
        let answer = await play.site.get("\(path)/agreement.pdf", as: play.head)
        #expect(answer.status == 200)
        guard case .bytes(let bytes) = answer.body else { return "" }
        return try PaperReading(Array(bytes.bytes)).text
    }

    @Test func `is signed with the password once more, by those of either side, once`() async throws {
        let play = try await AgreementPlay()
        _ = try await play.make()
        let path = try await play.agreement()
        let wrong = await play.sign(path, as: play.principal, "wrong")
        #expect(wrong.status == 422 && wrong.text.contains("id=\"current-problem\""))
        #expect(await play.sign(path, as: play.principal, "").status == 422)
        // Of another school, of the office without the flag, and the one who only prepares.
        let neighbour = try await play.reports.neighbour()
        #expect(await play.sign(path, as: neighbour).status == 404)
        #expect(await play.sign(path, as: play.reports.checker).status == 403)
        #expect(await play.sign(path, as: play.maker).status == 403)
        #expect(await play.sign(path, as: play.principal).status == 303)
        #expect(await play.sign(path, as: play.principal).status == 409)
        #expect(await play.site.get("/", as: play.principal).text.contains("คำรับรองรอลงนาม") == false)
    }

    @Test func `says in either language for whom somebody has signed who acts for them`() async throws {
        let play = try await AgreementPlay()
        _ = try await play.make()
        let (path, site) = (try await play.agreement(), play.site)
        let deputy = try await site.member("รองผู้อำนวยการ", holding: .named("File"))
        try await site.execute(
            """
            UPDATE members
            SET password_hash = (SELECT h.password_hash FROM members h WHERE h.area_id = \(site.area.id) AND h.id = \(play.head.id))
            WHERE area_id = \(site.area.id) AND id = \(deputy.id)
            """)
        let today = Day(inBangkok: .now).text
        let order: KeyValuePairs = [
            "username": deputy.username, "first-day": today, "last-day": today, "reason": "คำสั่งที่ 1/2569",
        ]
        #expect(await site.post("/account/acting", order, as: play.head).status == 303)
        let acting = try await site.row("SELECT max(id)::text AS id FROM actings WHERE area_id = \(site.area.id)")[0]
        #expect(await site.post("/account/acting/\(acting)/beginning", as: deputy).status == 303)
        #expect(await play.sign(path, as: deputy).status == 303)
        let page = await site.get(path, as: play.principal).text
        let key = try #require(page.firstMatch(of: /agreements\/verify\/([0-9a-f-]+)/)).1
        let head = try await site.row(
            "SELECT title || first_name || ' ' || last_name AS name FROM members WHERE area_id = \(site.area.id) AND id = \(play.head.id)"
        )[0]
        for (language, words) in [("th", "(แทน \(head))"), ("en", "(for \(head))")] {
            let verified = await site.get(
                "/agreements/verify/\(key)", as: nil, ["cookie": "__Host-rabrong-language=\(language)"])
            #expect(verified.text.contains(words), "\(language)")
        }
    }

    @Test func `is not signed by one who looks as another, nor seen by other schools`() async throws {
        let play = try await AgreementPlay()
        _ = try await play.make()
        let path = try await play.agreement()
        let admin = try await play.site.member(holding: .members)
        #expect(await play.site.post("/members/\(play.principal.id)/see-as", as: admin).status == 303)
        #expect(await play.sign(path, as: admin).status == 403)
        let neighbour = try await play.reports.neighbour()
        #expect(await play.site.get(path, as: neighbour).status == 404)
        #expect(await play.site.get("\(path)/agreement.pdf", as: neighbour).status == 404)
        #expect(await !play.site.get("/agreements", as: neighbour).text.contains(path))
    }

    @Test func `of several are signed for the area with one password, all or none`() async throws {
        let play = try await AgreementPlay()
        _ = try await play.make()
        let ids = try await play.site.row(
            "SELECT string_agg(id::text, ' ' ORDER BY id) FROM agreements WHERE area_id = \(play.site.area.id)")[0]
            .split(separator: " ").map(String.init)
        #expect(ids.count == 3)
        let page = await play.site.get("/agreements", as: play.head).text
        for id in ids { #expect(page.contains("value=\"\(id)\"")) }
        func sign(_ ids: [String], _ password: String = AgreementPlay.password) async -> Response {
            var form = Fields(["current": password, "form-token": play.site.formToken])
            for id in ids { form.add("agreements", id) }
            return await play.site.respond(
                .post, "/agreements/signatures", as: play.head, body: TextBody(String(form.queryText.dropFirst())),
                Headers())
        }
        #expect(await sign([]).status == 422)
        #expect(await sign(ids, "wrong").status == 422)
        #expect(await sign(ids + ["999999999"]).status == 404)
        let signed: SQL = "SELECT count(area_signed_at) FROM agreements WHERE area_id = \(play.site.area.id)"
        #expect(try await play.site.row(signed) == ["0"])
        #expect(await sign(ids).status == 303)
        #expect(try await play.site.row(signed) == ["3"])
        #expect(await sign(ids).status == 409)
    }

    @Test func `cancelled says why, and another takes its place under a number of its own`() async throws {
        let play = try await AgreementPlay()
        _ = try await play.make()
        // Once more, there is nobody left without.
        #expect(try await play.make().status == 409)
        let path = try await play.agreement()
        #expect(await play.site.post("\(path)/cancellation", ["reason": ""], as: play.maker).status == 422)
        #expect(await play.site.post("\(path)/cancellation", ["reason": "x"], as: play.principal).status == 403)
        #expect(await play.site.post("\(path)/cancellation", ["reason": "เป้าหมายผิด"], as: play.maker).status == 303)
        #expect(await play.site.get(path, as: play.principal).text.contains("เป้าหมายผิด"))
        #expect(await play.sign(path, as: play.principal).status == 409)
        #expect(try await play.make(with: ["\(play.site.unit)"]).status == 303)
        let number = try await play.site.row(
            "SELECT max(number) FROM agreements WHERE area_id = \(play.site.area.id)")
        #expect(number == ["4"])
        #expect(try await play.agreement() != path)
    }

    @Test func `stays what it was when the indicator changes`() async throws {
        let play = try await AgreementPlay()
        _ = try await play.make()
        let path = try await play.agreement()
        try await play.site.execute("UPDATE indicators SET target = 12 WHERE area_id = \(play.site.area.id)")
        #expect(await play.site.get(path, as: play.principal).text.contains("๙๕.๐๐"))
        // The program itself may change no word of it.
        let mayChange = try await play.site.row(
            "SELECT has_column_privilege('rabrong_app', 'agreements', 'content', 'UPDATE')")
        #expect(mayChange == ["false"])
    }

    @Test func `without terms or units is refused in its form, and what was ticked stays`() async throws {
        let play = try await AgreementPlay()
        let unit = try await play.units()[1]
        let refused = try await play.make(with: [unit], terms: "")
        #expect(refused.status == 422 && refused.text.contains("id=\"terms-problem\""))
        #expect(refused.text.matches(of: /name="units"[^>]*checked/).count == 1)
        #expect(try await play.make(with: []).status == 422)
    }

    @Test func `isn't verified by a number alone`() async throws {
        let play = try await AgreementPlay()
        _ = try await play.make()
        let year = FiscalYear(at: .now).number
        for key in [
            "\(year)-1-0000000000000000", "\(year)-1", "x", "\(year)-1-", "1-1-1-1", "99999999999999999999-1-a",
        ] {
            #expect(await play.site.get("/agreements/verify/\(key)").status == 404)
        }
    }
}
