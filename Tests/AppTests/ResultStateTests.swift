import HTML
import Kernel
import Runtime
import Testing

@testable import Certification

/// C4 as one table: state, actor, deed, and whether the times are over.
@Suite struct `An area's result, by state, actor, deed and time` {
    static let now = Instant(microseconds: 1_790_000_000_000_000)
    static let hour = 3600

    struct Case: CustomTestStringConvertible, Sendable {
        let state: ResultState
        let step: ResultStep
        let actor: ResultActor
        let terms: ResultTerms
        let outcome: ResultState?
        let testDescription: String
    }

    private static func terms(
        due: Int = hour, decide: Int = 2 * hour, correct: Int? = nil, _ rule: CertificationRule.Undecided = .escalate,
        escalated: Bool = false, frozen: Bool = false, opens: Int = -1
    ) -> ResultTerms {
        ResultTerms(
            opening: Day(inBangkok: now) + opens, deadline: now + due, correctBy: correct.map { now + $0 },
            decideBy: now + decide, undecided: rule, isEscalated: escalated, isFrozen: frozen)
    }

    /// What may be done, by whom, when; whatever stands in no line here is refused.
    private static let allowed: [(ResultState, ResultStep, ResultActor, String, ResultState)] = [
        (.unreported, .save, .area, "before", .unreported),
        (.unreported, .confirm, .area, "before", .waiting),
        (.unreported, .cut, .clock, "after", .unreported),
        (.unreported, .extend, .office, "before", .unreported),
        (.unreported, .extend, .office, "after", .unreported),
        (.waiting, .withdraw, .area, "before", .unreported),
        (.waiting, .certify, .bureau, "before", .certified),
        (.waiting, .certify, .bureau, "after", .certified),
        (.waiting, .refuse, .bureau, "before", .refused),
        (.waiting, .refuse, .bureau, "after", .refused),
        (.waiting, .lapse, .clock, "after", .waiting),
        (.refused, .certify, .bureau, "before", .certified),
        (.refused, .certify, .bureau, "after", .certified),
        (.refused, .extend, .office, "before", .refused),
        (.refused, .extend, .office, "after", .refused),
        (.certified, .reopen, .office, "before", .waiting),
        (.certified, .reopen, .office, "after", .waiting),
    ]

    static let cases: [Case] = ["before", "after"].flatMap { time in
        ResultState.allCases.flatMap { state in
            ResultStep.allCases.flatMap { step in
                ResultActor.allCases.map { actor in
                    let line = allowed.first { $0.0 == state && $0.1 == step && $0.2 == actor && $0.3 == time }
                    return Case(
                        state: state, step: step, actor: actor,
                        terms: time == "before" ? terms() : terms(due: -hour, decide: -hour / 2), outcome: line?.4,
                        testDescription: "\(state) \(step) \(actor) \(time)")
                }
            }
        }
    }

    @Test(arguments: cases) func `allows just what its table says`(each: Case) {
        let outcome = try? each.step.outcome(from: each.state, by: each.actor, each.terms, at: Self.now)
        #expect(outcome == each.outcome)
        // Whatever is refused says why.
        let reason = each.step.obstacle(from: each.state, by: each.actor, each.terms, at: Self.now)
        #expect((reason == nil) == (each.outcome != nil))
    }

    @Test func `is corrected within its time, whatever the round's deadline`() throws {
        let open = Self.terms(due: -Self.hour, correct: Self.hour)
        #expect(try ResultStep.confirm.outcome(from: .refused, by: .area, open, at: Self.now) == .waiting)
        #expect(try ResultStep.save.outcome(from: .refused, by: .area, open, at: Self.now) == .refused)
        // What was to be corrected still is.
        #expect(try ResultStep.withdraw.outcome(from: .waiting, by: .area, open, at: Self.now) == .refused)
        for terms in [Self.terms(due: -Self.hour, correct: -1), Self.terms()] {
            #expect(ResultStep.confirm.obstacle(from: .refused, by: .area, terms, at: Self.now) != nil)
        }
    }

    @Test(arguments: [
        (CertificationRule.Undecided.escalate, ResultState.waiting), (.certify, .certified), (.refuse, .refused),
    ])
    func `undecided in time goes where its rule says`(rule: CertificationRule.Undecided, state: ResultState) throws {
        let over = Self.terms(due: -Self.hour, decide: -1, rule)
        #expect(try ResultStep.lapse.outcome(from: .waiting, by: .clock, over, at: Self.now) == state)
    }

    @Test func `passed on is the indicator office's alone`() throws {
        let passed = Self.terms(escalated: true)
        for step in [ResultStep.certify, .refuse] {
            #expect(step.obstacle(from: .waiting, by: .bureau, passed, at: Self.now) != nil)
            #expect(step.obstacle(from: .waiting, by: .office, passed, at: Self.now) == nil)
        }
    }

    @Test(arguments: ResultStep.allCases) func `is final once the year is closed`(step: ResultStep) {
        for state in ResultState.allCases {
            for actor in ResultActor.allCases {
                #expect(step.obstacle(from: state, by: actor, Self.terms(frozen: true), at: Self.now) != nil)
            }
        }
    }

    @Test func `isn't sent before its round opens`() {
        let early = Self.terms(opens: 1)
        for step in [ResultStep.save, .confirm] {
            #expect(step.obstacle(from: .unreported, by: .area, early, at: Self.now) != nil)
        }
    }
}
