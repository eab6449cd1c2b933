import Documents
import HTML
import HTTP
import Interface
import Kernel
import Runtime

/// The record of an area, newest first.
struct JournalPage: TablePage {
    let visit: Visit
    /// Whose record it is: the visited area's, or another's that the operator looks at.
    let area: Area
    let filter: JournalFilter
    let entries: [RecordedEntry]
    let actions: [Action]
    /// What the forms call the things that were changed.
    let labels: [String: Phrase]
    let paging: Paging

    var title: Phrase { Phrase("บันทึกการกระทำ", en: "The record") }

    func write(to html: HTML) {
        html.head(title, Phrase(same: area.shortName))
        search(html)
        if entries.isEmpty {
            html.none(
                "trail", Phrase("ไม่มีรายการที่ตรงกัน", en: "Nothing matches"),
                Phrase("ลองล้างตัวกรอง", en: "Try clearing the filters.")
            ) { html.action(visit.link(visit.path), Phrase("ล้างตัวกรอง", en: "Clear the filters")) }
        } else {
            table(html)
            paging.write(to: html, visit)
            html.downloads(visit)
        }
    }

    var sheet: Sheet {
        Sheet(
            title, in: visit, of: entries,
            [
                .count(Phrase("เลขที่", en: "No."), \.number), .moment(Phrase("เมื่อ", en: "When"), \.entry.happenedAt),
                .text(Phrase("ใคร", en: "Who"), width: 30, \.entry.actorName),
                .text(Phrase("แทน", en: "For"), width: 30) { $0.entry.actingFor ?? "" },
                .text(Phrase("จาก", en: "From"), \.entry.address),
                .phrase(Phrase("ทำอะไร", en: "Deed"), width: 30) { [actions] in Self.phrase(of: $0.entry.action, actions)
                },
                .text(Phrase("กับ", en: "To what"), width: 30, \.entry.subjectName),
                .text(Phrase("ก่อน", en: "Before"), width: 40, \.entry.before.text),
                .text(Phrase("หลัง", en: "After"), width: 40, \.entry.after.text),
            ])
    }

    private func search(_ html: HTML) {
        html.form(.className("row g-2 mb-3"), .role("search"), .action(visit.link(visit.path))) {
            html.filterText(
                "q", Phrase("ชื่อผู้ทำหรือสิ่งที่ถูกแก้", en: "Who, or what was changed"), value: filter.words, width: 4)
            html.filterChoice(
                "action", Phrase("การกระทำ", en: "Deed"), chosen: filter.action,
                actions.map { .init($0.name, $0.phrase) }, width: 3)
            html.filterText("from", Phrase("ตั้งแต่วันที่", en: "From"), value: visit.query["from"] ?? "", width: 2)
            html.filterText("to", Phrase("ถึงวันที่", en: "To"), value: visit.query["to"] ?? "", width: 2)
            html.filterSubmit()
        }
    }

    private func table(_ html: HTML) {
        html.div(.className("panel flush over"), Attribute("tabindex", "0"), .role("region"), .label(title)) {
            html.table(.className("table stack")) {
                html.thead {
                    html.tr {
                        for head in [
                            Phrase("เลขที่", en: "No."), Phrase("เมื่อ", en: "When"), Phrase("ใคร", en: "Who"),
                            Phrase("ทำอะไร", en: "Deed"), Phrase("กับ", en: "To what"),
                            Phrase("ก่อนและหลัง", en: "Before and after"),
                        ] { html.th(.scope("col"), text: head) }
                    }
                }
                html.tbody { for entry in entries { row(html, entry) } }
            }
        }
    }

    private func row(_ html: HTML, _ recorded: RecordedEntry) {
        let entry = recorded.entry
        html.tr {
            html.td(.className("num"), Attribute("data-label", Phrase("เลขที่", en: "No.")), text: recorded.number)
            html.td(
                .className("keep"), Attribute("data-label", Phrase("เมื่อ", en: "When")), text: entry.happenedAt.inShort)
            html.td(Attribute("data-label", Phrase("ใคร", en: "Who"))) {
                html.span {
                    html.text(entry.actorName)
                    if let other = entry.actingFor {
                        html.text(" ")
                        Phrase("(แทน \(other))", en: "(for \(other))").write(to: html)
                    }
                    html.span(.className("d-block small dim"), text: entry.address)
                }
            }
            html.td(Attribute("data-label", Phrase("ทำอะไร", en: "Deed")), text: Self.phrase(of: entry.action, actions))
            html.td(Attribute("data-label", Phrase("กับ", en: "To what"))) {
                html.a(
                    .href(visit.link(visit.path) + "?subject=\(percentEncoded(entry.subject))"), text: entry.subjectName
                )
            }
            html.td(
                Attribute("data-label", Phrase("ก่อนและหลัง", en: "Before and after")).when(!entry.after.members.isEmpty)
            ) {
                if !entry.after.members.isEmpty { html.span { change(html, entry) } }
            }
        }
    }

    private static func phrase(of action: String, _ actions: [Action]) -> Phrase {
        actions.first { $0.name == action }?.phrase ?? Phrase(same: action)
    }

    /// What was made with nothing in it is not worth a line.
    private func change(_ html: HTML, _ entry: JournalEntry) {
        for member in entry.after.members where entry.before[member.name] != nil || plain(member.value) != "–" {
            html.div(.className("small")) {
                html.span(.className("dim")) {
                    label(of: member.name).write(to: html)
                    html.text(": ")
                }
                if let before = entry.before[member.name] {
                    html.del(text: plain(before))
                    html.text(" ")
                }
                html.ins(text: plain(member.value))
            }
        }
    }

    private func label(of member: String) -> Phrase {
        labels[member] ?? Phrase(same: member)
    }

    private func plain(_ value: JSON) -> String {
        switch value {
        case .null: "–"
        case .text(let text): text.isEmpty ? "–" : text
        case .bool(let flag): flag ? "✓" : "–"
        case .number(let digits): digits
        case .array(let items): items.isEmpty ? "–" : items.map(plain).joined(separator: " · ")
        case .object: value.text
        }
    }
}
