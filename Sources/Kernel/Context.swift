package import HTML
package import HTTP
import Jobs
package import Postgres
package import Runtime

/// Who finds out who asks. The Members feature is one; Kernel knows no table of theirs.
package protocol Gatekeeper: Sendable {
    /// The viewer behind a credential, with the look of the area, in one statement.
    func viewer(_ credential: Credential?, in area: AreaID, at now: Instant) -> Query<(Viewer?, AreaLook)>

    /// Whether this is the member's password: sign-in repeated. Refuses those who try many.
    func isPassword(_ typed: String, of member: MemberID, _ context: Context) async throws -> Bool
}

/// What a request brings to show who asks.
package enum Credential: Sendable, Equatable {
    case session(token: String)
    case apiToken(String)
}

/// Everything a handler may use: what was asked, by whom, and the one door to the data, which checks the route's
/// access before anything is handed out.
package struct Context: Sendable {
    package var request: Request
    package var form: FormInput
    package var area: Area
    package var route: Route
    package var now: Instant
    package var language: Language
    package var theme: String?
    /// The fiscal year that the person works in.
    package var year: FiscalYear
    package var prefix: String
    package var path: String
    package var isAPI: Bool
    package var says: String?
    /// Proves that a form comes from a page of ours.
    package var formToken: String
    package var rejection: Rejection?
    package var credential: Credential?
    /// All of a list, for a file, and not the part of it that a page shows.
    package var wantsWhole = false
    /// Who asked, as it was found out before a word of the body was read; a deed finds out anew.
    package var sender: Viewer?
    package var platform: Platform

    package init(
        request: Request, form: FormInput = FormInput(), area: Area, route: Route, now: Instant, language: Language,
        theme: String? = nil, year: FiscalYear, prefix: String, path: String, isAPI: Bool = false, says: String? = nil,
        formToken: String = "", rejection: Rejection? = nil, credential: Credential?, platform: Platform
    ) {
        self.request = request
        self.form = form
        self.area = area
        self.route = route
        self.now = now
        self.language = language
        self.theme = theme
        self.year = year
        self.prefix = prefix
        self.path = path
        self.isAPI = isAPI
        self.says = says
        self.formToken = formToken
        self.rejection = rejection
        self.credential = credential
        self.platform = platform
    }

    /// Whether a script asks, which takes a part of the page in place.
    package var isPart: Bool { request.headers["hx-request"] != nil }

    /// What stands at the path's placeholder; an address that can't be one is not found.
    package func identifier<Owner>(_ name: String) throws(Refusal) -> Identifier<Owner> {
        guard let text = request.parameters[name], let id = Identifier<Owner>(sqlText: text) else { throw .notFound }
        return id
    }

    /// Finds out who asks and what the page shows, in one trip. Nothing is handed out to one who may not see it.
    package func page<each Answer: Sendable>(
        _ queries: repeat Query<each Answer>
    ) async throws -> (Visit, repeat each Answer) {
        try await page(of: area, repeat each queries)
    }

    /// The same for another area's data: for those whose flag reaches there.
    package func page<each Answer: Sendable>(
        of other: Area, _ queries: repeat Query<each Answer>
    ) async throws -> (Visit, repeat each Answer) {
        var parts: [Database.Part] = other.id == area.id ? [] : [.tenant(other.id.rawValue)]
        for query in repeat each queries { parts.append(.statement(query.sql)) }
        let (visit, answers) = try await answers(to: parts)
        return (visit, repeat try answers.next(each queries))
    }

    /// The same for the central office: what is its own, and then what all areas have submitted.
    package func centralPage<each Own: Sendable, each Submitted: Sendable>(
        own: repeat Query<each Own>, submitted: repeat Query<each Submitted>
    ) async throws -> (Visit, (repeat each Own), (repeat each Submitted)) {
        var parts: [Database.Part] = []
        for query in repeat each own { parts.append(.statement(query.sql)) }
        parts.append(.central)
        for query in repeat each submitted { parts.append(.statement(query.sql)) }
        let (visit, answers) = try await answers(to: parts)
        return (visit, (repeat try answers.next(each own)), (repeat try answers.next(each submitted)))
    }

    /// The same with nothing of its own.
    package func centralPage<each Submitted: Sendable>(
        of queries: repeat Query<each Submitted>
    ) async throws -> (Visit, repeat each Submitted) {
        var parts: [Database.Part] = [.central]
        for query in repeat each queries { parts.append(.statement(query.sql)) }
        let (visit, answers) = try await answers(to: parts)
        return (visit, repeat try answers.next(each queries))
    }

    /// The same for as many queries of one kind as there are; at the central office, some of them of what areas have
    /// submitted.
    package func page<Answer: Sendable>(
        asking queries: [Query<Answer>], ofSubmissions submitted: [Query<Answer>] = []
    ) async throws -> (Visit, [Answer]) {
        let crossing = submitted.isEmpty ? [] : [Database.Part.central] + submitted.map { .statement($0.sql) }
        let (visit, answers) = try await answers(to: queries.map { .statement($0.sql) } + crossing)
        return (visit, try (queries + submitted).map { try answers.next($0) })
    }

    /// Who asks, and what each statement returned: in one trip.
    private func answers(to parts: [Database.Part]) async throws -> (Visit, Answers) {
        let viewerQuery = platform.gatekeeper.viewer(credential, in: area.id, at: now)
        let answers = Answers(
            try await platform.database.read([.tenant(area.id.rawValue), .statement(viewerQuery.sql)] + parts))
        let (viewer, look) = try answers.next(viewerQuery)
        try admit(viewer)
        return (visit(viewer, look), answers)
    }

    /// Does something: all of it or nothing, by one who may, on the record.
    package func deed<Result: Sendable>(
        _ body: @Sendable (Deed) async throws -> Result
    ) async throws -> Result {
        try await deed(in: area, body)
    }

    /// The same in another area: for those whose flag reaches there.
    package func deed<Result: Sendable>(
        in other: Area, _ body: @Sendable (Deed) async throws -> Result
    ) async throws -> Result {
        try await transaction { transaction in
            let viewerQuery = platform.gatekeeper.viewer(credential, in: area.id, at: now)
            let (viewer, _) = try await transaction.run(viewerQuery)
            try admitToDeed(viewer)
            if other.id != area.id { transaction.enter(other.id.rawValue) }
            return try await body(Deed(transaction, area: other.id, context: self, viewer: viewer))
        }
    }

    /// The same by the central office in an area that has submitted something to it.
    package func deed<Result: Sendable>(
        onSubmissionsOf other: AreaID, _ body: @Sendable (Deed) async throws -> Result
    ) async throws -> Result {
        try await transaction { transaction in
            let viewerQuery = platform.gatekeeper.viewer(credential, in: area.id, at: now)
            let (viewer, _) = try await transaction.run(viewerQuery)
            try admitToDeed(viewer)
            transaction.enterAsCentral(other.rawValue)
            return try await body(Deed(transaction, area: other, context: self, viewer: viewer))
        }
    }

    /// The same, where what the deed is about is found in the trip that finds out who does it: `find` runs the query of
    /// the viewer first, and its own after it.
    package func deed<Found: Sendable, Result: Sendable>(
        finding find: @Sendable (Transaction, Query<(Viewer?, AreaLook)>) async throws -> ((Viewer?, AreaLook), Found),
        then body: @Sendable (Deed, Found) async throws -> Result
    ) async throws -> Result {
        try await transaction { transaction in
            let ((viewer, _), found) = try await find(
                transaction, platform.gatekeeper.viewer(credential, in: area.id, at: now))
            try admitToDeed(viewer)
            return try await body(Deed(transaction, area: area.id, context: self, viewer: viewer), found)
        }
    }

    private func admitToDeed(_ viewer: Viewer?) throws(Refusal) {
        try admit(viewer)
        if viewer?.seenBy != nil { throw .onlyLooking }
    }

    /// A rule of the database that would be broken is a refusal, where a feature has said so.
    private func transaction<Result: Sendable>(
        _ body: @Sendable (Transaction) async throws -> Result
    ) async throws -> Result {
        do {
            return try await platform.database.transaction(in: area.id.rawValue, body)
        } catch let error as DatabaseError {
            guard let known = error.constraint.flatMap({ platform.registry.constraints[$0] }) else { throw error }
            throw known
        }
    }

    private func admit(_ viewer: Viewer?) throws(Refusal) {
        guard route.access.admits(viewer) else {
            if viewer == nil { throw .signInFirst }
            throw .forbidden(route.access.permissions.first)
        }
        if let viewer, viewer.mustChangePassword, route.access != .anyone, !Self.openBeforeChange.contains(route.path) {
            throw .passwordChangeFirst
        }
        if let viewer, viewer.mustSetSecondFactor, route.access != .anyone,
            !Self.openBeforeChange.contains(route.path), !route.path.hasPrefix(Self.secondFactor)
        {
            throw .secondFactorFirst
        }
    }

    /// What one who must change the password may use before.
    private static let openBeforeChange: Set<String> = ["/account/password", "/sign-out"]
    private static let secondFactor = "/account/second-factor"

    private func visit(_ viewer: Viewer?, _ look: AreaLook) -> Visit {
        Visit(
            area: area, look: look, viewer: viewer, language: language, theme: theme, year: year, now: now,
            prefix: prefix,
            path: path, query: request.query, formToken: formToken, says: says,
            rejection: rejection)
    }
}

extension Context {
    /// The viewer's password once more, typed into the field `current`: a session left open is not enough for what
    /// counts as a signature, or opens another door.
    package func requirePassword() async throws {
        let visit = try await page() as Visit
        guard let viewer = visit.viewer else { throw Refusal.signInFirst }
        if viewer.seenBy != nil { throw Refusal.onlyLooking }
        let field = FormField("current", Phrase("รหัสผ่าน", en: "Password"), .password, required: true)
        let draft = FormDraft([field], form.fields)
        try draft.check()
        guard try await platform.gatekeeper.isPassword(draft["current"], of: viewer.member, self) else {
            throw Refusal.invalid("current", Phrase("รหัสผ่านปัจจุบันไม่ถูกต้อง", en: "The current password is not right"))
        }
    }

    /// Refuses a form that was opened before somebody else saved. Programs that send no version mean the newest.
    package func checkVersion(_ current: Int) throws(Refusal) {
        guard let seen = form.fields["version"].flatMap({ Int($0) }) else { return }
        if seen != current { throw .outdated }
    }
}

/// What the statements of a trip returned, taken one after the other by the queries that asked.
private final class Answers {
    private var rows: IndexingIterator<[Rows]>

    init(_ rows: [Rows]) {
        self.rows = rows.makeIterator()
    }

    func next<One: Sendable>(_ query: Query<One>) throws -> One {
        guard let next = rows.next() else { throw DatabaseUnavailable("an answer is missing") }
        return try query.decode(next)
    }
}
