package import HTML
import HTTP
package import Kernel

/// A part of a long list.
package struct Paging: Sendable {
    private static let size = 50
    /// More than any list of ours has but the record, which dates narrow down.
    private static let mostInFile = 50_000

    /// Which rows of a list are wanted.
    package struct Part: Sendable {
        package let page: Int
        package let limit: Int
        package var offset: Int { (page - 1) * limit }

        /// The page that an address asks for; nonsense is the first.
        package init(_ context: Context) {
            let number = context.request.query["page"].flatMap { Int($0) } ?? 1
            page = context.wantsWhole || !(1...100_000).contains(number) ? 1 : number
            limit = context.wantsWhole ? mostInFile : size
        }
    }

    private let page: Int
    private let total: Int

    package init(_ part: Part, of total: Int) {
        page = part.page
        self.total = total
    }

    /// แสดง 51–100 จาก 143, with the ways back and on.
    package func write(to html: HTML, _ visit: Visit) {
        let first = total == 0 ? 0 : min((page - 1) * Self.size + 1, total)
        let last = min(page * Self.size, total)
        html.div(.className("d-flex justify-content-between align-items-center flex-wrap gap-2 mb-3")) {
            html.span(
                .className("dim"),
                text: Phrase("แสดง \(first)–\(last) จาก \(total)", en: "Showing \(first)–\(last) of \(total)"))
            guard total > Self.size || page > 1 else { return }
            html.nav(.className("acts"), .label(Phrase("หน้า", en: "Pages"))) {
                if page > 1 { link(html, visit, to: page - 1, Phrase("ก่อนหน้า", en: "Previous"), icon: "left") }
                if last < total { link(html, visit, to: page + 1, Phrase("ถัดไป", en: "Next"), icon: "right") }
            }
        }
    }

    private func link(_ html: HTML, _ visit: Visit, to page: Int, _ label: Phrase, icon: String) {
        var query = visit.query
        query.set("page", page == 1 ? nil : String(page))
        html.a(.className("btn btn-quiet"), .href(visit.link(visit.path) + query.queryText)) {
            if icon == "left" { html.icon(icon) }
            label.write(to: html)
            if icon == "right" { html.icon(icon) }
        }
    }
}
