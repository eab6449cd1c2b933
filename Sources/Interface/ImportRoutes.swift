package import HTML
package import Kernel

/// What each address of an import does.
package struct ImportHandlers: Sendable {
    let show: Route.Handler
    let template: Route.Handler
    let preview: Route.Handler
    let apply: Route.Handler

    package init(
        show: @escaping Route.Handler, template: @escaping Route.Handler, preview: @escaping Route.Handler,
        apply: @escaping Route.Handler
    ) {
        (self.show, self.template, self.preview, self.apply) = (show, template, preview, apply)
    }
}

extension Routes {
    /// A list that comes from a spreadsheet: the form, what is to be filled in, the look before, and the taking over.
    package mutating func imports(
        _ path: String, _ title: Phrase, for access: Access, in place: Route.Place = .everyArea,
        answer: APISchema = .object([("rows", .number)]), _ handlers: ImportHandlers
    ) {
        get(path, title, for: access, in: place, use: handlers.show)
        get(
            "\(path)/template", title + Phrase(" (แบบ)", en: " (the template)"), for: access, in: place,
            use: handlers.template)
        post(
            path, title + Phrase(" (ตรวจดูก่อน)", en: " (look before)"), for: access, in: place, form: path,
            bodyLimit: TableInput.bodyLimit, use: handlers.preview)
        post(
            "\(path)/applied", title, for: access, in: place,
            api: APIDescription(input: TableInput.fields, answer: answer), form: path, bodyLimit: TableInput.bodyLimit,
            use: handlers.apply)
    }
}
