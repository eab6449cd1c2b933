import Catalogue
import Documents
import HTML
import HTTP
import Interface
import Kernel
import Rounds
import Runtime
import Scoring

/// Units by rounds: ★ what each gave itself, ✓ what the area gave, and who.
struct MatrixPage: WidePage, RegisterPage {
    let visit: Visit
    let indicator: IndicatorHead
    let matrix: Matrix
    let state: ReportState?

    var title: Phrase { Phrase(same: indicator.title) }
    private var path: String { "/indicators/\(indicator.id)/matrix" }
    private var today: Day { Day(inBangkok: visit.now) }

    func write(to html: HTML) {
        html.p(.className("mb-2")) {
            html.a(.href(visit.link("/indicators")), text: Phrase("ตัวชี้วัด", en: "Indicators"))
        }
        html.head(
            title,
            Phrase(
                "\(matrix.rows.count) หน่วยงาน · \(matrix.rounds.count) รอบ",
                en: "\(matrix.rows.count) units · \(matrix.rounds.count) rounds")
        ) {
            html.action(visit.link("/indicators/\(indicator.id)"), Phrase("ตัวชี้วัด", en: "The indicator"), icon: "list")
            if visit.holds(.proof), let (round, first) = firstToCheck {
                html.action(
                    visit.link("/indicators/\(indicator.id)/rounds/\(round.code)/checks"),
                    Phrase("ตรวจหลายหน่วยงาน", en: "Check many"), icon: "list")
                html.action(
                    visit.link("/reports/\(first)/check"), Phrase("ตรวจทีละหน่วยงาน", en: "Check one by one"),
                    icon: "check", primary: true)
            }
        }
        guard !matrix.rows.isEmpty else {
            return html.none(
                "list", Phrase("ยังไม่มีผู้ต้องรายงาน", en: "Nobody must report it yet"),
                Phrase("เปิดรอบและกำหนดหน่วยงานที่หน้าตัวชี้วัด", en: "Open a round and assign units on the indicator's page."))
        }
        filters(html)
        html.p(.className("small dim mb-2")) {
            html.icon("star")
            Phrase(" คะแนนประเมินตนเอง  ", en: " self-score  ").write(to: html)
            html.icon("check", class: "ok")
            Phrase(
                " คะแนนผลตรวจ · แตะช่องเพื่อดูไฟล์ คำอธิบาย และประวัติ",
                en: " check score · each cell opens files, descriptions and history"
            ).write(to: html)
        }
        table(html)
        html.downloads(visit, alsoOnPaper: true)
    }

    var sheet: Sheet {
        let facts: [(Phrase, @Sendable (Matrix.Cell, Language) -> Sheet.Cell)] = [
            (Phrase("สถานะ", en: "State"), { Sheet.Cell($0.state.phrase[$1]) }),
            (Phrase("ประเมินตนเอง", en: "Self-score"), { cell, _ in cell.selfScore.map { Sheet.Cell($0) } ?? .empty }),
            (Phrase("ยืนยันโดย", en: "Confirmed by"), { cell, _ in Sheet.Cell(cell.confirmedBy) }),
            (
                Phrase("ผลตรวจ", en: "Check score"),
                { cell, _ in cell.checkScore.map { .number($0.text(decimals: ScoreRule.scoreDecimals)) } ?? .empty }
            ), (Phrase("ตรวจโดย", en: "Checked by"), { cell, _ in Sheet.Cell(cell.checkedBy) }),
        ]
        return Sheet(
            Phrase(same: indicator.number), in: visit, of: matrix.rows,
            [.text(Phrase("หน่วยงาน", en: "Unit"), width: 40, \.reporter)]
                + matrix.rounds.enumerated().flatMap { place, round in
                    facts.map { title, cell in
                        .cell(round.name + Phrase(same: " ") + title) { row, language in
                            row.cells[place].map { cell($0, language) } ?? .empty
                        }
                    }
                })
    }

    var paperTitle: [Phrase] {
        [
            Phrase("ทะเบียนผลรายหน่วยงาน", en: "Register of results by unit"), title,
            visit.year.phrase + Phrase(same: " · \(visit.area.name)"),
        ]
    }

    /// One column a round: what each gave itself, and what the area gave.
    var paperSheet: Sheet {
        Sheet(
            Phrase(same: indicator.number), in: visit, of: matrix.rows,
            [.text(Phrase("หน่วยงาน", en: "Unit"), width: 40, \.reporter)]
                + matrix.rounds.indices.map { place in
                    .cell(matrix.rounds[place].name + Phrase(" (ตนเอง/ผลตรวจ)", en: " (self/check)")) { row, language in
                        guard let cell = row.cells[place] else { return .empty }
                        guard let own = cell.selfScore, cell.state == .confirmed || cell.state == .checked else {
                            return Sheet.Cell(cell.state.phrase[language])
                        }
                        let check = cell.checkScore?.shortText(decimals: ScoreRule.scoreDecimals) ?? "-"
                        return Sheet.Cell("\(own)/\(check)")
                    }
                })
    }

    private var firstToCheck: (Round, ReportID)? {
        for place in matrix.rounds.indices {
            let waiting = matrix.rows.lazy.compactMap { $0.cells[place] }.first { $0.state == .confirmed }
            if let waiting { return (matrix.rounds[place], waiting.report) }
        }
        return nil
    }

    private func filters(_ html: HTML) {
        html.div(.className("acts mb-3"), .role("group"), .label(Phrase("กรอง", en: "Filter"))) {
            filter(html, nil, matrix.rows.count)
            for other in ReportState.allCases {
                let count = matrix.count(of: other, on: today)
                if count > 0 { filter(html, other, count) }
            }
        }
    }

    private func filter(_ html: HTML, _ other: ReportState?, _ count: Int) {
        html.a(
            .className("btn btn-quiet"), .className("active").when(other == state),
            .href(visit.link(path) + (other.map { "?only=\($0.rawValue)" } ?? "")),
            Attribute.chosen.when(other == state)
        ) {
            html.icon(other?.mark.icon ?? "list")
            (other?.phrase ?? Phrase("ทั้งหมด", en: "All")).write(to: html)
            html.text(" \(count)")
        }
    }

    private func table(_ html: HTML) {
        let shown = matrix.only(state, on: today)
        let cells = MatrixCells(for: html, visit, matrix, on: today)
        html.div(
            .className("panel flush matrix"), Attribute("tabindex", "0"), .role("region"),
            .label(Phrase("ตารางหน่วยงานและรอบ", en: "Units and rounds"))
        ) {
            html.table(.className("table")) {
                html.thead {
                    html.tr {
                        html.th(.scope("col"), text: Phrase("หน่วยงาน", en: "Unit"))
                        for (place, round) in matrix.rounds.enumerated() {
                            html.th(.scope("col")) {
                                round.name.write(to: html)
                                if let mean = matrix.mean(inColumn: place) {
                                    html.div(
                                        .className("small dim fw-normal"),
                                        text: Phrase("เฉลี่ย ", en: "mean ")
                                            + Phrase(same: mean.text(decimals: ScoreRule.weightDecimals)))
                                }
                            }
                        }
                    }
                }
                html.tbody { for row in shown.rows { cells.write(row, to: html) } }
            }
        }
    }
}

/// The cells of the matrix, each kind put together once: 300 units have 3,600 of them in a year of months.
private struct MatrixCells {
    private let states: [ReportState: [Stencil]]
    /// By the column's place.
    private let hasOpened: [Bool]

    init(for html: HTML, _ visit: Visit, _ matrix: Matrix, on today: Day) {
        hasOpened = matrix.rounds.indices.map { matrix.hasOpened($0, on: today) }
        let rounds = matrix.rounds
        let address = visit.link("/reports/")
        states = Dictionary(
            uniqueKeysWithValues: ReportState.allCases.map { state in
                (state, rounds.map { round in Self.cell(html, state, round, address) })
            })
    }

    /// Holes: the report, the self-score, who confirmed, the check score, who checked.
    private static func cell(_ html: HTML, _ state: ReportState, _ round: Round, _ address: String) -> Stencil {
        Stencil(for: html, holes: 5) { html, holes in
            html.td {
                html.a(Attribute("data-label", round.name), .href(address + holes[0])) {
                    switch state {
                    case .confirmed, .checked:
                        html.span(.className("keep")) {
                            html.icon("star")
                            html.text(holes[1])
                        }
                        html.text(" ")
                        html.span(.className("who"), text: holes[2])
                        html.br()
                        if state == .checked {
                            html.span(.className("ok keep")) {
                                html.icon("check")
                                html.text(holes[3])
                            }
                            html.text(" ")
                            html.span(.className("who"), text: holes[4])
                        } else {
                            mark(html, state)
                        }
                    case .missed:
                        mark(html, state)
                        html.br()
                        html.span(.className("dim"), text: "1")
                    case .waiting, .draft, .returned: mark(html, state)
                    }
                }
            }
        }
    }

    private static func mark(_ html: HTML, _ state: ReportState) {
        html.span(.className("keep"), .className(state.mark.tone.rawValue)) {
            html.icon(state.mark.icon)
            state.phrase.write(to: html)
        }
    }

    func write(_ row: Matrix.Row, to html: HTML) {
        html.tr {
            html.th(.scope("row"), text: row.reporter)
            for (place, cell) in row.cells.enumerated() {
                guard let cell, hasOpened[place] || cell.state != .waiting else {
                    html.td(.className("later")) { html.span(.className("dim"), text: "–") }
                    continue
                }
                states[cell.state]?[place].write(to: html) { hole in
                    switch hole {
                    case 0: cell.report.rawValue.write(to: html)
                    case 1: cell.selfScore?.write(to: html)
                    case 2: html.text(cell.confirmedBy)
                    case 3: html.text(cell.checkScore?.shortText(decimals: ScoreRule.scoreDecimals) ?? "")
                    default: html.text(cell.checkedBy)
                    }
                }
            }
        }
    }
}
