import HTML
import Scoring

extension Indicator {
    /// What was entered, scored: of a formula the values of its names, of all else the result itself.
    func assess(_ values: [Formula.Reference: Exact], result: Exact?) throws(NoScore) -> Assessment {
        do {
            let rule = try rule()
            guard !formula.isEmpty else {
                guard let result else { throw NoScore(Phrase("ยังไม่ได้ใส่ผล", en: "There is no result yet")) }
                return try Assessment(result, by: rule, weight: weight)
            }
            var values = values
            values[.ratio] = ratio
            return try Assessment(Formula(formula), values, by: rule, weight: weight)
        } catch let none as NoScore {
            throw none
        } catch let problem as CriteriaProblem {
            throw NoScore(problem.reason)
        } catch let problem as FormulaProblem {
            throw NoScore(problem.placed)
        } catch {
            throw NoScore(Phrase("ยังคำนวณไม่ได้", en: "No result yet"))
        }
    }
}
