import Catalogue
import HTML
import Interface
import Rounds
import Runtime
import Scoring

/// Value by value: what it was when it was decided last, what it is, and what differs.
struct ItemFigures {
    let item: DeskItem
    let current: Submission

    private var before: Submission? { item.decidedOn }

    func write(to html: HTML) {
        html.div(.className("over")) {
            html.table(.className("table tight mb-3")) {
                html.thead {
                    html.tr {
                        html.th(.scope("col"), text: Phrase("รายการ", en: "Item"))
                        if before != nil {
                            html.th(.scope("col"), .className("num"), text: Phrase("ครั้งก่อน", en: "Before"))
                        }
                        html.th(.scope("col"), .className("num"), text: Phrase("ครั้งนี้", en: "Now"))
                        if before != nil {
                            html.th(.scope("col"), .className("num"), text: Phrase("ต่าง", en: "Difference"))
                        }
                        if let round = item.lastRound {
                            html.th(.scope("col"), .className("num wideonly"), text: round.round.name)
                        }
                        if item.lastYear != nil {
                            html.th(.scope("col"), .className("num wideonly"), text: Phrase("ปีก่อน", en: "Last year"))
                        }
                    }
                }
                html.tbody {
                    for input in item.sheet?.inputs ?? [] { row(html, input) }
                    row(
                        html, Phrase("ผล", en: "Result"), item.national.national.definition.measure,
                        before?.result, current.result, [item.lastRound?.result, item.lastYear?.result],
                        ScoreRule.resultDecimals)
                    row(
                        html, Phrase("คะแนน", en: "Score"), "", before?.score, current.score,
                        [item.lastRound?.official, item.lastYear?.official], ScoreRule.scoreDecimals)
                }
            }
        }
        if current.noScore != nil {
            html.note(.wait, "info", Phrase("คำนวณคะแนนไม่ได้", en: "It has no score"), reasonForNoScore)
        }
        let version = item.national.national.version
        if let sent = current.basis["version"]?.wholeNumber, sent != version {
            html.note(
                .wait, "info",
                Phrase(
                    "ส่งตามรุ่นที่ \(sent) ปัจจุบันรุ่นที่ \(version)",
                    en: "Sent under version \(sent); now it is version \(version)"),
                Phrase("คะแนนคิดตามรุ่นที่ส่ง", en: "Its score is that of the version under which it was sent."))
        }
    }

    /// In both languages; as it was stored where the indicator has changed since.
    private var reasonForNoScore: Phrase {
        if case .failure(let reason)? = item.sheet?.assess(current.values) { return reason.reason }
        return Phrase(same: current.noScore ?? "")
    }

    private func row(_ html: HTML, _ input: ReportInput) {
        html.tr {
            html.th(.scope("row")) {
                input.label.write(to: html)
                html.text(" ")
                html.span(.className("dim"), text: input.measure)
                if let lock = input.lock {
                    html.text(" ")
                    html.span(.className("dim small keep")) {
                        html.icon("lock")
                        (Phrase(same: " ") + lock.phrase(isFilled: true)).write(to: html)
                    }
                }
            }
            let (old, new) = (before?.values[input.name], current.values[input.name])
            let decimals = max(old.map(decimals) ?? 0, new.map(decimals) ?? 0)
            cells(
                html, old.flatMap { Exact($0) }, new.flatMap { Exact($0) },
                [item.lastRound, item.lastYear].map { $0.map { $0.values[input.name].flatMap { Exact($0) } } }, decimals
            )
        }
    }

    private func row(
        _ html: HTML, _ label: Phrase, _ measure: String, _ old: Exact?, _ new: Exact?, _ beside: [Exact??],
        _ decimals: Int
    ) {
        html.tr {
            html.th(.scope("row")) {
                label.write(to: html)
                html.text(" ")
                html.span(.className("dim"), text: measure)
            }
            cells(html, old, new, beside, decimals)
        }
    }

    /// Struck and marked, not told by colour alone.
    private func cells(_ html: HTML, _ old: Exact?, _ new: Exact?, _ beside: [Exact??], _ decimals: Int) {
        let isChanged = before != nil && old != new
        if before != nil {
            html.td(.className("num")) {
                isChanged ? html.del(text: figure(old, decimals)) : html.text(figure(old, decimals))
            }
        }
        html.td(.className("num")) {
            isChanged ? html.ins(text: figure(new, decimals)) : html.text(figure(new, decimals))
        }
        if before != nil {
            html.td(.className("num"), text: old.flatMap { old in new.map { signed($0 - old, decimals) } } ?? "–")
        }
        let isShown = [item.lastRound != nil, item.lastYear != nil]
        for (value, isShown) in zip(beside, isShown) where isShown {
            html.td(.className("num wideonly"), text: figure(value ?? nil, decimals))
        }
    }

    /// A mean has more digits than anybody wants to see.
    private func decimals(_ text: String) -> Int {
        min(text.split(separator: ".").dropFirst().first.map(\.count) ?? 0, ScoreRule.resultDecimals)
    }

    private func figure(_ number: Exact?, _ decimals: Int) -> String {
        number.map { $0.grouped(decimals: decimals) } ?? "–"
    }

    private func signed(_ difference: Exact, _ decimals: Int) -> String {
        if difference == .zero { return "0" }
        return (difference.isBelowZero ? "" : "+") + difference.grouped(decimals: decimals)
    }
}

extension DeskItem {
    /// The indicator's fields in this round, with what was sent.
    var sheet: ReportSheet? { national.sheet(of: current?.values ?? [:]) }
}

extension NationalResult {
    /// The indicator's fields in this round, with values that were sent; those of sub-indicators stand in brackets.
    func sheet(of values: [String: String] = [:]) -> ReportSheet? {
        guard let round = national.rounds.first(where: { $0.dates.round == result.round }) else { return nil }
        let parts = values.filter { $0.key.hasPrefix("[") }.map {
            (String($0.key.dropFirst().dropLast()), Exact($0.value))
        }
        return ReportSheet(
            national.definition, in: round.dates, given: values, otherRounds: [:],
            partResults: Dictionary(parts, uniquingKeysWith: { first, _ in first }).compactMapValues(\.self))
    }
}
