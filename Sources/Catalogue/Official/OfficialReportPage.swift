package import HTML
import HTTP
import Interface
package import Kernel
import Rounds

/// The official report on the screen, to be printed or taken as a PDF.
package struct OfficialReportPage: Page {
    private let visit: Visit
    private let report: OfficialReport
    /// Of the report that it is about.
    private let path: String

    package init(visit: Visit, report: OfficialReport, path: String) {
        self.visit = visit
        self.report = report
        self.path = path
    }

    package var title: Phrase { Phrase("รายงานทางการ ", en: "Official report ") + Phrase(same: report.title) }

    package func write(to html: HTML) {
        html.div(.className("head d-print-none")) {
            html.p(.className("mb-0")) {
                html.a(.href(visit.link(path)), text: Phrase(same: report.title))
                html.span(.className("dim"), text: Phrase(same: " / ") + report.round.name)
            }
            html.div(.className("acts")) {
                html.action(
                    visit.link("\(path)/official.pdf"), Phrase(same: "PDF"), icon: "pdf", primary: true)
            }
        }
        html.paper(report.parts(in: visit.language))
    }
}

extension Context {
    /// The official report as a document.
    package func paper(_ report: OfficialReport, in language: Language, named name: String) async throws -> Outcome {
        try await paper(report.facts(in: language, at: now), named: name) { $0.write(report.parts(in: language)) }
    }
}
