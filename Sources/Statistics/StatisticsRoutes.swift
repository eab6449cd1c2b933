import Catalogue
import HTML
import Interface
package import Kernel

/// Every address of this feature: the country's outside all areas, and each area's.
package enum StatisticsRoutes {
    package static func register(in registry: inout Registry) {
        registry.navigate(
            NavigationItem(
                "/statistics", Phrase("สถิติ", en: "Statistics"), icon: "bars", at: .statistics, for: .members))
        registry.routes.published { routes in
            for place in [Route.Place.site, .everyArea] { publish(&routes, in: place) }
        }
        registry.routes.register(
            "/statistics/units", Phrase("สถิติรายหน่วยงาน", en: "Statistics by unit"), for: .holdersOfAny(insideFlags),
            use: showUnitStatistics)
    }

    /// Who sees each unit's results elsewhere, too.
    static let insideFlags = IndicatorHead.resultFlags + [.owner, .reply]

    private static func publish(_ routes: inout Routes, in place: Route.Place) {
        let asked = [
            FormField("fy", Phrase("ปีงบประมาณ", en: "Fiscal year"), .number(0...9999)),
            FormField("framework", Phrase("ชุดตัวชี้วัด", en: "Framework"), .text(limit: 60)),
            FormField("round", Phrase("รอบ", en: "Round"), .text(limit: 10)),
            FormField("region", Phrase("ภาค", en: "Region"), .text(limit: 20)),
            FormField("kind", Phrase("ประเภทเขต", en: "Kind of area"), .text(limit: 20)),
        ]
        routes.get(
            "/statistics", Phrase("สถิติผลการปฏิบัติราชการ", en: "Performance statistics"), for: .anyone, in: place,
            api: place == .site ? nil : APIDescription(queries: asked, answer: Scope.schema), use: showStatistics)
        routes.get(
            "/statistics/charts/:file", Phrase("แผนภูมิของสถิติ", en: "A chart of the statistics"), for: .anyone,
            in: place, use: showChart)
        routes.get(
            "/statistics/embed", Phrase("สถิติสำหรับฝังในเว็บไซต์", en: "Statistics for another website"), for: .anyone,
            in: place, use: showEmbedded)
        routes.register(
            "/statistics/areas", Phrase("ลำดับของเขต", en: "Areas by rank"), for: .anyone, in: place, use: showRanking)
    }
}
