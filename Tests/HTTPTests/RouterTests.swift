import Testing

@testable import HTTP

@Suite struct `A router` {
    let router: Router<String> = {
        let router = Router<String>()
        router.add(.get, "/", "home")
        router.add(.get, "/units", "list")
        router.add(.post, "/units", "create")
        router.add(.get, "/units/new", "form")
        router.add(.get, "/units/:unit", "show")
        router.add(.post, "/units/:unit/members/:member", "add")
        return router
    }()

    @Test(
        arguments: [
            (.get, "/", "home"), (.get, "/units", "list"), (.post, "/units", "create"), (.get, "/units/new", "form"),
            (.get, "/units/7", "show"), (.get, "/units/", "list"),
        ] as [(Method, String, String)])
    func `finds what answers`(method: Method, path: String, target: String) {
        #expect(outcome(method, path) == target)
    }

    @Test func `says what stands at the placeholders`() {
        guard case .found("add", let parameters) = router.find(.post, ["units", "ก/7", "members", "8"]) else {
            Issue.record("nothing found")
            return
        }
        #expect(parameters == ["unit": "ก/7", "member": "8"])
    }

    @Test func `answers HEAD with what answers GET`() {
        #expect(outcome(.head, "/units") == "list")
        #expect(outcome(.head, "/units/7/members/8") == "only POST")
    }

    @Test(
        arguments: [
            (.put, "/units", "only GET POST"), (.post, "/", "only GET"), (.delete, "/units/7", "only GET"),
            (.get, "/units/7/members/8", "only POST"), (.options, "/units", "only GET POST"),
        ] as [(Method, String, String)])
    func `says which methods there are`(method: Method, path: String, expected: String) {
        #expect(outcome(method, path) == expected)
    }

    @Test(arguments: ["/unit", "/units/7/members", "/units/7/members/8/9", "/Units", "/units/7/x"])
    func `knows nothing of other paths`(path: String) {
        #expect(outcome(.get, path) == "nothing")
    }

    @Test func `keeps each route's own names of one place`() {
        let router = Router<String>()
        router.add(.get, "/a/:first", "one")
        router.add(.get, "/a/:second/x", "two")
        guard case .found("one", let parameters) = router.find(.get, ["a", "7"]) else {
            Issue.record("nothing found")
            return
        }
        #expect(parameters == ["first": "7"])
    }

    private func outcome(_ method: Method, _ path: String) -> String {
        switch router.find(method, Request(method, path).segments ?? []) {
        case .found(let target, _): target
        case .wrongMethod(let allowed): "only " + allowed.map(\.rawValue).joined(separator: " ")
        case .nothing: "nothing"
        }
    }
}
