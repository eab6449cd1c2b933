package import HTML
package import HTTP

/// Who may use an address. There is no default.
package enum Access: Sendable, Equatable {
    case anyone
    /// Anybody who has signed in.
    case members
    case holders(of: Permission)
    case holdersOfAny([Permission])

    /// The flags of which one is needed.
    package var permissions: [Permission] {
        switch self {
        case .anyone, .members: []
        case .holders(let permission): [permission]
        case .holdersOfAny(let permissions): permissions
        }
    }

    package func admits(_ viewer: Viewer?) -> Bool {
        switch self {
        case .anyone: true
        case .members: viewer != nil
        case .holders, .holdersOfAny: permissions.contains { viewer?.permissions.contains($0) ?? false }
        }
    }
}

/// One address, with all that is known of it: the router, the walk of the permission tests, the list of addresses
/// on the page of permissions and the API's description come from this table.
package struct Route: Sendable {
    package typealias Handler = @Sendable (Context) async throws -> Outcome

    /// Whose address it is.
    package enum Place: Sendable, Equatable {
        /// Every area's and the central office's, below `/{code}`.
        case everyArea
        case centralOnly
        /// Nobody's: `/`.
        case site
    }

    package var method: Method
    package var path: String
    package var access: Access
    package var place: Place
    package var title: Phrase
    /// What programs send and get; nil: for people only.
    package var api: APIDescription?
    package var bodyLimit: Int
    /// The form that is shown again when what it brought is refused.
    package var formPath: String?
    /// The same for all who haven't signed in, and for a minute: it is made once for them.
    package var isPublished = false
    package var handler: Handler

    fileprivate init(
        _ method: Method, _ path: String, _ access: Access, _ place: Place, _ title: Phrase, _ api: APIDescription?,
        _ bodyLimit: Int, _ formPath: String?, _ handler: @escaping Handler
    ) {
        self.method = method
        self.path = path
        self.access = access
        self.place = place
        self.title = title
        self.api = api
        self.bodyLimit = bodyLimit
        self.formPath = formPath
        self.handler = handler
    }
}

/// What the API's description says of an address.
package struct APIDescription: Sendable {
    package var input: [FormField]
    package var queries: [FormField]
    package var answer: APISchema

    package init(input: [FormField] = [], queries: [FormField] = [], answer: APISchema = .object([])) {
        self.input = input
        self.queries = queries
        self.answer = answer
    }
}

/// The shape of what the API returns.
package indirect enum APISchema: Sendable {
    case text
    case number
    case flag
    case moment
    case optional(APISchema)
    case list(APISchema)
    case object([(name: String, schema: APISchema)])
}

/// The addresses of all features.
package struct Routes: Sendable {
    package private(set) var entries: [Route] = []
    private let router = Router<Int>()
    private let siteRouter = Router<Int>()
    private let apiRouter = Router<Int>()

    package init() {}

    package mutating func get(
        _ path: String, _ title: Phrase, for access: Access, in place: Route.Place = .everyArea,
        api: APIDescription? = nil, use handler: @escaping Route.Handler
    ) {
        add(.get, path, title, access, place, api, nil, 0, handler)
    }

    package mutating func post(
        _ path: String, _ title: Phrase, for access: Access, in place: Route.Place = .everyArea,
        api: APIDescription? = nil, form formPath: String? = nil, bodyLimit: Int = 256 * 1024,
        use handler: @escaping Route.Handler
    ) {
        add(.post, path, title, access, place, api, formPath, bodyLimit, handler)
    }

    /// What is added within is published.
    package mutating func published(_ add: (inout Routes) -> Void) {
        let first = entries.count
        add(&self)
        for place in first..<entries.count { entries[place].isPublished = true }
    }

    /// Which entry answers, within an area or outside all. For programs, what is for people only isn't there.
    package func find(
        _ method: Method, _ segments: some Collection<String>, isSite: Bool = false, isAPI: Bool = false
    ) -> Router<Int>.Outcome {
        (isAPI ? apiRouter : isSite ? siteRouter : router).find(method, segments)
    }

    private mutating func add(
        _ method: Method, _ path: String, _ title: Phrase, _ access: Access, _ place: Route.Place,
        _ api: APIDescription?, _ formPath: String?, _ bodyLimit: Int, _ handler: @escaping Route.Handler
    ) {
        (place == .site ? siteRouter : router).add(method, path, entries.count)
        if api != nil { apiRouter.add(method, path, entries.count) }
        entries.append(
            Route(method, path, access, place, title, api, bodyLimit, formPath, handler))
    }
}
