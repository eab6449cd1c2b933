import HTTP
import Kernel
import Outbound
import Postgres
import Runtime
import TestSupport
import Testing

/// Over a mail server that others wrote, which the gate starts.
@Suite(.database, .enabled(if: MailServer.folder != nil)) struct `The morning's letter` {
    /// The addresses for whom a letter is planned; the plan is made anew.
    private func planned(_ site: ReportSite) async throws -> [String] {
        try await site.site.execute("DELETE FROM jobs WHERE area_id = \(site.area) AND kind = 'digest'")
        try await site.site.run(job: "morning", mailRoom: MailServer.room)
        let emails = try await site.texts(
            "coalesce(string_agg(m.email, ' ' ORDER BY m.email), '')",
            """
            FROM jobs j
            JOIN members m ON m.area_id = j.area_id AND m.id = (j.payload ->> 'member')::bigint
            WHERE j.area_id = \(site.area) AND j.kind = 'digest'
            """)
        return emails[0].split(separator: " ").map(String.init)
    }

    private func giveAddress(_ member: TestMember, _ site: ReportSite) async throws -> String {
        let email = "digest-\(member.username)@example.org"
        try await site.site.execute(
            "UPDATE members SET email = \(email) WHERE area_id = \(site.area) AND id = \(member.id)")
        return email
    }

    private func send(to member: TestMember, _ site: ReportSite) async throws {
        try await site.site.run(
            job: "digest", ["member": JSON(member.id.rawValue)], mailRoom: MailServer.room)
    }

    @Test(arguments: [(7, true), (3, true), (1, true), (6, false), (2, false), (0, false)])
    func `reminds seven, three and one day ahead`(days: Int, isReminded: Bool) async throws {
        let site = try await ReportSite()
        let email = try await giveAddress(site.teacher, site)
        let due = (Day(inBangkok: .now) + days).instant(hour: 23, minute: 59)
        try await site.site.execute("UPDATE indicator_rounds SET due_at = \(due) WHERE area_id = \(site.area)")
        #expect(try await planned(site) == (isReminded ? [email] : []))
    }

    @Test func `says what is due and what others did, with the way there`() async throws {
        let site = try await ReportSite()
        let email = try await giveAddress(site.teacher, site)
        let due = (Day(inBangkok: .now) + 3).instant(hour: 16, minute: 30)
        try await site.site.execute("UPDATE indicator_rounds SET due_at = \(due) WHERE area_id = \(site.area)")
        _ = await site.confirm()
        let form: KeyValuePairs = ["comment": "ตรวจจำนวนนักเรียน", "correct-by": due.text]
        #expect(await site.site.post("\(site.report)/return", form, as: site.checker).status == 303)
        try await site.site.run(job: "news")
        #expect(try await planned(site) == [email])
        try await send(to: site.teacher, site)
        let letter = try MailServer.letter(to: email)
        #expect(letter["subject"]?.textValue?.contains("ใกล้ครบกำหนด 1 เรื่อง ใหม่ 1 เรื่อง") == true)
        let text = letter["text"]?.textValue ?? ""
        #expect(text.contains("ส่งกลับแก้ไข ตรวจจำนวนนักเรียน"))
        #expect(text.contains("http://rabrong.test/\(site.site.area.code)\(site.report)"))
    }

    @Test func `comes once a day`() async throws {
        let site = try await ReportSite()
        _ = try await giveAddress(site.teacher, site)
        _ = await site.confirm()
        _ = await site.check("4")
        try await site.site.run(job: "news")
        try await send(to: site.teacher, site)
        let count = try await site.texts(
            "count(*)", "FROM notice_choices WHERE area_id = \(site.area) AND mailed_on IS NOT NULL")
        #expect(count == ["1"])
        try await site.site.execute(
            "UPDATE members SET email = 'bounce@example.org' WHERE area_id = \(site.area) AND id = \(site.teacher.id)")
        try await send(to: site.teacher, site)
    }

    @Test func `goes to nobody who wants none, has no address, or was disabled`() async throws {
        let site = try await ReportSite()
        let due = (Day(inBangkok: .now) + 3).instant(hour: 16, minute: 30)
        try await site.site.execute("UPDATE indicator_rounds SET due_at = \(due) WHERE area_id = \(site.area)")
        #expect(try await planned(site) == [])
        let email = try await giveAddress(site.teacher, site)
        #expect(try await planned(site) == [email])
        #expect(await site.site.post("/account/notices", ["mail": "never"], as: site.teacher).status == 303)
        #expect(try await planned(site) == [])
        #expect(await site.site.post("/account/notices", ["mail": "daily"], as: site.teacher).status == 303)
        try await site.site.execute(
            "UPDATE members SET status = 'disabled' WHERE area_id = \(site.area) AND id = \(site.teacher.id)")
        #expect(try await planned(site) == [])
    }
}
