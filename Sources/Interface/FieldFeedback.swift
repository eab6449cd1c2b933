package import HTML
package import Kernel

/// What is wrong with the fields of a form that brings its own markup, said at each.
extension [FieldProblem] {
    package func mark(_ field: String) -> Attribute { .className("is-invalid").when(at(field) != nil) }

    package func described(_ field: String) -> Attribute {
        at(field) == nil ? .absent : .described(by: "\(field)-problem")
    }

    fileprivate func at(_ field: String) -> FieldProblem? { first { $0.field == field } }
}

extension HTML {
    package func feedback(_ problems: [FieldProblem], at field: String) {
        guard let problem = problems.at(field) else { return }
        div(.className("invalid-feedback d-block"), .id("\(field)-problem")) {
            icon("warn")
            text(" ")
            problem.reason.write(to: self)
        }
    }
}
