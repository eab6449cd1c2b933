import HTTP
import Kernel
import Postgres
import Runtime
import TestSupport
import Testing

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
        #expect(edited.status == 422 && edited.text.contains("id=\"unit-problem\""))
        #expect(await move(teacher, to: other, play).status == 303)
        #expect(
            try await play.site.row(
                "SELECT flags::text FROM members WHERE area_id = \(play.site.area.id) AND id = \(teacher.id)") == ["{}"]
        )
    }

    @Test func `not to where they are, to a closed unit, without a reason, nor as the last who manages members`()
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
        #expect(await move(play.admin, to: other, play).status == 409)
        let role = try await play.role("M")
        #expect(await move(play.admin, to: other, play, role: role).status == 303)
    }
}
