import HTML
package import Kernel

/// Every address of this feature.
package enum MessagesRoutes {
    package static func register(in registry: inout Registry) {
        registry.actions += [.calendarChanged, .hookAdded, .hookKeyChanged, .hookRemoved]
        registry.tasks.append { .hookTasks($0) }
        registry.constraints["web_hooks_address_once"] = .invalid(
            "address", Phrase("มีที่อยู่นี้แล้ว", en: "This address is there already"))
        hooks(&registry)
        notices(&registry.routes)
        choices(&registry.routes)
    }

    private static func notices(_ routes: inout Routes) {
        routes.get(
            "/notices", Phrase("แจ้งเตือน", en: "Notices"), for: .members,
            api: APIDescription(answer: .object([("items", .list(Notice.schema))])), use: listNotices)
        routes.get("/notices/bell", Phrase("จำนวนแจ้งเตือน", en: "The number of notices"), for: .members, use: showBell)
        routes.get(
            "/notices/stream", Phrase("แจ้งเตือนสด", en: "Notices as they come"), for: .members, use: streamNotices)
        routes.post(
            "/notices/reading", Phrase("อ่านแจ้งเตือนทั้งหมด", en: "Read all notices"), for: .members,
            api: APIDescription(), use: readAllNotices)
        routes.post(
            "/notices/:notice/reading", Phrase("เปิดแจ้งเตือน", en: "Open a notice"), for: .members,
            api: APIDescription(), use: openNotice)
    }

    private static func hooks(_ registry: inout Registry) {
        let (path, flag) = ("/settings/hooks", Access.holders(of: .settings))
        registry.routes.get(
            path, Phrase("ปลายทางแจ้งเตือน", en: "Web hooks"), for: flag,
            api: APIDescription(answer: .object([("items", .list(WebHook.schema))])), use: listWebHooks)
        registry.routes.post(
            path, Phrase("เพิ่มปลายทางแจ้งเตือน", en: "Add a web hook"), for: flag,
            api: APIDescription(
                input: WebHook.fields(registry.news.map(\.action)), answer: .object([("id", .number), ("key", .text)])),
            form: path,
            use: addWebHook)
        registry.routes.post(
            "\(path)/:hook/trial", Phrase("ลองส่งแจ้งเตือน", en: "Try a web hook"), for: flag, api: APIDescription(),
            use: tryWebHook)
        registry.routes.post(
            "\(path)/:hook/key", Phrase("เปลี่ยนกุญแจปลายทาง", en: "Change a web hook's key"), for: flag,
            api: APIDescription(), use: changeHookKey)
        registry.routes.post(
            "\(path)/:hook/removal", Phrase("เอาปลายทางออก", en: "Remove a web hook"), for: flag,
            api: APIDescription(), use: removeWebHook)
    }

    private static func choices(_ routes: inout Routes) {
        routes.get(
            "/account/notices", Phrase("การแจ้งเตือนของฉัน", en: "How I am told"), for: .members,
            api: APIDescription(answer: .object([("mail", .text), ("hooks", .text), ("calendar", .text)])),
            use: showChoices)
        routes.post(
            "/account/notices", Phrase("เลือกการแจ้งเตือน", en: "Choose how one is told"), for: .members,
            api: APIDescription(input: choiceFields), form: "/account/notices", use: saveChoices)
        routes.post(
            "/account/calendar", Phrase("เปลี่ยนที่อยู่ปฏิทิน", en: "Change the calendar's address"), for: .members,
            api: APIDescription(), use: changeCalendar)
        routes.get(
            "/calendar/:key", Phrase("ปฏิทินกำหนดส่ง", en: "Deadlines as a calendar"), for: .anyone, use: showCalendar)
    }
}

extension Action {
    static let calendarChanged = Action("calendar.changed", Phrase("เปลี่ยนที่อยู่ปฏิทิน", en: "Calendar's address changed"))
}
