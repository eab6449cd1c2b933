import HTTP
import Kernel
import Postgres
import Runtime
import TestSupport
import Testing

extension Response {
    /// A PDF, as Poppler reads it.
    fileprivate func reading() throws -> PaperReading {
        #expect(status == 200 && headers["content-type"] == "application/pdf")
        guard case .bytes(let bytes) = body else { throw CancellationError() }
        return try PaperReading(Array(bytes.bytes))
    }
}

@Suite(.database) struct `The official report of an indicator` {
    private func paper(_ site: ReportSite, as member: TestMember, _ language: String = "th") async throws
        -> PaperReading
    {
        try await site.site.get(
            "\(site.report)/official.pdf", as: member, ["cookie": "__Host-rabrong-language=\(language)"]
        ).reading()
    }

    @Test func `has every part of the form, on paper and on the screen alike`() async throws {
        let site = try await ReportSite([
            "definition": "นับเมื่อสิ้นปี", "rationale": "เป็นพื้นฐานของทุกวิชา", "supervisor-1-name": "นายสมศักดิ์ เมืองงาม",
            "supervisor-1-position": "ผู้อำนวยการกลุ่มนิเทศ", "supervisor-1-phone": "0 5400 0001",
            "collector-1-name": "นางอรทัย มั่นคง",
        ])
        _ = await site.save([
            "entry-a": "281", "entry-b": "300", "self-score": "4", "words": "คัดกรองรายบุคคล", "supports": "มีคลังสื่อ",
            "obstacles": "ครูไม่ครบชั้น", "suggestions": "จัดครูพี่เลี้ยง",
        ])
        let reading = try await paper(site, as: site.teacher)
        let page = await site.site.get("\(site.report)/official", as: site.teacher).text
        for words in [
            "รายงานผลการปฏิบัติราชการ", "รอบ ๖ เดือน", "รอบ ๑๒ เดือน", "โรงเรียนบ้านน้ำใจ", "นับเมื่อสิ้นปี", "เป็นพื้นฐานของทุกวิชา",
            "นายสมศักดิ์ เมืองงาม", "๐ ๕๔๐๐ ๐๐๐๑", "นางอรทัย มั่นคง", "เกณฑ์การให้คะแนน", "๘๐", "๑๐๐", "๙๓.๖๖๖๗", "๓.๗๓๓๓๓",
            "๒๘๑",
            "๓๐๐", "คัดกรองรายบุคคล", "ปัจจัยสนับสนุนต่อการดำเนินงาน", "มีคลังสื่อ", "ครูไม่ครบชั้น", "จัดครูพี่เลี้ยง", "หลักฐานอ้างอิง",
            "ผู้กำกับดูแลตัวชี้วัด", "ร่าง ยังไม่ยืนยันผล",
        ] {
            #expect(reading.text.contains(PaperReading.composed(words)), "\(words)")
            #expect(page.contains(words), "\(words)")
        }
        let english = try await paper(site, as: site.teacher, "en")
        for words in ["Calculation of the score", "93.6667", "3.73333", "What hindered", "มีคลังสื่อ"] {
            #expect(english.text.contains(PaperReading.composed(words)), "\(words)")
        }
    }

    @Test func `with nothing in it is made, with dashes`() async throws {
        let site = try await ReportSite()
        let reading = try await paper(site, as: site.director)
        #expect((1...2).contains(reading.pages))
        #expect(reading.text.contains(PaperReading.composed("ข้อเสนอแนะ-หลักฐานอ้างอิง-")))
    }

    @Test func `says who confirmed it and what was checked`() async throws {
        let site = try await ReportSite()
        _ = await site.confirm()
        _ = await site.check("4.5")
        let text = try await paper(site, as: site.checker).text
        #expect(text.contains(PaperReading.composed("ผลตรวจ ๔.๕๐๐๐๐")) && text.contains("ยืนยันผลเมื่อ"))
    }

    @Test func `flows on over pages with four thousand letters, and takes any writing`() async throws {
        let site = try await ReportSite()
        let sentence = "ที่ผู้กตัญญูมีน้ำใจต่อฐานะ "
        let long = String(repeating: sentence, count: 4000 / sentence.unicodeScalars.count)
        let odd = "Latin é 😀 ก\u{200B}ข \u{202E}abc\u{202C} ＡＢ 漢字 \u{0E33}"
        #expect(await site.save(["words": long, "obstacles": odd]).status == 303)
        let first = try await paper(site, as: site.teacher)
        #expect(first.pages >= 3)
        #expect(first.text.contains(PaperReading.composed("ที่ผู้กตัญญูมีน้ำใจต่อฐานะที่ผู้กตัญญูมีน้ำใจต่อฐานะ")))
        #expect(first.text.contains("Latin") && first.text.contains(PaperReading.composed("ข้อเสนอแนะ")))
        #expect(try await paper(site, as: site.teacher).pages == first.pages)
    }

    @Test func `stands in a register of all units, on paper`() async throws {
        let site = try await ReportSite()
        _ = await site.confirm()
        _ = await site.check("4.5")
        let path = "/indicators/\(site.indicator)/matrix"
        let reading = try await site.site.get("\(path).pdf", as: site.checker).reading()
        for words in ["ทะเบียนผลรายหน่วยงาน", "โรงเรียนบ้านปัว", "๔/๔.๕", "รอส่ง"] {
            #expect(reading.text.contains(PaperReading.composed(words)), "\(words)")
        }
        #expect(await site.site.get(path, as: site.checker).text.contains("\(path).pdf"))
        #expect(await site.site.get("\(path).pdf", as: site.teacher).status == 403)
    }

    @Test func `is for those who may see the report, and its evidence for those who may open that`() async throws {
        let site = try await ReportSite()
        let neighbour = try await site.neighbour()
        for path in ["\(site.report)/official", "\(site.report)/official.pdf"] {
            #expect(await site.site.get(path, as: neighbour).status == 404)
            #expect(await site.site.get(path).status == 303)
        }
    }
}

extension TheCentralOffice {
    @Suite(.database) struct `The official report of an area` {
        @Test func `stands in the list of all areas, on paper`() async throws {
            let site = try await NationalSite()
            _ = try await site.confirm()
            _ = try await site.certify()
            let framework = site.framework
            let reading = try await site.centre.get("/overall.pdf?framework=\(framework)", as: site.office).reading()
            for words in ["บัญชีผลคะแนน (ยังไม่ปิดปี)", "๓.๗๓๓๓๓", site.area.area.code] {
                #expect(reading.text.contains(PaperReading.composed(words)), "\(words)")
            }
        }

        @Test func `is a draft until it is certified, and then bears where that can be verified`() async throws {
            let site = try await NationalSite()
            let path = try await site.result()
            let form: KeyValuePairs = [
                "entry-a": "281", "entry-b": "300", "words": "ครบทุกชั้น", "obstacles": "ครูไม่ครบชั้น",
            ]
            let draft = await site.area.get("\(path)/official", as: site.director).text
            #expect(draft.contains("ร่าง ยังไม่ยืนยันผล") && !draft.contains("class=\"qr\""))
            _ = try await site.confirm(form)
            _ = try await site.certify()
            let reading = try await site.area.get("\(path)/official.pdf", as: site.director).reading()
            for words in ["๓.๗๓๓๓๓", "ครูไม่ครบชั้น", "รับรองผลเมื่อ", "ใบรับรองเลขที่", "/verify/"] {
                #expect(reading.text.contains(PaperReading.composed(words)), "\(words)")
            }
            #expect(await site.area.get("\(path)/official", as: site.director).text.contains("class=\"qr\""))
            // The bureau reads the words that were sent.
            let desk = try await site.item().replacing("/desk/items", with: "/desk-items")
            let place = try #require(await site.centre.get(desk, as: site.certifier).headers["location"])
            let item = await site.centre.get(
                String(place.dropFirst("/\(site.centre.area.code)".count)), as: site.certifier)
            #expect(item.text.contains("ครูไม่ครบชั้น"))
        }
    }
}
