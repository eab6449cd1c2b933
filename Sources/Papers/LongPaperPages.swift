import HTML
import HTTP
import Interface
import Kernel

/// What one has ordered, and how far it is.
struct LongPapersPage: NarrowPage {
    let visit: Visit
    let papers: [LongPaper]

    var title: Phrase { Phrase("เอกสารที่สั่งทำ", en: "Papers ordered") }

    func write(to html: HTML) {
        html.head(
            title, Phrase("เก็บไว้ \(LongPaper.daysKept) วัน", en: "Kept for \(LongPaper.daysKept) days"))
        guard !papers.isEmpty else {
            return html.none(
                "pdf", Phrase("ยังไม่มีเอกสาร", en: "No papers yet"),
                Phrase("รวมเล่มรายงานได้จากหน้ารายการรายงาน", en: "Reports are bound to volumes from their list."))
        }
        html.section(.className("panel flush")) {
            html.ul(.className("tasks")) {
                for paper in papers {
                    html.li {
                        html.div(.className("date")) { html.icon("pdf") }
                        html.div {
                            html.p(.className("medium"), text: paper.title)
                            html.p(.className("small dim"), text: paper.askedAt.inShort)
                        }
                        html.action(
                            visit.link(paper.id.path),
                            paper.made == nil ? Phrase("ดูความคืบหน้า", en: "How far it is") : Phrase("เปิด", en: "Open"))
                    }
                }
            }
        }
    }
}

struct LongPaperPage: NarrowPage {
    let visit: Visit
    let paper: LongPaper

    var title: Phrase { Phrase(same: paper.title) }

    func write(to html: HTML) {
        html.head(title, paper.askedAt.inShort) {
            html.action(visit.link("/papers"), Phrase("เอกสารทั้งหมด", en: "All papers"), icon: "back")
        }
        progress(html)
    }

    /// The part that follows the work, until that is done.
    func progress(_ html: HTML) {
        let isUnderWay = paper.made == nil && paper.failedAt == nil
        // What comes in place of this part finds its icons here.
        if isUnderWay { for icon in ["check", "pdf", "warn"] { html.use(icon: icon) } }
        html.section(
            .className("panel"), .id("progress"), Attribute("aria-live", "polite"),
            Attribute("data-hx-get", visit.link(paper.id.path)).when(isUnderWay),
            Attribute("data-hx-trigger", "every 1s").when(isUnderWay),
            Attribute("data-hx-swap", "outerHTML").when(isUnderWay)
        ) {
            if let made = paper.made {
                html.p {
                    html.state(.ok, "check", Phrase("เสร็จแล้ว", en: "Done"))
                    html.text(" ")
                    Phrase("\(visit.number(made.pages)) หน้า ", en: "\(visit.number(made.pages)) pages, ").write(
                        to: html)
                    sizePhrase(made.size).write(to: html)
                }
                html.action(
                    visit.link("\(paper.id.path)/volume.pdf"), Phrase("เปิด PDF", en: "Open the PDF"), icon: "pdf",
                    primary: true)
            } else if paper.failedAt != nil {
                html.note(
                    .bad, "warn", Phrase("ทำเอกสารนี้ไม่สำเร็จ", en: "This paper couldn't be made"),
                    Phrase(
                        "สั่งใหม่อีกครั้ง ถ้ายังไม่ได้ แจ้งผู้ดูแลระบบ",
                        en: "Order it again; if that fails too, tell the administrator."))
            } else {
                html.p {
                    html.state(.wait, "pie", Phrase("กำลังทำ", en: "Under way"))
                    html.text(" ")
                    if paper.total > 0 {
                        html.text("\(visit.number(paper.done * 100 / paper.total)) %")
                    }
                }
                html.bar("\(paper.done)", "0", of: "\(max(paper.total, 1))")
                html.p(
                    .className("small dim mt-2 mb-0"),
                    text: Phrase(
                        "ปิดหน้านี้ได้ เอกสารจะอยู่ในรายการ เอกสารที่สั่งทำ",
                        en: "You may leave; it will be among the papers ordered."))
            }
        }
    }
}
