import HTML
import Kernel
import Runtime
import Testing

@testable import Reporting

@Suite struct `The state of a report` {
    /// What a step leads to from each state, at a moment: a state, or the reason why not.
    struct Line: Sendable {
        let step: ReportStep
        let moment: Moment
        /// From waiting, draft, confirmed, checked, returned and missed.
        let outcomes: [String]

        init(_ step: ReportStep, _ moment: Moment, _ outcomes: String) {
            self.step = step
            self.moment = moment
            self.outcomes = outcomes.split(separator: " ").map(String.init)
        }
    }

    enum Moment: String {
        case before, open, late, closed, closedAndLate

        var terms: ReportTerms {
            ReportTerms(
                opening: Day(sinceEpoch: 20_000), deadline: Day(sinceEpoch: 20_030).instant(hour: 16, minute: 30),
                isClosed: self == .closed || self == .closedAndLate)
        }

        var now: Instant {
            switch self {
            case .before: Day(sinceEpoch: 19_999).instant(hour: 12, minute: 0)
            case .open, .closed: Day(sinceEpoch: 20_010).instant(hour: 12, minute: 0)
            case .late, .closedAndLate: Day(sinceEpoch: 20_031).instant(hour: 12, minute: 0)
            }
        }
    }

    static let lines = [
        Line(.save, .before, "UNOPENED UNOPENED UNOPENED CHECKED UNOPENED UNOPENED"),
        Line(.save, .open, "draft draft CONFIRMED CHECKED returned LATE"),
        Line(.save, .late, "LATE LATE LATE CHECKED LATE LATE"),
        Line(.save, .closed, "CLOSED CLOSED CLOSED CHECKED CLOSED CLOSED"),
        Line(.save, .closedAndLate, "CLOSED CLOSED CLOSED CHECKED CLOSED CLOSED"),
        Line(.confirm, .before, "UNOPENED UNOPENED UNOPENED CHECKED UNOPENED UNOPENED"),
        Line(.confirm, .open, "confirmed confirmed CONFIRMED CHECKED confirmed LATE"),
        Line(.confirm, .late, "LATE LATE LATE CHECKED LATE LATE"),
        Line(.confirm, .closed, "CLOSED CLOSED CLOSED CHECKED CLOSED CLOSED"),
        Line(.confirm, .closedAndLate, "CLOSED CLOSED CLOSED CHECKED CLOSED CLOSED"),
        Line(.withdraw, .before, "UNOPENED UNOPENED UNOPENED CHECKED UNOPENED UNOPENED"),
        Line(.withdraw, .open, "UNSENT UNSENT draft CHECKED UNSENT MISSED"),
        Line(.withdraw, .late, "MISSED MISSED MISSED CHECKED MISSED MISSED"),
        Line(.withdraw, .closed, "CLOSED CLOSED CLOSED CHECKED CLOSED CLOSED"),
        Line(.withdraw, .closedAndLate, "CLOSED CLOSED CLOSED CHECKED CLOSED CLOSED"),
        // The area's steps are held to no date.
        Line(.check, .before, "NOTHING NOTHING checked AGAIN NOTHING NOTHING"),
        Line(.check, .open, "NOTHING NOTHING checked AGAIN NOTHING NOTHING"),
        Line(.check, .late, "NOTHING NOTHING checked AGAIN NOTHING NOTHING"),
        Line(.check, .closed, "NOTHING NOTHING checked AGAIN NOTHING NOTHING"),
        Line(.check, .closedAndLate, "NOTHING NOTHING checked AGAIN NOTHING NOTHING"),
        Line(.undoCheck, .before, "UNCHECKED UNCHECKED UNCHECKED confirmed UNCHECKED UNCHECKED"),
        Line(.undoCheck, .open, "UNCHECKED UNCHECKED UNCHECKED confirmed UNCHECKED UNCHECKED"),
        Line(.undoCheck, .late, "UNCHECKED UNCHECKED UNCHECKED confirmed UNCHECKED UNCHECKED"),
        Line(.undoCheck, .closed, "UNCHECKED UNCHECKED UNCHECKED confirmed UNCHECKED UNCHECKED"),
        Line(.undoCheck, .closedAndLate, "UNCHECKED UNCHECKED UNCHECKED confirmed UNCHECKED UNCHECKED"),
        Line(.giveBack, .before, "NOTHING NOTHING returned AGAIN NOTHING NOTHING"),
        Line(.giveBack, .open, "NOTHING NOTHING returned AGAIN NOTHING NOTHING"),
        Line(.giveBack, .late, "NOTHING NOTHING returned AGAIN NOTHING NOTHING"),
        Line(.giveBack, .closed, "NOTHING NOTHING returned AGAIN NOTHING NOTHING"),
        Line(.giveBack, .closedAndLate, "NOTHING NOTHING returned AGAIN NOTHING NOTHING"),
        Line(.miss, .before, "EARLY EARLY EARLY EARLY EARLY EARLY"),
        Line(.miss, .open, "EARLY EARLY EARLY EARLY EARLY EARLY"),
        Line(.miss, .late, "missed missed OVER OVER missed OVER"),
        Line(.miss, .closed, "EARLY EARLY EARLY EARLY EARLY EARLY"),
        Line(.miss, .closedAndLate, "missed missed OVER OVER missed OVER"),
    ]

    private static let reasons = [
        "UNOPENED": "ยังไม่เปิดรับ เปิดวันที่ 4 ต.ค. 2567", "LATE": "เลยกำหนดส่งแล้ว ขอให้เขตขยายเวลา",
        "CLOSED": "ปิดรับรายงานแล้ว", "CONFIRMED": "ยืนยันแล้ว ถอนคืนก่อนจึงแก้ไขได้",
        "CHECKED": "เขตตรวจแล้ว แก้ไขหรือถอนคืนไม่ได้", "UNSENT": "ยังไม่ได้ยืนยัน",
        "MISSED": "เลยกำหนดแล้ว ถ้าถอนคืนจะเป็นขาดส่ง ขอให้เขตส่งกลับแก้ไขแทน",
        "NOTHING": "ยังไม่มีรายงานที่ยืนยันแล้วให้ตรวจ", "AGAIN": "ตรวจแล้ว ยกเลิกผลตรวจก่อน", "UNCHECKED": "ยังไม่ได้ตรวจ",
        "EARLY": "ยังไม่เลยกำหนด", "OVER": "ทำขั้นตอนนี้ไม่ได้แล้ว",
    ]

    @Test(arguments: lines)
    func `changes by a step only from where it leads on, and else says why`(line: Line) {
        let from: [ReportState] = [.waiting, .draft, .confirmed, .checked, .returned, .missed]
        for (state, outcome) in zip(from, line.outcomes) {
            #expect(
                result(line.step, from: state, line.moment.terms, at: line.moment.now)
                    == Self.reasons[outcome] ?? outcome, "\(line.step) from \(state), \(line.moment)")
        }
    }

    @Test func `is tried from everywhere, at every moment`() {
        #expect(Self.lines.count == ReportStep.allCases.count * 5)
        #expect(Set(Self.lines.map { "\($0.step) \($0.moment)" }).count == 35)
        #expect(Self.lines.allSatisfy { $0.outcomes.count == ReportState.allCases.count })
    }

    @Test func `may change from midnight in Thailand until the very moment of the deadline`() {
        let terms = Moment.open.terms
        let opening = Day(sinceEpoch: 20_000).instant(hour: 0, minute: 0)
        let before = Instant(microseconds: opening.microseconds - 1)
        let after = Instant(microseconds: terms.deadline.microseconds + 1)
        #expect(result(.confirm, from: .draft, terms, at: before) == Self.reasons["UNOPENED"])
        #expect(result(.confirm, from: .draft, terms, at: opening) == "confirmed")
        #expect(result(.confirm, from: .draft, terms, at: terms.deadline) == "confirmed")
        #expect(result(.miss, from: .draft, terms, at: terms.deadline) == Self.reasons["EARLY"])
        #expect(result(.confirm, from: .draft, terms, at: after) == Self.reasons["LATE"])
        #expect(result(.miss, from: .draft, terms, at: after) == "missed")
    }

    private func result(_ step: ReportStep, from state: ReportState, _ terms: ReportTerms, at now: Instant) -> String {
        do {
            return try step.outcome(from: state, terms, at: now).rawValue
        } catch {
            guard case .conflict(let reason) = error else { return "\(error)" }
            return reason.thai
        }
    }
}
