package import Documents
package import HTML
package import Kernel
package import Runtime

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

    /// Where a table is read against what an address shows.
    package init<Target: ImportTarget>(into target: Target.Type, apply: @escaping Route.Handler) {
        self.init(
            show: { context in
                let (visit, target) = try await Target.page(context)
                return .page(ImportPage(visit: visit, subject: target.subject), visit)
            },
            template: { context in
                let (visit, target) = try await Target.page(context)
                return try await context.workbook([target.template(in: visit.language)], named: Target.templateName)
            },
            // Shows what would be done, and what is wrong in which cell. Stores nothing.
            preview: { context in
                let input = try await TableInput(context.form)
                let (visit, target) = try await Target.page(context)
                let table = target.table(input, at: context.now)
                return .page(
                    ImportPage(visit: visit, subject: target.subject, text: input.text, table: table), visit)
            },
            apply: apply)
    }
}

/// Something that takes a table: a round, a queue, a list of what waits.
package protocol ImportTarget: Sendable {
    static func page(_ context: Context) async throws -> (Visit, Self)
    var subject: ImportPage.Subject { get }
    static var templateName: String { get }
    /// What is to be filled in.
    func template(in language: Language) -> Sheet
    func table(_ input: TableInput, at now: Instant) -> TableImport
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
