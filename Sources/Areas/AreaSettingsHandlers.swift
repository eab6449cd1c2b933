import HTML
import HTTP
import Kernel
import Postgres
import Runtime

func showSettings(_ context: Context) async throws -> Outcome {
    let (visit, settings, space) = try await context.page(
        .settings(of: context.area.id), .fileSpace(of: context.area.id))
    let page = AreaSettingsPage(visit: visit, settings: settings, space: space)
    return .page(page, visit, json: settings.json)
}

func saveSettings(_ context: Context) async throws -> Outcome {
    var draft = FormDraft(AreaSettings.fields, context.form.fields)
    let host = draft.textIfAny("host").map { hostName($0) ?? "" }
    if host == "" {
        draft.refuse("host", Phrase("ใส่ชื่อโฮสต์ เช่น kpi.nan1.go.th", en: "Enter a host name, such as kpi.nan1.go.th"))
    } else if host == platformHost(context) {
        draft.refuse("host", Phrase("ชื่อนี้เป็นของระบบทั้งประเทศ", en: "This is the name of the whole platform"))
    }
    let checked = draft
    try checked.check()
    try await refusingTakenHost {
        try await context.deed { deed in
            let current = try await deed.run(.settings(of: deed.area))
            try context.checkVersion(current.version)
            let settings = AreaSettings(checked, over: current)
            guard try await deed.run(.save(settings, of: deed.area)) == 1 else { throw Refusal.outdated }
            if settings.host != current.host { _ = try await deed.run(.saveHost(settings.host, of: deed.area)) }
            let change = difference(from: current.json, to: settings.json)
            try await deed.record(
                .settingsSaved, on: "settings", named: context.area.shortName, before: change.before,
                after: change.after)
        }
    }
    return .done("/settings", says: Phrase("บันทึกการตั้งค่าแล้ว", en: "Settings saved"))
}

/// Where all areas are: an area that took this name would stand in front of all others.
private func platformHost(_ context: Context) -> String? {
    let parts = context.platform.baseURL.split(separator: "/")
    return parts.dropFirst().first.map { $0.prefix { $0 != ":" }.lowercased() }
}

private func refusingTakenHost(_ deed: () async throws -> Void) async throws {
    do {
        try await deed()
    } catch let error as DatabaseError where error.constraint == "areas_host_once" {
        throw Refusal.invalid("host", Phrase("เขตอื่นใช้ชื่อนี้แล้ว", en: "Another area has this name already"))
    }
}

func saveLogo(_ context: Context) async throws -> Outcome {
    guard let file = context.form.files["logo"], file.size > 0 else {
        throw Refusal.invalid("logo", Phrase("เลือกไฟล์รูป", en: "Choose a picture"))
    }
    guard file.size <= 200_000 else {
        throw Refusal.invalid(
            "logo",
            Phrase(
                "รูปใหญ่เกิน 200 KB ที่ส่งมา \(file.size / 1000) KB", en: "At most 200 KB; this has \(file.size / 1000) KB"))
    }
    let bytes = try file.bytes()
    guard let type = pictureType(bytes) else {
        throw Refusal.invalid("logo", Phrase("ส่งได้เฉพาะ PNG หรือ JPEG", en: "Only PNG or JPEG"))
    }
    try await context.deed { deed in
        _ = try await deed.run(.saveLogo(bytes, type: type, of: deed.area))
        try await deed.record(.logoSaved, on: "settings", named: context.area.shortName)
    }
    return .done("/settings", says: Phrase("เปลี่ยนตราของเขตแล้ว", en: "The logo is changed"))
}

func removeLogo(_ context: Context) async throws -> Outcome {
    try await context.deed { deed in
        _ = try await deed.run(.removeLogo(of: deed.area))
        try await deed.record(.logoRemoved, on: "settings", named: context.area.shortName)
    }
    return .done("/settings", says: Phrase("ใช้ตราของระบบแทนแล้ว", en: "Back to the system's own seal"))
}

/// By content, never by name: a picture that is one for every browser. SVG is not among them, as it can hold scripts.
private func pictureType(_ bytes: [UInt8]) -> String? {
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return "image/png" }
    return bytes.starts(with: [0xFF, 0xD8, 0xFF]) ? "image/jpeg" : nil
}

/// The area's colour, as a stylesheet of one line: pages carry no style of their own.
func showLook(_ context: Context) async throws -> Outcome {
    let hue: Int
    if let asked = context.request.query["hue"].flatMap({ Int($0) }), (0...359).contains(asked) {
        // The address carries the colour, so the answer is the same for ever.
        hue = asked
    } else {
        let (visit) = try await context.page()
        hue = visit.look.hue
    }
    return .response(
        Response(
            200,
            headers: [
                "content-type": "text/css; charset=utf-8", "cache-control": "public, max-age=31536000, immutable",
            ],
            body: .bytes(ByteBuffer(":root{--hue:\(hue)}\n"))))
}

func showLogo(_ context: Context) async throws -> Outcome {
    let (_, logo) = try await context.page(.logo(of: context.area.id))
    guard let logo else { throw Refusal.notFound }
    return .response(
        Response(
            200, headers: ["content-type": logo.type, "cache-control": "public, max-age=31536000, immutable"],
            body: .bytes(ByteBuffer(logo.bytes))))
}
