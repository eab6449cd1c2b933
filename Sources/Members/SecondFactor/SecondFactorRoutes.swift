import HTML
import Kernel

/// The addresses of the second factor.
enum SecondFactorRoutes {
    static func register(in routes: inout Routes) {
        routes.get("/sign-in/code", Phrase("ยืนยันตัวตน", en: "One more step"), for: .anyone, use: showCodeForm)
        routes.post(
            "/sign-in/code", Phrase("ยืนยันตัวตน", en: "One more step"), for: .anyone, form: "/sign-in/code",
            use: createSessionWithCode)
        let own = "/account/second-factor"
        routes.get(own, Phrase("การยืนยันสองชั้นของฉัน", en: "My second factor"), for: .members, use: showSecondFactor)
        routes.post(
            own, Phrase("เริ่มตั้งค่าการยืนยันสองชั้น", en: "Begin a second factor"), for: .members, use: beginSecondFactor)
        routes.post(
            "\(own)/confirmation", Phrase("เปิดใช้การยืนยันสองชั้น", en: "Turn it on"), for: .members, form: own,
            use: confirmSecondFactor)
        routes.post(
            "\(own)/codes", Phrase("ออกรหัสสำรองชุดใหม่", en: "Make new recovery codes"), for: .members, form: own,
            use: renewRecoveryCodes)
        routes.post(
            "\(own)/removal", Phrase("ปิดการยืนยันสองชั้น", en: "Turn it off"), for: .members, form: own,
            use: removeSecondFactor)
        routes.post(
            "/members/:member/second-factor-removal", Phrase("ปิดการยืนยันสองชั้นของผู้อื่น", en: "Turn another's off"),
            for: .holders(of: .members), api: APIDescription(), use: removeSecondFactorOfOther)
        let rule = "/settings/second-factor"
        routes.get(
            rule, Phrase("สิทธิ์ที่ต้องยืนยันสองชั้น", en: "Flags that need a second factor"), for: .holders(of: .settings),
            api: APIDescription(answer: .object([("flags", .list(.text))])), use: showFactorRule)
        let flags = FormField(
            "flags", Phrase("สิทธิ์", en: "Flags"), .choices(Permission.table.map { .init($0.name, $0.meaning) }))
        routes.post(
            rule, Phrase("กำหนดสิทธิ์ที่ต้องยืนยันสองชั้น", en: "Say which flags need one"), for: .holders(of: .settings),
            api: APIDescription(input: [flags]), form: rule, use: saveFactorRule)
    }
}
