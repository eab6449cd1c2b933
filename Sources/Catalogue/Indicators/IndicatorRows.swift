import HTML
import Interface
import Kernel
import Rounds
import Runtime
import Scoring

/// The rows of the list of indicators. What is the same in each but for a few words is put together once: a list of
/// 60 indicators has 240 rounds.
struct IndicatorRows {
    /// A round that some of the indicators have, with its cells.
    struct Column {
        var round: Round
        fileprivate var counts: RoundCounts
    }

    /// In the order of the year.
    private let columns: [Column]
    private let now: Instant
    private let head: Stencil
    private let headOfPart: Stencil
    private let opening: Stencil
    private let states: [Indicator.State: Stencil]
    /// The viewer's own reports, with the way there.
    private let own: [IndicatorID: [OwnAssignment]]
    private let report: Stencil

    init(
        for html: HTML, _ visit: Visit, _ lines: [IndicatorLine], _ rounds: [IndicatorRound], _ own: [OwnAssignment]
    ) {
        self.own = Dictionary(grouping: own, by: \.indicator)
        let reports = visit.link("/reports/")
        report = Stencil(for: html) { html, report in
            html.div(.className("mt-1")) {
                html.action(reports + report, Phrase("รายงาน", en: "Report"), icon: "pen")
            }
        }
        now = visit.now
        let address = visit.link("/indicators/")
        var found: [Round] = []
        for round in rounds where !found.contains(round.round) { found.append(round.round) }
        columns = found.sorted { $0.order < $1.order }.map { round in
            Column(round: round, counts: Self.cell(html, round, address, mayOpen: visit.holds(.open)))
        }
        head = Self.head(html, address, isPart: false)
        headOfPart = Self.head(html, address, isPart: true)
        opening = Stencil(for: html) { html, day in
            html.span(.className("dim"), text: Phrase("เปิด \(day)", en: "Opens \(day)"))
            html.br()
        }
        let states = Set(lines.map(\.state)).map { state in
            (state, Stencil(for: html) { html, id in Self.cell(html, state, visit, id) })
        }
        self.states = Dictionary(uniqueKeysWithValues: states)
    }

    private static func head(_ html: HTML, _ address: String, isPart: Bool) -> Stencil {
        Stencil(for: html, holes: 5) { html, holes in
            html.th(.scope("row"), .className("ps-4").when(isPart)) {
                html.a(.className("text-decoration-none"), .href(address + holes[0])) {
                    html.b(text: holes[1])
                    html.text(" \(holes[2])")
                }
                html.div(
                    .className("small dim fw-normal"),
                    text: Phrase("น้ำหนัก \(holes[3])", en: "Weight \(holes[3])") + Phrase(same: holes[4]))
            }
        }
    }

    private static func cell(_ html: HTML, _ round: Round, _ address: String, mayOpen: Bool) -> RoundCounts {
        RoundCounts(for: html) { html, holes, counts in
            html.td(Attribute("data-label", round.name)) {
                html.div {
                    html.text(holes.front)
                    counts {
                        guard mayOpen else { return }
                        html.text(" ")
                        html.a(
                            .className("hit"), .href("\(address)\(holes.indicator)/rounds/\(round.code)"),
                            .label(Phrase("กำหนดผู้รายงาน ", en: "Who reports: ") + round.name)
                        ) { html.icon("gear") }
                    }
                }
            }
        }
    }

    private static func cell(_ html: HTML, _ state: Indicator.State, _ visit: Visit, _ id: String) {
        html.td(Attribute("data-label", Phrase("สถานะ", en: "State"))) {
            html.div {
                html.state(of: state)
                guard IndicatorHead.resultFlags.contains(where: { visit.holds($0) }) else { return }
                html.div {
                    html.a(
                        .className("small keep"), .href(visit.link("/indicators/") + id + "/matrix"),
                        text: Phrase("ผลรายหน่วยงาน", en: "By unit"))
                }
            }
        }
    }

    /// Those of rounds that these lines have.
    func columns(of lines: [IndicatorLine], _ rounds: [IndicatorID: [IndicatorRound]]) -> [Column] {
        columns.filter { column in
            lines.contains { rounds[$0.id]?.contains { $0.round == column.round } == true }
        }
    }

    func write(_ line: IndicatorLine, _ columns: [Column], _ rounds: [IndicatorRound], to html: HTML) {
        // Under a dimension a part may stand apart from its whole.
        let head = line.parent == nil || line.frameworkName != nil ? head : headOfPart
        html.tr {
            head.write(to: html) { hole in
                switch hole {
                case 0: line.id.rawValue.write(to: html)
                case 1: html.text(line.number)
                case 2: html.text(line.name)
                case 3: html.text(line.weight.text(decimals: ScoreRule.weightDecimals))
                default:
                    if let framework = line.frameworkName { html.text(" · " + framework) }
                    if !line.ownerName.isEmpty { html.text(" · " + line.ownerName) }
                }
            }
            for column in columns {
                // Each compared in place: to copy a round costs as much as to write it.
                if let place = rounds.indices.first(where: { rounds[$0].round == column.round }) {
                    column.counts.write(rounds[place], worths: line.worths, to: html) {
                        open(rounds[place], html)
                    } behind: {
                        let own = own[line.id]?.first { $0.round == column.round }
                        // Before it opens there is nothing to report.
                        if let own, rounds[place].dates.state(at: now) != .notOpen {
                            report.write(to: html, number: own.id.rawValue)
                        }
                    }
                } else {
                    html.td {}
                }
            }
            states[line.state]?.write(to: html, number: line.id.rawValue)
        }
    }

    /// When a round opens that is still ahead.
    private func open(_ round: IndicatorRound, _ html: HTML) {
        guard round.confirmed == 0, round.dates.state(at: now) == .notOpen else { return }
        opening.write(to: html) { _ in round.dates.opening.writeShort(to: html) }
    }
}
