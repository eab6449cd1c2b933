import HTML
import Interface
import Kernel
import Postgres
import Runtime

/// How far an area's result is on its way to being certified.
enum ResultState: String, SQLValue, CaseIterable {
    case unreported, waiting, refused, certified

    var phrase: Phrase {
        switch self {
        case .unreported: Phrase("ยังไม่รายงาน", en: "Not reported")
        case .waiting: Phrase("รอรับรอง", en: "Waiting for certification")
        case .refused: Phrase("ไม่รับรอง", en: "Not certified")
        case .certified: Phrase("รับรองแล้ว", en: "Certified")
        }
    }

    var mark: (tone: Tone, icon: String) {
        switch self {
        case .unreported: (.bad, "bang")
        case .waiting: (.wait, "pie")
        case .refused: (.bad, "x")
        case .certified: (.ok, "check")
        }
    }
}

extension HTML {
    func state(of result: ResultState) { state(result.mark.tone, result.mark.icon, result.phrase) }
}

/// Who does something to an area's result.
enum ResultActor: CaseIterable {
    case area
    /// The bureau that certifies the indicator.
    case bureau
    case otherBureau
    /// The indicator office, which oversees all (กพร.).
    case office
    case clock
}

/// What is done to an area's result.
enum ResultStep: CaseIterable {
    // By the area.
    case save, confirm, withdraw
    // By the bureau, or for it.
    case certify, refuse
    // By the indicator office.
    case extend, reopen
    // By the clock.
    case cut, lapse

    /// Who may take it. The office decides where the bureau has let its time go by.
    func isOpen(to actor: ResultActor, isEscalated: Bool) -> Bool {
        switch self {
        case .save, .confirm, .withdraw: actor == .area
        case .certify, .refuse: isEscalated ? actor == .office : actor == .bureau
        case .extend, .reopen: actor == .office
        case .cut, .lapse: actor == .clock
        }
    }

    /// From where it may be taken, and where it leads; `lapse` leads where the indicator's rule says.
    private func target(from state: ResultState, _ terms: ResultTerms) -> ResultState? {
        switch (self, state) {
        case (.save, .unreported), (.save, .refused): state
        case (.confirm, .unreported), (.confirm, .refused): .waiting
        // What was to be corrected still is.
        case (.withdraw, .waiting): terms.correctBy == nil ? .unreported : .refused
        case (.certify, .waiting): .certified
        case (.certify, .refused): terms.mayOverturn ? .certified : nil
        case (.refuse, .waiting): .refused
        case (.extend, .unreported), (.extend, .refused): state
        case (.reopen, .certified): .waiting
        case (.cut, .unreported): .unreported
        case (.lapse, .waiting):
            switch terms.undecided {
            case .escalate: .waiting
            case .certify: .certified
            case .refuse: .refused
            }
        default: nil
        }
    }

    /// Where it leads, or why it can't be taken.
    func outcome(
        from state: ResultState, by actor: ResultActor, _ terms: ResultTerms, at now: Instant
    ) throws(Refusal) -> ResultState {
        guard isOpen(to: actor, isEscalated: terms.isEscalated) else { throw .conflict(wrongActor(terms)) }
        if terms.isFrozen { throw .conflict(Phrase("ปิดปีแล้ว ผลไม่เปลี่ยนอีก", en: "The year is closed; results are final")) }
        guard let next = target(from: state, terms) else { throw .conflict(impossible(in: state)) }
        try terms.require(self, state, at: now)
        return next
    }

    /// Why it can't be taken; nil where it can.
    func obstacle(from state: ResultState, by actor: ResultActor, _ terms: ResultTerms, at now: Instant) -> Phrase? {
        do throws(Refusal) {
            _ = try outcome(from: state, by: actor, terms, at: now)
            return nil
        } catch {
            guard case .conflict(let reason) = error else { return nil }
            return reason
        }
    }

    private func wrongActor(_ terms: ResultTerms) -> Phrase {
        switch self {
        case .certify, .refuse:
            terms.isEscalated
                ? Phrase(
                    "เลยกำหนดของสำนัก \(terms.bureauName) แล้ว กพร. เป็นผู้ตัดสิน",
                    en: "\(terms.bureauName) did not decide in time; the indicator office decides")
                : Phrase(
                    "ตัวชี้วัดนี้เป็นของ \(terms.bureauName) สำนักอื่นตัดสินไม่ได้",
                    en: "This indicator is \(terms.bureauName)'s to certify; no other bureau decides it")
        default: Phrase("ขั้นตอนนี้ไม่ใช่ของท่าน", en: "This isn't yours to do")
        }
    }

    private func impossible(in state: ResultState) -> Phrase {
        switch (self, state) {
        case (.save, .waiting), (.confirm, .waiting):
            Phrase("ส่งแล้ว รอรับรอง ถอนคืนก่อนจึงแก้ไขได้", en: "It is sent. Withdraw it to change anything")
        case (.save, .certified), (.confirm, .certified), (.withdraw, .certified):
            Phrase("รับรองแล้ว แก้ไขไม่ได้อีก", en: "It is certified; it can't be changed any more")
        case (.withdraw, _): Phrase("ยังไม่ได้ส่ง", en: "It isn't sent")
        case (.certify, .certified), (.refuse, .certified), (.refuse, .refused):
            Phrase("ตัดสินไปแล้ว", en: "It is decided already")
        case (.certify, .refused):
            Phrase(
                "รับรองทับการตัดสินเดิมไม่ได้ รอเขตส่งใหม่",
                en: "It can't be certified over the decision. The area must send it anew")
        case (.certify, _), (.refuse, _):
            Phrase(
                "เขตยังไม่ได้ส่ง หรือถอนคืนไปแล้ว จึงไม่มีอะไรให้ตัดสิน",
                en: "The area has not sent it, or has withdrawn it: there is nothing to decide")
        case (.reopen, _): Phrase("ยังไม่ได้รับรอง", en: "It isn't certified")
        case (.extend, _): Phrase("ส่งแล้ว ไม่ต้องขยายเวลา", en: "It is sent; it needs no extension")
        default: Phrase("ทำขั้นตอนนี้ไม่ได้แล้ว", en: "This can't be done any more")
        }
    }
}

/// From when and until when each side may act on a result.
struct ResultTerms: Sendable {
    var opening: Day
    /// Of the round, or of an extension: the later.
    var deadline: Instant
    /// Until when what wasn't certified may be corrected; nil where it may not.
    var correctBy: Instant?
    var decideBy: Instant
    var undecided: CertificationRule.Undecided
    /// Whether the times are later than the round's own.
    var isMoved = false
    var isEscalated = false
    var isFrozen = false
    var bureauName = ""
    /// Whether what was refused may be certified after all: not what was withdrawn since, nor where two must agree.
    var mayOverturn = true

    fileprivate func require(_ step: ResultStep, _ state: ResultState, at now: Instant) throws(Refusal) {
        switch step {
        case .save, .confirm, .withdraw: try requireSender(step, state, at: now)
        case .cut where now <= deadline: throw .conflict(Phrase("ยังไม่เลยกำหนด", en: "It isn't past due"))
        case .lapse where now <= decideBy:
            throw .conflict(Phrase("ยังไม่เลยกำหนดของสำนัก", en: "The bureau's time isn't over"))
        default: return
        }
    }

    private func requireSender(_ step: ResultStep, _ state: ResultState, at now: Instant) throws(Refusal) {
        if Day(inBangkok: now) < opening {
            throw .conflict(
                Phrase("ยังไม่เปิดรับ เปิดวันที่ ", en: "It isn't open yet. It opens on ") + opening.inShort)
        }
        if state == .refused {
            guard let correctBy else {
                throw .conflict(
                    Phrase("ไม่รับรอง และไม่เปิดให้แก้ไข", en: "It was not certified, and may not be corrected"))
            }
            guard now <= max(correctBy, deadline) else {
                throw .conflict(Phrase("เลยกำหนดแก้ไขแล้ว", en: "The time to correct it is over"))
            }
            return
        }
        guard now > max(deadline, correctBy ?? deadline) else { return }
        throw .conflict(
            step == .withdraw
                ? Phrase(
                    "เลยกำหนดแล้ว ถ้าถอนคืนจะได้ 1.00000 สอบถามสำนักแทน",
                    en: "It is past due: withdrawn, it would count 1.00000. Write to the bureau instead")
                : Phrase("เลยกำหนดรายงานแล้ว ได้ 1.00000", en: "It is past due and counts 1.00000"))
    }
}
