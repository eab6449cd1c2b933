package import HTML
package import HTTP
import Runtime

extension HTML {
    /// One of many that can be ticked.
    package func check(_ name: String, _ value: String, _ label: Phrase, isOn: Bool = false) {
        let id = "\(name)-\(value)"
        div(.className("form-check")) {
            input(
                .className("form-check-input"), .type("checkbox"), .id(id), .name(name), .value(value),
                Attribute.checked.when(isOn))
            self.label(.className("form-check-label"), .forField(id), text: label)
        }
    }
}

extension Fields {
    /// What was ticked, or written with commas between.
    package func listed(_ name: String) -> [String] {
        values(of: name).flatMap { value in value.split(separator: ",").map { String($0.trimmingSpaces) } }
    }
}
