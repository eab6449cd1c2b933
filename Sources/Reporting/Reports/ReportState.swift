import HTML
import Interface
import Kernel
import Postgres
import Runtime

/// How far a report is on its way from a unit to the area.
enum ReportState: String, SQLValue, CaseIterable {
    case waiting, draft, confirmed, checked, returned, missed

    /// Whether the area hasn't got it: the deadline concerns these.
    var isUnsent: Bool { self == .waiting || self == .draft || self == .returned }

    var phrase: Phrase {
        switch self {
        case .waiting: Phrase("รอส่ง", en: "Waiting")
        case .draft: Phrase("ร่าง", en: "Draft")
        case .confirmed: Phrase("รอตรวจ", en: "Waiting for check")
        case .checked: Phrase("ตรวจแล้ว", en: "Checked")
        case .returned: Phrase("ส่งกลับแก้ไข", en: "Returned")
        case .missed: Phrase("ขาดส่ง", en: "Missed")
        }
    }

    var mark: (tone: Tone, icon: String) {
        switch self {
        case .waiting: (.off, "ring")
        case .draft: (.new, "pen")
        case .confirmed: (.wait, "pie")
        case .checked: (.ok, "check")
        case .returned: (.bad, "back")
        case .missed: (.bad, "minus")
        }
    }
}

extension HTML {
    func state(of report: ReportState) {
        state(report.mark.tone, report.mark.icon, report.phrase)
    }
}

/// What somebody does to a report, or what the deadline does.
enum ReportStep: CaseIterable {
    case save, confirm, withdraw, check, undoCheck, giveBack, miss

    /// The flags of which whoever takes it needs one; none for what happens by itself.
    var permissions: [Permission] {
        switch self {
        case .save: [.school]
        case .confirm, .withdraw: [.selfAssess]
        case .check, .undoCheck: [.proof]
        case .giveBack: [.proof, .owner]
        case .miss: []
        }
    }

    var action: Action {
        switch self {
        case .save: .reportSaved
        case .confirm: .reportConfirmed
        case .withdraw: .reportWithdrawn
        case .check: .reportChecked
        case .undoCheck: .checkUndone
        case .giveBack: .reportReturned
        case .miss: .reportMissed
        }
    }

    /// From where it may be taken, and where it leads.
    private var moves: [ReportState: ReportState] {
        switch self {
        case .save: [.waiting: .draft, .draft: .draft, .returned: .returned]
        case .confirm: [.waiting: .confirmed, .draft: .confirmed, .returned: .confirmed]
        case .withdraw: [.confirmed: .draft]
        case .check: [.confirmed: .checked]
        case .undoCheck: [.checked: .confirmed]
        case .giveBack: [.confirmed: .returned]
        case .miss: [.waiting: .missed, .draft: .missed, .returned: .missed]
        }
    }

    /// Where it leads from a state, when it is open to it; nil when it can't be taken from there.
    func outcome(from state: ReportState) -> ReportState? { moves[state] }

    /// Whether it is the sender's, who is held to the dates.
    private var isSenders: Bool { self == .save || self == .confirm || self == .withdraw }

    /// Where it leads, or why it can't be taken.
    func outcome(from state: ReportState, _ terms: ReportTerms, at now: Instant) throws(Refusal) -> ReportState {
        if isSenders, state != .checked { try terms.require(self, state, at: now) }
        if self == .miss, now <= terms.deadline { throw .conflict(Phrase("ยังไม่เลยกำหนด", en: "It isn't past due")) }
        guard let next = outcome(from: state) else { throw .conflict(refusal(in: state)) }
        return next
    }

    private func refusal(in state: ReportState) -> Phrase {
        switch (self, state) {
        case (.save, .confirmed), (.confirm, .confirmed):
            Phrase("ยืนยันแล้ว ถอนคืนก่อนจึงแก้ไขได้", en: "It is confirmed. Withdraw it to change anything")
        case (.save, .checked), (.confirm, .checked), (.withdraw, .checked):
            Phrase("เขตตรวจแล้ว แก้ไขหรือถอนคืนไม่ได้", en: "The area has checked it; it can't be changed or withdrawn")
        case (.withdraw, _): Phrase("ยังไม่ได้ยืนยัน", en: "It isn't confirmed")
        case (.check, .checked), (.giveBack, .checked):
            Phrase("ตรวจแล้ว ยกเลิกผลตรวจก่อน", en: "It is checked already. Undo the check first")
        case (.check, _), (.giveBack, _):
            Phrase("ยังไม่มีรายงานที่ยืนยันแล้วให้ตรวจ", en: "There is no confirmed report to check")
        case (.undoCheck, _): Phrase("ยังไม่ได้ตรวจ", en: "It isn't checked")
        default: Phrase("ทำขั้นตอนนี้ไม่ได้แล้ว", en: "This can't be done any more")
        }
    }
}

/// From when and until when a report is taken.
struct ReportTerms: Sendable {
    var opening: Day
    /// Of the round, of an extension, of a correction: the latest.
    var deadline: Instant
    /// Whether the indicator, the round or the year was closed.
    var isClosed: Bool

    fileprivate func require(_ step: ReportStep, _ state: ReportState, at now: Instant) throws(Refusal) {
        if isClosed { throw .conflict(Phrase("ปิดรับรายงานแล้ว", en: "Reports are no longer taken")) }
        if Day(inBangkok: now) < opening {
            throw .conflict(
                Phrase("ยังไม่เปิดรับ เปิดวันที่ ", en: "It isn't open yet. It opens on ") + opening.inShort)
        }
        guard now > deadline || state == .missed else { return }
        throw .conflict(
            step == .withdraw
                ? Phrase(
                    "เลยกำหนดแล้ว ถ้าถอนคืนจะเป็นขาดส่ง ขอให้เขตส่งกลับแก้ไขแทน",
                    en: "It is past due: withdrawn, it would be missed. Ask the area to return it instead")
                : Phrase(
                    "เลยกำหนดส่งแล้ว ขอให้เขตขยายเวลา", en: "It is past due. Ask the area for an extension"))
    }
}
