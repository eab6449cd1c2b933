package import Documents
package import HTML
package import Kernel
import Runtime

/// A page whose table is also to be had on paper: a register.
package protocol RegisterPage: TablePage {
    /// Centred lines above the table.
    var paperTitle: [Phrase] { get }
    /// The table as it fits on a sheet.
    var paperSheet: Sheet { get }
    /// What stands below it.
    var paperEnd: [PaperPart] { get }
}

extension RegisterPage {
    package var paperSheet: Sheet { sheet }
    package var paperEnd: [PaperPart] { [] }
}

extension Routes {
    /// A table, and it as files and on paper: `/overall`, `/overall.xlsx`, `/overall.csv`, `/overall.pdf`. The handler's
    /// page is a `RegisterPage`.
    package mutating func register(
        _ path: String, _ title: Phrase, for access: Access, in place: Route.Place = .everyArea,
        api: APIDescription? = nil, use handler: @escaping Route.Handler
    ) {
        table(path, title, for: access, in: place, api: api, use: handler)
        get("\(path).pdf", title + Phrase(same: " (PDF)"), for: access, in: place) { context in
            var context = context
            context.wantsWhole = true
            guard case .shown(let page as any RegisterPage, let visit, _) = try await handler(context) else {
                throw Refusal.notFound
            }
            let name = context.path.split(separator: "/").last?.split(separator: ".").first.map(String.init) ?? ""
            let register = try Register(page, visit)
            return try await context.paper(register.facts, named: name) { $0.write(register.parts) }
        }
    }
}

/// A register as it is written.
private struct Register: Sendable {
    private static let mostRows = 3000

    let facts: PaperFacts
    let parts: [PaperPart]

    init(_ page: any RegisterPage, _ visit: Visit) throws(Refusal) {
        let (language, sheet) = (visit.language, page.paperSheet)
        guard sheet.rows.count <= Self.mostRows else {
            throw .conflict(
                Phrase(
                    "ตารางยาวเกินสำหรับกระดาษ กรองให้น้อยลง หรือดาวน์โหลด XLSX",
                    en: "This is too long for paper: filter it, or take the XLSX"))
        }
        let title = page.paperTitle.map { $0[language] }
        facts = PaperFacts(
            title: title.joined(separator: " · "), author: visit.area.name, language: language.rawValue,
            madeAt: visit.now, format: .across, textSize: 14,
            footer: Self.digits((Phrase("พิมพ์เมื่อ ", en: "Printed ") + visit.now.inShort)[language], language))
        let digits: @Sendable (String) -> String = { Self.digits($0, language) }
        let rows = (0..<sheet.rows.count).map { row in
            sheet.rows[row].map { Passage(digits($0.shown(in: language))) }
        }
        let columns = sheet.columns.enumerated().map { place, column in
            PaperTable.Column(
                digits(column.title), share: Double(min(max(column.width, 8), 40)),
                sheet.isNumeric(place) ? .end : .start)
        }
        parts =
            [.title(title.map(digits)), .table(PaperTable(columns, rows, size: columns.count > 9 ? 10 : 12))]
            + page.paperEnd
    }

    /// A code stays what it is.
    private static func digits(_ text: String, _ language: Language) -> String {
        language == .thai && !text.utf8.contains { (97...122).contains($0 | 32) } ? thaiDigits(text) : text
    }
}
