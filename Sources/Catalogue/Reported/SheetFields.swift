package import HTML
import Interface
package import Kernel

/// The fields of a sheet in a form, each with what is typed in it and what is wrong with that.
package struct SheetFields {
    private let inputs: [ReportInput]
    private let problems: [FieldProblem]
    /// What stands in a field.
    private let value: (String) -> String

    package init(_ inputs: [ReportInput], problems: [FieldProblem], value: @escaping (String) -> String) {
        (self.inputs, self.problems, self.value) = (inputs, problems, value)
    }

    package func write(to html: HTML) {
        if inputs.contains(where: { $0.kind == .step }) {
            html.input(.type("hidden"), .name("shown"), .value("1"))
        }
        html.div(.className("row g-3")) {
            for input in inputs {
                html.div(.className(input.kind == .number ? "col-12 col-sm-6" : "col-12")) { field(html, input) }
            }
        }
    }

    private func field(_ html: HTML, _ input: ReportInput) {
        switch input.kind {
        case .number: number(html, input)
        case .done: done(html, input)
        case .step: step(html, input)
        }
        html.feedback(problems, at: input.field)
    }

    private func number(_ html: HTML, _ input: ReportInput) {
        html.label(.className("form-label"), .forField(input.field), text: input.label)
        html.div(.className("input-group")) {
            html.input(
                .className("form-control num"), problems.mark(input.field), .id(input.field), .name(input.field),
                Attribute("inputmode", "decimal"), Attribute("autocomplete", "off"),
                .value(input.isEntered ? value(input.field) : input.carriedShort),
                Attribute.disabled.when(!input.isEntered), problems.described(input.field))
            if !input.measure.isEmpty { html.span(.className("input-group-text"), text: input.measure) }
        }
        if !input.isEntered {
            html.div(.className("form-text")) {
                html.icon("lock")
                html.text(" ")
                input.lock?.phrase(isFilled: input.carried != nil).write(to: html)
            }
        }
    }

    private func done(_ html: HTML, _ input: ReportInput) {
        html.fieldset {
            html.legend(.className("form-label fs-6"), text: input.label)
            for (choice, label) in [
                ("1", Phrase("ดำเนินการแล้ว", en: "Done")), ("0", Phrase("ยังไม่ดำเนินการ", en: "Not done")),
            ] {
                html.div(.className("form-check")) {
                    html.input(
                        .className("form-check-input"), .type("radio"), .id("\(input.field)-\(choice)"),
                        .name(input.field), .value(choice), Attribute.checked.when(value(input.field) == choice))
                    html.label(.className("form-check-label"), .forField("\(input.field)-\(choice)"), text: label)
                }
            }
        }
    }

    private func step(_ html: HTML, _ input: ReportInput) {
        html.div(.className("form-check")) {
            html.input(
                .className("form-check-input"), .type("checkbox"), .id(input.field), .name(input.field), .value("1"),
                Attribute.checked.when(value(input.field) == "1"))
            html.label(.className("form-check-label"), .forField(input.field)) {
                if case .step = input.kind { html.b(text: input.name.suffix(1) + ". ") }
                input.label.write(to: html)
            }
        }
    }
}
