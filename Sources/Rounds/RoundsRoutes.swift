import HTML
import Interface
package import Kernel

/// Every address of this feature.
package enum RoundsRoutes {
    package static func register(in registry: inout Registry) {
        registry.navigate(
            NavigationItem(
                "/years", Phrase("ปีงบประมาณ", en: "Years"), icon: "cal", at: .years, for: .holders(of: .settings)))
        registry.actions += [.yearOpened, .yearClosed, .yearReopened, .roundDatesSaved]
        routes(&registry.routes)
    }

    private static func routes(_ routes: inout Routes) {
        routes.table(
            "/years", Phrase("ปีที่เปิดไว้", en: "List the years"), for: .members,
            api: APIDescription(answer: .object([("items", .list(OpenedYear.schema))])), use: listYears)
        routes.get(
            "/years/:year", Phrase("ดูปีและกำหนดการ", en: "See a year and its dates"), for: .holders(of: .settings),
            api: APIDescription(
                answer: .object([
                    ("year", .number), ("closed-at", .optional(.moment)), ("rounds", .list(RoundDates.schema)),
                ])),
            use: showYear)
        routes.post(
            "/years/:year/rounds", Phrase("บันทึกกำหนดการ", en: "Save the dates"), for: .holders(of: .settings),
            api: APIDescription(input: RoundDates.fields, answer: .object([("changed", .number)])),
            form: "/years/:year", use: saveRoundDates)
        routes.post(
            "/years/:year/closing", Phrase("ปิดปี", en: "Close a year"), for: .holders(of: .settings),
            api: APIDescription(), use: closeYear)
        routes.post(
            "/years/:year/reopening", Phrase("เปิดปีอีกครั้ง", en: "Open a year again"), for: .holders(of: .settings),
            api: APIDescription(input: reopeningFields), form: "/years/:year", use: reopenYear)
    }
}

extension Action {
    static let yearOpened = Action("year.opened", Phrase("เปิดปี", en: "Year opened"))
    static let yearClosed = Action("year.closed", Phrase("ปิดปี", en: "Year closed"))
    static let yearReopened = Action("year.reopened", Phrase("เปิดปีอีกครั้ง", en: "Year opened again"))
    static let roundDatesSaved = Action("round-dates.saved", Phrase("แก้กำหนดการรอบ", en: "Dates of a round changed"))
}
