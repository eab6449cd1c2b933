import HTML
package import Kernel

/// Every address of this feature.
package enum MessagesRoutes {
    package static func register(in registry: inout Registry) {
        registry.routes.get(
            "/notices", Phrase("แจ้งเตือน", en: "Notices"), for: .members,
            api: APIDescription(answer: .object([("items", .list(Notice.schema))])), use: listNotices)
        registry.routes.get(
            "/notices/bell", Phrase("จำนวนแจ้งเตือน", en: "The number of notices"), for: .members, use: showBell)
        registry.routes.get(
            "/notices/stream", Phrase("แจ้งเตือนสด", en: "Notices as they come"), for: .members, use: streamNotices)
        registry.routes.post(
            "/notices/reading", Phrase("อ่านแจ้งเตือนทั้งหมด", en: "Read all notices"), for: .members,
            api: APIDescription(), use: readAllNotices)
        registry.routes.post(
            "/notices/:notice/reading", Phrase("เปิดแจ้งเตือน", en: "Open a notice"), for: .members,
            api: APIDescription(), use: openNotice)
    }
}
