import Catalogue
import HTML
import Interface
import Kernel
import Postgres
import Rounds
import Runtime
import Scoring

/// What happened to a report, as the record tells it.
struct ReportEvent: Sendable {
    let at: Instant
    let member: MemberID?
    let who: String
    let action: String
    let after: JSON

    var isOfEvidence: Bool { Action.ofEvidence.contains { $0.name == action } }
}

extension Query where Answer == [ReportEvent] {
    static func history(of id: ReportID, in area: AreaID) -> Query {
        .all(
            """
            SELECT happened_at, actor_id, actor_name, action, after
            FROM journal
            WHERE area_id = \(area) AND subject = \("report/\(id)")
            ORDER BY number
            """
        ) {
            ReportEvent(
                at: try $0.next(), member: try $0.nextIfAny(), who: try $0.next(), action: try $0.next(),
                after: try $0.next())
        }
    }
}

extension Context {
    /// The first look of each of the office at what a unit has confirmed is on the record: the unit sees who opened it.
    func noteOpening(of report: Report, _ sheet: ReportSheet, by visit: Visit, _ history: [ReportEvent]) async throws {
        let access = ReportAccess(visit.viewer, report, sheet)
        guard [.confirmed, .checked].contains(report.state), let viewer = visit.viewer, viewer.seenBy == nil,
            access.mayOpenEvidence, !access.isReporters,
            let sent = history.lastIndex(where: { $0.action == Action.reportConfirmed.name }),
            !history[sent...].contains(where: { $0.action == Action.reportOpened.name && $0.member == viewer.member })
        else { return }
        try await deed { deed in
            try await deed.record(
                .reportOpened, on: report.subject,
                named: "\(sheet.title) · \(sheet.round.name.thai) · \(report.reporter)")
        }
    }
}

/// One clock for both sides: what happened, who did it, and what happens next by itself.
struct ReportClock {
    let visit: Visit
    let report: Report
    let sheet: ReportSheet
    let history: [ReportEvent]

    private var terms: ReportTerms { report.terms(sheet) }

    func write(to html: HTML) {
        html.section(.className("panel")) {
            html.h2(text: Phrase("ลำดับเวลา", en: "What happened, what comes"))
            html.ol(.className("clock")) {
                opening(html)
                for event in told { line(html, event) }
                next(html)
            }
        }
    }

    private func opening(_ html: HTML) {
        let opening = sheet.dates.opening
        let isOpen = opening <= Day(inBangkok: visit.now)
        html.li {
            html.icon(isOpen ? "check" : "ring", class: isOpen ? "ok" : "dim")
            html.time(Attribute("datetime", opening.text), text: opening.inShort)
            Phrase("เปิดรับรายงาน", en: "Reports are taken").write(to: html)
        }
    }

    /// Savings in a row are one: the last of each person.
    private var told: [ReportEvent] {
        history.enumerated().filter { place, event in
            let next = history.indices.contains(place + 1) ? history[place + 1] : nil
            return event.action != Action.reportSaved.name || next?.action != event.action || next?.who != event.who
        }.map(\.element)
    }

    private func line(_ html: HTML, _ event: ReportEvent) {
        let (icon, tone) = mark(of: event.action)
        html.li {
            html.icon(icon, class: tone)
            html.time(Attribute("datetime", event.at.text), text: event.at.inShort)
            if !event.who.isEmpty { html.text(event.who + " ") }
            html.b(
                text: (Action.ofReports + [.assignmentExtended]).first { $0.name == event.action }?.phrase
                    ?? Phrase(same: event.action))
            detail(html, event)
        }
    }

    private func detail(_ html: HTML, _ event: ReportEvent) {
        if let score = event.after["check-score"]?.textValue { html.text(" \(score)") }
        if let file = event.after["file"]?.textValue { html.text(" \(file)") }
        if let until = event.after["until"]?.textValue.flatMap({ Instant($0) }) {
            html.text(" ")
            until.inShort.write(to: html)
        }
    }

    private func mark(of action: String) -> (icon: String, tone: String) {
        switch action {
        case Action.reportReturned.name: ("back", "bad")
        case Action.reportMissed.name: ("minus", "bad")
        case Action.assignmentExtended.name: ("plus", "new")
        case Action.reportSaved.name: ("pen", "dim")
        case Action.reportOpened.name: ("eye", "dim")
        case Action.reportWithdrawn.name, Action.checkUndone.name: ("back", "dim")
        case Action.reportCommented.name: ("info", "dim")
        case Action.evidenceSent.name: ("up", "dim")
        case Action.evidenceRemoved.name: ("trash", "dim")
        default: ("check", "ok")
        }
    }

    /// What happens by itself when nobody does anything.
    private func next(_ html: HTML) {
        if report.state == .confirmed {
            html.li {
                html.icon("pie", class: "wait")
                Phrase("รอเขตตรวจ", en: "Waits for the area's check").write(to: html)
            }
        }
        guard report.state.isUnsent, !terms.isClosed else { return }
        if let correctBy = report.correctBy, report.state == .returned, correctBy < terms.deadline {
            moment(html, correctBy, "ring", "dim") { Phrase("ครบกำหนดแก้ไข", en: "To be corrected").write(to: html) }
        }
        moment(html, terms.deadline, "warn", "wait") {
            Phrase("ถ้ายังไม่ยืนยัน คะแนนเป็น ", en: "If it isn't confirmed, the score becomes ").write(to: html)
            html.b(text: "1.00000")
            Phrase(" โดยอัตโนมัติ", en: " by itself").write(to: html)
        }
    }

    private func moment(_ html: HTML, _ moment: Instant, _ icon: String, _ tone: String, _ content: () -> Void) {
        html.li {
            html.icon(icon, class: tone)
            html.time(Attribute("datetime", moment.text)) {
                moment.inShort.write(to: html)
                daysLeft(until: moment, from: visit.now).map {
                    (Phrase(same: " (") + $0 + Phrase(same: ")")).write(to: html)
                }
            }
            content()
        }
    }
}

/// `in 2 days`; nil when it is past.
func daysLeft(until moment: Instant, from now: Instant) -> Phrase? {
    let days = Day(inBangkok: moment).sinceEpoch - Day(inBangkok: now).sinceEpoch
    if moment < now { return nil }
    return switch days {
    case 0: Phrase("วันนี้", en: "today")
    case 1: Phrase("พรุ่งนี้", en: "tomorrow")
    default: Phrase("อีก \(days) วัน", en: "in \(days) days")
    }
}
