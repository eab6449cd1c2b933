import HTML
import HTTP
import Interface
import Kernel
import Rounds
import Scoring

/// A new indicator, or one to be changed: definition, measuring, criteria, people, in this order.
struct IndicatorFormPage: Page {
    let visit: Visit
    let indicator: Indicator?
    /// After which a new one is added: it has the same framework, kind and rounds at first.
    var model: Indicator?
    let frameworks: [Framework]
    let others: [IndicatorLine]
    let owners: OwnerChoices
    let rounds: [IndicatorRound]
    let dimensions: [Dimension]
    var trial: FormTrial?

    var title: Phrase {
        indicator.map { Phrase("แก้ไขตัวชี้วัด \($0.number)", en: "Edit indicator \($0.number)") }
            ?? Phrase("เพิ่มตัวชี้วัด", en: "Add an indicator")
    }

    func write(to html: HTML) {
        html.head(title, visit.year.phrase)
        html.form(to: indicator.map { "/indicators/\($0.id)" } ?? "/indicators", visit) {
            let form = FormWriter(html, fields, values: values, visit)
            form.problemNote()
            if let indicator { html.input(.type("hidden"), .name("version"), .value(version(of: indicator))) }
            html.div(.className("split aside")) {
                html.div {
                    definition(html, form)
                    variables(html, form)
                    criteria(html, form)
                    steps(html, form)
                    people(html, form)
                    // Before the button that only tries: what Enter presses is a form's first.
                    html.div(.className("acts mb-4")) {
                        html.submit(
                            indicator == nil ? Phrase("เพิ่มตัวชี้วัด", en: "Add the indicator") : Phrase("บันทึก", en: "Save")
                        )
                        if indicator == nil {
                            html.button(
                                .className("btn btn-quiet"), .type("submit"), .name("then"), .value("another"),
                                text: Phrase("เพิ่ม แล้วเพิ่มตัวต่อไป", en: "Add, and then another"))
                        }
                        html.action(
                            visit.link(indicator.map { "/indicators/\($0.id)" } ?? "/indicators"),
                            Phrase("ยกเลิก", en: "Cancel"))
                    }
                }
                html.div(.className("side")) { trying(html, form) }
            }
        }
    }

    /// What was only tried is still of the version that was seen: nothing told of what changed since.
    private func version(of indicator: Indicator) -> String {
        trial == nil ? String(indicator.version) : visit.rejection?.fields["version"] ?? String(indicator.version)
    }

    private func definition(_ html: HTML, _ form: FormWriter) {
        panel(html, Phrase("ตัวชี้วัด", en: "The indicator")) {
            for field in fields.prefix(IndicatorFields.head.count) where isInUse(field) { form.field(field.name) }
        }
        panel(html, Phrase("การวัด", en: "Measuring")) {
            form.field("type")
            html.div(.className("row g-2")) {
                for name in ["measure", "weight", "target", "ratio"] {
                    html.div(.className("col-6 col-md-3")) { form.field(name, inRow: true) }
                }
            }
            form.field("formula")
            form.field("data-source")
        }
        guard visit.holds(.open) else { return }
        panel(html, Phrase("การเปิดรับรายงาน", en: "Rounds")) {
            html.input(.type("hidden"), .name("rounds-shown"), .value("yes"))
            form.field("rounds")
        }
    }

    private func panel(_ html: HTML, _ title: Phrase, _ content: () -> Void) {
        html.section(.className("panel")) {
            html.h2(text: title)
            content()
        }
    }

    private func variables(_ html: HTML, _ form: FormWriter) {
        panel(html, Phrase("ตัวแปร / ข้อมูลพื้นฐาน", en: "Variables")) {
            html.p(
                .className("dim"),
                text: Phrase(
                    "ชื่อสั้น ๆ ที่ใช้ในสูตร เช่น a กับสิ่งที่ต้องกรอก แถวที่ว่างไม่ถูกบันทึก",
                    en: "A short name for the formula, such as a, and what is to be entered. Empty rows are left out."))
            let columns = ["name", "label", "measure", "source", "try"]
            rows(html, "variable", columns, [2, 4, 2, 2, 2], Variable.most, form) { row in
                html.details(.className("mb-3"), openWhenUsed(["variable-\(row)-rounds"])) {
                    html.summary(.className("small")) {
                        Phrase("รอบที่ต้องกรอก เมื่อไม่ใช่ทุกรอบ", en: "Rounds in which it is due, when not in all")
                            .write(to: html)
                        html.text(" ")
                        html.icon("caret")
                    }
                    form.field("variable-\(row)-rounds")
                }
            }
        }
    }

    private func criteria(_ html: HTML, _ form: FormWriter) {
        panel(html, Phrase("เกณฑ์การให้คะแนน", en: "Criteria")) {
            html.div(.className("row g-2")) {
                for level in 1...Criteria.levels {
                    html.div(.className("col-6 col-md-2")) { form.field("criterion-\(level)", inRow: true) }
                }
            }
            form.field("below")
            html.details(.className("mb-3"), openWhenUsed((1...Criteria.levels).map { "worth-\($0)" })) {
                html.summary {
                    Phrase("คะแนนของแต่ละระดับ ปกติ 1–5", en: "What each level is worth, usually 1–5").write(to: html)
                    html.text(" ")
                    html.icon("caret")
                }
                html.div(.className("row g-2 mt-1")) {
                    for level in 1...Criteria.levels {
                        html.div(.className("col-6 col-md-2")) { form.field("worth-\(level)", inRow: true) }
                    }
                }
            }
            html.h3(text: Phrase("ผลย้อนหลัง", en: "Baseline"))
            html.div(.className("row g-2")) {
                for year in 1...3 {
                    html.div(.className("col-6 col-md-3")) { form.field("baseline-\(year)", inRow: true) }
                }
            }
        }
    }

    private func steps(_ html: HTML, _ form: FormWriter) {
        html.details(.className("panel"), openWhenUsed((1...5).map { "step-\($0)" })) {
            html.summary(.className("medium")) {
                Phrase("ขั้นตอน 1–5 (สำหรับระดับความสำเร็จ)", en: "Steps 1–5 (for level of success)").write(to: html)
                html.text(" ")
                html.icon("caret")
            }
            html.div(.className("mt-3")) { for step in 1...5 { form.field("step-\(step)") } }
        }
    }

    private func people(_ html: HTML, _ form: FormWriter) {
        panel(html, Phrase("ผู้รับผิดชอบ", en: "Who answers for it")) {
            form.field("owner-unit")
            form.field("owner")
            html.h3(text: Phrase("ผู้กำกับดูแล", en: "Supervisors"))
            rows(html, "supervisor", ["name", "position", "phone"], [5, 4, 3], Contact.most, form)
            html.h3(text: Phrase("ผู้จัดเก็บข้อมูล", en: "Collectors"))
            rows(html, "collector", ["name", "position", "phone"], [5, 4, 3], Contact.most, form)
        }
    }

    /// What the form comes to as it stands, checked while one types. Nothing is stored.
    private func trying(_ html: HTML, _ form: FormWriter) {
        // The result that comes in later may use them.
        ScorePanel.prepare(html)
        html.section(.className("panel"), Attribute("aria-labelledby", "trial-title")) {
            html.h2(.id("trial-title"), text: Phrase("ตรวจสูตรและเกณฑ์", en: "Formula and criteria checked"))
            if let indicator { html.input(.type("hidden"), .name("indicator"), .value("\(indicator.id)")) }
            html.p(
                .className("dim"),
                text: Phrase(
                    "ใส่ค่าทดลองที่ตัวแปรแล้วดูคะแนนที่นี่ ค่าทดลองไม่ถูกบันทึก",
                    en: "Enter values to try beside the variables, and see the score here. They are not stored."))
            form.field("result-try", inRow: true)
            html.div(
                .id("trial"), Attribute("aria-live", "polite"),
                Attribute("data-hx-post", visit.link("/indicators/trial")),
                Attribute("data-hx-trigger", "input from:closest form delay:400ms"),
                Attribute("data-hx-include", "closest form")
            ) {
                if let trial { html.write(trial) }
            }
            html.button(
                .className("btn btn-quiet"), .type("submit"), Attribute("formaction", visit.link("/indicators/trial")),
                Attribute("formnovalidate", ""), text: Phrase("ตรวจและลองคำนวณ", en: "Check and try"))
        }
    }

    /// A dimension that the area doesn't use isn't asked for.
    private func isInUse(_ field: FormField) -> Bool {
        guard field.name.hasPrefix("dimension-"), case .choice(let choices) = field.kind else { return true }
        return !choices.isEmpty
    }

    /// What is filled in, or wrong, isn't folded away.
    private func openWhenUsed(_ names: [String]) -> Attribute {
        let fields = visit.rejection?.fields ?? values
        let isUsed = names.contains { name in
            !(fields[name] ?? "").isEmpty || visit.rejection?.problems.contains { $0.field == name } == true
        }
        return Attribute("open", "").when(isUsed)
    }

    /// What is filled in, and two empty rows more.
    private func rows(
        _ html: HTML, _ part: String, _ names: [String], _ widths: [Int], _ most: Int, _ form: FormWriter,
        below: (Int) -> Void = { _ in }
    ) {
        let filled = (1...most).last { row in
            names.contains { !((visit.rejection?.fields ?? values)["\(part)-\(row)-\($0)"] ?? "").isEmpty }
        }
        for row in 1...min(most, (filled ?? 0) + 2) {
            html.div(.className("row g-2")) {
                for (name, width) in zip(names, widths) {
                    html.div(.className("col-6 col-md-\(width)")) { form.field("\(part)-\(row)-\(name)", inRow: true) }
                }
            }
            below(row)
        }
    }

    private var fields: [FormField] {
        let nesting = Nesting(others)
        let parents = others.filter { nesting.allows(indicator?.id, in: $0.id) }
        let choices = IndicatorFields.choices(frameworks, parents, owners, dimensions)
        return (IndicatorFields.all(choosing: choices) + IndicatorFields.tried).map { field in
            var field = field
            if let dimension = dimensions.first(where: { field.name == "dimension-\($0.axis)" }) {
                field.label = dimension.title
            }
            return field
        }
    }

    private var values: Fields {
        var fields = indicator?.fields ?? model.map(following) ?? fresh
        for round in rounds { fields.add("rounds", round.round.code) }
        return fields
    }

    private var fresh: Fields {
        let only = frameworks.count == 1 ? frameworks.first : nil
        return Fields([
            "type": ValueType.percentHigher.rawValue, "state": Indicator.State.hidden.rawValue, "below": "slope",
            "framework": only.map { "\($0.id)" } ?? "",
        ])
    }

    /// What the next indicator has in common with the last, under the number after it.
    private func following(_ model: Indicator) -> Fields {
        let shared =
            ["framework", "parent", "state", "type", "measure", "below", "owner-unit", "owner", "data-source"]
            + Dimension.axes.map { "dimension-\($0)" }
        var fields = Fields(["number": numberAfter(model.number)])
        for name in shared { fields.add(name, model.fields[name] ?? "") }
        return fields
    }
}
