package import HTML
package import HTTP
package import Runtime

/// A page: it is given what it shows and asks nobody.
package protocol Page: Sendable {
    var title: Phrase { get }
    func write(to html: HTML)
}

/// What every page of one request shares: where, who, in which language, under which address.
package struct Visit: Sendable {
    package var area: Area
    package var look: AreaLook
    package var viewer: Viewer?
    package var language: Language
    package var theme: String?
    package var year: FiscalYear
    package var now: Instant
    /// Stands before every address of the area: its code, or nothing under its own host name.
    package var prefix: String
    /// The path without the prefix, as it was asked for.
    package var path: String
    package var query: Fields
    /// Proves that a form comes from a page of ours.
    package var formToken: String
    /// What has just been done.
    package var says: String?
    /// What was typed and refused, when the form is shown again.
    package var rejection: Rejection?

    package init(
        area: Area, look: AreaLook = AreaLook(), viewer: Viewer?, language: Language = .thai, theme: String? = nil,
        year: FiscalYear? = nil, now: Instant, prefix: String, path: String = "/", query: Fields = Fields(),
        formToken: String = "",
        says: String? = nil, rejection: Rejection? = nil
    ) {
        self.area = area
        self.look = look
        self.viewer = viewer
        self.language = language
        self.theme = theme
        self.year = year ?? FiscalYear(at: now)
        self.now = now
        self.prefix = prefix
        self.path = path
        self.query = query
        self.formToken = formToken
        self.says = says
        self.rejection = rejection
    }

    /// The address of a page of this area.
    package func link(_ path: String) -> String {
        path == "/" && !prefix.isEmpty ? prefix : prefix + path
    }

    package func holds(_ permission: Permission) -> Bool {
        viewer?.permissions.contains(permission) ?? false
    }
}

/// A form that was refused: what had been typed stays, and each field says what is wrong.
package struct Rejection: Sendable {
    package var fields: Fields
    package var problems: [FieldProblem]

    package init(fields: Fields, problems: [FieldProblem]) {
        self.fields = fields
        self.problems = problems
    }
}

/// What a handler came to. The same outcome is a page for people and JSON for programs.
package enum Outcome: Sendable {
    case shown(any Page, Visit, json: (@Sendable () -> JSON)?)
    /// A deed was done: people go on to `path` and are told; programs get `json`.
    case done(path: String, says: Phrase?, json: JSON, made: Bool, cookies: [Cookie])
    case response(Response)

    package static func page(_ page: some Page, _ visit: Visit) -> Outcome {
        .shown(page, visit, json: nil)
    }

    /// The same for programs; what they get is made only when it is a program that asks.
    package static func page(
        _ page: any Page, _ visit: Visit, json: @autoclosure @escaping @Sendable () -> JSON
    ) -> Outcome {
        .shown(page, visit, json: json)
    }

    /// A part of a page that takes the place of what was there, for a request of htmx.
    package static func part(
        of visit: Visit, headers: Headers = Headers(), _ write: (_ html: HTML) -> Void
    ) -> Outcome {
        let html = HTML(language: visit.language)
        write(html)
        var headers = headers
        headers["content-type"] = "text/html; charset=utf-8"
        return .response(Response(200, headers: headers, body: .bytes(html.buffer)))
    }

    package static func done(
        _ path: String, says: Phrase? = nil, json: JSON = .object([]), made: Bool = false, cookies: [Cookie] = []
    ) -> Outcome {
        .done(path: path, says: says, json: json, made: made, cookies: cookies)
    }
}
