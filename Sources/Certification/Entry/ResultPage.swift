import Catalogue
import Evidence
import HTML
import HTTP
import Interface
import Kernel
import Rounds
import Runtime
import Scoring

/// One result of the area: what is to be filled in, what was sent, what the central office has decided.
struct ResultPage: Page {
    let visit: Visit
    let entry: ResultEntry
    let evidence: [EvidenceItem]
    let submissions: [Submission]
    let decisions: [Decision]
    let messages: [ResultMessage]
    let central: [CentralValue]
    let rollUp: RollUp
    let certificate: Certificate?

    private var result: AreaResult { entry.result }
    private var definition: NationalDefinition { entry.national.definition }
    var title: Phrase { Phrase(same: entry.whole.title) }

    private var isOpen: Bool {
        visit.holds(.owner)
            && (try? ResultStep.save.outcome(from: result.state, by: .area, entry.terms, at: visit.now)) != nil
    }

    func write(to html: HTML) {
        html.p(.className("mb-2")) {
            html.a(
                .href(visit.link("/results") + "?round=\(result.round.code)"),
                text: Phrase("ผลของเขต", en: "The area's results"))
            html.span(.className("dim"), text: Phrase(same: " / ") + result.round.name)
        }
        head(html)
        NewsMark(
            visit: visit, news: result.forArea, path: result.path,
            mayAcknowledge: visit.holds(.owner) || visit.holds(.reply)
        ).write(to: html)
        verdict(html)
        if !isOpen {
            for problem in visit.rejection?.problems ?? [] { html.note(.bad, "warn", problem.reason) }
        }
        if isOpen {
            ResultForm(
                visit: visit, entry: entry, mayConfirm: visit.holds(.selfAssess),
                uncounted: entry.sheet.rolledUp.isEmpty ? 0 : rollUp.reports.count - rollUp.counted.count
            ).write(to: html) { timeline(html) }
            html.div(.className("mt-4")) {
                schools(html)
                centralData(html)
                shelf(html, mayChange: true)
                thread(html)
            }
        } else {
            html.div(.className("split aside")) {
                html.div {
                    sentFacts(html)
                    schools(html)
                    centralData(html)
                    shelf(html, mayChange: false)
                    thread(html)
                }
                html.div(.className("side")) {
                    ResultForm.scorePanel(entry.draft, entry.sheet, html)
                    timeline(html)
                }
            }
        }
    }

    private func head(_ html: HTML) {
        html.div(.className("head")) {
            html.div {
                html.h1(text: title)
                html.p {
                    html.state(of: result.state)
                    html.text(" · ")
                    Phrase("คะแนนทางการ ", en: "Official score ").write(to: html)
                    html.b(text: result.official.text(decimals: ScoreRule.scoreDecimals))
                    if let target = definition.target {
                        (Phrase(" · เป้าหมาย ", en: " · target ")
                            + Phrase(same: "\(target.text(decimals: ScoreRule.weightDecimals)) \(definition.measure)"))
                            .write(to: html)
                    }
                    html.text(" · \(entry.national.bureauName)")
                }
            }
            html.div(.className("acts")) {
                html.action(
                    visit.link("\(result.path)/official"), Phrase("รายงานทางการ", en: "Official report"), icon: "print")
                if let certificate {
                    html.action(
                        visit.link(certificate.path),
                        Phrase("ใบรับรอง \(certificate.name)", en: "Certificate \(certificate.name)"), icon: "check")
                }
                if visit.holds(.selfAssess), visit.holds(.owner),
                    (try? ResultStep.withdraw.outcome(from: result.state, by: .area, entry.terms, at: visit.now)) != nil
                {
                    html.deedButton("\(result.path)/withdrawal", Phrase("ถอนคืน", en: "Withdraw"), icon: "back", visit)
                }
            }
        }
        if !definition.explanation.isEmpty {
            html.details(.className("mb-3")) {
                html.summary(text: Phrase("คำอธิบายตัวชี้วัด", en: "Definition"))
                html.p { html.paragraphs(definition.explanation) }
            }
        }
    }

    /// What the central office has said, on top of all.
    private func verdict(_ html: HTML) {
        if let until = result.extendedUntil {
            html.note(
                .new, "plus", Phrase("ขยายเวลาถึง ", en: "Extended until ") + until.inShort,
                Phrase(same: result.extensionReason ?? ""))
        }
        guard result.state == .refused, let decided = result.decided else { return }
        html.div(.className("note bad")) {
            html.icon("x")
            html.div {
                html.b(text: Phrase("ไม่รับรอง", en: "Not certified"))
                html.text(" ")
                html.paragraphs(result.comment ?? "")
                html.br()
                html.span(.className("small dim")) {
                    html.text("\(decided.name) · ")
                    decided.at.inShort.write(to: html)
                    (result.correctBy.map { Phrase(" · แก้ไขภายใน ", en: " · correct it by ") + $0.inShort }
                        ?? Phrase(" · ไม่เปิดให้แก้ไข", en: " · it may not be corrected")).write(to: html)
                }
            }
        }
    }

    private func timeline(_ html: HTML) {
        ResultTimeline(visit: visit, entry: entry, submissions: submissions, decisions: decisions).write(to: html)
    }

    private func shelf(_ html: HTML, mayChange: Bool) {
        EvidenceShelf(visit: visit, result: result, items: evidence, mayChange: mayChange && visit.holds(.upload))
            .write(to: html)
    }

    private func schools(_ html: HTML) {
        let sent = submissions.first { $0.number == result.number && $0.withdrawnAt == nil }
        RollUpPanel(visit: visit, entry: entry, rollUp: rollUp, sent: sent).write(to: html)
    }

    private func centralData(_ html: HTML) {
        let mayDispute = result.state != .certified && visit.now <= entry.terms.deadline
        CentralDataPanel(
            visit: visit, side: .area, values: central,
            labels: Dictionary(entry.sheet.inputs.map { ($0.name, $0.label) }, uniquingKeysWith: { first, _ in first }),
            action: mayDispute && (visit.holds(.owner) || visit.holds(.reply)) ? "\(result.path)/disputes" : nil
        ).write(to: html)
    }

    private func thread(_ html: HTML) {
        ResultThread(
            visit: visit, side: .area, messages: messages, mayWrite: visit.holds(.reply), path: result.path,
            file: { visit.link("\(result.path)/files/\($0)") }
        ).write(to: html)
    }

    private func sentFacts(_ html: HTML) {
        html.section(.className("panel")) {
            html.h2(text: Phrase("ตัวเลขของรอบนี้", en: "This round's figures"))
            html.dl(.className("row mb-0")) {
                for input in entry.sheet.inputs {
                    html.dt(.className("col-12 col-md-7"), text: input.label)
                    html.dd(
                        .className("col-12 col-md-5"),
                        text:
                            "\(input.carried == nil ? entry.draft.entries[input.name] ?? "–" : input.carriedShort) \(input.measure)"
                    )
                }
            }
            html.narrative(entry.draft.narrative)
        }
    }
}
