import Catalogue
import HTML
import Interface
import Kernel
import Rounds
import Runtime
import Scoring

/// One clock for both sides: what was sent and decided by whom, and what happens next by itself.
struct ResultTimeline {
    let visit: Visit
    let entry: ResultEntry
    let submissions: [Submission]
    let decisions: [Decision]

    private var result: AreaResult { entry.result }

    func write(to html: HTML) {
        html.section(.className("panel")) {
            html.h2(text: Phrase("ลำดับเวลา", en: "What happened, what comes"))
            html.ol(.className("clock")) {
                for (_, line) in past.sorted(by: { $0.at < $1.at }) { line(html) }
                next(html)
            }
        }
    }

    private var past: [(at: Instant, line: (HTML) -> Void)] {
        let sent = submissions.map { submission in
            (
                at: submission.sent.at,
                line: { (html: HTML) in
                    moment(html, submission.sent.at, "up", "ok") {
                        html.text(submission.sent.name + " ")
                        html.b(
                            text: Phrase("ยืนยันผลครั้งที่ \(submission.number)", en: "Confirmed, no. \(submission.number)"))
                        if let score = submission.score {
                            html.text(" " + score.text(decimals: ScoreRule.scoreDecimals))
                        }
                    }
                }
            )
        }
        let withdrawn = submissions.compactMap { submission in
            submission.withdrawnAt.map { at in
                (
                    at: at,
                    line: { (html: HTML) in
                        moment(html, at, "back", "dim") { Phrase("ถอนคืน", en: "Withdrawn").write(to: html) }
                    }
                )
            }
        }
        let decided = decisions.map { decision in
            (
                at: decision.mark.at,
                line: { (html: HTML) in
                    let (tone, icon) = decision.verdict.mark
                    moment(html, decision.mark.at, icon, tone.rawValue) {
                        html.text(decision.mark.name + " ")
                        html.b(text: decision.verdict.phrase)
                        if let score = decision.score { html.text(" " + score.text(decimals: ScoreRule.scoreDecimals)) }
                        if !decision.comment.isEmpty { html.div { html.paragraphs(decision.comment) } }
                    }
                }
            )
        }
        let cut = result.cutAt.map { at in
            [
                (
                    at: at,
                    line: { (html: HTML) in
                        moment(html, at, "bang", "bad") {
                            Phrase("เลยกำหนดโดยไม่มีรายงาน ได้ ", en: "Past due without a report: ").write(to: html)
                            html.b(text: "1.00000")
                        }
                    }
                )
            ]
        }
        return sent + withdrawn + decided + (cut ?? [])
    }

    private func next(_ html: HTML) {
        let terms = entry.terms
        switch result.state {
        case .unreported where result.cutAt == nil:
            moment(html, terms.deadline, "warn", "wait") {
                Phrase("ถ้ายังไม่ยืนยัน คะแนนเป็น ", en: "If it isn't confirmed, the score becomes ").write(to: html)
                html.b(text: "1.00000")
                Phrase(" โดยอัตโนมัติ", en: " by itself").write(to: html)
            }
        case .waiting where terms.isEscalated:
            html.li {
                html.icon("pie", class: "wait")
                Phrase("รอ กพร. ตัดสินแทนสำนัก", en: "Waits for the indicator office to decide").write(to: html)
            }
        case .waiting:
            moment(html, terms.decideBy, "pie", "wait") {
                Phrase("ถ้าสำนักยังไม่ตัดสิน: ", en: "If the bureau hasn't decided: ").write(to: html)
                terms.undecided.phrase.write(to: html)
            }
        case .refused:
            guard let correctBy = result.correctBy, correctBy > visit.now else { return }
            moment(html, correctBy, "warn", "wait") {
                Phrase("ถ้ายังไม่แก้ไขและยืนยัน คะแนนคงเป็น ", en: "Not corrected, the score stays ").write(to: html)
                html.b(text: "1.00000")
            }
        default: return
        }
    }

    private func moment(_ html: HTML, _ moment: Instant, _ icon: String, _ tone: String, _ content: () -> Void) {
        html.li {
            html.icon(icon, class: tone)
            html.time(Attribute("datetime", moment.text), text: moment.inShort)
            content()
        }
    }
}
