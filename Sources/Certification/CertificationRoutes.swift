import HTML
import Interface
package import Kernel

/// Every address of this feature.
package enum CertificationRoutes {
    package static func register(in registry: inout Registry) {
        registry.actions += [.nationalPublished, .ruleSaved] 
        registry.navigate(
            NavigationItem(
                "/publications", Phrase("เผยแพร่ถึงเขต", en: "Publish"), icon: "sent", at: .publications,
                for: .holdersOfAny([.publish, .define]), in: .centralOnly))
        publications(&registry.routes)
    }

    private static func publications(_ routes: inout Routes) {
        let access = Access.holdersOfAny([.publish, .define])
        routes.get(
            "/publications", Phrase("ชุดที่เผยแพร่ถึงเขต", en: "List what is published to areas"), for: access,
            in: .centralOnly,
            api: APIDescription(answer: .object([("items", .list(frameworkToPublishSchema))])), use: listPublications)
        routes.get(
            "/publications/:framework", Phrase("ดูก่อนเผยแพร่ถึงเขต", en: "Look before publishing to areas"), for: access,
            in: .centralOnly, use: showNationalPublication)
        routes.post(
            "/publications/:framework", Phrase("เผยแพร่ถึงเขต", en: "Publish to areas"), for: .holders(of: .publish),
            in: .centralOnly,
            api: APIDescription(input: nationalPublicationFields, answer: .object([("areas", .number)])),
            form: "/publications/:framework", use: publishNationally)
        let rule = "/publications/rules/:indicator"
        routes.get(
            rule, Phrase("ดูวิธีรับรอง", en: "See a rule of certification"), for: access, in: .centralOnly,
            api: APIDescription(answer: ruleSchema), use: showRule)
        routes.post(
            rule, Phrase("กำหนดวิธีรับรอง", en: "Set a rule of certification"), for: .holders(of: .define),
            in: .centralOnly, api: APIDescription(input: ruleFields), form: rule, use: saveRule)
    }

    private static let ruleSchema = APISchema.object([
        ("version", .number), ("scope", .text), ("areas", .list(.number)), ("may-correct", .flag),
        ("undecided", .text), ("needs-second", .flag), ("decide-days", .number),
    ])
}
