import HTML
import Interface
package import Kernel

/// Every address of this feature.
package enum OperationsRoutes {
    package static func register(in registry: inout Registry) {
        registry.navigate(
            NavigationItem(
                "/journal", Phrase("บันทึก", en: "Record"), icon: "trail", at: .record, for: .holders(of: .members)))
        registry.navigate(
            NavigationItem(
                "/areas", Phrase("เขตทั้งหมด", en: "Areas"), icon: "map", at: .areas, for: .holders(of: .operate),
                in: .centralOnly))
        registry.actions += [.jobRetried, .jobDiscarded, .quotaSaved]
        registry.routes.get("/menu", Phrase("เมนู", en: "The menu"), for: .members, use: showMenu)
        journal(&registry.routes)
        areas(&registry.routes)
        jobs(&registry.routes)
    }

    private static func jobs(_ routes: inout Routes) {
        let operate = Access.holders(of: .operate)
        routes.get(
            "/areas/:code/jobs", Phrase("งานที่ล้มเหลว", en: "Failed jobs"), for: operate, in: .centralOnly,
            api: APIDescription(answer: .object([("items", .list(FailedJob.schema))])), use: showFailedJobs)
        routes.post(
            "/areas/:code/jobs/:job/retry", Phrase("ให้งานลองอีกครั้ง", en: "Try a job again"), for: operate,
            in: .centralOnly, api: APIDescription(), use: retryJob)
        routes.post(
            "/areas/:code/jobs/:job/removal", Phrase("ทิ้งงาน", en: "Discard a job"), for: operate, in: .centralOnly,
            api: APIDescription(), use: discardJob)
    }

    private static let entries = APIDescription(
        queries: [
            FormField("q", Phrase("ค้นหา", en: "Words to find"), .text(limit: 100)),
            FormField("action", Phrase("การกระทำ", en: "Deed"), .text(limit: 40)),
            FormField("subject", Phrase("สิ่งที่ถูกกระทำ", en: "Subject, such as member/7"), .text(limit: 60)),
            FormField("page", Phrase("หน้า", en: "Page"), .number(1...100_000)),
        ],
        answer: .object([
            ("total", .number),
            (
                "items",
                .list(
                    .object([
                        ("number", .number), ("at", .moment), ("actor", .text), ("acting-for", .optional(.text)),
                        ("address", .text), ("action", .text), ("subject", .text), ("subject-name", .text),
                        ("before", .object([])), ("after", .object([])),
                    ]))
            ),
        ]))

    private static func journal(_ routes: inout Routes) {
        routes.table(
            "/journal", Phrase("อ่านบันทึก", en: "Read the record"), for: .holders(of: .members), api: entries,
            use: showJournal)
        routes.table(
            "/areas/:code/journal", Phrase("อ่านบันทึกของเขต", en: "Read an area's record"), for: .holders(of: .operate),
            in: .centralOnly, api: entries, use: showJournalOfArea)
    }

    private static func areas(_ routes: inout Routes) {
        let operate = Access.holders(of: .operate)
        routes.table(
            "/areas", Phrase("เขตทั้งหมด", en: "All areas"), for: operate, in: .centralOnly,
            api: APIDescription(
                queries: [FormField("q", Phrase("ค้นหา", en: "Words to find"), .text(limit: 100))],
                answer: .object([("items", .list(Area.schema))])), use: listAreas)
        routes.get("/areas/new", Phrase("เพิ่มเขต", en: "Add an area"), for: operate, in: .centralOnly, use: showNewArea)
        routes.post(
            "/areas", Phrase("เพิ่มเขต", en: "Add an area"), for: operate, in: .centralOnly,
            api: APIDescription(input: newAreaFields, answer: Area.schema), form: "/areas/new", use: createArea)
        let space = "/areas/:code/space"
        routes.get(
            space, Phrase("ดูพื้นที่เก็บไฟล์ของเขต", en: "See an area's file space"), for: operate, in: .centralOnly,
            api: APIDescription(answer: .object([("used", .number), ("quota", .number)])), use: showSpace)
        routes.post(
            space, Phrase("กำหนดพื้นที่เก็บไฟล์ของเขต", en: "Set an area's file space"), for: operate, in: .centralOnly,
            api: APIDescription(input: spaceFields), form: space, use: saveSpace)
    }
}
