import HTML
import Interface
package import Kernel
import Postgres

/// Every address of this feature.
package enum AgreementsRoutes {
    private static let people = Access.holdersOfAny([.open, .reply, .selfAssess])

    package static func register(in registry: inout Registry) {
        registry.actions += [.agreementsMade, .agreementSigned, .agreementCancelled]
        registry.words.merge([
            "agreements": Phrase("คำรับรอง", en: "Agreements"), "side": Phrase("ฝ่าย", en: "Side"),
        ]) { known, _ in known }
        registry.tasks.append { .agreementsToSign(in: $0.area.id) }
        registry.constraints["agreements_one_each"] = .outdated
        registry.navigate(
            NavigationItem(
                "/agreements", Phrase("คำรับรอง", en: "Agreements"), icon: "pen", at: .agreements, for: people))
        routes(&registry.routes)
    }

    private static func routes(_ routes: inout Routes) {
        let made = APIDescription(
            input: AgreementForm.made + [FormField("units", Phrase("หน่วยงาน", en: "Units"), .text(limit: 20))],
            answer: .object([("made", .number)]))
        routes.table(
            "/agreements", Phrase("คำรับรองการปฏิบัติราชการ", en: "Performance agreements"), for: people,
            api: APIDescription(answer: .object([("items", .list(Agreement.schema))])), use: listAgreements)
        routes.get(
            "/agreements/new", Phrase("คำรับรองใหม่", en: "New agreements"), for: .holders(of: .open),
            use: showNewAgreements)
        routes.post(
            "/agreements", Phrase("ทำคำรับรอง", en: "Make agreements"), for: .holders(of: .open), api: made,
            form: "/agreements/new", use: createAgreements)
        routes.post(
            "/agreements/signatures", Phrase("ลงนามหลายฉบับในนามเขต", en: "Sign several for the area"),
            for: .holders(of: .reply), form: "/agreements", use: signAgreements)
        let path = "/agreements/:agreement"
        routes.get(
            path, Phrase("ดูคำรับรอง", en: "See an agreement"), for: people, api: APIDescription(answer: Agreement.schema),
            use: showAgreement)
        routes.get(
            "\(path)/agreement.pdf", Phrase("พิมพ์คำรับรอง", en: "Print an agreement"), for: people, use: printAgreement)
        routes.post(
            "\(path)/signature", Phrase("ลงนามคำรับรอง", en: "Sign an agreement"),
            for: .holdersOfAny([.reply, .selfAssess]), form: path, use: signAgreement)
        routes.post(
            "\(path)/cancellation", Phrase("ยกเลิกคำรับรอง", en: "Cancel an agreement"), for: .holders(of: .open),
            api: APIDescription(input: AgreementForm.cancelled), form: path, use: cancelAgreement)
        routes.get(
            "/agreements/verify/:key", Phrase("ตรวจสอบคำรับรอง", en: "Verify an agreement"), for: .anyone,
            use: verifyAgreement)
    }
}

extension Action {
    static let agreementsMade = Action("agreement.made", Phrase("ทำคำรับรอง", en: "Agreements made"))
    static let agreementSigned = Action("agreement.signed", Phrase("ลงนามคำรับรอง", en: "Agreement signed"))
    static let agreementCancelled = Action("agreement.cancelled", Phrase("ยกเลิกคำรับรอง", en: "Agreement cancelled"))
}
