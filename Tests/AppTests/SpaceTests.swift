import Files
import Glibc
import HTTP
import Kernel
import Postgres
import Runtime
import Secrets
import TestSupport
import Testing

@Suite(.database) struct `The file space of an area` {
    private func used(_ site: ReportSite) async throws -> String {
        try await site.site.row("SELECT used FROM file_space WHERE area_id = \(site.area)")[0]
    }

    private func setQuota(_ quota: Int, _ site: ReportSite) async throws {
        try await site.site.execute("UPDATE file_space SET quota = \(quota) WHERE area_id = \(site.area)")
    }

    @Test func `counts what is sent, the same bytes once`() async throws {
        let site = try await ReportSite()
        let size = ReportSite.pdf.count
        #expect(try await used(site) == "0")
        _ = await site.attach()
        _ = await site.attach(named: "อีกชื่อ.pdf", at: 2)
        #expect(try await used(site) == "\(size)")
        _ = await site.attach(Array("น้ำใจ".utf8), named: "ก.txt", at: 3)
        #expect(try await used(site) == "\(size + "น้ำใจ".utf8.count)")
    }

    @Test func `when full, refuses what is new, says so, and loses nothing`() async throws {
        let site = try await ReportSite()
        _ = await site.attach()
        try await setQuota(ReportSite.pdf.count, site)
        let refused = await site.attach(Array("น้ำใจ".utf8), named: "ก.txt", at: 2)
        #expect(refused.status == 409 && refused.text.contains("พื้นที่เก็บไฟล์ของเขตเต็มแล้ว"))
        let form = await site.site.upload(
            Array("น้ำใจ".utf8), named: "ก.txt", as: "file-2", to: "\(site.report)/draft", ["entry-a": "281"],
            as: site.teacher)
        #expect(form.status == 422 && form.text.contains("พื้นที่เก็บไฟล์ของเขตเต็มแล้ว") && form.text.contains("281"))
        #expect(try await site.count("evidence") == "1")
        #expect(try await site.count("files") == "1")
        // What is there already takes no room.
        #expect(await site.attach(at: 3).status == 303)
    }

    @Test func `warns at 80 percent those who look after the area, and nobody else`() async throws {
        let site = try await ReportSite()
        let admin = try await site.site.member("ผู้ดูแล", holding: .settings)
        _ = await site.attach()
        let words = "พื้นที่เก็บไฟล์ใกล้เต็ม"
        try await setQuota(ReportSite.pdf.count * 2, site)
        #expect(await !site.site.get("/", as: admin).text.contains(words))
        try await setQuota(ReportSite.pdf.count + 1, site)
        #expect(await site.site.get("/", as: admin).text.contains(words))
        #expect(await site.site.get("/settings", as: admin).text.contains("ใกล้เต็ม"))
        #expect(await !site.site.get("/", as: site.teacher).text.contains(words))
    }

    @Test func `is given by the operator, never less than is used`() async throws {
        let site = try await ReportSite()
        let central = try await TestSite(kind: .central)
        let op = try await central.member("ผู้ดูแลระบบ", holding: .operate)
        let path = "/areas/\(site.site.area.code)/space"
        #expect(await central.get(path, as: op).text.contains("50 GB"))
        #expect(await central.post(path, ["gigabytes": "70"], as: op).status == 303)
        #expect(
            try await site.site.row("SELECT quota FROM file_space WHERE area_id = \(site.area)") == ["70000000000"])
        #expect(await central.get("/areas", as: op).text.contains("70 GB"))
        try await site.site.execute("UPDATE file_space SET used = 60000000000 WHERE area_id = \(site.area)")
        let refused = await central.post(path, ["gigabytes": "59"], as: op)
        #expect(refused.status == 422 && refused.problem(at: "gigabytes")?.contains("60 GB") == true)
    }
}

@Suite(.database) struct `The sweep of the file store` {
    /// A site with a store of its own, in which files can be made old.
    private struct Store {
        let site: ReportSite
        let program: TestSite
        let files: FolderStore
        let folder: String

        init() async throws {
            try Disk.makeFolder("/tmp/rabrong-tests")
            var template = Array("/tmp/rabrong-tests/sweep.XXXXXX".utf8CString)
            folder = try #require(mkdtemp(&template).map { String(cString: $0) })
            site = try await ReportSite()
            program = try site.site.with(["RABRONG_FILES": folder])
            files = try FolderStore(in: folder)
        }

        func keep(_ text: String) async throws -> Digest {
            try Disk.write(text.utf8, to: "\(folder)/draft")
            return try await files.keep("\(folder)/draft")
        }

        func makeOld(_ digest: Digest, days: Int) async throws {
            let path = try #require(try await files.path(of: digest))
            let time = timespec(tv_sec: Instant.now.seconds - days * 86_400, tv_nsec: 0)
            utimensat(AT_FDCWD, path, [time, time], 0)
        }

        func isKept(_ digest: Digest) async throws -> Bool {
            try await files.path(of: digest).map { !$0.contains("set-aside") } ?? false
        }
    }

    @Test func `sets aside what no row names, and a week later discards it`() async throws {
        let store = try await Store()
        let (old, new) = (try await store.keep("ไม่มีใครอ้างถึง"), try await store.keep("เพิ่งมา"))
        try await store.makeOld(old, days: 3)
        try await store.program.run(job: "sweep")
        #expect(try await !store.isKept(old))
        #expect(try await store.files.path(of: old) != nil)
        #expect(try await store.isKept(new))
        try await store.makeOld(old, days: 8)
        try await store.program.run(job: "sweep")
        #expect(try await store.files.path(of: old) == nil)
    }

    @Test func `leaves what a report names, and takes back what was named meanwhile`() async throws {
        let store = try await Store()
        let digest = Digest(of: ReportSite.pdf)
        let sent = await store.program.upload(
            ReportSite.pdf, named: "ผล.pdf", as: "file-1", to: "\(store.site.report)/evidence/1",
            as: store.site.teacher)
        #expect(sent.status == 303)
        try await store.makeOld(digest, days: 9)
        try await store.program.run(job: "sweep")
        #expect(try await store.isKept(digest))
        try await store.files.move(digest, to: .aside)
        let opened = await store.program.get("\(store.site.report)/evidence/1", as: store.site.teacher)
        #expect(opened.status == 200)
        try await store.makeOld(digest, days: 9)
        try await store.program.run(job: "sweep")
        #expect(try await store.isKept(digest))
    }

    @Test func `forgets what was half sent two days ago, and counts the space anew`() async throws {
        let store = try await Store()
        let site = store.site.site
        _ = await store.site.attach()
        for (name, age) in [("old", 3), ("new", 1)] {
            try await site.execute(
                """
                INSERT INTO upload_pieces (area_id, member_id, upload, start, size, sha256, sent_at)
                VALUES (
                    \(site.area.id), \(store.site.teacher.id), \(name), 0, 5, sha256('x'),
                    \(Instant.now + -age * 86_400)
                )
                """)
        }
        try await site.execute("UPDATE file_space SET used = 7 WHERE area_id = \(site.area.id)")
        try await store.program.run(job: "sweep")
        #expect(try await site.row("SELECT upload FROM upload_pieces WHERE area_id = \(site.area.id)") == ["new"])
        #expect(
            try await site.row("SELECT used FROM file_space WHERE area_id = \(site.area.id)")
                == ["\(ReportSite.pdf.count)"])
    }
}
