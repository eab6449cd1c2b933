import HTML
import Interface
import Kernel
import Runtime

struct ActingPage: NarrowPage {
    let visit: Visit
    let viewer: Viewer
    let actings: [Acting]

    var title: Phrase { Phrase("รักษาการแทน", en: "Acting for another") }

    func write(to html: HTML) {
        html.head(title, Phrase("ทุกการกระทำบันทึกทั้งชื่อผู้ทำและผู้ที่ทำแทน", en: "Each deed is recorded under both names"))
        if viewer.acting != nil {
            html.div(.className("acts mb-3")) {
                html.deedButton(
                    "/account/acting/stop", Phrase("กลับเป็นตัวเอง", en: "Back to myself"), icon: "repeat", visit)
            }
        }
        if !actings.isEmpty {
            html.section(.className("panel flush")) {
                html.ul(.className("tasks")) { for acting in actings { item(html, acting) } }
            }
        }
        html.form(to: "/account/acting", visit, .className("panel")) {
            html.h2(text: Phrase("ตั้งผู้รักษาการแทนฉัน", en: "Name who acts for me"))
            let form = FormWriter(html, Acting.fields, visit)
            form.problemNote()
            form.all()
            html.div(.className("acts")) { html.submit(Phrase("ตั้งผู้รักษาการแทน", en: "Name this person")) }
        }
    }

    private func item(_ html: HTML, _ acting: Acting) {
        let isMine = acting.member == viewer.member
        html.li {
            html.div(.className("date")) { html.icon("acting") }
            html.div {
                html.p(.className("medium")) {
                    if isMine {
                        Phrase("แทน \(acting.principalName)", en: "For \(acting.principalName)").write(to: html)
                    } else {
                        Phrase("\(acting.memberName) ทำแทนฉัน", en: "\(acting.memberName) for me").write(to: html)
                    }
                }
                html.p(.className("small dim")) {
                    (acting.firstDay.inShort + Phrase(same: " – ") + acting.lastDay.inShort).write(to: html)
                    html.text(" · \(acting.reason)")
                }
            }
            html.div(.className("acts")) {
                if isMine && acting.firstDay <= Day(inBangkok: visit.now) && viewer.acting == nil {
                    html.deedButton("/account/acting/\(acting.id)/beginning", Phrase("เริ่มทำแทน", en: "Begin"), visit)
                }
                html.deedButton("/account/acting/\(acting.id)/end", Phrase("สิ้นสุด", en: "End"), bad: true, visit)
            }
        }
    }
}
