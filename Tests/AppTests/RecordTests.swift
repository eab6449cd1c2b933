import HTTP
import Kernel
import Operations
import Postgres
import TestSupport
import Testing

@Suite(.database) struct `The record of an area` {
    @Test func `is a sound chain of what was done`() async throws {
        let site = try await siteWithDeeds()
        let check = try await RecordCheck.check(site.area, in: site.database)
        #expect(check.fault == nil)
        #expect(check.entries == 4)
    }

    @Test(arguments: [
        ("UPDATE journal SET after = '{\"hue\": 7}' WHERE area_id = $AREA AND number = 3", "entry 3 was changed"),
        ("UPDATE journal SET actor_name = 'x' WHERE area_id = $AREA AND number = 1", "entry 1 was changed"),
        ("DELETE FROM journal WHERE area_id = $AREA AND number = 2", "entry 2 is missing"),
        ("DELETE FROM journal WHERE area_id = $AREA AND number = 4", "entries after 3 are missing"),
    ])
    func `shows who tampered with it where`(tampering: String, fault: String) async throws {
        let site = try await siteWithDeeds()
        let statement = tampering.split(separator: "$AREA").joined(separator: "\(site.area.id)")
        // Only a role that may do anything can tamper; within this test's transaction it is lent for a moment.
        try await site.database.transaction(in: site.area.id.rawValue) { transaction in
            try await transaction.execute("SET LOCAL ROLE rabrong_owner")
            try await transaction.execute(SQL(stringLiteral: statement))
            try await transaction.execute("RESET ROLE")
        }
        #expect(try await RecordCheck.check(site.area, in: site.database).fault == fault)
    }

    @Test func `is shown to the administrator, and to no other area`() async throws {
        let site = try await siteWithDeeds()
        let other = try await TestSite()
        let admin = try await site.member(holding: .members)
        let stranger = try await other.member(holding: .members)
        #expect(await site.get("/journal", as: admin).text.contains("แก้ไขการตั้งค่า"))
        #expect(await !other.get("/journal", as: stranger).text.contains("แก้ไขการตั้งค่า</td>"))
    }

    private func siteWithDeeds() async throws -> TestSite {
        let site = try await TestSite()
        let admin = try await site.member(holding: .settings)
        for hue in ["1", "2", "3"] {
            let response = await site.post("/settings", ["hue": hue, "digits": "thai"], as: admin)
            #expect(response.status == 303)
        }
        return site
    }
}
