import HTML
import Interface
import Kernel
import Scoring

/// `[confirmed/checked/all]` with a bar, and the mean of the check scores, put together once for a list of them.
struct RoundCounts {
    /// What differs from round to round.
    struct Holes {
        /// In front of the counts.
        var front: String
        var confirmed: String
        var checked: String
        var assigned: String
        var indicator: String
        /// Behind them: the bar and the mean.
        var share: String
    }

    private let whole: Stencil
    private let bar: Stencil
    /// Of a round whose reports nobody has confirmed yet.
    private let emptyBar: Stencil
    private let mean: Stencil

    /// `frame` writes what stands around the counts, and beside them.
    init(
        for html: HTML,
        frame: (_ html: HTML, _ holes: Holes, _ counts: (_ beside: () -> Void) -> Void) -> Void = { $2({}) }
    ) {
        whole = Stencil(for: html, holes: 6) { html, marks in
            let holes = Holes(
                front: marks[0], confirmed: marks[1], checked: marks[2], assigned: marks[3], indicator: marks[4],
                share: marks[5])
            frame(html, holes) { beside in Self.counts(html, holes, beside) }
        }
        bar = Stencil(for: html, holes: 3) { html, marks in html.bar(marks[0], marks[1], of: marks[2]) }
        emptyBar = Stencil(for: html) { html, all in html.bar("0", "0", of: all) }
        mean = Stencil(for: html, holes: 2) { html, marks in
            html.span(.className("small keep")) {
                html.span(.className("dim"), text: Phrase("เฉลี่ย ", en: "mean "))
                html.b(text: marks[0])
                html.span(.className("dim"), text: Phrase(" ระดับ \(marks[1])", en: " level \(marks[1])"))
            }
        }
    }

    private static func counts(_ html: HTML, _ holes: Holes, _ beside: () -> Void) {
        html.span(.className("keep")) {
            let words = Phrase(
                "ยืนยัน \(holes.confirmed) ตรวจ \(holes.checked) ทั้งหมด \(holes.assigned)",
                en: "\(holes.confirmed) confirmed, \(holes.checked) checked, \(holes.assigned) in all")
            html.span(.role("img"), .label(words)) {
                html.text("[\(holes.confirmed)/")
                html.b(text: holes.checked)
                html.text("/\(holes.assigned)]")
            }
            beside()
        }
        html.text(holes.share)
    }

    /// `worths` are what the indicator's levels are worth, when that isn't 1 to 5.
    func write(_ round: IndicatorRound, worths: [Exact], to html: HTML, front: () -> Void = {}, behind: () -> Void = {})
    {
        whole.write(to: html) { hole in
            switch hole {
            case 0: front()
            case 1: round.confirmed.write(to: html)
            case 2: round.checked.write(to: html)
            case 3: round.assigned.write(to: html)
            case 4: round.indicator.rawValue.write(to: html)
            default:
                share(round, worths, html)
                behind()
            }
        }
    }

    private func share(_ round: IndicatorRound, _ worths: [Exact], _ html: HTML) {
        if round.confirmed == 0, round.assigned > 0 {
            emptyBar.write(to: html, number: round.assigned)
        } else if round.assigned > 0 {
            bar.write(to: html) { hole in
                switch hole {
                case 0: round.checked.write(to: html)
                case 1: (round.confirmed - round.checked).write(to: html)
                default: round.assigned.write(to: html)
                }
            }
        }
        if let score = round.meanScore {
            mean.write(to: html) { hole in
                html.text(hole == 0 ? score.text(decimals: 2) : Self.level(of: score, worths))
            }
        }
    }
}

extension RoundCounts {
    /// The last level whose worth the score reaches.
    private static func level(of score: Exact, _ worths: [Exact]) -> String {
        guard !worths.isEmpty else { return score.roundedDown.text(decimals: 0) }
        return "\((worths.lastIndex { $0 <= score } ?? 0) + 1)"
    }
}

extension HTML {
    /// The counts of a round that stands by itself.
    func counts(of round: IndicatorRound, worths: [Exact]) {
        RoundCounts(for: self).write(round, worths: worths, to: self)
    }

    func state(of state: Indicator.State) {
        switch state {
        case .open: self.state(.ok, "tick", state.phrase)
        case .closed: self.state(.off, "lock", state.phrase)
        case .hidden: self.state(.off, "hide", state.phrase)
        }
    }
}
