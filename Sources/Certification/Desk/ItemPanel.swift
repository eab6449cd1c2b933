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
            Attribute("data-marks", "q-\(item.result.deskKey)")
        ) {
            html.div(.className("p-3 px-md-4")) {
                for problem in visit.rejection?.problems ?? [] where problem.field == "item" {
                    html.note(.bad, "warn", problem.reason)
                }
                head(html, item)
                NewsMark(
                    visit: visit, news: item.result.forCentre, path: item.result.deskKey.path,
                    mayAcknowledge: desk.isOurs
                ).write(to: html)
                said(html, item)
                if let current = item.current {
                    ItemFigures(item: item, current: current).write(to: html)
                    if let schools = current.schools {
                        html.p {
                            html.a(.href(visit.link("\(item.result.deskKey.path)/schools"))) {
                                html.icon("people")
                                Phrase(
                                    " ตัวเลขรายโรงเรียน \(schools.counted) จาก \(schools.expected) แห่ง",
                                    en: " By school: \(schools.counted) of \(schools.expected)"
                                ).write(to: html)
                            }
                        }
                    }
                    arithmetic(html, item, current)
                    html.narrative(current.narrative)
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
                CentralDataPanel(
                    visit: visit, side: .centre, values: item.central,
                    labels: Dictionary(
                        (item.sheet?.inputs ?? []).map { ($0.name, $0.label) }, uniquingKeysWith: { first, _ in first }),
                    action: desk.isOurs || visit.holds(.supply) ? "\(item.result.deskKey.path)/answers" : nil
                ).write(to: html)
                ResultThread(
                    visit: visit, side: .centre, messages: item.messages,
                    mayWrite: desk.isOurs, path: item.result.deskKey.path,
                    file: { visit.link("\(item.result.deskKey.path)/files/\($0)") }
                ).write(to: html)
            }
        }
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
                if let certificate = item.certificate {
                    html.a(
                        .className("small"), .href(certificate.address(under: desk.baseURL)),
                        text: Phrase("ใบรับรอง \(certificate.name)", en: "Certificate \(certificate.name)"))
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
                Phrase(same: "\(item.result.proposedComment ?? "") \(proposed.name) · ") + proposed.at.inShort
                    + (item.result.proposedCorrectBy.map {
                        Phrase(" · แก้ไขภายใน ", en: " · correct it by ") + $0.inShort
                    }
                        ?? Phrase(same: "")))
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
