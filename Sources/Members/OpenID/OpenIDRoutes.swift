import HTML
import Kernel

/// The addresses of signing in with an account elsewhere.
enum OpenIDRoutes {
    static func register(in routes: inout Routes) {
        routes.get(
            "/sign-in/provider", Phrase("เข้าสู่ระบบด้วยบัญชีอื่น", en: "Sign in with an account elsewhere"), for: .anyone,
            use: beginAtProvider)
        routes.get(
            "/sign-in/provider/return", Phrase("กลับจากผู้ให้บริการ", en: "Back from the provider"), for: .anyone,
            use: returnFromProvider)
        let own = "/account/identity"
        routes.get(own, Phrase("บัญชีอื่นของฉัน", en: "My accounts elsewhere"), for: .members, use: showIdentity)
        routes.post(
            own, Phrase("ผูกบัญชีอื่น", en: "Link an account elsewhere"), for: .members, form: own, use: linkIdentity)
        routes.post(
            "\(own)/removal", Phrase("ยกเลิกการผูกบัญชีอื่น", en: "Unlink accounts elsewhere"), for: .members,
            use: unlinkIdentities)
        let settings = "/members/provider"
        let manager = Access.holders(of: .members)
        routes.get(
            settings, Phrase("ผู้ให้บริการเข้าสู่ระบบ", en: "The sign-in provider"), for: manager, use: showProvider)
        routes.post(
            settings, Phrase("กำหนดผู้ให้บริการเข้าสู่ระบบ", en: "Set the sign-in provider"), for: manager, form: settings,
            use: saveProvider)
        routes.post(
            "\(settings)/removal", Phrase("เลิกใช้ผู้ให้บริการเข้าสู่ระบบ", en: "Remove the sign-in provider"), for: manager,
            use: removeProvider)
    }
}
