/// Parts of a page. Attributes come first, then either text or what is written inside.
extension HTML {
    package func article(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("article", attributes)
        try content()
        close("article")
    }

    package func article(_ attributes: Attribute..., text: some HTMLText) {
        open("article", attributes)
        text.write(to: self)
        close("article")
    }

    package func div(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("div", attributes)
        try content()
        close("div")
    }

    package func div(_ attributes: Attribute..., text: some HTMLText) {
        open("div", attributes)
        text.write(to: self)
        close("div")
    }

    package func details(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("details", attributes)
        try content()
        close("details")
    }

    package func details(_ attributes: Attribute..., text: some HTMLText) {
        open("details", attributes)
        text.write(to: self)
        close("details")
    }

    package func dialog(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("dialog", attributes)
        try content()
        close("dialog")
    }

    package func dialog(_ attributes: Attribute..., text: some HTMLText) {
        open("dialog", attributes)
        text.write(to: self)
        close("dialog")
    }

    package func figcaption(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("figcaption", attributes)
        try content()
        close("figcaption")
    }

    package func figcaption(_ attributes: Attribute..., text: some HTMLText) {
        open("figcaption", attributes)
        text.write(to: self)
        close("figcaption")
    }

    package func figure(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("figure", attributes)
        try content()
        close("figure")
    }

    package func figure(_ attributes: Attribute..., text: some HTMLText) {
        open("figure", attributes)
        text.write(to: self)
        close("figure")
    }

    package func footer(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("footer", attributes)
        try content()
        close("footer")
    }

    package func footer(_ attributes: Attribute..., text: some HTMLText) {
        open("footer", attributes)
        text.write(to: self)
        close("footer")
    }

    package func header(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("header", attributes)
        try content()
        close("header")
    }

    package func header(_ attributes: Attribute..., text: some HTMLText) {
        open("header", attributes)
        text.write(to: self)
        close("header")
    }

    package func main(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("main", attributes)
        try content()
        close("main")
    }

    package func main(_ attributes: Attribute..., text: some HTMLText) {
        open("main", attributes)
        text.write(to: self)
        close("main")
    }

    package func nav(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("nav", attributes)
        try content()
        close("nav")
    }

    package func nav(_ attributes: Attribute..., text: some HTMLText) {
        open("nav", attributes)
        text.write(to: self)
        close("nav")
    }

    package func section(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("section", attributes)
        try content()
        close("section")
    }

    package func section(_ attributes: Attribute..., text: some HTMLText) {
        open("section", attributes)
        text.write(to: self)
        close("section")
    }

    package func summary(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("summary", attributes)
        try content()
        close("summary")
    }

    package func summary(_ attributes: Attribute..., text: some HTMLText) {
        open("summary", attributes)
        text.write(to: self)
        close("summary")
    }
}
