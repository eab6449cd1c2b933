import Areas
import Documents
import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Runtime

/// All areas, for the operator.
struct AreasPage: TablePage {
    let visit: Visit
    let areas: [Area]
    let failures: [Int: Int]
    let spaces: [Int: FileSpace]

    var title: Phrase { Phrase("เขตทั้งหมด", en: "All areas") }

    func write(to html: HTML) {
        html.head(title, Phrase("\(areas.count) แห่ง", en: "\(areas.count) in all")) {
            html.action(visit.link("/areas/new"), Phrase("เพิ่มเขต", en: "Add an area"), icon: "plus", primary: true)
        }
        html.form(.className("row g-2 mb-3"), .role("search"), .action(visit.link("/areas"))) {
            html.filterText(
                "q", Phrase("ชื่อเขตหรือจังหวัด", en: "Area or province"), value: visit.query["q"] ?? "", width: 6)
            html.filterSubmit()
        }
        html.div(.className("panel flush over")) {
            html.table(.className("table table-hover stack")) {
                html.thead {
                    html.tr {
                        for head in [
                            Phrase("เขต", en: "Area"), Phrase("รหัส", en: "Code"), Phrase("ประเภท", en: "Kind"),
                            Phrase("พื้นที่ไฟล์", en: "File space"), Phrase("งานที่ล้มเหลว", en: "Failed jobs"),
                            Phrase("บันทึก", en: "Record"),
                        ] { html.th(.scope("col"), text: head) }
                    }
                }
                html.tbody { for area in areas { row(html, area) } }
            }
        }
        html.downloads(visit)
    }

    var sheet: Sheet {
        Sheet(
            title, in: visit, of: areas,
            [
                .text(Phrase("เขต", en: "Area"), width: 30, \.shortName), .text(Phrase("รหัส", en: "Code"), \.code),
                .phrase(Phrase("ประเภท", en: "Kind"), \.kind.phrase),
                .text(Phrase("ชื่อเต็ม", en: "Full name"), width: 50, \.name),
                .number(Phrase("พื้นที่ไฟล์ที่ใช้ (ไบต์)", en: "File space used (bytes)")) { [spaces] area in
                    spaces[area.id.rawValue].map { "\($0.used)" }
                },
                .count(Phrase("งานที่ล้มเหลว", en: "Failed jobs")) { [failures] in failures[$0.id.rawValue] ?? 0 },
            ])
    }

    private func row(_ html: HTML, _ area: Area) {
        html.tr {
            html.th(.scope("row")) {
                html.a(.className("text-decoration-none"), .href("/\(area.code)"), text: area.shortName)
            }
            html.td(Attribute("data-label", Phrase("รหัส", en: "Code")), text: area.code)
            html.td(Attribute("data-label", Phrase("ประเภท", en: "Kind")), text: area.kind.phrase)
            html.td(.className("num"), Attribute("data-label", Phrase("พื้นที่ไฟล์", en: "File space"))) {
                if let space = spaces[area.id.rawValue] {
                    if space.isNearlyFull { html.icon("warn") }
                    html.a(.href(visit.link("/areas/\(area.code)/space")), text: space.phrase)
                }
            }
            html.td(.className("num"), Attribute("data-label", Phrase("งานที่ล้มเหลว", en: "Failed jobs"))) {
                let count = failures[area.id.rawValue] ?? 0
                html.a(.href(visit.link("/areas/\(area.code)/jobs")), text: count)
            }
            html.td {
                html.a(
                    .href(visit.link("/areas/\(area.code)/journal")),
                    text: Phrase("ดูบันทึก", en: "See the record"))
            }
        }
    }
}

let newAreaFields: [FormField] = [
    FormField(
        "code", Phrase("รหัสเขต", en: "Code"), .text(limit: 20), required: true,
        hint: Phrase(
            "อักษรอังกฤษตัวเล็ก ตัวเลข ขีด เช่น p55-1 เปลี่ยนภายหลังไม่ได้",
            en: "Small letters, digits, dashes, such as p55-1; for good")),
    FormField(
        "kind", Phrase("ประเภท", en: "Kind"),
        .choice([Area.Kind.primary, .secondary].map { .init($0.rawValue, $0.phrase) }), required: true),
    FormField("short-name", Phrase("ชื่อย่อ", en: "Short name"), .text(limit: 80), required: true),
    FormField("name", Phrase("ชื่อเต็ม", en: "Full name"), .text(limit: 200), required: true),
    FormField(
        "provinces", Phrase("จังหวัด", en: "Provinces"), .text(limit: 200),
        hint: Phrase("หลายจังหวัดคั่นด้วย ;", en: "Several with ; between")),
]

struct NewAreaPage: NarrowPage {
    let visit: Visit

    var title: Phrase { Phrase("เพิ่มเขต", en: "Add an area") }

    func write(to html: HTML) {
        html.head(title)
        html.form(to: "/areas", visit, .className("panel")) {
            let form = FormWriter(html, newAreaFields, visit)
            form.problemNote()
            form.all()
            html.div(.className("acts")) {
                html.submit(title)
                html.action(visit.link("/areas"), Phrase("ยกเลิก", en: "Cancel"))
            }
        }
    }
}

func listAreas(_ context: Context) async throws -> Outcome {
    let words = arabicDigits(context.request.query["q"] ?? "")
    let (visit, areas, failures, spaces) = try await context.page(
        .areas(matching: words), .failedJobCounts, .allFileSpaces)
    let spaceOf = Dictionary(spaces.map { ($0.area, $0.space) }, uniquingKeysWith: { first, _ in first })
    let counts = Dictionary(failures.map { ($0.area, $0.count) }, uniquingKeysWith: +)
    return .page(
        AreasPage(visit: visit, areas: areas, failures: counts, spaces: spaceOf), visit,
        json: ["items": .array(areas.map(\.json))])
}

func showNewArea(_ context: Context) async throws -> Outcome {
    let visit = try await context.page()
    return .page(NewAreaPage(visit: visit), visit)
}

func createArea(_ context: Context) async throws -> Outcome {
    let draft = FormDraft(newAreaFields, context.form.fields)
    try draft.check()
    let visit = try await context.page()
    let seed: AreaSeed
    do {
        seed = try AreaSeed(
            cells: [draft["code"], draft["kind"], draft["short-name"], draft["name"], draft["provinces"]])
    } catch {
        throw Refusal.invalid("code", Phrase("ใช้รหัสนี้ไม่ได้", en: "This can't be a code"))
    }
    let founder = Founder(member: visit.viewer?.member, name: visit.viewer?.name ?? "", address: context.request.peer)
    if visit.viewer?.seenBy != nil { throw Refusal.onlyLooking }
    let (area, isNew) = try await Areas.create(seed, in: context.platform.database, by: founder, at: context.now)
    guard isNew else {
        throw Refusal.invalid("code", Phrase("มีเขตรหัสนี้แล้ว", en: "There is an area of this code"))
    }
    return .done(
        "/areas", says: Phrase("เพิ่ม \(area.shortName) แล้ว", en: "\(area.shortName) is added"), json: area.json,
        made: true)
}

extension Area {
    fileprivate var json: JSON {
        [
            "code": .text(code), "kind": .text(kind.rawValue), "short-name": .text(shortName), "name": .text(name),
            "provinces": .array(provinces.map { .text($0) }),
        ]
    }

    static let schema = APISchema.object([
        ("code", .text), ("kind", .text), ("short-name", .text), ("name", .text), ("provinces", .list(.text)),
    ])
}

extension Query where Answer == [Area] {
    static func areas(matching words: String) -> Query {
        let pattern = "%" + String(words.flatMap { "\\%_".contains($0) ? ["\\", $0] : [$0] }) + "%"
        return .all(
            """
            SELECT \(part: Area.columns)
            FROM areas
            WHERE short_name LIKE \(pattern) OR code LIKE \(pattern)
                OR array_to_string(provinces, ' ') LIKE \(pattern)
            ORDER BY id > 0, kind, short_name
            """
        ) { try Area(&$0) }
    }
}

/// How many jobs of an area were given up.
struct FailedJobCount: Sendable {
    var area: Int
    var count: Int
}

extension Query where Answer == [FailedJobCount] {
    static var failedJobCounts: Query {
        .all("SELECT area_id, failures FROM app.failed_jobs() ORDER BY area_id") {
            FailedJobCount(area: try $0.next(), count: try $0.next())
        }
    }
}
