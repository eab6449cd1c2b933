import Areas
import HTML
import HTTP
import Interface
import Kernel
import Members
import Postgres
import Runtime
import Secrets

/// Answers every request: finds the area and the route, hands over, and turns what comes of it into a response.
struct AppResponder: Sendable {
    let platform: Platform
    let directory: AreaDirectory
    let assets: Assets
    let icons: Icons
    let health: Health
    let published = PublishedPages()

    func respond(_ request: Request) async -> Response {
        let reference = randomBytes(5).base64url
        return await Log.$reference.withValue(reference) {
            var response = await answer(request, reference)
            response.headers.add("x-request-id", reference)
            for (name, value) in securityHeaders where response.headers[name] == nil {
                response.headers.add(name, value)
            }
            return response
        }
    }

    private func answer(_ request: Request, _ reference: String) async -> Response {
        guard let segments = request.segments else { return .text(400, "Bad request\n") }
        if let first = segments.first, let response = await outside(request, first, segments.dropFirst()) {
            return response
        }
        let address = await locate(request, segments)
        do {
            let address = try address.get()
            return await handle(request, address, reference)
        } catch {
            let visit = Visit(
                area: siteArea, viewer: nil, language: Choice(request).language, now: .now, prefix: "")
            return failure(error, visit, isAPI: segments.first == "api", reference)
        }
    }

    /// What belongs to no area: files, and what machines ask.
    private func outside(_ request: Request, _ first: String, _ rest: ArraySlice<String>) async -> Response? {
        switch first {
        case "assets": assets.response(to: request, rest.joined(separator: "/"))
        case "healthz" where rest.isEmpty: .text(200, "ok\n")
        case "readyz" where rest.isEmpty: await health.readiness()
        case "metrics" where rest.isEmpty: await health.metrics()
        case "robots.txt" where rest.isEmpty: .text(200, "User-agent: *\nDisallow: /\n")
        case "api" where rest.elementsEqual(["openapi.json"]):
            .json(200, OpenAPI(platform.registry.routes, baseURL: platform.baseURL).document)
        default: nil
        }
    }

    /// The area and the path within it: by the host's name, or by the first part of the path.
    private func locate(_ request: Request, _ segments: [String]) async -> Result<Address, any Error> {
        do {
            let isAPI = segments.first == "api"
            let parts = isAPI ? segments.dropFirst() : segments[...]
            if !isAPI, let host = request.headers["host"], let area = try await directory.area(host: host) {
                return .success(Address(area: area, prefix: "", parts: parts, isAPI: false))
            }
            guard let code = parts.first, isAPI || !isOfSite(parts) else {
                return .success(Address(area: siteArea, prefix: "", parts: parts, isAPI: isAPI))
            }
            guard let area = try await directory.area(code: code) else { throw Refusal.notFound }
            return .success(Address(area: area, prefix: "/\(code)", parts: parts.dropFirst(), isAPI: isAPI))
        } catch {
            return .failure(error)
        }
    }

    /// Whether it is an address outside all areas.
    private func isOfSite(_ parts: ArraySlice<String>) -> Bool {
        if case .nothing = platform.registry.routes.find(.get, parts, isSite: true) { return false }
        return true
    }

    private func handle(_ request: Request, _ address: Address, _ reference: String) async -> Response {
        let choice = Choice(request)
        if request.method.isSafe, !address.isAPI, let response = choice.remembering(request) { return response }
        var visit = Visit(
            area: address.area, viewer: nil, language: choice.language, theme: choice.theme,
            year: choice.year(for: request, at: .now), now: .now,
            prefix: address.prefix, path: address.path, query: request.query)
        do {
            let (route, parameters) = try find(request.method, address)
            var request = request
            request.parameters = parameters
            let mark = BrowserMark(request, platform.key)
            visit.formToken = mark.formToken
            var context = Context(
                request: request, area: address.area, route: route, now: visit.now,
                language: choice.language, theme: choice.theme, year: visit.year, prefix: address.prefix,
                path: address.path,
                isAPI: address.isAPI, says: saying.text(in: request), formToken: mark.formToken,
                credential: credential(request, address), platform: platform)
            // Before a word of the body is read: nobody fills the disk who may not send this.
            if !request.method.isSafe, route.access != .anyone {
                context.sender = (try await context.page() as Visit).viewer
            }
            context.form = try await FormReader(mark: mark, folder: platform.temporaryFolder)
                .read(request, route, isAPI: address.isAPI)
            guard route.isPublished, request.method.isSafe, context.credential == nil else {
                return await finish(try await run(&context), context, mark)
            }
            context.formToken = ""
            context.says = nil
            return try await published.response(to: context) { [context] in
                var context = context
                return await finish(try await run(&context), context, nil)
            }
        } catch {
            return failure(error, visit, isAPI: address.isAPI, reference)
        }
    }

    private func find(_ method: Method, _ address: Address) throws -> (Route, [String: String]) {
        switch platform.registry.routes.find(
            method, address.parts, isSite: address.isSite, isAPI: address.isAPI)
        {
        case .found(let index, let parameters):
            let route = platform.registry.routes.entries[index]
            let isOpen =
                switch route.place {
                case .everyArea, .site: true
                case .centralOnly: address.area.id == Area.central
                }
            guard isOpen else { throw Refusal.notFound }
            return (route, parameters)
        case .wrongMethod(let allowed): throw WrongMethod(allowed: allowed)
        case .nothing: throw Refusal.notFound
        }
    }

    private func credential(_ request: Request, _ address: Address) -> Credential? {
        if let bearer = request.headers["authorization"], bearer.hasPrefix("Bearer ") {
            return .apiToken(String(bearer.dropFirst(7)))
        }
        // A cookie comes along with whatever page sends the request; the API takes none, so it needs no form's token.
        guard !address.isAPI else { return nil }
        return request.headers.cookie(Gate.cookieName(of: address.area)).map { .session(token: $0) }
    }

    /// Runs the handler; when a form is refused, shows it again with what was typed and what is wrong.
    private func run(_ context: inout Context) async throws -> Outcome {
        do {
            return try await context.route.handler(context)
        } catch Refusal.invalid(let problems) where !context.isAPI {
            guard let formPath = context.route.formPath,
                case .found(let index, _) = platform.registry.routes.find(
                    .get, formPath.split(separator: "/").map(String.init))
            else { throw Refusal.invalid(problems) }
            context.rejection = Rejection(fields: context.form.fields, problems: problems)
            context.route = platform.registry.routes.entries[index]
            return try await context.route.handler(context)
        }
    }

    private func finish(_ outcome: Outcome, _ context: Context, _ mark: BrowserMark?) async -> Response {
        switch outcome {
        case .response(let response): return response
        case .shown(let page, let visit, let json):
            if let viewer = visit.viewer { await noteUse(of: viewer, context) }
            if context.isAPI { return .json(200, json?() ?? .object([])) }
            var response = self.page(page, visit, status: context.rejection == nil ? 200 : 422)
            if let cookie = mark?.newCookie {
                response.headers.add("set-cookie", cookie.header)
            }
            if context.says != nil { response.headers.add("set-cookie", Cookie.expired(Saying.cookie).header) }
            return response
        case .done(let path, let says, let json, let made, let cookies):
            if context.isAPI { return .json(made ? 201 : 200, json) }
            var response = Response.seeOther(
                path == "/" && !context.prefix.isEmpty ? context.prefix : context.prefix + path)
            for cookie in cookies { response.headers.add("set-cookie", cookie.header) }
            if let says { response.headers.add("set-cookie", saying.cookie(says[context.language]).header) }
            return response
        }
    }

    private var saying: Saying { Saying(key: platform.key) }

    private func noteUse(of viewer: Viewer, _ context: Context) async {
        do {
            try await Gate.noteUse(of: viewer, in: platform.database, at: context.now)
        } catch {
            Log.warn("A session's use was not noted.", ["reason": .text("\(error)")])
        }
    }

    private func page(_ page: any Page, _ visit: Visit, status: Int) -> Response {
        let html = Shell(visit, platform.registry, icons, assets.addresses).page(page)
        var response = Response(
            status,
            headers: ["content-type": "text/html; charset=utf-8", "cache-control": "no-store", "vary": "Cookie"],
            body: .bytes(html.buffer))
        if page is any FramedPage {
            response.headers["content-security-policy"] = contentSecurityPolicy(framedBy: "*")
            response.headers["cross-origin-resource-policy"] = "cross-origin"
        }
        return response
    }

    private func failure(_ error: any Error, _ visit: Visit, isAPI: Bool, _ reference: String) -> Response {
        let failure = Failure(error, visit, reference)
        // Who asked may be gone, and their statement was stopped: nothing is wrong with it.
        let isGone = Task.isCancelled && (error is CancellationError || (error as? DatabaseError)?.state == "57014")
        if failure.isFault, !isGone { Log.fault("A request failed.", ["reason": .text("\(error)")]) }
        if isAPI { return failure.problem }
        if let address = failure.elsewhere { return .seeOther(address) }
        var response = page(failure.page, visit, status: failure.status)
        if let allowed = failure.allowed { response.headers.add("allow", allowed) }
        if failure.status == 503 || failure.status == 429 { response.headers.add("retry-after", "5") }
        return response
    }
}

/// Where a request goes.
private struct Address {
    var area: Area
    var prefix: String
    var parts: ArraySlice<String>
    var isAPI: Bool

    var path: String { "/" + parts.joined(separator: "/") }
    var isSite: Bool { area == siteArea }
}

/// Stands for the site itself, where no area is.
let siteArea = Area(
    id: Area.central, code: "", kind: .central, shortName: "รับรอง", name: "ระบบรายงานและรับรองตัวชี้วัด")

/// The path is there, but not with this method.
struct WrongMethod: Error {
    var allowed: [Method]
}

/// No script or style but our files; nobody else may frame us, or learn where one came from.
private let securityHeaders = [
    ("content-security-policy", contentSecurityPolicy(framedBy: "'none'")),
    ("x-content-type-options", "nosniff"), ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"), ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
    ("strict-transport-security", "max-age=31536000"),
]

private func contentSecurityPolicy(framedBy framers: String) -> String {
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors \(framers)"
}
