import HTML
import HTTP
import Interface
import Kernel
import Runtime

/// What was said about a report, and the place to answer.
struct ReportThread {
    let visit: Visit
    let report: Report
    let comments: [ReportComment]
    let mayWrite: Bool

    func write(to html: HTML) {
        guard mayWrite || !comments.isEmpty else { return }
        html.section(.className("panel"), .id("comments")) {
            html.h2(text: Phrase("ข้อความ", en: "Comments"))
            html.ul(.className("steps mb-3")) { for comment in comments { item(html, comment) } }
            if mayWrite {
                html.form(to: "\(report.path)/comments", visit) {
                    FormWriter(html, commentFields, visit(ifSent: "comment")).all()
                    html.submit(Phrase("ส่งข้อความ", en: "Send"), primary: false)
                }
            }
        }
    }

    private func item(_ html: HTML, _ comment: ReportComment) {
        html.li {
            switch comment.kind {
            case .remark: break
            case .giveBack: html.state(.bad, "back", Phrase("ส่งกลับแก้ไข", en: "Returned"))
            case .check: html.state(.ok, "check", Phrase("ตรวจแล้ว", en: "Checked"))
            }
            html.div { html.paragraphs(comment.words) }
            html.span(.className("small dim")) {
                html.text("\(comment.authorName) · ")
                comment.writtenAt.inShort.write(to: html)
            }
        }
    }

    /// The page's other forms keep what was typed into them to themselves.
    private func visit(ifSent field: String) -> Visit {
        var visit = visit
        if visit.rejection?.fields[field] == nil { visit.rejection = nil }
        return visit
    }
}
