package import HTML
package import Kernel

/// The colour that repeats what a symbol and a word say.
package enum Tone: String, Sendable {
    case ok, wait, bad, new, off
}

/// The parts that pages are made of, as LOOK.md names them.
extension HTML {
    /// The title, one line of facts, and the page's actions.
    package func head(_ title: Phrase, _ facts: Phrase? = nil, actions: () -> Void = {}) {
        div(.className("head")) {
            div {
                h1(text: title)
                if let facts { p(text: facts) }
            }
            div(.className("acts"), content: actions)
        }
    }

    package func state(_ tone: Tone, _ icon: String, _ word: Phrase) {
        span(.className("state keep"), .className(tone.rawValue)) {
            self.icon(icon)
            word.write(to: self)
        }
    }

    package func note(_ tone: Tone, _ icon: String, _ first: Phrase, _ rest: Phrase? = nil) {
        div(.className("note"), .className(tone.rawValue)) {
            self.icon(icon)
            div {
                b(text: first)
                if let rest {
                    text(" ")
                    rest.write(to: self)
                }
            }
        }
    }

    /// Text of several lines as people typed it.
    package func paragraphs(_ text: String) {
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if index > 0 { br() }
            self.text(String(line))
        }
    }

    /// An empty list: what it means, and the one next step.
    package func none(_ icon: String, _ title: Phrase, _ meaning: Phrase, next: () -> Void = {}) {
        div(.className("panel none")) {
            self.icon(icon)
            h2(.className("mt-2 fs-6"), text: title)
            p(text: meaning)
            div(.className("acts justify-content-center"), content: next)
        }
    }

    /// A link that looks like a button.
    package func action(_ address: String, _ label: Phrase, icon: String? = nil, primary: Bool = false) {
        a(.className(primary ? "btn btn-primary" : "btn btn-quiet"), .href(address)) {
            if let icon { self.icon(icon) }
            label.write(to: self)
        }
    }

    package func submit(
        _ label: Phrase, icon: String? = nil, primary: Bool = true, _ attributes: Attribute...
    ) {
        button(.className(primary ? "btn btn-primary" : "btn btn-quiet"), attributes.first ?? .absent) {
            if let icon { self.icon(icon) }
            label.write(to: self)
        }
    }

    /// A form of ours: it goes back to the area, and carries the token that proves where it comes from.
    package func form(
        to path: String, _ visit: Visit, _ attributes: Attribute..., content: () -> Void
    ) {
        form(
            .methodPost, .action(visit.link(path)), attributes.first ?? .absent, attributes.dropFirst().first ?? .absent
        ) {
            formToken(visit)
            content()
        }
    }

    package func formToken(_ visit: Visit) {
        input(.type("hidden"), .name("form-token"), .value(visit.formToken))
    }

    /// A button that is a whole form: for a deed that needs nothing typed.
    package func deedButton(_ path: String, _ label: Phrase, icon: String? = nil, bad: Bool = false, _ visit: Visit) {
        form(to: path, visit, .className("d-inline")) {
            button(.className("btn btn-quiet"), .className("bad").when(bad)) {
                if let icon { self.icon(icon) }
                label.write(to: self)
            }
        }
    }
}

extension HTML {
    /// The hills at the foot of the sign-in page's cover.
    package func coverLandscape() {
        raw(
            """
            <svg class="land" viewBox="0 0 400 120" preserveAspectRatio="none" aria-hidden="true"><path d="M0 120V92l46-34 \
            38 24 58-56 54 50 40-26 58 40 46-22 60 30v22z"/><path d="M0 120v-8l80-30 70 22 90-34 70 30 90-24v44z"/></svg>
            """)
    }
}

extension HTML {
    /// A share of a whole beside its numbers: what is done, and what waits. Lists write it by a stencil, whose holes
    /// these may be.
    package func bar(_ done: String, _ waiting: String, of all: String) {
        raw("<svg class=\"bar\" viewBox=\"0 0 ")
        text(all)
        raw(" 4\" preserveAspectRatio=\"none\" aria-hidden=\"true\">")
        // What is nothing isn't drawn: most rounds of a long list have not begun.
        if done != "0" {
            raw("<rect width=\"")
            text(done)
            raw("\" height=\"4\" class=\"fill\"/>")
        }
        if waiting != "0" {
            raw("<rect x=\"")
            text(done)
            raw("\" width=\"")
            text(waiting)
            raw("\" height=\"4\" class=\"half\"/>")
        }
        raw("</svg>")
    }
}
