import Catalogue
import Evidence
import HTML
import HTTP
import Interface
import Kernel
import Rounds
import Runtime
import Scoring

/// The result that is open on the desk: what was said before, the figures by difference, the evidence, the decision.
struct ItemPanel {
    let visit: Visit
    let desk: Desk

    func write(to html: HTML) {
        guard let item = desk.item else { return empty(html) }
        html.section(
            .className("panel flush"), .id("item"), Attribute("aria-labelledby", "ah"),
            Attribute("data-marks", "q-\(DeskKey(area: item.result.area, result: item.result.id))")
        ) {
            html.div(.className("p-3 px-md-4")) {
                head(html, item)
                NewsMark(
                    visit: visit, news: item.result.forCentre, path: path(of: item),
                    mayAcknowledge: desk.access.map { $0.actor != .otherBureau } ?? false
                ).write(to: html)
                said(html, item)
                if let current = item.current {
                    ItemFigures(item: item, current: current).write(to: html)
                    arithmetic(html, item, current)
                    if !current.words.isEmpty { html.p { html.paragraphs(current.words) } }
                    ItemEvidence(visit: visit, item: item, current: current).write(to: html)
                } else {
                    html.p(
                        .className("dim"),
                        text: Phrase("เขตยังไม่ได้ส่ง หรือถอนคืนไว้", en: "The area has sent nothing, or has withdrawn it."))
                }
                history(html, item)
                OversightForms(visit: visit, item: item).write(to: html)
            }
            DecisionForm(visit: visit, desk: desk, item: item).write(to: html)
            html.div(.className("p-3 px-md-4")) {
                let isOurs = desk.access.map { $0.actor != .otherBureau } ?? false
                CentralDataPanel(
                    visit: visit, side: .centre, values: item.central,
                    labels: Dictionary(
                        (item.sheet?.inputs ?? []).map { ($0.name, $0.label) }, uniquingKeysWith: { first, _ in first }),
                    action: isOurs || visit.holds(.supply) ? "\(path(of: item))/answers" : nil
                ).write(to: html)
                ResultThread(
                    visit: visit, side: .centre, messages: item.messages,
                    mayWrite: isOurs, path: path(of: item),
                    file: { visit.link("\(path(of: item))/files/\($0)") }
                ).write(to: html)
            }
        }
    }

    private func path(of item: DeskItem) -> String {
        "/desk/items/\(DeskKey(area: item.result.area, result: item.result.id))"
    }

    private func empty(_ html: HTML) {
        html.section(.className("panel none"), .id("item")) {
            html.icon("check")
            html.h2(.className("mt-2 fs-6"), text: Phrase("ไม่มีอะไรรอในคิวนี้", en: "Nothing waits in this queue"))
            html.p(text: Phrase("เลือกกลุ่มอื่นเพื่อดูที่ตัดสินแล้ว", en: "Choose another group to see what is decided."))
        }
    }

    private func head(_ html: HTML, _ item: DeskItem) {
        html.div(.className("d-flex flex-wrap justify-content-between gap-2 mb-2")) {
            html.div {
                html.h2(.id("ah"), .className("fs-4 mb-0"), text: isByArea ? item.national.title : item.areaName)
                if let line = desk.queue.open {
                    html.a(
                        .className("small"),
                        .href(visit.link(desk.queue.scope.turned(at: line).path) + "?show=all&item=\(line.key)"),
                        text: isByArea
                            ? Phrase("ทุกเขตของตัวชี้วัดนี้", en: "All areas of this indicator")
                            : Phrase("ทุกตัวชี้วัดของเขตนี้", en: "All indicators of this area"))
                }
            }
            html.span(.className("acts")) {
                html.state(of: item.result.state)
                if item.decidedOn != nil, item.current != nil {
                    html.state(.new, "dot", Phrase("ส่งใหม่ตั้งแต่ครั้งก่อน", en: "Sent anew since then"))
                }
                if let name = item.result.assigneeName { html.state(.off, "people", Phrase(same: name)) }
            }
        }
        if desk.queue.lines.first(where: { $0.key == desk.queue.open?.key })?.isOutlier == true {
            html.note(.wait, "warn", Phrase("ต่างจากเขตอื่นมาก", en: "Unlike the others"))
        }
    }

    private var isByArea: Bool {
        if case .area = desk.queue.scope.kind { true } else { false }
    }

    private func said(_ html: HTML, _ item: DeskItem) {
        if let looker = item.result.looker, looker.isOther(than: visit.viewer, at: visit.now) {
            html.note(
                .wait, "eye", Phrase("\(looker.name) กำลังดูรายการนี้อยู่", en: "\(looker.name) is looking at this item"),
                Phrase("ข้ามไปรายการถัดไปได้", en: "You can go on to the next."))
        }
        if let escalated = item.result.escalatedAt {
            html.note(
                .wait, "warn",
                Phrase(
                    "สำนักไม่ได้ตัดสินในกำหนด กพร. เป็นผู้ตัดสิน",
                    en: "The bureau did not decide in time: the indicator office decides"),
                escalated.inShort)
        }
        if let proposed = item.result.proposed, let proposal = item.result.proposal {
            html.note(
                .wait, "people",
                Phrase("รอผู้เห็นชอบคนที่สอง: ", en: "Waits for a second person: ")
                    + (proposal == .certify ? Decision.Verdict.certified : .refused).phrase,
                Phrase(same: "\(proposed.name) · ") + proposed.at.inShort)
        }
        guard let last = item.decisions.last, last.verdict != .certified || item.result.state != .certified else {
            return
        }
        html.div(.className("note"), .className(last.verdict.mark.tone.rawValue)) {
            html.icon(last.verdict.mark.icon)
            html.div {
                html.b(text: Phrase("ครั้งก่อน: ", en: "Last time: ") + last.verdict.phrase)
                html.text(" ")
                html.paragraphs(last.comment)
                html.text(" ")
                html.span(.className("small dim")) {
                    html.text("\(last.mark.name) · ")
                    last.mark.at.inShort.write(to: html)
                }
            }
        }
    }

    private func arithmetic(_ html: HTML, _ item: DeskItem, _ current: Submission) {
        html.details(.className("mb-3")) {
            html.summary {
                Phrase("วิธีคิดคะแนน ", en: "How the score comes about ").write(to: html)
                html.icon("caret")
            }
            if let sheet = item.sheet {
                let labels = Dictionary(
                    sheet.inputs.map { ($0.name, $0.label) }, uniquingKeysWith: { first, _ in first })
                ScorePanel(sheet.assess(current.values)) { labels[$0.text]?[html.language] ?? $0.text }.write(to: html)
            }
        }
    }

    private func history(_ html: HTML, _ item: DeskItem) {
        guard !item.decisions.isEmpty || item.submissions.count > 1 else { return }
        html.details(.className("mt-3")) {
            html.summary(text: Phrase("ประวัติ", en: "History"))
            html.ol(.className("clock mt-2")) {
                for submission in item.submissions.reversed() {
                    html.li {
                        html.icon("up", class: "dim")
                        html.time(Attribute("datetime", submission.sent.at.text), text: submission.sent.at.inShort)
                        html.text("\(submission.sent.name) ")
                        Phrase("ส่งครั้งที่ \(submission.number)", en: "sent no. \(submission.number)").write(to: html)
                        if submission.withdrawnAt != nil {
                            Phrase(" แล้วถอนคืน", en: ", then withdrew it").write(to: html)
                        }
                    }
                    for decision in item.decisions where decision.number == submission.number {
                        html.li {
                            html.icon(decision.verdict.mark.icon, class: decision.verdict.mark.tone.rawValue)
                            html.time(Attribute("datetime", decision.mark.at.text), text: decision.mark.at.inShort)
                            html.text("\(decision.mark.name) ")
                            decision.verdict.phrase.write(to: html)
                            if !decision.comment.isEmpty { html.div { html.paragraphs(decision.comment) } }
                        }
                    }
                }
            }
        }
    }
}

extension DeskItem {
    /// The indicator's fields in this round.
    var sheet: ReportSheet? {
        guard let round = national.national.rounds.first(where: { $0.dates.round == result.round }) else { return nil }
        return ReportSheet(
            national.national.definition, in: round.dates, given: current?.values ?? [:], otherRounds: [:],
            partResults: [:])
    }
}

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
        if let reason = current.noScore {
            html.note(.wait, "info", Phrase("คำนวณคะแนนไม่ได้", en: "It has no score"), Phrase(same: reason))
        }
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

    private func decimals(_ text: String) -> Int { text.split(separator: ".").dropFirst().first.map(\.count) ?? 0 }

    private func figure(_ number: Exact?, _ decimals: Int) -> String {
        number.map { $0.grouped(decimals: decimals) } ?? "–"
    }

    private func signed(_ difference: Exact, _ decimals: Int) -> String {
        if difference == .zero { return "0" }
        return (difference.isBelowZero ? "" : "+") + difference.grouped(decimals: decimals)
    }
}

/// File by file: what is new since the last decision, and all of it where a browser can show it.
struct ItemEvidence {
    let visit: Visit
    let item: DeskItem
    let current: Submission

    func write(to html: HTML) {
        let known = Set((item.decidedOn?.evidence ?? []).map(\.digest))
        let isCompared = item.decidedOn != nil
        let new = current.evidence.count { !known.contains($0.digest) }
        html.h3(.className("mb-2")) {
            Phrase("หลักฐาน ", en: "Evidence ").write(to: html)
            html.span(.className("dim fw-normal")) {
                Phrase("\(current.evidence.count) ไฟล์", en: "\(current.evidence.count) files").write(to: html)
                if isCompared { Phrase(" ใหม่ \(new) ไฟล์", en: ", \(new) new").write(to: html) }
            }
        }
        html.div(.className("split two")) {
            for file in current.evidence { self.file(html, file, isNew: isCompared && !known.contains(file.digest)) }
        }
        let gone = (item.decidedOn?.evidence ?? []).filter { old in
            !current.evidence.contains { $0.digest == old.digest }
        }
        for file in gone {
            html.p(.className("small mb-1")) {
                html.del(text: file.name)
                Phrase(" เอาออกแล้ว", en: " was taken away").write(to: html)
            }
        }
    }

    private func file(_ html: HTML, _ file: SubmittedFile, isNew: Bool) {
        let address = visit.link(
            "/desk/items/\(DeskKey(area: item.result.area, result: item.result.id))/files/\(file.file)")
        html.div {
            html.p(.className("mb-1")) {
                html.b(text: file.description)
                html.text(" ")
                if isNew { html.state(.new, "plus", Phrase("ใหม่", en: "New")) }
                html.br()
                html.a(.href(address)) {
                    html.icon("clip")
                    html.text(" \(file.name)")
                }
                html.text(" ")
                html.span(.className("small dim")) {
                    sizePhrase(file.size).write(to: html)
                    (Phrase(same: " · ") + file.sentAt.inShort + Phrase(same: " \(file.sender)")).write(to: html)
                }
            }
            let ending = file.name.split(separator: ".").last?.lowercased() ?? ""
            if ["jpg", "jpeg", "png", "webp", "gif"].contains(ending) {
                html.img(
                    .className("d-block mw-100 my-2"), Attribute("loading", "lazy"),
                    Attribute("src", address + "?show"),
                    Attribute("alt", file.description))
            } else if ending == "pdf" {
                html.frame(address + "?show", titled: file.description)
            }
        }
    }
}
