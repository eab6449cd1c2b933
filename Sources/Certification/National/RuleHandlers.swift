import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Runtime

let ruleFields = [
    FormField(
        "scope", Phrase("ใช้กับ", en: "Applies to"),
        .choice(CertificationRule.Scope.allCases.map { .init($0.rawValue, $0.phrase) }), required: true),
    FormField(
        "areas", Phrase("รหัสเขต เมื่อเลือกเฉพาะเขต", en: "Codes of areas, when only some"), .longText(limit: 4000),
        hint: Phrase("คั่นด้วยเว้นวรรคหรือจุลภาค เช่น p55-1 s55", en: "With spaces or commas between, such as p55-1 s55")),
    FormField(
        "decide-days", Phrase("สำนักตัดสินภายในกี่วันหลังครบกำหนด", en: "Days after the due date for the bureau to decide"),
        .number(1...365), required: true),
    FormField(
        "undecided", Phrase("เมื่อสำนักไม่ตัดสินทันกำหนด", en: "When the bureau doesn't decide in time"),
        .choice(CertificationRule.Undecided.allCases.map { .init($0.rawValue, $0.phrase) }), required: true),
    FormField("may-correct", Phrase("ให้เขตแก้ไขได้เมื่อไม่รับรอง", en: "What isn't certified may be corrected"), .checkbox),
    FormField("needs-second", Phrase("ต้องมีผู้เห็นชอบคนที่สอง", en: "A second person must agree"), .checkbox),
]

func showRule(_ context: Context) async throws -> Outcome {
    let (visit, ruled, areas) = try await context.page(
        .rule(of: try indicator(context), in: context.area.id), .reportingAreas)
    guard let ruled else { throw Refusal.notFound }
    return .page(
        RulePage(visit: visit, ruled: ruled, areas: areas), visit,
        json: .object([.init(name: "version", value: JSON(ruled.version))] + ruled.rule.json.members))
}

func saveRule(_ context: Context) async throws -> Outcome {
    let id = try indicator(context)
    let sent = FormDraft(ruleFields, context.form.fields)
    try sent.check()
    let typed = sent["areas"].split { $0 == "," || $0.isWhitespace }.map { $0.lowercased() }
    let framework = try await context.deed { deed in
        let (ruled, areas) = try await deed.run(.rule(of: id, in: deed.area), .reportingAreas)
        guard let ruled else { throw Refusal.notFound }
        try context.checkVersion(ruled.version)
        let known = Dictionary(uniqueKeysWithValues: areas.map { ($0.code, $0.id) })
        var draft = sent
        let rule = CertificationRule(draft, areas: typed.compactMap { known[$0] })
        if let unknown = typed.first(where: { known[$0] == nil }) {
            draft.refuse("areas", Phrase("ไม่พบเขตรหัส \(unknown)", en: "There is no area \(unknown)"))
        } else if rule.scope == .listed, typed.isEmpty {
            draft.refuse("areas", Phrase("ระบุอย่างน้อยหนึ่งเขต", en: "List at least one area"))
        }
        try draft.check()
        _ = try await deed.run(.save(rule, of: id, in: deed.area))
        let (before, after) = difference(from: ruled.rule.json, to: rule.json)
        try await deed.record(
            .ruleSaved, on: "indicator/\(id)", named: "\(ruled.number) \(ruled.name)", before: before, after: after)
        return ruled.framework
    }
    return .done(
        "/publications/\(framework)",
        says: Phrase("บันทึกวิธีรับรองแล้ว เผยแพร่เพื่อให้มีผล", en: "The rule is saved. Publish for it to take effect"))
}

private func indicator(_ context: Context) throws(Refusal) -> Int {
    guard let id = context.request.parameters["indicator"].flatMap({ Int($0) }) else { throw .notFound }
    return id
}

extension CertificationRule {
    fileprivate init(_ draft: FormDraft, areas: [AreaID]) {
        scope = Scope(rawValue: draft["scope"]) ?? .all
        self.areas = scope == .listed ? areas.sorted() : []
        mayCorrect = draft.isChecked("may-correct")
        undecided = Undecided(rawValue: draft["undecided"]) ?? .escalate
        needsSecond = draft.isChecked("needs-second")
        decideDays = draft.number("decide-days")
    }
}

/// How one indicator is certified.
struct RulePage: NarrowPage {
    let visit: Visit
    let ruled: RuledIndicator
    let areas: [Area]

    var title: Phrase { Phrase("วิธีรับรอง ", en: "Certification of ") + Phrase(same: ruled.number) }

    func write(to html: HTML) {
        html.p(.className("mb-2")) {
            html.a(
                .href(visit.link("/publications/\(ruled.framework)")),
                text: Phrase("เผยแพร่ถึงเขต", en: "Publish to areas"))
        }
        html.head(title, Phrase(same: ruled.name))
        html.form(to: "/publications/rules/\(ruled.id)", visit, .className("panel")) {
            html.input(.type("hidden"), .name("version"), .value("\(ruled.version)"))
            let form = FormWriter(html, ruleFields, values: values, visit)
            form.problemNote()
            form.all()
            html.div(.className("acts")) { html.submit(Phrase("บันทึก", en: "Save")) }
        }
    }

    private var values: Fields {
        let codes = Dictionary(uniqueKeysWithValues: areas.map { ($0.id, $0.code) })
        var fields = Fields([
            "scope": ruled.rule.scope.rawValue, "decide-days": "\(ruled.rule.decideDays)",
            "undecided": ruled.rule.undecided.rawValue,
            "areas": ruled.rule.areas.compactMap { codes[$0] }.joined(separator: " "),
        ])
        if ruled.rule.mayCorrect { fields.add("may-correct", "on") }
        if ruled.rule.needsSecond { fields.add("needs-second", "on") }
        return fields
    }
}

extension Action {
    static let ruleSaved = Action("certification-rule.saved", Phrase("กำหนดวิธีรับรอง", en: "Rule of certification set"))
}
