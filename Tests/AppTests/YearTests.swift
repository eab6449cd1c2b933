import HTTP
import Kernel
import Postgres
import Runtime
import TestSupport
import Testing

@Suite(.database) struct `A fiscal year` {
    @Test func `is opened with the dates of all its rounds`() async throws {
        let site = try await TestSite()
        let admin = try await site.member(holding: .settings)
        #expect(await site.post("/years", ["year": "๒๕๖๙"], as: admin).headers["location"] != nil)
        let page = await site.get("/years/2569", as: admin).text
        #expect(page.contains("1/3/2569") && page.contains("31/3/2569 16.30"))
        #expect(page.contains("1/10/2568") && page.contains("28/2/2569 16.30"))
    }

    @Test func `is opened once`() async throws {
        let site = try await TestSite()
        let admin = try await site.member(holding: .settings)
        _ = await site.post("/years", ["year": "2569"], as: admin)
        let again = await site.post("/years", ["year": "2569"], as: admin)
        #expect(again.status == 422 && again.text.contains("เปิดไว้แล้ว"))
    }

    @Test func `keeps its dates in order, and says each wrong one`() async throws {
        let site = try await TestSite()
        let admin = try await site.member(holding: .settings)
        _ = await site.post("/years", ["year": "2569"], as: admin)
        let wrong = await site.post(
            "/years/2569/rounds",
            ["opens-c06": "1/4/2569", "due-c06": "31/3/2569", "opens-c09": "31/2/2569", "due-c09": "30/6/2569 25.00"],
            as: admin)
        #expect(wrong.status == 422)
        for field in ["due-c06", "opens-c09", "due-c09"] {
            #expect(wrong.text.contains("id=\"\(field)-problem\""), "\(field)")
        }
        let right = await site.post(
            "/years/2569/rounds", ["opens-c06": "15/3/2569", "due-c06": "10/4/2569 12:00"], as: admin)
        #expect(right.status == 303)
        #expect(await site.get("/years/2569", as: admin).text.contains("10/4/2569 12.00"))
    }

    @Test func `is frozen when closed, and opened again only with a reason`() async throws {
        let site = try await TestSite()
        let admin = try await site.member(holding: .settings, .create)
        _ = await site.post("/years", ["year": "2569"], as: admin)
        #expect(await site.post("/years/2569/closing", as: admin).status == 303)
        #expect(await site.post("/years/2569/closing", as: admin).status == 409)
        let year: Headers = ["cookie": "__Host-rabrong-year=2569"]
        let framework = await site.post("/frameworks", ["short-name": "KRS", "name": "คำรับรอง"], as: admin, year)
        #expect(framework.status == 409)
        #expect(
            await site.post("/years/2569/rounds", ["opens-c06": "15/3/2569", "due-c06": "10/4/2569"], as: admin).status
                == 409)
        #expect(await site.post("/years/2569/reopening", as: admin).status == 422)
        #expect(await site.post("/years/2569/reopening", ["reason": "แก้ตามมติ"], as: admin).status == 303)
        #expect(await site.post("/frameworks", ["short-name": "KRS", "name": "คำรับรอง"], as: admin, year).status == 303)
    }

    @Test func `belongs to one area`() async throws {
        let site = try await TestSite()
        let other = try await TestSite(site.database)
        let admin = try await site.member(holding: .settings)
        let stranger = try await other.member(holding: .settings)
        _ = await site.post("/years", ["year": "2569"], as: admin)
        #expect(await other.get("/years/2569", as: stranger).status == 404)
        #expect(await other.post("/years", ["year": "2569"], as: stranger).status == 303)
    }
}
