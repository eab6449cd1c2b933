import Catalogue
import Documents
import HTML
import HTTP
import Interface
import Kernel
import Rounds
import Runtime
import Scoring

/// What the area reports to the central office in a year, round by round, and what has come of it.
struct ResultsPage: TablePage {
    let visit: Visit
    let results: [ResultLine]
    /// Of all of them, once the year is closed.
    let certificate: Certificate?

    var title: Phrase { Phrase("ผลของเขต", en: "The area's results") }

    func write(to html: HTML) {
        html.head(title, facts)
        guard let shown else {
            return html.none(
                "desk", Phrase("ปีนี้ยังไม่มีตัวชี้วัดจากส่วนกลาง", en: "Nothing from the central office this year"),
                Phrase("เมื่อส่วนกลางเผยแพร่ จะแสดงที่นี่และมีแจ้งเตือน", en: "What it publishes will stand here, and is told."))
        }
        if let certificate {
            html.note(
                .ok, "lock", Phrase("ผลของปีนี้เป็นที่สิ้นสุด", en: "This year's results are final"),
                Phrase("สรุปเมื่อ ", en: "Since ") + certificate.issuedAt.inShort)
            html.p {
                html.action(
                    visit.link(certificate.path),
                    Phrase("ใบสรุปผล \(certificate.name)", en: "Summary \(certificate.name)"), icon: "check")
            }
        }
        rounds(html, shown)
        for group in frameworks(of: shown) { section(html, group, shown) }
        html.downloads(visit)
    }

    var sheet: Sheet {
        Sheet(
            title, in: visit, of: results,
            [
                .text(Phrase("ชุดตัวชี้วัด", en: "Framework"), width: 30, \.frameworkName),
                .phrase(Phrase("รอบ", en: "Round"), \.result.round.name), .text(Phrase("เลข", en: "Number"), \.number),
                .text(Phrase("ตัวชี้วัด", en: "Indicator"), width: 50, \.name),
                .number(Phrase("น้ำหนัก", en: "Weight")) { $0.weight.text(decimals: ScoreRule.weightDecimals) },
                .number(Phrase("ผล", en: "Result")) { $0.result.result?.text(decimals: ScoreRule.resultDecimals) },
                .number(Phrase("เป้าหมาย", en: "Target")) { $0.target?.text(decimals: ScoreRule.weightDecimals) },
                .number(Phrase("คะแนนที่ประเมิน", en: "Self-assessed")) {
                    $0.result.score?.text(decimals: ScoreRule.scoreDecimals)
                },
                .number(Phrase("คะแนนทางการ", en: "Official")) {
                    $0.result.official.text(decimals: ScoreRule.scoreDecimals)
                },
                .phrase(Phrase("สถานะ", en: "State"), \.result.state.phrase),
                .moment(Phrase("รายงานภายใน", en: "Due"), \.deadline),
            ])
    }

    private var facts: Phrase {
        let counts = ResultState.allCases.map { state in
            state.phrase + Phrase(same: " \(visit.number(results.count { $0.result.state == state }))")
        }
        return counts.dropFirst().reduce(counts[0]) { $0 + Phrase(same: " · ") + $1 }
    }

    private var known: [Round] {
        Set(results.map(\.result.round)).sorted { $0.order < $1.order }
    }

    /// The one that was chosen, or that presses: the first that is open and not past, else the last that was.
    private var shown: Round? {
        if let chosen = visit.query["round"].flatMap({ Round(code: $0) }), known.contains(chosen) { return chosen }
        let isPressing: (Round) -> Bool = { round in
            results.contains { $0.result.round == round && $0.deadline > visit.now }
        }
        let isOpen: (Round) -> Bool = { round in
            results.contains { $0.result.round == round && $0.opening <= Day(inBangkok: visit.now) }
        }
        return known.first { isPressing($0) && isOpen($0) } ?? known.last(where: isOpen) ?? known.first
    }

    private func rounds(_ html: HTML, _ shown: Round) {
        guard known.count > 1 else { return }
        html.nav(.className("acts mb-3"), .label(Phrase("รอบ", en: "Rounds"))) {
            for round in known {
                html.a(
                    .className(round == shown ? "btn btn-primary" : "btn btn-quiet"),
                    .href(visit.link("/results") + "?round=\(round.code)"), Attribute.current.when(round == shown),
                    text: round.name)
            }
        }
    }

    /// In their order, each with its results.
    private func frameworks(of round: Round) -> [[ResultLine]] {
        var groups: [[ResultLine]] = []
        for result in results where result.result.round == round {
            if groups.last?.first?.framework == result.framework {
                groups[groups.count - 1].append(result)
            } else {
                groups.append([result])
            }
        }
        return groups
    }

    private func section(_ html: HTML, _ group: [ResultLine], _ round: Round) {
        html.section(.className("panel flush")) {
            html.h2(.className("d-flex flex-wrap justify-content-between gap-2")) {
                html.text(group.first?.frameworkName ?? "")
                html.span(.className("dim fw-normal fs-6")) {
                    Phrase("คะแนนทางการรวม ", en: "Official score: ").write(to: html)
                    html.b(text: Self.total(group).map { $0.text(decimals: ScoreRule.scoreDecimals) } ?? "–")
                }
            }
            html.div(.className("over")) {
                html.table(.className("table table-hover stack")) {
                    html.thead {
                        html.tr {
                            html.th(.scope("col"), .className("main"), text: Phrase("ตัวชี้วัด", en: "Indicator"))
                            html.th(.scope("col"), .className("num"), text: Phrase("ผล", en: "Result"))
                            html.th(.scope("col"), .className("num"), text: Phrase("เป้าหมาย", en: "Target"))
                            html.th(.scope("col"), .className("num"), text: Phrase("คะแนนที่ประเมิน", en: "Self-assessed"))
                            html.th(.scope("col"), .className("num"), text: Phrase("คะแนนทางการ", en: "Official"))
                            html.th(.scope("col"), text: Phrase("สถานะ", en: "State"))
                        }
                    }
                    html.tbody { for result in group { row(html, result) } }
                }
            }
            if let framework = group.first?.framework {
                html.form(to: "/results/volumes", visit, .className("p-3")) {
                    html.input(.type("hidden"), .name("framework"), .value("\(framework)"))
                    html.input(.type("hidden"), .name("round"), .value(round.code))
                    html.submit(Phrase("รวมเล่มรายงาน (PDF)", en: "Bind to a volume (PDF)"), icon: "pdf", primary: false)
                }
            }
        }
    }

    /// Σ weight × official score ÷ Σ weight; parts count within theirs.
    private static func total(_ group: [ResultLine]) -> Exact? {
        let whole = group.filter { !$0.isPart }
        let weight = whole.reduce(Exact.zero) { $0 + $1.weight }
        return whole.reduce(Exact.zero) { $0 + $1.weight * $1.result.official }.divided(by: weight)
    }

    private func row(_ html: HTML, _ item: ResultLine) {
        let result = item.result
        html.tr {
            html.th(.scope("row")) {
                html.a(
                    .className("text-decoration-none"), .href(visit.link(result.path)),
                    text: "\(item.number) \(item.name)")
                html.span(.className("small dim d-block")) { due(html, item) }
            }
            html.td(.className("num"), Attribute("data-label", Phrase("ผล", en: "Result"))) {
                html.text(result.result?.text(decimals: ScoreRule.resultDecimals) ?? "–")
                if result.result != nil { html.span(.className("small dim d-block"), text: item.measure) }
            }
            html.td(
                .className("num"), Attribute("data-label", Phrase("เป้าหมาย", en: "Target")),
                text: item.target?.text(decimals: ScoreRule.weightDecimals) ?? "–")
            html.td(
                .className("num"), Attribute("data-label", Phrase("คะแนนที่ประเมิน", en: "Self-assessed")),
                text: result.score?.text(decimals: ScoreRule.scoreDecimals) ?? "–")
            html.td(
                .className("num"), Attribute("data-label", Phrase("คะแนนทางการ", en: "Official")),
                text: result.official.text(decimals: ScoreRule.scoreDecimals))
            html.td(Attribute("data-label", Phrase("สถานะ", en: "State"))) {
                html.state(of: result.state)
                if result.forArea.isNew {
                    html.text(" ")
                    html.state(.new, "dot", Phrase("มีข้อมูลใหม่", en: "New information"))
                }
            }
        }
    }

    private func due(_ html: HTML, _ item: ResultLine) {
        switch item.result.state {
        case .unreported where item.result.cutAt != nil:
            Phrase("เลยกำหนด ได้ 1.00000", en: "Past due: 1.00000").write(to: html)
        case .refused:
            if let correctBy = item.result.correctBy {
                (Phrase("แก้ไขภายใน ", en: "Correct by ") + correctBy.inShort).write(to: html)
            }
        default: (Phrase("รายงานภายใน ", en: "Due ") + item.deadline.inShort).write(to: html)
        }
    }
}
