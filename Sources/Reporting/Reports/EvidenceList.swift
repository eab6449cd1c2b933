import Evidence
import HTML
import HTTP
import Interface
import Kernel
import Runtime

/// The evidence of a report to read, with its receipt for those who register it.
struct EvidenceList {
    let visit: Visit
    let report: Report
    let items: [EvidenceItem]
    /// What was taken away or replaced.
    let earlier: [EvidenceItem]
    let access: ReportAccess

    func write(to html: HTML) {
        html.section(.className("panel"), .id("evidence")) {
            html.h2(text: Phrase("เอกสารหลักฐาน", en: "Evidence"))
            if items.isEmpty { html.p(.className("dim mb-0"), text: Phrase("ไม่มีเอกสารแนบ", en: "No files.")) }
            html.ol(.className("slots")) { for item in items { self.item(html, item) } }
            history(html)
        }
    }

    private func item(_ html: HTML, _ item: EvidenceItem) {
        html.li {
            html.span(.className("no"), text: item.place)
            html.div {
                html.div(text: item.description)
                html.evidence(item, of: report, visit)
            }
            html.div {
                if access.mayReceive, item.received == nil {
                    html.deedButton(
                        "\(report.path)/evidence/\(item.place)/receipt", Phrase("จัดเก็บ", en: "Receive"), icon: "check",
                        visit)
                }
            }
        }
    }

    private func history(_ html: HTML) {
        guard !earlier.isEmpty else { return }
        html.details(.className("mt-2")) {
            html.summary(
                .className("small"),
                text: Phrase("ไฟล์ก่อนหน้า \(earlier.count) ไฟล์", en: "\(earlier.count) earlier files"))
            html.ul(.className("small dim mb-0")) {
                for item in earlier {
                    html.li {
                        html.text("\(item.place). \(item.file.name) · ")
                        item.sent.at.inShort.write(to: html)
                        html.text(" · \(item.sent.name)")
                    }
                }
            }
        }
    }
}
