/// Text, lists and links. Attributes come first, then either text or what is written inside.
extension HTML {
    package func a(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("a", attributes)
        try content()
        close("a")
    }

    package func a(_ attributes: Attribute..., text: some HTMLText) {
        open("a", attributes)
        text.write(to: self)
        close("a")
    }

    package func abbr(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("abbr", attributes)
        try content()
        close("abbr")
    }

    package func abbr(_ attributes: Attribute..., text: some HTMLText) {
        open("abbr", attributes)
        text.write(to: self)
        close("abbr")
    }

    package func b(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("b", attributes)
        try content()
        close("b")
    }

    package func b(_ attributes: Attribute..., text: some HTMLText) {
        open("b", attributes)
        text.write(to: self)
        close("b")
    }

    package func code(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("code", attributes)
        try content()
        close("code")
    }

    package func code(_ attributes: Attribute..., text: some HTMLText) {
        open("code", attributes)
        text.write(to: self)
        close("code")
    }

    package func dd(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("dd", attributes)
        try content()
        close("dd")
    }

    package func dd(_ attributes: Attribute..., text: some HTMLText) {
        open("dd", attributes)
        text.write(to: self)
        close("dd")
    }

    package func dl(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("dl", attributes)
        try content()
        close("dl")
    }

    package func dl(_ attributes: Attribute..., text: some HTMLText) {
        open("dl", attributes)
        text.write(to: self)
        close("dl")
    }

    package func dt(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("dt", attributes)
        try content()
        close("dt")
    }

    package func dt(_ attributes: Attribute..., text: some HTMLText) {
        open("dt", attributes)
        text.write(to: self)
        close("dt")
    }

    package func h1(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("h1", attributes)
        try content()
        close("h1")
    }

    package func h1(_ attributes: Attribute..., text: some HTMLText) {
        open("h1", attributes)
        text.write(to: self)
        close("h1")
    }

    package func h2(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("h2", attributes)
        try content()
        close("h2")
    }

    package func h2(_ attributes: Attribute..., text: some HTMLText) {
        open("h2", attributes)
        text.write(to: self)
        close("h2")
    }

    package func h3(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("h3", attributes)
        try content()
        close("h3")
    }

    package func h3(_ attributes: Attribute..., text: some HTMLText) {
        open("h3", attributes)
        text.write(to: self)
        close("h3")
    }

    package func kbd(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("kbd", attributes)
        try content()
        close("kbd")
    }

    package func kbd(_ attributes: Attribute..., text: some HTMLText) {
        open("kbd", attributes)
        text.write(to: self)
        close("kbd")
    }

    package func li(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("li", attributes)
        try content()
        close("li")
    }

    package func li(_ attributes: Attribute..., text: some HTMLText) {
        open("li", attributes)
        text.write(to: self)
        close("li")
    }

    package func ol(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("ol", attributes)
        try content()
        close("ol")
    }

    package func ol(_ attributes: Attribute..., text: some HTMLText) {
        open("ol", attributes)
        text.write(to: self)
        close("ol")
    }

    package func p(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("p", attributes)
        try content()
        close("p")
    }

    package func p(_ attributes: Attribute..., text: some HTMLText) {
        open("p", attributes)
        text.write(to: self)
        close("p")
    }

    package func pre(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("pre", attributes)
        try content()
        close("pre")
    }

    package func pre(_ attributes: Attribute..., text: some HTMLText) {
        open("pre", attributes)
        text.write(to: self)
        close("pre")
    }

    package func small(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("small", attributes)
        try content()
        close("small")
    }

    package func small(_ attributes: Attribute..., text: some HTMLText) {
        open("small", attributes)
        text.write(to: self)
        close("small")
    }

    package func span(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("span", attributes)
        try content()
        close("span")
    }

    package func span(_ attributes: Attribute..., text: some HTMLText) {
        open("span", attributes)
        text.write(to: self)
        close("span")
    }

    package func strong(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("strong", attributes)
        try content()
        close("strong")
    }

    package func strong(_ attributes: Attribute..., text: some HTMLText) {
        open("strong", attributes)
        text.write(to: self)
        close("strong")
    }

    package func time(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("time", attributes)
        try content()
        close("time")
    }

    package func time(_ attributes: Attribute..., text: some HTMLText) {
        open("time", attributes)
        text.write(to: self)
        close("time")
    }

    package func title(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("title", attributes)
        try content()
        close("title")
    }

    package func title(_ attributes: Attribute..., text: some HTMLText) {
        open("title", attributes)
        text.write(to: self)
        close("title")
    }

    package func ul(_ attributes: Attribute..., content: () throws -> Void = {}) rethrows {
        open("ul", attributes)
        try content()
        close("ul")
    }

    package func ul(_ attributes: Attribute..., text: some HTMLText) {
        open("ul", attributes)
        text.write(to: self)
        close("ul")
    }

    package func br(_ attributes: Attribute...) {
        open("br", attributes)
    }

    package func hr(_ attributes: Attribute...) {
        open("hr", attributes)
    }

    package func img(_ attributes: Attribute...) {
        open("img", attributes)
    }

    package func link(_ attributes: Attribute...) {
        open("link", attributes)
    }

    package func meta(_ attributes: Attribute...) {
        open("meta", attributes)
    }

    package func del(_ attributes: Attribute..., text: some HTMLText) {
        open("del", attributes)
        text.write(to: self)
        close("del")
    }

    package func ins(_ attributes: Attribute..., text: some HTMLText) {
        open("ins", attributes)
        text.write(to: self)
        close("ins")
    }
}

extension HTML {
    /// Another document in place, such as a PDF.
    package func frame(_ address: String, titled title: String) {
        open(
            "iframe",
            [
                .className("document"), Attribute("loading", "lazy"), Attribute("src", address),
                Attribute("title", title),
            ])
        close("iframe")
    }
}
