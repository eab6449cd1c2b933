import Runtime

/// Forms. Attributes come first, then either text or what is written inside.
extension HTML {
    package func button(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("button", attributes)
        try content()
        close("button")
    }

    package func button(_ attributes: Attribute..., text: some HTMLText) {
        open("button", attributes)
        text.write(to: self)
        close("button")
    }

    package func fieldset(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("fieldset", attributes)
        try content()
        close("fieldset")
    }

    package func fieldset(_ attributes: Attribute..., text: some HTMLText) {
        open("fieldset", attributes)
        text.write(to: self)
        close("fieldset")
    }

    package func form(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("form", attributes)
        try content()
        close("form")
    }

    package func form(_ attributes: Attribute..., text: some HTMLText) {
        open("form", attributes)
        text.write(to: self)
        close("form")
    }

    package func label(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("label", attributes)
        try content()
        close("label")
    }

    package func label(_ attributes: Attribute..., text: some HTMLText) {
        open("label", attributes)
        text.write(to: self)
        close("label")
    }

    package func legend(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("legend", attributes)
        try content()
        close("legend")
    }

    package func legend(_ attributes: Attribute..., text: some HTMLText) {
        open("legend", attributes)
        text.write(to: self)
        close("legend")
    }

    package func optgroup(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("optgroup", attributes)
        try content()
        close("optgroup")
    }

    package func optgroup(_ attributes: Attribute..., text: some HTMLText) {
        open("optgroup", attributes)
        text.write(to: self)
        close("optgroup")
    }

    package func option(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("option", attributes)
        try content()
        close("option")
    }

    package func option(_ attributes: Attribute..., text: some HTMLText) {
        open("option", attributes)
        text.write(to: self)
        close("option")
    }

    package func select(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("select", attributes)
        try content()
        close("select")
    }

    package func select(_ attributes: Attribute..., text: some HTMLText) {
        open("select", attributes)
        text.write(to: self)
        close("select")
    }

    package func textarea(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("textarea", attributes)
        try content()
        close("textarea")
    }

    /// The line break after the tag is no part of the text: without it a browser would leave out the text's own first.
    package func textarea(_ attributes: Attribute..., text: some HTMLText) {
        open("textarea", attributes)
        buffer.append(10)
        text.write(to: self)
        close("textarea")
    }

    package func input(_ attributes: Attribute...) {
        open("input", attributes)
    }
}
