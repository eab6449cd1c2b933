import HTML
import HTTP
import Interface
import Kernel
import Rounds
import Scoring

/// The indicators of the year, by framework.
struct IndicatorsPage: Page {
    let visit: Visit
    let filter: IndicatorFilter
    let frameworks: [Framework]
    let lines: [IndicatorLine]
    let rounds: [IndicatorRound]

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
        let ids = Set(lines.map(\.id))
        let own = rounds.filter { ids.contains($0.indicator) }
        let columns = Set(own.map(\.round)).sorted { $0.order < $1.order }
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
                            for round in columns { html.th(.scope("col"), text: round.name) }
                            html.th(.scope("col"), text: Phrase("สถานะ", en: "State"))
                        }
                    }
                    let byIndicator = Dictionary(grouping: own, by: \.indicator)
                    html.tbody { for line in lines { row(html, line, columns, byIndicator[line.id] ?? []) } }
                }
            }
        }
    }

    private func row(_ html: HTML, _ line: IndicatorLine, _ columns: [Round], _ rounds: [IndicatorRound]) {
        html.tr {
            html.th(.scope("row"), .className("ps-4").when(line.parent != nil)) {
                html.a(.className("text-decoration-none"), .href(address, line.id.rawValue)) {
                    html.b(text: line.number)
                    html.text(" ")
                    html.text(line.name)
                }
                html.div(.className("small dim fw-normal")) {
                    Phrase("น้ำหนัก ", en: "Weight ").write(to: html)
                    html.text(line.weight.text(decimals: ScoreRule.weightDecimals))
                    if !line.ownerName.isEmpty { html.text(" · " + line.ownerName) }
                }
            }
            for column in columns {
                if let round = rounds.first(where: { $0.round == column }) {
                    html.td(Attribute("data-label", column.name)) { cell(html, round) }
                } else {
                    html.td {}
                }
            }
            html.td(Attribute("data-label", Phrase("สถานะ", en: "State"))) { html.state(of: line.state) }
        }
    }

    private var address: String { visit.link("/indicators/") }

    private func cell(_ html: HTML, _ round: IndicatorRound) {
        let isAhead = round.dates.state(at: visit.now) == .notOpen
        html.div {
            if isAhead && round.confirmed == 0 {
                html.span(.className("dim")) {
                    Phrase("เปิด ", en: "Opens ").write(to: html)
                    round.dates.opening.inShort.write(to: html)
                }
                html.br()
            }
            html.counts(of: round) {
                guard visit.holds(.open) else { return }
                html.text(" ")
                html.a(
                    .className("hit"), .href(visit.link("/indicators/\(round.indicator)/rounds/\(round.round.code)")),
                    .label(Phrase("กำหนดผู้รายงาน ", en: "Who reports: ") + round.round.name)
                ) { html.icon("gear") }
            }
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
    /// `[confirmed/checked/all]` with a bar, and the mean of the check scores.
    func counts(of round: IndicatorRound, beside: () -> Void = {}) {
        span(.className("keep")) {
            span(.className("visually-hidden"), text: Phrase("ยืนยัน ", en: "confirmed "))
            text("[\(round.confirmed)/")
            span(.className("visually-hidden"), text: Phrase("ตรวจ ", en: "checked "))
            b(text: round.checked)
            text("/")
            span(.className("visually-hidden"), text: Phrase("ทั้งหมด ", en: "all "))
            text("\(round.assigned)]")
            beside()
        }
        if round.assigned > 0 { bar(round.checked, round.confirmed - round.checked, of: round.assigned) }
        if let mean = round.meanScore {
            span(.className("small keep")) {
                span(.className("dim"), text: Phrase("เฉลี่ย ", en: "mean "))
                b(text: mean.text(decimals: 2))
                let level = mean.roundedDown.text(decimals: 0)
                span(.className("dim"), text: Phrase(" ระดับ \(level)", en: " level \(level)"))
            }
        }
    }

    func state(of state: Indicator.State) {
        switch state {
        case .open: self.state(.ok, "tick", state.phrase)
        case .closed: self.state(.off, "lock", state.phrase)
        case .hidden: self.state(.off, "hide", state.phrase)
        }
    }
}
