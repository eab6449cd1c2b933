import Documents
import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Rounds
import Runtime

/// The country's statistics, or the area's.
func showStatistics(_ context: Context) async throws -> Outcome {
    let (visit, scope, areas) = try await context.statistics()
    var unknown: Phrase?
    if let code = context.request.query["area"], code != context.area.code {
        if let address = context.address(ofArea: code, among: areas) { return .response(.seeOther(address)) }
        unknown = code.isEmpty ? nil : Phrase("ไม่มีเขตที่ขอ", en: "There is no such area")
    }
    let page = StatisticsPage(
        visit: visit, scope: scope, areas: areas, address: context.platform.baseURL + visit.link("/statistics"),
        doubts: (unknown.map { [$0] } ?? []) + (scope?.choice.doubts ?? []))
    return .page(page, visit, json: scope?.json ?? .object([]))
}

/// One chart, as a drawing or with its figures.
func showChart(_ context: Context) async throws -> Outcome {
    let parts = (context.request.parameters["file"] ?? "").split(separator: ".").map(String.init)
    let (visit, scope, _) = try await context.statistics()
    guard parts.count == 2, let scope,
        let chart = scope.board(for: visit).charts.first(where: { $0.name == parts[0] })
    else { throw Refusal.notFound }
    switch parts[1] {
    case "xlsx": return try await context.workbook([chart.sheet], named: "statistics-\(chart.name)")
    case "svg":
        let source =
            Phrase(same: visit.area.shortName + " · ") + scope.choice.round.name + Phrase(same: " · ")
            + scope.choice.year.phrase
        return .response(
            Response(
                200,
                headers: [
                    "content-type": "image/svg+xml",
                    "content-disposition": "attachment; filename=\"statistics-\(chart.name).svg\"",
                ], body: .bytes(chart.file(in: visit.language, source: source).buffer)))
    default: throw Refusal.notFound
    }
}

/// A few figures and a chart, for the frame of another website.
func showEmbedded(_ context: Context) async throws -> Outcome {
    var (visit, scope, _) = try await context.statistics()
    // A frame brings no cookie: the language stands in its address.
    if let language = context.request.query["language"].flatMap({ Language(rawValue: $0) }) {
        visit.language = language
    }
    return .page(
        EmbeddedStatistics(
            visit: visit, scope: scope, chart: context.request.query["chart"],
            address: context.platform.baseURL + visit.link("/statistics")), visit)
}

/// All areas, the best first.
func showRanking(_ context: Context) async throws -> Outcome {
    guard let (visit, choice) = try await context.chosen(among: .ofCountry) else { throw Refusal.notFound }
    let (_, areas) = try await context.centralPage(of: .areaYears(in: choice.round, of: choice.framework))
    let page = RankingPage(
        visit: visit, choice: choice,
        areas: areas.filter { $0.year == choice.year && choice.admits($0.code, $0.kind) })
    return .page(page, visit)
}

/// The area's units, the best first: for those inside.
func showUnitStatistics(_ context: Context) async throws -> Outcome {
    let (seen, offers) = try await context.page(.of(context.area.id))
    guard let choice = StatisticsChoice(context.request.query, among: offers, at: context.now) else {
        return .page(UnitStatisticsPage(visit: seen, choice: nil, units: []), seen)
    }
    let (found, units) = try await context.page(.unitFigures(of: context.area.id, in: choice))
    let visit = found.working(in: choice.year)
    return .page(UnitStatisticsPage(visit: visit, choice: choice, units: units), visit)
}

extension Visit {
    /// The year that is looked at stands on top.
    fileprivate func working(in year: FiscalYear) -> Visit {
        var visit = self
        visit.year = year
        return visit
    }
}

extension Context {
    /// What is asked for; nil where there is nothing at all.
    fileprivate func chosen(among offered: Query<[Offer]>) async throws -> (Visit, StatisticsChoice)? {
        let (visit, offers) = try await centralPage(of: offered)
        return StatisticsChoice(request.query, among: offers, at: now).map { (visit.working(in: $0.year), $0) }
    }

    /// What there is of whom is asked about, and all areas that one may go to.
    fileprivate func statistics() async throws -> (Visit, Scope?, [Area]) {
        if area.id == Area.central { return try await countryStatistics() }
        let (seen, (offers), (areas)) = try await centralPage(own: .of(area.id), submitted: .areasByName)
        guard let choice = StatisticsChoice(request.query, among: offers, at: now) else { return (seen, nil, areas) }
        let (visit, (frameworks, reports, units, schools), (country)) = try await centralPage(
            own: .frameworkCounts(in: choice, of: area.id), .frameworkReports(of: area.id, in: choice),
            .unitFigures(of: area.id, in: choice), .schoolYears(in: choice.round, of: choice.framework, area: area.id),
            submitted: .areaYears(in: choice.round, of: choice.framework))
        let report = AreaReport(
            choice: choice, area: area, country: country, frameworks: frameworks, reports: reports, units: units,
            schools: schools)
        return (visit.working(in: choice.year), .area(report), areas)
    }

    private func countryStatistics() async throws -> (Visit, Scope?, [Area]) {
        let (seen, offers, areas) = try await centralPage(of: .ofCountry, .areasByName)
        guard let choice = StatisticsChoice(request.query, among: offers, at: now) else { return (seen, nil, areas) }
        let (visit, country, schools, frameworks) = try await centralPage(
            of: .areaYears(in: choice.round, of: choice.framework),
            .schoolYears(in: choice.round, of: choice.framework), .frameworkCounts(in: choice))
        return (visit.working(in: choice.year), .country(Country(choice, country, schools, frameworks)), areas)
    }

    /// Where an area's statistics lie, or with no code the country's, with what else was asked for.
    fileprivate func address(ofArea code: String, among areas: [Area]) -> String? {
        guard code.isEmpty ? area.id != Area.central : areas.contains(where: { $0.code == code }) else { return nil }
        var query = request.query
        query.set("area", nil)
        // Under an area's own host name, others don't lie beside it.
        let site = prefix.isEmpty && area.id != Area.central ? platform.baseURL : ""
        return site + (code.isEmpty ? "" : "/\(code)") + "/statistics" + query.queryText
    }
}

extension Query where Answer == [Area] {
    fileprivate static var areasByName: Query {
        .all(
            """
            SELECT \(part: Area.columns)
            FROM areas
            WHERE id > 0
            ORDER BY kind, short_name, id
            """
        ) { try Area(&$0) }
    }
}
