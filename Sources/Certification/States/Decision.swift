import HTML
import Interface
import Kernel
import Postgres
import Runtime
import Scoring

/// What was decided on a sending, by whom.
struct Decision: Sendable {
    enum Verdict: String, SQLValue {
        case certified, refused, reopened

        var phrase: Phrase {
            switch self {
            case .certified: Phrase("รับรองผล", en: "Certified")
            case .refused: Phrase("ไม่รับรอง", en: "Not certified")
            case .reopened: Phrase("เปิดพิจารณาใหม่", en: "Opened again")
            }
        }

        var mark: (tone: Tone, icon: String) {
            switch self {
            case .certified: (.ok, "check")
            case .refused: (.bad, "x")
            case .reopened: (.new, "repeat")
            }
        }
    }

    /// Of the sending that it is on.
    let number: Int
    let verdict: Verdict
    let score: Exact?
    let comment: String
    let correctBy: Instant?
    let mark: AreaResult.Mark
}

extension Query where Answer == [Decision] {
    /// The earliest first.
    static func decisions(of id: AreaResultID, in area: AreaID) -> Query {
        .all(
            """
            SELECT number, verdict, score, comment, correct_by, decided_at, decider_name
            FROM decisions
            WHERE area_id = \(area) AND result_id = \(id)
            ORDER BY id
            """
        ) {
            Decision(
                number: try $0.next(), verdict: try $0.next(), score: try $0.nextIfAny(), comment: try $0.next(),
                correctBy: try $0.nextIfAny(), mark: AreaResult.Mark(at: try $0.next(), name: try $0.next()))
        }
    }
}

extension Query where Answer == Int {
    static func insert(_ decision: Decision, on id: AreaResultID, in area: AreaID) -> Query {
        .deed(
            """
            INSERT INTO decisions (
                area_id, result_id, number, verdict, score, comment, correct_by, decided_at, decider_name
            )
            VALUES (
                \(area), \(id), \(decision.number), \(decision.verdict), \(decision.score), \(decision.comment),
                \(decision.correctBy), \(decision.mark.at), \(decision.mark.name)
            )
            """)
    }
}
