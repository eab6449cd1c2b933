/// Tables. Attributes come first, then either text or what is written inside.
extension HTML {
    package func caption(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("caption", attributes)
        try content()
        close("caption")
    }

    package func caption(_ attributes: Attribute..., text: some HTMLText) {
        open("caption", attributes)
        text.write(to: self)
        close("caption")
    }

    package func table(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("table", attributes)
        try content()
        close("table")
    }

    package func table(_ attributes: Attribute..., text: some HTMLText) {
        open("table", attributes)
        text.write(to: self)
        close("table")
    }

    package func tbody(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("tbody", attributes)
        try content()
        close("tbody")
    }

    package func tbody(_ attributes: Attribute..., text: some HTMLText) {
        open("tbody", attributes)
        text.write(to: self)
        close("tbody")
    }

    package func td(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("td", attributes)
        try content()
        close("td")
    }

    package func td(_ attributes: Attribute..., text: some HTMLText) {
        open("td", attributes)
        text.write(to: self)
        close("td")
    }

    package func tfoot(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("tfoot", attributes)
        try content()
        close("tfoot")
    }

    package func tfoot(_ attributes: Attribute..., text: some HTMLText) {
        open("tfoot", attributes)
        text.write(to: self)
        close("tfoot")
    }

    package func th(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("th", attributes)
        try content()
        close("th")
    }

    package func th(_ attributes: Attribute..., text: some HTMLText) {
        open("th", attributes)
        text.write(to: self)
        close("th")
    }

    package func thead(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("thead", attributes)
        try content()
        close("thead")
    }

    package func thead(_ attributes: Attribute..., text: some HTMLText) {
        open("thead", attributes)
        text.write(to: self)
        close("thead")
    }

    package func tr(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("tr", attributes)
        try content()
        close("tr")
    }

    package func tr(_ attributes: Attribute..., text: some HTMLText) {
        open("tr", attributes)
        text.write(to: self)
        close("tr")
    }
}
