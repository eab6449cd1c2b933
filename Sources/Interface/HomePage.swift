package import HTML
import HTTP
package import Kernel
import Runtime

/// What waits for the person, the most pressing first.
package struct HomePage: Page {
    let visit: Visit
    let groups: [TaskGroup]

    package init(visit: Visit, groups: [TaskGroup]) {
        self.visit = visit
        self.groups = groups.filter { !$0.items.isEmpty }.sorted { $0.place < $1.place }
    }

    package var title: Phrase { Phrase("สิ่งที่ต้องทำ", en: "To do") }

    /// What has come, and waits for nobody's deed, stands beside what is to be done.
    private var toDo: [TaskGroup] { groups.filter { $0.place < .sent } }
    private var aside: [TaskGroup] { groups.filter { $0.place >= .sent } }

    package func write(to html: HTML) {
        let day = Day(inBangkok: visit.now).inFull
        html.head(title, visit.digits(day) + Phrase(same: " · \(visit.viewer?.unitName ?? "")")) {
            html.a(.className("btn btn-quiet wideonly"), .href(visit.link("/account/notices") + "#calendar")) {
                html.icon("cal")
                Phrase("รับกำหนดส่งลงปฏิทิน", en: "Deadlines in my calendar").write(to: html)
            }
        }
        html.div(.className("split aside").when(!aside.isEmpty)) {
            html.div {
                if toDo.isEmpty {
                    html.none(
                        "check", Phrase("วันนี้ไม่มีสิ่งที่ต้องทำ", en: "Nothing to do today"),
                        Phrase("เมื่อมีงาน จะแสดงที่นี่เป็นอันดับแรก", en: "What comes will stand here first."))
                }
                for group in toDo { self.group(html, group) }
            }
            if !aside.isEmpty { html.div { for group in aside { self.group(html, group, isBrief: true) } } }
        }
    }

    private func group(_ html: HTML, _ group: TaskGroup, isBrief: Bool = false) {
        html.section(.className("panel flush"), .className("brief").when(isBrief)) {
            html.h2(.className("d-flex justify-content-between")) {
                group.title.write(to: html)
                html.text(" ")
                html.span(
                    .className("dim fw-normal fs-6"),
                    text: Phrase("\(visit.number(group.count)) เรื่อง", en: "\(visit.number(group.count))"))
            }
            html.ul(.className("tasks")) {
                for (index, item) in group.items.enumerated() {
                    self.item(html, item, isFirst: index == 0 && group.place == groups.first?.place)
                }
            }
        }
    }

    private func item(_ html: HTML, _ item: TaskItem, isFirst: Bool) {
        html.li {
            html.div(.className("date")) {
                if let day = item.day { date(html, day) } else { html.icon(item.icon) }
            }
            html.div {
                html.p {
                    html.a(.className("stretched-link text-decoration-none medium"), .href(visit.link(item.path))) {
                        item.title.write(to: html)
                        html.span(.className("visually-hidden"), text: Phrase(same: " ") + item.verb)
                    }
                }
                html.p(.className("small")) {
                    if let state = item.state {
                        html.state(Tone(rawValue: state.tone) ?? .off, state.icon, state.words)
                        html.text(" ")
                    }
                    html.span(.className("dim"), text: visit.digits(item.detail))
                }
            }
            html.span(.className(isFirst ? "btn btn-primary" : "btn btn-quiet"), .hiddenFromReaders) {
                item.verb.write(to: html)
                html.icon("right", class: "onphone")
            }
        }
    }

    private func date(_ html: HTML, _ day: Day) {
        html.b(text: day.parts.day)
        day.monthInShort.write(to: html)
    }
}
