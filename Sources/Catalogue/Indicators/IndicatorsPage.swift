import HTML
import HTTP
import Interface
import Kernel
import Rounds
import Runtime
import Scoring

/// The indicators of the year, by framework.
struct IndicatorsPage: Page {
    let visit: Visit
    let filter: IndicatorFilter
    let frameworks: [Framework]
    let dimensions: [Dimension]
    let lines: [IndicatorLine]
    let rounds: [IndicatorRound]
    /// What the viewer must report.
    let own: [OwnAssignment]

    var title: Phrase { Phrase("ตัวชี้วัด", en: "Indicators") }

    func write(to html: HTML) {
        let open = lines.count { $0.state == .open }
        html.head(
            title,
            Phrase(
                "\(lines.count) ตัวชี้วัดใน \(frameworks.count) ชุด · เปิดรับรายงานอยู่ \(open) ตัวชี้วัด",
                en: "\(lines.count) indicators in \(frameworks.count) frameworks · \(open) open")
        ) {
            if visit.holds(.settings) {
                html.action(visit.link("/frameworks"), Phrase("ชุดตัวชี้วัด", en: "Frameworks"), icon: "grid")
            }
            if visit.holds(.create) {
                html.action(visit.link("/indicators/import"), Phrase("นำเข้า", en: "Import"), icon: "up")
            }
            if visit.holds(.create), !frameworks.isEmpty {
                html.action(
                    visit.link("/indicators/new"), Phrase("เพิ่มตัวชี้วัด", en: "Add an indicator"), icon: "plus",
                    primary: true)
            }
        }
        guard !frameworks.isEmpty else { return empty(html) }
        search(html)
        if lines.isEmpty { noMatch(html) }
        let byIndicator = Dictionary(grouping: rounds, by: \.indicator)
        let rows = IndicatorRows(for: html, visit, lines, rounds, own)
        for group in groups {
            let own = lines.filter { $0.group == group.id }
            if !own.isEmpty { section(html, group, own, byIndicator, rows) }
        }
        html.downloads(visit)
    }

    /// What the lines stand under: a framework, or a dimension's value.
    private struct Group {
        var id: Int
        var name: String
        var framework: Framework?
    }

    private var groups: [Group] {
        guard let axis = filter.axis else {
            return frameworks.map { Group(id: $0.id.rawValue, name: "\($0.shortName) \($0.name)", framework: $0) }
        }
        let none = Phrase("ไม่ระบุ", en: "Not said")
        return dimensions[axis - 1].values.map { Group(id: $0.id.rawValue, name: $0.name) }
            + [Group(id: 0, name: visit.language == .thai ? none.thai : none.english)]
    }

    private func search(_ html: HTML) {
        html.form(.className("row g-2 mb-3"), .role("search"), .action(visit.link("/indicators"))) {
            html.filterText(
                "q", Phrase("ชื่อหรือเลขตัวชี้วัด", en: "Name or number"), value: visit.query["q"] ?? "", width: 4)
            html.filterChoice(
                "framework", Phrase("ชุดตัวชี้วัด", en: "Framework"), chosen: visit.query["framework"] ?? "",
                frameworks.map { .init("\($0.id)", Phrase(same: $0.shortName)) }, all: Phrase("ทุกชุด", en: "All"),
                width: 2)
            html.filterChoice(
                "state", Phrase("สถานะ", en: "State"), chosen: filter.state?.rawValue ?? "",
                Indicator.State.allCases.map { .init($0.rawValue, $0.phrase) }, width: 2)
            let used = dimensions.filter { !$0.name.isEmpty }
            if !used.isEmpty {
                html.filterChoice(
                    "by", Phrase("แยกตาม", en: "Grouped by"), chosen: filter.axis.map { "\($0)" } ?? "",
                    used.map { .init("\($0.axis)", $0.title) }, all: Phrase("ชุดตัวชี้วัด", en: "Framework"), width: 2)
            }
            html.filterSubmit()
        }
    }

    private func section(
        _ html: HTML, _ group: Group, _ lines: [IndicatorLine], _ rounds: [IndicatorID: [IndicatorRound]],
        _ rows: IndicatorRows
    ) {
        let columns = rows.columns(of: lines, rounds)
        html.section(.className("panel flush"), Attribute("aria-labelledby", "group\(group.id)")) {
            html.h2(.id("group\(group.id)"), .className("d-flex flex-wrap justify-content-between gap-2")) {
                html.text(group.name)
                html.span(.className("dim fw-normal fs-6")) {
                    if let framework = group.framework {
                        Phrase("น้ำหนักรวม ", en: "Total weight ").write(to: html)
                        html.weightSum(framework.weight, isEmpty: framework.indicatorCount == 0)
                        html.text(" · ")
                        publication(html, framework)
                    }
                    indicatorCount(lines.count).write(to: html)
                }
            }
            html.div(.className("over")) {
                html.table(.className("table table-hover stack")) {
                    html.thead {
                        html.tr {
                            html.th(.scope("col"), .className("main"), text: title)
                            for column in columns { html.th(.scope("col"), text: column.round.name) }
                            html.th(.scope("col"), text: Phrase("สถานะ", en: "State"))
                        }
                    }
                    html.tbody { for line in lines { rows.write(line, columns, rounds[line.id] ?? [], to: html) } }
                }
            }
        }
    }

    private func publication(_ html: HTML, _ framework: Framework) {
        if let moment = framework.publishedAt {
            Phrase("เผยแพร่ ", en: "Published ").write(to: html)
            Day(inBangkok: moment).inShort.write(to: html)
            html.text(" · ")
        }
        if visit.holds(.create) {
            html.a(
                .href(visit.link("/frameworks/\(framework.id)/publication")),
                text: framework.publishedAt == nil
                    ? Phrase("เผยแพร่ชุดนี้", en: "Publish") : Phrase("ตรวจน้ำหนัก", en: "Check the weights"))
            html.text(" · ")
        }
    }

    private func noMatch(_ html: HTML) {
        if visit.query.all.isEmpty {
            html.none(
                "list", Phrase("ปีนี้ยังไม่มีตัวชี้วัด", en: "No indicators in this year yet"),
                Phrase("เพิ่มทีละตัว หรือคัดลอกมาจากปีก่อน", en: "Add them one by one, or copy them from another year."))
        } else {
            html.none(
                "find", Phrase("ไม่พบตัวชี้วัดที่ค้น", en: "No indicator matches"),
                Phrase("ลองค้นด้วยคำที่สั้นลง หรือล้างตัวกรอง", en: "Try fewer letters, or clear the filters.")
            ) { html.action(visit.link("/indicators"), Phrase("ล้างตัวกรอง", en: "Clear the filters")) }
        }
    }

    private func empty(_ html: HTML) {
        let isOpened = visit.look.years.contains(visit.year)
        html.none(
            "list", Phrase("ปี \(visit.year.number) ยังไม่มีตัวชี้วัด", en: "No indicators in \(visit.year.number) yet"),
            isOpened
                ? Phrase("เริ่มด้วยชุดตัวชี้วัด เช่น KRS", en: "Begin with a framework, such as KRS.")
                : Phrase("ยังไม่ได้เปิดปีงบประมาณนี้", en: "This fiscal year isn't open yet.")
        ) {
            if visit.holds(.settings) {
                html.action(
                    visit.link(isOpened ? "/frameworks/new" : "/years/new"),
                    isOpened ? Phrase("เพิ่มชุดแรก", en: "Add the first framework") : Phrase("เปิดปีนี้", en: "Open the year"),
                    primary: true)
            }
        }
    }
}

/// `1 indicator`, `2 indicators`.
func indicatorCount(_ count: Int) -> Phrase {
    Phrase("\(count) ตัวชี้วัด", en: count == 1 ? "1 indicator" : "\(count) indicators")
}
