package import HTML
package import HTTP
package import Kernel

/// A form's fields on a page, with what was typed and what was wrong with it.
package struct FormWriter {
    private let html: HTML
    private let fields: [FormField]
    private let values: Fields
    private let problems: [FieldProblem]
    /// Tells the fields of several forms on a page apart.
    private let mark: String

    /// `values` stand in the fields at first; what was typed and refused stands there instead when there is any.
    package init(
        _ html: HTML, _ fields: [FormField], values: Fields = Fields(), _ visit: Visit, markedBy mark: String = ""
    ) {
        self.mark = mark
        self.html = html
        self.fields = fields
        self.values = visit.rejection?.fields ?? values
        problems = visit.rejection?.problems ?? []
    }

    /// On top of the form: how many things are to be fixed, each a link to its field.
    package func problemNote() {
        guard !problems.isEmpty else { return }
        html.div(.className("note bad"), .role("alert"), Attribute("tabindex", "-1"), Attribute("autofocus", "")) {
            html.icon("warn")
            html.div {
                html.b(
                    text: Phrase(
                        "ยังบันทึกไม่ได้ มี \(problems.count) จุดที่ต้องแก้",
                        en: problems.count == 1
                            ? "Not saved yet. One thing to fix" : "Not saved yet. \(problems.count) things to fix"))
                html.text(" ")
                Phrase("สิ่งที่พิมพ์ไว้ยังอยู่ครบ", en: "What you typed is still here.").write(to: html)
                html.ol(.className("mb-0")) {
                    for problem in problems {
                        html.li {
                            html.a(.href("#\(problem.field)\(mark)")) {
                                if let field = fields.first(where: { $0.name == problem.field }) {
                                    field.label.write(to: html)
                                    html.text(": ")
                                }
                                problem.reason.write(to: html)
                            }
                        }
                    }
                }
            }
        }
    }

    package func all() {
        for field in fields { self.field(field.name) }
    }

    /// In a table of rows, which may be left empty, each field isn't marked as optional.
    package func field(_ name: String, inRow: Bool = false) {
        guard let field = fields.first(where: { $0.name == name }) else { return }
        html.div(.className("mb-3")) {
            switch field.kind {
            case .checkbox: checkbox(field)
            case .choices(let choices): boxes(field, choices)
            default:
                html.label(.className("form-label"), .forField(name + mark)) {
                    field.label.write(to: html)
                    if !field.isRequired, !inRow { optionalMark() }
                }
                control(field)
                after(field)
            }
        }
    }

    private func optionalMark() {
        html.text(" ")
        html.span(.className("dim fw-normal"), text: Phrase("(ไม่บังคับ)", en: "(optional)"))
    }

    private func control(_ field: FormField) {
        let value = values[field.name] ?? ""
        switch field.kind {
        case .longText:
            html.textarea(
                .className("form-control"), mark(field), .id(field.name + mark), .name(field.name),
                Attribute("rows", "4"),
                described(field), text: value)
        case .choice(let choices):
            html.select(
                .className("form-select"), mark(field), .id(field.name + mark), .name(field.name), described(field)
            ) {
                if !field.isRequired || value.isEmpty {
                    html.option(.value(""), text: Phrase("เลือก", en: "Choose"))
                }
                for choice in choices {
                    html.option(
                        .value(choice.value), Attribute.selected.when(choice.value == value), text: choice.label)
                }
            }
        case .file:
            html.input(
                .className("form-control"), mark(field), .id(field.name + mark), .name(field.name), .type("file"),
                described(field))
        default:
            html.input(
                .className("form-control"), mark(field), .id(field.name + mark), .name(field.name),
                typeAttribute(field),
                isSecret(field) ? .absent : .value(value), autocomplete(field), inputMode(field),
                Attribute.required.when(field.isRequired), described(field))
        }
    }

    private func isSecret(_ field: FormField) -> Bool {
        switch field.kind {
        case .password, .newPassword: true
        default: false
        }
    }

    private func typeAttribute(_ field: FormField) -> Attribute {
        switch field.kind {
        case .email: .type("email")
        case .password, .newPassword: .type("password")
        default: .type("text")
        }
    }

    private func autocomplete(_ field: FormField) -> Attribute {
        switch field.kind {
        case .newPassword: Attribute("autocomplete", "new-password")
        case .password: Attribute("autocomplete", "current-password")
        default:
            switch field.name {
            case "username": Attribute("autocomplete", "username")
            case "code": Attribute("autocomplete", "one-time-code")
            default: Attribute("autocomplete", "off")
            }
        }
    }

    private func inputMode(_ field: FormField) -> Attribute {
        if case .number = field.kind { return Attribute("inputmode", "numeric") }
        return field.name == "username" ? Attribute("autocapitalize", "none") : .absent
    }

    private func checkbox(_ field: FormField) {
        html.div(.className("form-check")) {
            html.input(
                .className("form-check-input"), .type("checkbox"), .id(field.name + mark), .name(field.name),
                Attribute.checked.when(["on", "true", "t"].contains(values[field.name] ?? "")))
            html.label(.className("form-check-label"), .forField(field.name + mark), text: field.label)
            after(field)
        }
    }

    private func boxes(_ field: FormField, _ choices: [FormField.Choice]) {
        let chosen = Set(values.values(of: field.name))
        html.fieldset {
            html.legend(.className("form-label fs-6"), text: field.label)
            html.div(.className("row")) {
                for choice in choices {
                    let id = "\(field.name)-\(choice.value)\(mark)"
                    html.div(.className("col-12 col-md-6")) {
                        html.div(.className("form-check")) {
                            html.input(
                                .className("form-check-input"), .type("checkbox"), .id(id), .name(field.name),
                                .value(choice.value), Attribute.checked.when(chosen.contains(choice.value)))
                            html.label(.className("form-check-label"), .forField(id), text: choice.label)
                        }
                    }
                }
            }
            after(field)
        }
    }

    private func mark(_ field: FormField) -> Attribute {
        .className("is-invalid").when(problem(field) != nil)
    }

    private func problem(_ field: FormField) -> FieldProblem? {
        problems.first { $0.field == field.name }
    }

    private func described(_ field: FormField) -> Attribute {
        if problem(field) != nil { return .described(by: "\(field.name)\(mark)-problem") }
        return field.hint == nil ? .absent : .described(by: "\(field.name)\(mark)-hint")
    }

    private func after(_ field: FormField) {
        if let problem = problem(field) {
            html.div(.className("invalid-feedback"), .id("\(field.name)\(mark)-problem")) {
                html.icon("warn")
                html.text(" ")
                problem.reason.write(to: html)
            }
        }
        if let hint = field.hint {
            html.div(.className("form-text"), .id("\(field.name)\(mark)-hint"), text: hint)
        }
    }
}
