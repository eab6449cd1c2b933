import HTML
import Interface
package import Kernel
import Rounds
import Scoring

/// Every address of this feature.
package enum CatalogueRoutes {
    package static func register(in registry: inout Registry) {
        registry.navigate(
            NavigationItem(
                "/indicators", Phrase("ตัวชี้วัด", en: "Indicators"), icon: "bars", at: .indicators, for: .members,
                covering: ["/frameworks", "/dimensions"]))
        registry.actions += [
            .dimensionSaved, .indicatorsImported, .documentRemoved, .documentSaved, .frameworkAdded, .frameworkSaved,
            .frameworkPublished,
            .frameworkMoved, .frameworkRemoved,
            .indicatorAdded, .indicatorSaved,
            .yearCopied, .roundOpened, .roundRemoved, .roundClosed, .roundReopened, .indicatorDatesSaved,
            .unitsAssigned, .unitUnassigned, .peopleNamed, .assignmentExtended,
        ]
        registry.words.merge(words) { _, new in new }
        years(&registry.routes)
        frameworks(&registry.routes)
        dimensions(&registry.routes)
        indicators(&registry.routes)
        tables(&registry.routes)
        documents(&registry.routes)
        rounds(&registry.routes)
    }

    static let words: [String: Phrase] = [
        "round": Phrase("รอบ", en: "Round"), "added": Phrase("เพิ่ม", en: "Added"),
        "due-at": Phrase("ครบกำหนด", en: "Due"), "place": Phrase("ลำดับ", en: "Place"),
        "as-in": Phrase("ตามรายการของ", en: "As in"), "copied-from": Phrase("คัดลอกจาก", en: "Copied from"),
        "rows": Phrase("แถว", en: "Rows"), "unit": Phrase("หน่วยงาน", en: "Unit"),
        "values": Phrase("ค่า", en: "Values"), "sha256": Phrase("ลายนิ้วมือไฟล์", en: "SHA-256"),
        "criteria": Phrase("เกณฑ์", en: "Criteria"), "variables": Phrase("ตัวแปร", en: "Variables"),
        "steps": Phrase("ขั้นตอน", en: "Steps"), "baseline": Phrase("ผลย้อนหลัง", en: "Baseline"),
        "worths": Phrase("คะแนนของระดับ", en: "Worths of levels"), "dimensions": Phrase("มิติ", en: "Dimensions"),
        "supervisors": Phrase("ผู้กำกับดูแล", en: "Supervisors"),
        "collectors": Phrase("ผู้จัดเก็บข้อมูล", en: "Collectors"),
    ]

    private static func years(_ routes: inout Routes) {
        routes.get("/years/new", Phrase("ปีใหม่", en: "A new year"), for: .holders(of: .settings), use: showNewYear)
        routes.post(
            "/years", Phrase("เปิดปี", en: "Open a year"), for: .holders(of: .settings),
            api: APIDescription(input: YearOpeningPage.fields, answer: .object([("indicators", .number)])),
            form: "/years/new", use: openYear)
    }

    private static func frameworks(_ routes: inout Routes) {
        let written = APIDescription(input: Framework.fields)
        routes.table(
            "/frameworks", Phrase("ชุดตัวชี้วัด", en: "List the frameworks"), for: .holders(of: .settings),
            api: APIDescription(answer: .object([("items", .list(Framework.schema))])), use: listFrameworks)
        routes.get(
            "/frameworks/new", Phrase("ชุดใหม่", en: "A new framework"), for: .holders(of: .settings),
            use: showNewFramework)
        routes.post(
            "/frameworks", Phrase("เพิ่มชุด", en: "Add a framework"), for: .holders(of: .settings),
            api: APIDescription(input: Framework.fields, answer: .object([("id", .number)])),
            form: "/frameworks/new", use: createFramework)
        routes.get(
            "/frameworks/:framework", Phrase("ดูชุด", en: "See a framework"), for: .holders(of: .settings),
            api: APIDescription(answer: Framework.schema), use: showFramework)
        routes.post(
            "/frameworks/:framework", Phrase("แก้ไขชุด", en: "Change a framework"), for: .holders(of: .settings),
            api: written, form: "/frameworks/:framework", use: saveFramework)
        routes.post(
            "/frameworks/:framework/raise", Phrase("เลื่อนชุดขึ้น", en: "Move a framework up"),
            for: .holders(of: .settings), api: APIDescription(), use: raiseFramework)
        routes.post(
            "/frameworks/:framework/publication", Phrase("เผยแพร่ชุด", en: "Publish a framework"),
            for: .holders(of: .create),
            api: APIDescription(input: publicationFields, answer: .object([("indicators", .number)])),
            form: "/frameworks/:framework/publication", use: publishFramework)
        routes.get(
            "/frameworks/:framework/publication", Phrase("ดูก่อนเผยแพร่ชุด", en: "Before publishing a framework"),
            for: .holders(of: .create), use: showPublication)
        routes.post(
            "/frameworks/:framework/removal", Phrase("ลบชุด", en: "Remove a framework"), for: .holders(of: .settings),
            api: APIDescription(), use: removeFramework)
    }

    private static func dimensions(_ routes: inout Routes) {
        routes.get(
            "/dimensions", Phrase("มิติของตัวชี้วัด", en: "List the dimensions"), for: .holders(of: .settings),
            api: APIDescription(answer: .object([("items", .list(Dimension.schema))])), use: listDimensions)
        routes.get(
            "/dimensions/:axis", Phrase("ดูมิติ", en: "See a dimension"), for: .holders(of: .settings),
            api: APIDescription(answer: Dimension.schema), use: showDimension)
        routes.post(
            "/dimensions/:axis", Phrase("แก้ไขมิติ", en: "Change a dimension"), for: .holders(of: .settings),
            api: APIDescription(input: Dimension.fields), form: "/dimensions/:axis", use: saveDimension)
    }

    private static func indicators(_ routes: inout Routes) {
        let queries: [FormField] = [
            FormField("q", Phrase("ค้นหา", en: "Words to find"), .text(limit: 100)),
            FormField("year", Phrase("ปีงบประมาณ", en: "Fiscal year"), .number(FiscalYear.plausible)),
        ]
        routes.get(
            "/indicators", Phrase("รายการตัวชี้วัด", en: "List the indicators"), for: .members,
            api: APIDescription(queries: queries, answer: .object([("items", .list(IndicatorLine.schema))])),
            use: listIndicators)
        routes.get(
            "/indicators/new", Phrase("ตัวชี้วัดใหม่", en: "A new indicator"), for: .holders(of: .create),
            use: showNewIndicator)
        routes.post(
            "/indicators", Phrase("เพิ่มตัวชี้วัด", en: "Add an indicator"), for: .holders(of: .create),
            api: APIDescription(input: IndicatorFields.all, answer: .object([("id", .number)])),
            form: "/indicators/new", use: createIndicator)
        routes.get(
            "/indicators/:indicator", Phrase("ดูตัวชี้วัด", en: "See an indicator"), for: .members,
            api: APIDescription(answer: Indicator.schema), use: showIndicator)
        routes.get(
            "/indicators/:indicator/form", Phrase("แบบแก้ไขตัวชี้วัด", en: "An indicator's form"),
            for: .holders(of: .create), use: showIndicatorForm)
        routes.post(
            "/indicators/:indicator", Phrase("แก้ไขตัวชี้วัด", en: "Change an indicator"), for: .holders(of: .create),
            api: APIDescription(input: IndicatorFields.all), form: "/indicators/:indicator/form", use: saveIndicator)
        routes.post(
            "/indicators/trial", Phrase("ตรวจแบบตัวชี้วัด", en: "Check an indicator's form"), for: .holders(of: .create),
            use: tryIndicatorForm)
        routes.post(
            "/indicators/:indicator/simulation", Phrase("ลองคำนวณ", en: "Try a score"), for: .members,
            api: APIDescription(input: Simulation.fields, answer: Result<Assessment, NoScore>.schema),
            use: simulateIndicator)
    }
}

extension CatalogueRoutes {
    private static func tables(_ routes: inout Routes) {
        routes.files(
            "/indicators", Phrase("ตัวชี้วัดสำหรับแก้ไขแล้วนำเข้า", en: "The indicators, to change and bring in again"),
            for: .members, use: indicatorsToImport)
        routes.imports(
            "/indicators/import", Phrase("นำเข้าตัวชี้วัด", en: "Import indicators"), for: .holders(of: .create),
            ImportHandlers(
                show: showIndicatorImport, template: showIndicatorTemplate, preview: previewIndicators,
                apply: importIndicators))
        routes.imports(
            "/indicators/:indicator/rounds/:round/assignments/import",
            Phrase("นำเข้าผู้ต้องรายงาน", en: "Import who reports"), for: .holders(of: .open),
            ImportHandlers(into: RoundToFill.self, apply: importAssignments))
    }

    private static func documents(_ routes: inout Routes) {
        let path = "/indicators/:indicator/documents"
        routes.get(
            path, Phrase("เอกสารของตัวชี้วัด", en: "List an indicator's documents"), for: .holders(of: .create),
            api: APIDescription(answer: .object([("items", .list(IndicatorDocument.schema))])), use: listDocuments)
        routes.get(
            "\(path)/:place", Phrase("ดาวน์โหลดเอกสาร", en: "Download a document"), for: .members,
            use: downloadDocument)
        // Above what is taken, so that a file that is too large is refused at its field.
        routes.post(
            "\(path)/:place", Phrase("ส่งเอกสาร", en: "Send a document"), for: .holders(of: .create),
            api: APIDescription(input: IndicatorDocument.fields), form: path,
            bodyLimit: 4 * IndicatorDocument.sizeLimit, use: saveDocument)
        routes.post(
            "\(path)/:place/removal", Phrase("ลบเอกสาร", en: "Remove a document"), for: .holders(of: .create),
            api: APIDescription(), form: path, use: removeDocument)
    }

    private static func rounds(_ routes: inout Routes) {
        let people = "/indicators/:indicator/people"
        routes.get(
            people, Phrase("ดูผู้รับและผู้รายงาน", en: "See receivers and reporters"), for: .holders(of: .open),
            api: APIDescription(answer: .object([("items", .list(NamedPerson.schema))])), use: showNamed)
        routes.post(
            people, Phrase("กำหนดผู้รับและผู้รายงาน", en: "Name receivers and reporters"), for: .holders(of: .open),
            api: APIDescription(input: namedFields), form: people, use: saveNamed)
        let path = "/indicators/:indicator/rounds/:round"
        routes.table(
            path, files: "\(path)/assignments", Phrase("ดูรอบและผู้ต้องรายงาน", en: "See a round and who reports"),
            for: .holders(of: .open),
            api: APIDescription(answer: IndicatorRound.schemaWithAssignments), use: showRound)
        let deeds: [(String, Phrase, [FormField], Route.Handler)] = [
            (
                "dates", Phrase("แก้กำหนดการของตัวชี้วัด", en: "Change an indicator's dates"), roundDateFields,
                saveIndicatorDates
            ),
            ("closing", Phrase("ปิดรอบ", en: "Close a round"), roundReasonFields, closeRound),
            ("reopening", Phrase("เปิดรอบอีกครั้ง", en: "Open a round again"), roundReasonFields, reopenRound),
            ("assignments", Phrase("กำหนดผู้ต้องรายงาน", en: "Assign who reports"), assignmentFields, assignUnits),
            ("removal", Phrase("เอาผู้ต้องรายงานออก", en: "Remove who reports"), removalFields, removeAssignment),
            ("extension", Phrase("ขยายเวลา", en: "Extend for one"), extensionFields, extendAssignment),
            ("copies", Phrase("ใช้รายการเดียวกันกับตัวชี้วัดอื่น", en: "Use the list for others"), copyFields, copyAssignments),
        ]
        for (noun, title, fields, handler) in deeds {
            routes.post(
                "\(path)/\(noun)", title, for: .holders(of: .open), api: APIDescription(input: fields), form: path,
                use: handler)
        }
    }
}

extension Action {
    static let dimensionSaved = Action("dimension.saved", Phrase("แก้มิติ", en: "Dimension changed"))
    static let documentSaved = Action("document.saved", Phrase("บันทึกเอกสาร", en: "Document saved"))
    static let documentRemoved = Action("document.removed", Phrase("ลบเอกสาร", en: "Document removed"))
    static let indicatorsImported = Action("indicators.imported", Phrase("นำเข้าตัวชี้วัด", en: "Indicators imported"))
    static let frameworkAdded = Action("framework.added", Phrase("เพิ่มชุดตัวชี้วัด", en: "Framework added"))
    static let frameworkSaved = Action("framework.saved", Phrase("แก้ชุดตัวชี้วัด", en: "Framework changed"))
    static let frameworkPublished = Action("framework.published", Phrase("เผยแพร่ชุดตัวชี้วัด", en: "Framework published"))
    static let frameworkMoved = Action("framework.moved", Phrase("เลื่อนชุดตัวชี้วัด", en: "Framework moved"))
    static let frameworkRemoved = Action("framework.removed", Phrase("ลบชุดตัวชี้วัด", en: "Framework removed"))
    static let indicatorAdded = Action("indicator.added", Phrase("เพิ่มตัวชี้วัด", en: "Indicator added"))
    static let indicatorSaved = Action("indicator.saved", Phrase("แก้ตัวชี้วัด", en: "Indicator changed"))
    static let yearCopied = Action("year.copied", Phrase("คัดลอกปี", en: "Year copied"))
    static let roundOpened = Action("round.opened", Phrase("เปิดรอบ", en: "Round opened"))
    static let roundRemoved = Action("round.removed", Phrase("เอารอบออก", en: "Round removed"))
    static let roundClosed = Action("round.closed", Phrase("ปิดรอบ", en: "Round closed"))
    static let roundReopened = Action("round.reopened", Phrase("เปิดรอบอีกครั้ง", en: "Round opened again"))
    static let indicatorDatesSaved = Action("indicator-dates.saved", Phrase("แก้กำหนดการ", en: "Dates changed"))
    static let unitsAssigned = Action("units.assigned", Phrase("กำหนดผู้ต้องรายงาน", en: "Units assigned"))
    static let unitUnassigned = Action("unit.unassigned", Phrase("เอาผู้ต้องรายงานออก", en: "Unit no longer assigned"))
    package static let assignmentExtended = Action("assignment.extended", Phrase("ขยายเวลา", en: "Extended"))
}
