import HTML
import HTTP
import Interface
import Kernel
import Scoring

/// The indicators of the year, by framework.
struct IndicatorsPage: Page {
    let visit: Visit
    let filter: IndicatorFilter
    let frameworks: [Framework]
    let lines: [IndicatorLine]

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
            if visit.holds(.create), !frameworks.isEmpty {
                html.action(
                    visit.link("/indicators/new"), Phrase("เพิ่มตัวชี้วัด", en: "Add an indicator"), icon: "plus",
                    primary: true)
            }
        }
        guard !frameworks.isEmpty else { return empty(html) }
        search(html)
        if lines.isEmpty { noMatch(html) }
        for framework in frameworks {
            let own = lines.filter { $0.framework == framework.id }
            if !own.isEmpty { section(html, framework, own) }
        }
    }

    private func search(_ html: HTML) {
        html.form(.className("row g-2 mb-3"), .role("search"), .action(visit.link("/indicators"))) {
            html.filterText(
                "q", Phrase("ชื่อหรือเลขตัวชี้วัด", en: "Name or number"), value: visit.query["q"] ?? "", width: 5)
            html.filterChoice(
                "framework", Phrase("ชุดตัวชี้วัด", en: "Framework"), chosen: visit.query["framework"] ?? "",
                frameworks.map { .init("\($0.id)", Phrase(same: $0.shortName)) }, all: Phrase("ทุกชุด", en: "All"),
                width: 3)
            html.filterChoice(
                "state", Phrase("สถานะ", en: "State"), chosen: filter.state?.rawValue ?? "",
                Indicator.State.allCases.map { .init($0.rawValue, $0.phrase) }, width: 3)
            html.filterSubmit()
        }
    }

    private func section(_ html: HTML, _ framework: Framework, _ lines: [IndicatorLine]) {
        html.section(.className("panel flush"), Attribute("aria-labelledby", "fw\(framework.id)")) {
            html.h2(.id("fw\(framework.id)"), .className("d-flex flex-wrap justify-content-between gap-2")) {
                html.text("\(framework.shortName) \(framework.name)")
                html.span(.className("dim fw-normal fs-6")) {
                    Phrase("น้ำหนักรวม ", en: "Total weight ").write(to: html)
                    html.weightSum(framework.weight, isEmpty: framework.indicatorCount == 0)
                    Phrase(" · \(lines.count) ตัวชี้วัด", en: " · \(lines.count) indicators").write(to: html)
                }
            }
            html.div(.className("over")) {
                html.table(.className("table table-hover stack")) {
                    html.thead {
                        html.tr {
                            html.th(.scope("col"), .className("main"), text: title)
                            html.th(.scope("col"), text: Phrase("ประเภทค่า", en: "Type of value"))
                            html.th(.scope("col"), .className("num"), text: Phrase("น้ำหนัก", en: "Weight"))
                            html.th(.scope("col"), text: Phrase("สถานะ", en: "State"))
                        }
                    }
                    html.tbody { for line in lines { row(html, line) } }
                }
            }
        }
    }

    private func row(_ html: HTML, _ line: IndicatorLine) {
        html.tr {
            html.th(.scope("row"), .className("ps-4").when(line.parent != nil)) {
                html.a(.className("text-decoration-none"), .href(visit.link("/indicators/\(line.id)"))) {
                    html.b(text: line.number)
                    html.text(" ")
                    html.text(line.name)
                }
                if !line.ownerName.isEmpty { html.div(.className("small dim fw-normal"), text: line.ownerName) }
            }
            html.td(Attribute("data-label", Phrase("ประเภทค่า", en: "Type of value")), text: line.type.phrase)
            html.td(
                .className("num"), Attribute("data-label", Phrase("น้ำหนัก", en: "Weight")),
                text: line.weight.text(decimals: ScoreRule.weightDecimals))
            html.td(Attribute("data-label", Phrase("สถานะ", en: "State"))) { html.state(of: line.state) }
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

extension HTML {
    func state(of state: Indicator.State) {
        switch state {
        case .open: self.state(.ok, "tick", state.phrase)
        case .closed: self.state(.off, "lock", state.phrase)
        case .hidden: self.state(.off, "hide", state.phrase)
        }
    }
}
