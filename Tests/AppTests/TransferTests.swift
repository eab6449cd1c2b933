import HTTP
import Kernel
import Postgres
import Runtime
import TestSupport
import Testing

@Suite(.database) struct `A member moves to another area` {
    /// The work that brings them there, as it was queued.
    private func bring(_ play: JoinSite) async throws {
        let payload = try await play.site.row(
            "SELECT payload::text FROM jobs WHERE area_id = \(play.site.area.id) AND kind = 'area-transfer'")[0]
        try await play.site.run(job: "area-transfer", JSON(parsing: payload.utf8))
    }

    @Test func `ends here at once, and is let in there with a role of that area, and the old password`() async throws {
        let (here, there) = (try await JoinSite(), try await JoinSite())
        let unit: KeyValuePairs<String, String> = ["unit": "\(here.site.unit)", "note": "รู้จัก"]
        let id = try here.id(of: try await here.join())
        #expect(await here.site.post("/members/requests/\(id)/approval", unit, as: here.admin).status == 303)
        let member = try await here.site.row(
            "SELECT id FROM members WHERE area_id = \(here.site.area.id) AND username = 'namjai'")[0]
        let move: KeyValuePairs<String, String> = ["area": there.site.area.code, "reason": "คำสั่งย้าย"]
        let path = "/members/\(member)/area-transfer"
        #expect(await here.site.get(path, as: here.admin).text.contains(there.site.area.shortName))
        #expect(await here.site.post(path, move, as: here.admin).status == 303)
        #expect(await here.signIn("namjai").status == 422)
        #expect(await here.site.post(path, move, as: here.admin).status == 409)

        let onTheWay = try await here.site.row(
            "SELECT payload::text FROM jobs WHERE area_id = \(here.site.area.id) AND kind = 'area-transfer'")[0]
        for fact in ["น้ำใจ", "namjai", "argon2", "08 1000"] { #expect(!onTheWay.contains(fact)) }

        try await bring(here)
        try await bring(here)
        let arrived = try await there.site.row(
            "SELECT count(*) AS n, min(id) AS id FROM account_requests WHERE area_id = \(there.site.area.id)")
        #expect(arrived[0] == "1")
        #expect(
            await there.site.get("/members/requests", as: there.admin).text
                .contains("ย้ายมาจาก \(here.site.area.shortName)"))
        let inEnglish: Headers = ["cookie": "__Host-rabrong-language=en"]
        let english = await there.site.get("/members/requests", as: there.admin, inEnglish).text
        #expect(english.contains("Comes from \(here.site.area.shortName)"))
        let request = "/members/requests/\(arrived[1])"
        #expect(await there.site.get(request, as: there.admin).text.contains("x-xxxx-xxxx"))
        let role = try await there.role("School")
        let bare: KeyValuePairs<String, String> = ["role": role, "note": "คำสั่งย้าย"]
        #expect(await there.site.post("\(request)/approval", bare, as: there.admin).status == 422)
        let approval: KeyValuePairs<String, String> = [
            "role": role, "unit": "\(there.site.unit)", "note": "คำสั่งย้าย", "username": "namjai.new",
        ]
        #expect(await there.site.post("\(request)/approval", approval, as: there.admin).status == 303)
        #expect(await there.signIn("namjai.new").status == 303)
        let known = try await there.site.row(
            "SELECT flags::text, citizen_hash IS NOT NULL AS k FROM members WHERE area_id = \(there.site.area.id) AND username = 'namjai.new'"
        )
        #expect(known == ["{School}", "true"])
        // Nobody can follow the person by the number's hash from one area to the other.
        let hashes = try await [here, there].asyncMap { play in
            try await play.site.row(
                "SELECT encode(citizen_hash, 'hex') AS h FROM members WHERE area_id = \(play.site.area.id) AND citizen_hash IS NOT NULL"
            )[0]
        }
        #expect(hashes[0] != hashes[1])
    }

    @Test func `not to nowhere, to the central office, or without a reason`() async throws {
        let play = try await JoinSite()
        let path = "/members/\(play.director.id)/area-transfer"
        for (area, reason) in [("nowhere", "x"), ("central", "x"), (play.site.area.code, "x"), ("", "x")] {
            #expect(await play.site.post(path, ["area": area, "reason": reason], as: play.admin).status == 422)
        }
        #expect(await play.site.post(path, ["area": "nowhere"], as: play.admin).status == 422)
    }
}

extension Array {
    fileprivate func asyncMap<Result>(_ body: (Element) async throws -> Result) async rethrows -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await body(element)) }
        return results
    }
}

@Suite(.database) struct `A member moves to another unit` {
    private func move(
        _ member: TestMember, to unit: UnitID, _ play: JoinSite, role: String = "", reason: String = "คำสั่งที่ 12/2569"
    ) async -> Response {
        await play.site.post(
            "/members/\(member.id)/transfer", ["unit": "\(unit)", "role": role, "reason": reason], as: play.admin)
    }

    @Test func `and leaves the flags of the old place, with every session, key and acting`() async throws {
        let play = try await JoinSite()
        let teacher = try await play.site.member("ครู", holding: .school, .selfAssess, .upload)
        let token = try await play.site.apiToken(of: teacher, .school)
        let today = Day(inBangkok: .now)
        try await play.site.execute(
            """
            INSERT INTO actings (area_id, member_id, principal_id, first_day, last_day, reason, created_at)
            VALUES (\(play.site.area.id), \(teacher.id), \(play.director.id), \(today), \(today), 'ลา', now())
            """)
        let role = try await play.role("School")
        let other = try await TestSite.makeUnit("โรงเรียนใหม่", in: play.site.area, play.site.database)
        #expect(await play.site.get("/reports", as: teacher).status == 200)

        #expect(await move(teacher, to: other, play, role: role).status == 303)

        #expect(await play.site.get("/reports", as: teacher).status == 303)
        #expect(await play.site.api(.get, "/reports", token: token).status == 401)
        let now = try await play.site.row(
            """
            SELECT m.unit_id = \(other) AS moved, m.flags::text,
                (SELECT count(*) FROM actings t WHERE t.area_id = m.area_id AND t.ended_at IS NULL) AS actings
            FROM members m
            WHERE m.area_id = \(play.site.area.id) AND m.id = \(teacher.id)
            """)
        #expect(now == ["true", "{School}", "0"])
        let entry = try await play.site.row(
            "SELECT action, j.before ->> 'flags' AS b, j.after ->> 'reason' AS why FROM journal j WHERE area_id = \(play.site.area.id) ORDER BY number DESC LIMIT 1"
        )
        #expect(entry == ["member.moved", "[\"School\", \"SA\", \"Upload\"]", "คำสั่งที่ 12/2569"])
    }

    @Test func `with no role they come without flags, and nothing but moving changes the unit`() async throws {
        let play = try await JoinSite()
        let teacher = try await play.site.member("ครู", holding: .school)
        let other = try await TestSite.makeUnit("โรงเรียนใหม่", in: play.site.area, play.site.database)
        let edit: KeyValuePairs<String, String> = [
            "first-name": "ครู", "last-name": "ดี", "username": teacher.username, "unit": "\(other)",
        ]
        let edited = await play.site.post("/members/\(teacher.id)", edit, as: play.admin)
        #expect(edited.status == 422 && edited.text.contains("ย้ายหน่วยงาน ซึ่งยกเลิกสิทธิ์เดิม"))
        #expect(await move(teacher, to: other, play).status == 303)
        #expect(
            try await play.site.row(
                "SELECT flags::text FROM members WHERE area_id = \(play.site.area.id) AND id = \(teacher.id)") == ["{}"]
        )
    }

    @Test func `not to where they are, to a closed unit, without a reason, nor by themselves`()
        async throws
    {
        let play = try await JoinSite()
        let closed = try await TestSite.makeUnit("โรงเรียนปิด", in: play.site.area, play.site.database)
        let other = try await TestSite.makeUnit("โรงเรียนใหม่", in: play.site.area, play.site.database)
        try await play.site.execute(
            "UPDATE units SET closed_at = now() WHERE area_id = \(play.site.area.id) AND id = \(closed)")
        #expect(await move(play.director, to: play.site.unit, play).status == 422)
        #expect(await move(play.director, to: closed, play).status == 422)
        #expect(await move(play.director, to: other, play, reason: "").status == 422)
        // Oneself one would shut out in the middle of it.
        #expect(await move(play.admin, to: other, play).status == 409)
        #expect(await play.site.get("/members", as: play.admin).status == 200)
    }
}
