import Areas
import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Runtime

private let gigabyte = 1_000_000_000

let spaceFields: [FormField] = [
    FormField(
        "gigabytes", Phrase("ใช้ได้ไม่เกิน (GB)", en: "At most (GB)"), .number(1...100_000), required: true,
        hint: Phrase(
            "ผู้ดูแลเขตได้รับคำเตือนเมื่อใช้ถึงร้อยละ 80", en: "The area's administrators are warned at 80 %"))
]

/// How much of the file store an area may use.
struct SpacePage: NarrowPage {
    let visit: Visit
    let area: Area
    let space: FileSpace

    var title: Phrase { Phrase("พื้นที่เก็บไฟล์", en: "File space") }

    func write(to html: HTML) {
        html.head(title, Phrase(same: area.shortName)) {
            html.action(visit.link("/areas"), Phrase("เขตทั้งหมด", en: "All areas"))
        }
        html.form(to: "/areas/\(area.code)/space", visit, .className("panel")) {
            let form = FormWriter(html, spaceFields, values: Fields(["gigabytes": "\(space.quota / gigabyte)"]), visit)
            form.problemNote()
            html.p(text: Phrase("ใช้ไป ", en: "Used: ") + space.phrase)
            form.all()
            html.div(.className("acts")) { html.submit(Phrase("บันทึก", en: "Save")) }
        }
    }
}

func showSpace(_ context: Context) async throws -> Outcome {
    let area = try await areaNamed(context)
    let (visit, space) = try await context.page(of: area, .fileSpace(of: area.id))
    return .page(
        SpacePage(visit: visit, area: area, space: space), visit,
        json: ["used": JSON(space.used), "quota": JSON(space.quota)])
}

func saveSpace(_ context: Context) async throws -> Outcome {
    let area = try await areaNamed(context)
    let draft = FormDraft(spaceFields, context.form.fields)
    try draft.check()
    let quota = draft.number("gigabytes") * gigabyte
    try await context.deed(in: area) { deed in
        let space = try await deed.run(.fileSpace(of: area.id))
        guard quota >= space.used else {
            throw Refusal.invalid(
                "gigabytes", Phrase("เขตนี้ใช้ไปแล้ว ", en: "This area already uses ") + sizePhrase(space.used))
        }
        try await deed.record(
            .quotaSaved, on: "area", named: area.shortName, before: ["gigabytes": JSON(space.quota / gigabyte)],
            after: ["gigabytes": JSON(quota / gigabyte)])
        // After the record's end, as all who lock the space do.
        deed.transaction.sendLast(.saveQuota(quota, of: area.id))
    }
    return .done("/areas", says: Phrase("บันทึกพื้นที่เก็บไฟล์แล้ว", en: "The file space is saved"))
}

extension Action {
    static let quotaSaved = Action("area.quota-saved", Phrase("กำหนดพื้นที่เก็บไฟล์", en: "File space set"))
}

/// An area's file space in the list of all.
struct AreaSpace: Sendable {
    var area: Int
    var space: FileSpace
}

extension Query where Answer == [AreaSpace] {
    static var allFileSpaces: Query {
        .all("SELECT area_id, used, quota FROM app.file_spaces() ORDER BY area_id") {
            AreaSpace(area: try $0.next(), space: try FileSpace(&$0))
        }
    }
}
