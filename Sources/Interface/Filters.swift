package import HTML
package import Kernel

/// The fields above a list that narrow it down.
extension HTML {
    package func filterText(_ name: String, _ label: Phrase, value: String, width: Int) {
        div(.className("col-12 col-md-\(width)")) {
            self.label(.className("form-label"), .forField(name), text: label)
            input(.className("form-control"), .type("search"), .id(name), .name(name), .value(value))
        }
    }

    package func filterChoice(
        _ name: String, _ label: Phrase, chosen: String, _ choices: [FormField.Choice],
        all: Phrase = Phrase("ทั้งหมด", en: "All"), width: Int
    ) {
        div(.className("col-6 col-md-\(width)")) {
            self.label(.className("form-label"), .forField(name), text: label)
            select(.className("form-select"), .id(name), .name(name)) {
                option(.value(""), text: all)
                for choice in choices {
                    option(.value(choice.value), Attribute.selected.when(choice.value == chosen), text: choice.label)
                }
            }
        }
    }

    package func filterSubmit() {
        div(.className("col-6 col-md-1 d-flex align-items-end")) {
            button(.className("btn btn-quiet w-100"), text: Phrase("แสดง", en: "Show"))
        }
    }
}
