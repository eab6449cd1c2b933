import HTTP
import Kernel
import Postgres
import Runtime
import TestSupport
import Testing

@Suite(.database) struct `Somebody asks to join` {
    @Test func `is approved with a role, and signs in with the password chosen`() async throws {
        let play = try await JoinSite()
        let path = try await play.join()
        #expect(await play.signIn("namjai").status == 422)
        let id = try play.id(of: path)
        let role = try await play.role("School", "Upload")

        #expect(await play.site.post("/endorsements/\(id)", ["answer": "yes"], as: play.director).status == 303)
        let approval: KeyValuePairs<String, String> = ["role": role, "unit": "\(play.site.unit)"]
        #expect(await play.site.post("/members/requests/\(id)/approval", approval, as: play.admin).status == 303)

        #expect(await play.signIn("namjai").status == 303)
        #expect(await play.site.get(path).text.contains("อนุมัติแล้ว"))
        let member = try await play.site.row(
            """
            SELECT flags::text, status, employment, mobile, must_change_password
            FROM members
            WHERE area_id = \(play.site.area.id) AND username = 'namjai'
            """)
        #expect(member == ["{School,Upload}", "enabled", "official", "08 1000 0001", "false"])
        // The request keeps no secret of theirs.
        #expect(
            try await play.site.row(
                "SELECT password_hash IS NULL AS a, citizen_sealed IS NULL AS b FROM account_requests WHERE area_id = \(play.site.area.id)"
            )
                == ["true", "true"])
    }

    @Test func `the citizen number is stored unreadable, and shown masked to everybody`() async throws {
        let play = try await JoinSite()
        let path = try await play.join()
        let id = try play.id(of: path)
        let number = JoinSite.citizen(1)
        let stored = try await play.site.row(
            "SELECT row_to_json(j)::text FROM account_requests j WHERE area_id = \(play.site.area.id)")[0]
        #expect(!stored.contains(number))
        let masked = "x-xxxx-xxxx\(number.dropFirst(9).prefix(1))-\(number.dropFirst(10).prefix(2))-\(number.suffix(1))"
        for page in [
            await play.site.get(path), await play.site.get("/members/requests/\(id)", as: play.admin),
            await play.site.get("/endorsements/\(id)", as: play.director),
        ] {
            #expect(page.text.contains(masked))
            #expect(!page.text.contains(number) && !page.text.contains(number.dropLast(4)))
        }
        let journal = try await play.site.row(
            "SELECT string_agg(row_to_json(j)::text, '') FROM journal j WHERE area_id = \(play.site.area.id)")[0]
        #expect(!journal.contains(number.dropFirst(4)))
    }

    @Test func `sent twice it is one request`() async throws {
        let play = try await JoinSite()
        let first = try await play.join()
        #expect(try await play.join() == first)
        #expect(
            try await play.site.row("SELECT count(*) FROM account_requests WHERE area_id = \(play.site.area.id)") == [
                "1"
            ])
    }

    @Test func `who has an account already learns nothing here, but the administrator does`() async throws {
        let play = try await JoinSite()
        let first = try await play.join()
        _ = await play.site.post(
            "/members/requests/\(try play.id(of: first))/approval",
            ["unit": "\(play.site.unit)", "note": "รู้จัก"], as: play.admin)
        // The same person again, by another name: answered like anybody else.
        let again = try await play.join(["username": "namjai2", "email": "other@example.go.th"])
        let stranger = try await play.join([
            "username": "other", "email": "else@example.go.th", "citizen": JoinSite.citizen(2),
        ])
        let pages = [await play.site.get(again), await play.site.get(stranger)]
        #expect(pages.allSatisfy { $0.status == 200 && !$0.text.contains("มีบัญชีแล้ว") })
        let desk = await play.site.get("/members/requests/\(try play.id(of: again))", as: play.admin).text
        #expect(desk.contains("เลขประจำตัวประชาชนเดียวกับ") && desk.contains("มีบัญชีแล้ว"))
        let refused = await play.site.post(
            "/members/requests/\(try play.id(of: again))/approval",
            ["unit": "\(play.site.unit)", "note": "x"], as: play.admin)
        #expect(refused.status == 409)
        #expect(try await play.site.row("SELECT count(*) FROM members WHERE area_id = \(play.site.area.id)") == ["3"])
    }

    @Test(arguments: [
        ("citizen", "1550000000013"), ("citizen", "155"), ("citizen", "๑๒๓๔๕๖๗๘๙๐๑๒๓๔"), ("citizen", ""),
        ("username", "ก"), ("username", "a b"), ("password", "short"), ("again", "something else"), ("promise", ""),
        ("unit", "999999999"), ("unit", ""), ("employment", "king"), ("email", "x"), ("mobile", ""),
        ("first-name", ""), ("first-name-en", ""), ("replaces", "นางสมศรี"),
        ("position", String(repeating: "ก", count: 121)),
    ])
    func `what can't be is said at its field, and what was typed stays`(field: String, value: String) async throws {
        let play = try await JoinSite()
        let answer = await play.ask([field: value])
        #expect(answer.status == 422)
        #expect(answer.text.contains("id=\"\(field == "replaces" ? "replaces-because" : field)-problem\""))
        #expect(answer.text.contains("ฐานะดี"))
        #expect(!answer.text.contains(JoinSite.password))
    }

    @Test func `a number may be typed with dashes, or in Thai digits`() async throws {
        let play = try await JoinSite()
        let number = JoinSite.citizen(7)
        let thai = thaiDigits("\(number.prefix(1))-\(number.dropFirst().prefix(4))-\(number.dropFirst(5))")
        _ = try await play.join(["citizen": thai])
    }

    @Test func `a unit that was closed takes nobody`() async throws {
        let play = try await JoinSite()
        try await play.site.execute("UPDATE units SET closed_at = now() WHERE area_id = \(play.site.area.id)")
        #expect(await play.ask().status == 422)
    }

    @Test func `a unit that is closed meanwhile is another's to choose`() async throws {
        let play = try await JoinSite()
        let id = try play.id(of: try await play.join())
        try await play.site.execute("UPDATE units SET closed_at = now() WHERE area_id = \(play.site.area.id)")
        let other = try await TestSite.makeUnit("โรงเรียนบ้านใหม่", in: play.site.area, play.site.database)
        let old: KeyValuePairs<String, String> = ["unit": "\(play.site.unit)", "note": "รู้จัก"]
        #expect(await play.site.post("/members/requests/\(id)/approval", old, as: play.admin).status == 422)
        let new: KeyValuePairs<String, String> = ["unit": "\(other)", "note": "รู้จัก"]
        #expect(await play.site.post("/members/requests/\(id)/approval", new, as: play.admin).status == 303)
    }

    @Test func `a user name of another's is refused, theirs or one asked for`() async throws {
        let play = try await JoinSite()
        #expect(await play.ask(["username": play.admin.username]).status == 422)
        _ = try await play.join()
        let second = await play.ask(["citizen": JoinSite.citizen(2)])
        #expect(second.status == 422 && second.text.contains("มีผู้ใช้ชื่อนี้แล้ว"))
        // The password alone doesn't show another's request.
        #expect(await play.ask(["password": "another one", "again": "another one"]).status == 422)
    }

    @Test func `the administrators are told, and led to it`() async throws {
        let play = try await JoinSite()
        let id = try play.id(of: try await play.join())
        try await play.site.run(job: "news")
        let notice = try await play.site.row(
            "SELECT id, member_id FROM notices WHERE area_id = \(play.site.area.id)")
        #expect(notice[1] == "\(play.admin.id)")
        let opened = await play.site.post("/notices/\(notice[0])/reading", as: play.admin)
        let address = try #require(opened.headers["location"])
        #expect(address.hasSuffix("/members/requests/\(id)"))
        let page = await play.site.get(String(address.dropFirst("/\(play.site.area.code)".count)), as: play.admin)
        #expect(page.status == 200 && page.text.contains("ฐานะดี"))
    }

    @Test func `only who has the link sees the request`() async throws {
        let play = try await JoinSite()
        let path = try await play.join()
        let id = try play.id(of: path)
        for wrong in [
            "/requests/\(id)", "/requests/\(id)-", "/requests/\(id)-AAAAAAAAAAAAAAAAAAAAAAAA", "/requests/0-x",
            path + "x",
        ] {
            #expect(await play.site.get(wrong).status == 404)
            #expect(await play.site.get(wrong + "/form.pdf").status == 404)
            #expect(await play.site.post(wrong + "/withdrawal").status == 404)
        }
        let other = try await JoinSite()
        #expect(await other.site.get(path).status == 404)
    }

    @Test func `withdrawn or refused, it is over, and the person may ask again`() async throws {
        let play = try await JoinSite()
        let path = try await play.join()
        #expect(await play.site.post(path + "/withdrawal").status == 303)
        #expect(try await play.state() == "withdrawn")
        #expect(await play.site.post(path + "/withdrawal").status == 409)
        #expect(await play.site.get(path + "/form.pdf").status == 404)
        let second = try await play.join()
        let id = try play.id(of: second)
        #expect(await play.site.post("/members/requests/\(id)/refusal", [:], as: play.admin).status == 422)
        let reason: KeyValuePairs<String, String> = ["reason": "ไม่ใช่ครูของโรงเรียนนี้"]
        #expect(await play.site.post("/members/requests/\(id)/refusal", reason, as: play.admin).status == 303)
        #expect(await play.site.get(second).text.contains("ไม่ใช่ครูของโรงเรียนนี้"))
        #expect(await play.site.post("/members/requests/\(id)/refusal", reason, as: play.admin).status == 409)
        _ = try await play.join()
    }

    @Test func `what nobody endorsed is approved only with a reason`() async throws {
        let play = try await JoinSite()
        let id = try play.id(of: try await play.join())
        let unit: KeyValuePairs<String, String> = ["unit": "\(play.site.unit)"]
        let bare = await play.site.post("/members/requests/\(id)/approval", unit, as: play.admin)
        #expect(bare.status == 422 && bare.text.contains("id=\"note-problem\""))
        #expect(await play.signIn("namjai").status == 422)
    }

    @Test func `an area may take no requests`() async throws {
        let play = try await JoinSite()
        try await play.site.execute(
            "UPDATE area_settings SET takes_requests = false WHERE area_id = \(play.site.area.id)")
        #expect(await play.site.get("/join").text.contains("ไม่รับลงทะเบียน"))
        #expect(await !play.site.get("/sign-in").text.contains("/join"))
        #expect(await play.ask().status == 409)
    }

    @Test func `a flood from one place is held up`() async throws {
        let play = try await JoinSite()
        for _ in 0..<60 { _ = await play.ask(["citizen": ""]) }
        #expect(await play.ask().status == 429)
    }

    @Test func `the form comes filled in, as a paper`() async throws {
        let play = try await JoinSite()
        let path = try await play.join(["replaces": "นางสมศรี ใจงาม", "replaces-because": "retired"])
        let paper = await play.site.get(path + "/form.pdf")
        #expect(paper.status == 200 && paper.headers["content-type"] == "application/pdf")
        #expect(paper.headers["content-security-policy"]?.contains("object-src 'self'") == true)
        guard case .bytes(let bytes) = paper.body else { return }
        let reading = try PaperReading(Array(bytes.bytes))
        // Signed and photographed as one sheet.
        #expect(reading.pages == 1)
        let text = reading.text
        let number = JoinSite.citizen(1)
        let grouped = thaiDigits(number)
        for word in [
            "แบบคำขอรับสิทธิ์การใช้งานระบบสารสนเทศ(ระดับโรงเรียน)", "เขตทดสอบ", "น้ำใจ", "ฐานะดี", "Namjai", "Thanadee",
            "ครูผู้ช่วย", "๐๘๑๐๐๐๐๐๐๑", "namjai@example.go.th", "นางสมศรีใจงาม", "เกษียณ", "โรงเรียนบ้านน้ำใจ",
            String(grouped.suffix(1)),
        ] {
            #expect(text.contains(PaperReading.composed(word)), "\(word)")
        }
    }
}
