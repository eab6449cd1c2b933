import Areas
import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Runtime

/// The front door: everybody finds their area.
struct SitePage: Page {
    let visit: Visit
    let areas: [Area]

    var title: Phrase { Phrase("เลือกเขตพื้นที่การศึกษา", en: "Choose your area") }

    func write(to html: HTML) {
        html.head(
            title,
            Phrase(
                "ระบบรายงานและรับรองตัวชี้วัดของเขตพื้นที่การศึกษา",
                en: "Reporting and certifying the indicators of education service areas")
        ) { html.action("/statistics", Phrase("สถิติ", en: "Statistics"), icon: "bars") }
        html.form(.className("row g-2 mb-3"), .role("search"), .action("/")) {
            html.filterText(
                "q", Phrase("ชื่อเขตหรือจังหวัด", en: "Area or province"), value: visit.query["q"] ?? "", width: 6)
            html.filterSubmit()
        }
        if areas.isEmpty {
            html.none(
                "find", Phrase("ไม่พบเขตที่ค้น", en: "No area matches"),
                Phrase("ลองค้นด้วยชื่อจังหวัด", en: "Try the name of a province."))
        }
        html.div(.className("row g-2")) {
            for area in areas {
                html.div(.className("col-12 col-md-6 col-lg-4")) {
                    html.a(.className("panel d-block text-decoration-none mb-0 h-100"), .href("/\(area.code)")) {
                        html.b(text: area.shortName)
                        html.span(.className("d-block small dim"), text: area.provinces.joined(separator: " "))
                    }
                }
            }
        }
    }
}

func showSite(_ context: Context) async throws -> Outcome {
    let words = arabicDigits(context.request.query["q"] ?? "")
    let pattern = "%" + String(words.flatMap { "\\%_".contains($0) ? ["\\", $0] : [$0] }) + "%"
    let query = Query<[Area]>.all(
        """
        SELECT \(part: Area.columns)
        FROM areas
        WHERE short_name LIKE \(pattern) OR name LIKE \(pattern) OR array_to_string(provinces, ' ') LIKE \(pattern)
        ORDER BY id > 0, kind, short_name
        LIMIT 300
        """
    ) { try Area(&$0) }
    let areas = try await query.decode(context.platform.database.read([.statement(query.sql)])[0])
    let visit = Visit(
        area: siteArea, viewer: nil, language: context.language, theme: context.theme, now: context.now, prefix: "",
        path: "/", query: context.request.query, formToken: context.formToken)
    return .page(SitePage(visit: visit, areas: areas), visit)
}
