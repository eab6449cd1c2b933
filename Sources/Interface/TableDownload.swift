package import Documents
package import HTML
import HTTP
package import Kernel
import Runtime

/// A page whose table spreadsheets open, too.
package protocol TablePage: Page {
    /// All of the table that the page shows, or shows a part of.
    var sheet: Sheet { get }
    /// What a workbook has beside it.
    var otherSheets: [Sheet] { get }
}

extension TablePage {
    package var otherSheets: [Sheet] { [] }
}

/// As which files a table can be had.
private enum TableFormat: String, CaseIterable {
    case xlsx
    case csv
}

extension Routes {
    /// A page with a table, and the table as files: `/units`, `/units.xlsx`, `/units.csv`. The handler's page is a
    /// `TablePage`. Where the path ends with a placeholder, `files` says what the files are called in its stead.
    package mutating func table(
        _ path: String, files: String? = nil, _ title: Phrase, for access: Access,
        in place: Route.Place = .everyArea, api: APIDescription? = nil, use handler: @escaping Route.Handler
    ) {
        get(path, title, for: access, in: place, api: api, use: handler)
        self.files(files ?? path, title, for: access, in: place) { context in
            guard case .shown(let page as any TablePage, _, _) = try await handler(context) else {
                throw Refusal.notFound
            }
            return [page.sheet] + page.otherSheets
        }
    }

    /// Just the files. CSV has the first sheet.
    package mutating func files(
        _ path: String, _ title: Phrase, for access: Access, in place: Route.Place = .everyArea,
        use makeSheets: @escaping @Sendable (Context) async throws -> [Sheet]
    ) {
        for format in TableFormat.allCases {
            let name = Phrase(same: " (\(format.rawValue.uppercased()))")
            get("\(path).\(format.rawValue)", title + name, for: access, in: place) { context in
                var context = context
                context.wantsWhole = true
                let name = context.path.split(separator: "/").last.map(String.init) ?? ""
                return try await context.file(makeSheets(context), format, named: name)
            }
        }
    }
}

extension Context {
    fileprivate func file(_ sheets: [Sheet], _ format: TableFormat, named name: String) async throws -> Outcome {
        switch format {
        case .xlsx: return try await workbook(sheets, as: name)
        case .csv:
            return .response(
                Response(
                    200,
                    headers: [
                        "content-type": "text/csv; charset=utf-8",
                        "content-disposition": "attachment; filename=\"\(name)\"", "cache-control": "no-store",
                    ], body: .stream(sheets[0].csv)))
        }
    }

    /// `name` without its ending.
    package func workbook(_ sheets: [Sheet], named name: String) async throws -> Outcome {
        try await workbook(sheets, as: "\(name).xlsx")
    }

    private func workbook(_ sheets: [Sheet], as name: String) async throws -> Outcome {
        let bytes = try await SpreadsheetWriter.workbook(sheets, in: platform.temporaryFolder)
        return .response(
            Response(
                200,
                headers: [
                    "content-type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                    "content-disposition": "attachment; filename=\"\(name)\"", "cache-control": "no-store",
                ], body: .bytes(ByteBuffer(bytes))))
    }
}

extension HTML {
    /// The table of this page as files, filtered as it is here. `path` is given where the files don't lie at the page's.
    package func downloads(_ visit: Visit, at path: String? = nil, alsoOnPaper: Bool = false) {
        var query = visit.query
        query.set("page", nil)
        p(.className("downloads small dim d-print-none")) {
            icon("down")
            text(" ")
            Phrase("ดาวน์โหลดตาราง ", en: "Download the table: ").write(to: self)
            let endings = TableFormat.allCases.map(\.rawValue) + (alsoOnPaper ? ["pdf"] : [])
            for (place, ending) in endings.enumerated() {
                if place > 0 { text(" · ") }
                a(
                    .href(visit.link("\(path ?? visit.path).\(ending)") + query.queryText),
                    text: ending.uppercased())
            }
        }
    }
}

extension Sheet.Column {
    /// A form's field as a column, with what can be chosen.
    package init(_ field: FormField, in language: Language, width: Int = 18) {
        var choices: [String] = []
        if case .choice(let offered) = field.kind { choices = offered.map { $0.label[language] } }
        self.init(field.label[language], width: width, choices: choices)
    }
}
