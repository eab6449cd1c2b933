import HTML
import Interface
package import Kernel

/// Every address of this feature.
package enum AreasRoutes {
    package static func register(in registry: inout Registry) {
        registry.navigate(
            NavigationItem(
                "/units", Phrase("หน่วยงาน", en: "Units"), icon: "building", at: .units, for: .holders(of: .settings)))
        registry.navigate(
            NavigationItem(
                "/settings", Phrase("ตั้งค่า", en: "Settings"), icon: "gear", at: .settings, for: .holders(of: .settings)))
        registry.actions += [
            .areaCreated, .settingsSaved, .logoSaved, .logoRemoved, .unitAdded, .unitSaved, .unitClosed, .unitReopened,
            .unitsImported,
        ]
        registry.constraints["file_space_within_quota"] = FileSpace.full
        registry.tasks.append { .spaceTasks($0) }
        settings(&registry.routes)
        units(&registry.routes)
        unitImport(&registry.routes)
    }

    private static func settings(_ routes: inout Routes) {
        let saved = APIDescription(input: AreaSettings.fields)
        let shown = APIDescription(
            answer: .object(
                AreaSettings.fields.map { ($0.name, $0.name == "hue" ? .number : .text) } + [("version", .number)]))
        routes.get("/look.css", Phrase("สีของเขต", en: "The area's colour"), for: .anyone, use: showLook)
        routes.get("/logo", Phrase("ตราของเขต", en: "The area's logo"), for: .anyone, use: showLogo)
        routes.get(
            "/settings", Phrase("ดูการตั้งค่า", en: "See the settings"), for: .holders(of: .settings), api: shown,
            use: showSettings)
        routes.post(
            "/settings", Phrase("บันทึกการตั้งค่า", en: "Save the settings"), for: .holders(of: .settings), api: saved,
            form: "/settings", use: saveSettings)
        routes.post(
            "/settings/logo", Phrase("เปลี่ยนตรา", en: "Change the logo"), for: .holders(of: .settings),
            form: "/settings", bodyLimit: 1 << 20, use: saveLogo)
        routes.post(
            "/settings/logo/removal", Phrase("เอาตราออก", en: "Remove the logo"), for: .holders(of: .settings),
            api: APIDescription(), use: removeLogo)
    }

    private static func units(_ routes: inout Routes) {
        let central = Area(id: AreaID(1), code: "", kind: .primary, shortName: "", name: "")
        let written = APIDescription(input: OrgUnit.fields(in: central), answer: .object([("id", .number)]))
        let queries: [FormField] = [
            FormField("q", Phrase("ค้นหา", en: "Words to find"), .text(limit: 100)),
            FormField("page", Phrase("หน้า", en: "Page"), .number(1...100_000)),
        ]
        let listed = APIDescription(
            queries: queries, answer: .object([("total", .number), ("items", .list(OrgUnit.schema))]))
        routes.table(
            "/units", Phrase("รายการหน่วยงาน", en: "List the units"), for: .holders(of: .settings), api: listed,
            use: listUnits)
        routes.get("/units/new", Phrase("หน่วยงานใหม่", en: "A new unit"), for: .holders(of: .settings), use: showNewUnit)
        routes.post(
            "/units", Phrase("เพิ่มหน่วยงาน", en: "Add a unit"), for: .holders(of: .settings), api: written,
            form: "/units/new", use: createUnit)
        routes.get(
            "/units/:unit", Phrase("ดูหน่วยงาน", en: "See a unit"), for: .holders(of: .settings),
            api: APIDescription(answer: OrgUnit.schema), use: showUnit)
        routes.post(
            "/units/:unit", Phrase("แก้ไขหน่วยงาน", en: "Change a unit"), for: .holders(of: .settings),
            api: APIDescription(input: OrgUnit.fields(in: central)), form: "/units/:unit", use: saveUnit)
        routes.post(
            "/units/:unit/closing", Phrase("ปิดหน่วยงาน", en: "Close a unit"), for: .holders(of: .settings),
            api: APIDescription(), use: closeUnit)
        routes.post(
            "/units/:unit/reopening", Phrase("เปิดหน่วยงานอีกครั้ง", en: "Open a unit again"),
            for: .holders(of: .settings), api: APIDescription(), form: "/units/:unit", use: reopenUnit)
    }

    private static func unitImport(_ routes: inout Routes) {
        routes.imports(
            "/units/import", Phrase("นำเข้าหน่วยงาน", en: "Import units"), for: .holders(of: .settings),
            ImportHandlers(
                show: showUnitImport, template: showUnitTemplate, preview: previewUnits, apply: importUnits))
    }
}

extension Action {
    static let areaCreated = Action("area.created", Phrase("สร้างเขต", en: "Area created"))
    static let settingsSaved = Action("settings.saved", Phrase("แก้ไขการตั้งค่า", en: "Settings changed"))
    static let logoSaved = Action("logo.saved", Phrase("เปลี่ยนตรา", en: "Logo changed"))
    static let logoRemoved = Action("logo.removed", Phrase("เอาตราออก", en: "Logo removed"))
    static let unitAdded = Action("unit.added", Phrase("เพิ่มหน่วยงาน", en: "Unit added"))
    static let unitSaved = Action("unit.saved", Phrase("แก้ไขหน่วยงาน", en: "Unit changed"))
    static let unitClosed = Action("unit.closed", Phrase("ปิดหน่วยงาน", en: "Unit closed"))
    static let unitReopened = Action("unit.reopened", Phrase("เปิดหน่วยงานอีกครั้ง", en: "Unit opened again"))
    static let unitsImported = Action("units.imported", Phrase("นำเข้าหน่วยงาน", en: "Units imported"))
}
