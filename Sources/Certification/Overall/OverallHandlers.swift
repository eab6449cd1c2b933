import Areas
import Documents
import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Rounds
import Runtime
import Scoring

/// What all areas come to: a framework in a round, the best first.
func showOverall(_ context: Context) async throws -> Outcome {
    let (visit, frameworks) = try await context.centralPage(of: .reportedFrameworks(in: context.year))
    guard let choice = OverallChoice(visit.query, among: frameworks, of: context.year, at: context.now) else {
        return .page(
            OverallPage(visit: visit, frameworks: frameworks, choice: nil, totals: [], bureaus: [], closed: nil), visit,
            json: ["items": .array([])])
    }
    let (_, totals, bureaus, closed) = try await context.centralPage(
        of: .totals(ofFramework: choice.framework.id, in: choice.round),
        .bureauTotals(ofFramework: choice.framework.id, in: choice.round), .closed(context.year))
    let shown = choice.filtered(totals)
    var page = OverallPage(
        visit: visit, frameworks: frameworks, choice: choice, totals: shown, bureaus: bureaus, closed: closed)
    if context.wantsWhole {
        let (_, results) = try await context.centralPage(
            of: .officialResults(ofFramework: choice.framework.id, in: choice.round))
        page.results = results
    }
    return .page(page, visit, json: ["items": .array(shown.map(\.json))])
}

/// Which totals are looked at.
struct OverallChoice: Sendable {
    let framework: ReportedFramework
    let round: Round
    let kind: Area.Kind?
    let region: Region?

    /// The last round that has begun, unless another is chosen.
    init?(_ query: Fields, among frameworks: [ReportedFramework], of year: FiscalYear, at now: Instant) {
        let wanted = query["framework"].flatMap { Int($0) }
        guard let framework = frameworks.first(where: { $0.id == wanted }) ?? frameworks.first,
            let first = framework.rounds.first
        else { return nil }
        self.framework = framework
        let chosen = query["round"].flatMap { Round(code: $0) }
        let begun = framework.rounds.last { $0.ordinaryDates(in: year).opening <= Day(inBangkok: now) }
        round = chosen.flatMap { framework.rounds.contains($0) ? $0 : nil } ?? begun ?? first
        kind = query["kind"].flatMap { Area.Kind(rawValue: $0) }
        region = query["region"].flatMap { Region(rawValue: $0) }
    }

    /// Ranks stay those among all.
    func filtered(_ totals: [AreaTotal]) -> [AreaTotal] {
        totals.filter { (kind == nil || $0.kind == kind) && (region == nil || $0.region == region) }
    }
}
