import HTML
import HTTP
import Kernel
import Runtime
import Secrets

/// The cookie to which a browser's forms are tied, signed in or not. A form's token is made from it and our key:
/// nobody else can make one, and nothing is stored.
struct BrowserMark: Sendable {
    private static let name = "__Host-rabrong-browser"
    /// To be set with the page when the browser has none yet.
    let newCookie: Cookie?
    let formToken: String

    init(_ request: Request, _ key: SecretKey) {
        let known = request.headers.cookie(Self.name)
        let mark = known ?? randomBytes(18).base64url
        newCookie = known == nil ? Cookie(Self.name, mark, lifetime: 400 * 86_400) : nil
        formToken = key.derived(for: "form").code(of: mark).prefix(18).base64url
    }
}

/// The language, the colours and the year that a browser has chosen.
struct Choice {
    private static let languageCookie = "__Host-rabrong-language"
    private static let themeCookie = "__Host-rabrong-theme"
    private static let yearCookie = "__Host-rabrong-year"
    let language: Language
    let theme: String?
    private let year: FiscalYear?

    init(_ request: Request) {
        language = request.headers.cookie(Self.languageCookie).flatMap { Language(rawValue: $0) } ?? .thai
        theme = request.headers.cookie(Self.themeCookie).flatMap { ["light", "dark"].contains($0) ? $0 : nil }
        year = request.headers.cookie(Self.yearCookie).flatMap(Self.year)
    }

    private static func year(_ text: String) -> FiscalYear? {
        Int(text).flatMap { FiscalYear.plausible.contains($0) ? FiscalYear($0) : nil }
    }

    /// Programs say the year each time; people once.
    func year(for request: Request, at now: Instant) -> FiscalYear {
        request.query["year"].flatMap(Self.year) ?? year ?? FiscalYear(at: now)
    }

    /// `?lang=en`, `?theme=dark` and `?year=2569` are remembered, and the page comes again without them.
    func remembering(_ request: Request) -> Response? {
        let language = request.query["lang"].flatMap { Language(rawValue: $0) }
        let theme = request.query["theme"].flatMap { ["light", "dark"].contains($0) ? $0 : nil }
        let year = request.query["year"].flatMap(Self.year)
        guard language != nil || theme != nil || year != nil else { return nil }
        var query = request.query
        query.set("lang", nil)
        query.set("theme", nil)
        query.set("year", nil)
        // One slash in front: two would be another site's address.
        let path = "/" + request.path.drop { $0 == "/" || $0 == "\\" }
        var response = Response.seeOther(path + query.queryText)
        if let language {
            response.headers.add(
                "set-cookie", Cookie(Self.languageCookie, language.rawValue, lifetime: 400 * 86_400).header)
        }
        if let theme {
            response.headers.add("set-cookie", Cookie(Self.themeCookie, theme, lifetime: 400 * 86_400).header)
        }
        if let year {
            // Not for good: whoever comes back in the next year should find that one.
            response.headers.add("set-cookie", Cookie(Self.yearCookie, "\(year.number)", lifetime: 30 * 86_400).header)
        }
        return response
    }
}

/// What has just been done, said once on the next page. The cookie is signed, so that nobody puts words in our mouth.
struct Saying {
    static let cookie = "__Host-rabrong-says"
    let key: SecretKey

    func cookie(_ text: String) -> Cookie {
        let encoded = percentEncoded(text)
        return Cookie(Self.cookie, "\(code(of: encoded)).\(encoded)", lifetime: 60)
    }

    func text(in request: Request) -> String? {
        guard let value = request.headers.cookie(Self.cookie), let dot = value.firstIndex(of: ".") else { return nil }
        let encoded = String(value[value.index(after: dot)...])
        guard isSame(Array(value[..<dot].utf8), Array(code(of: encoded).utf8)) else { return nil }
        return percentDecoded(encoded.utf8, plusIsSpace: false)
    }

    private func code(of text: String) -> String {
        key.derived(for: "saying").code(of: text).prefix(12).base64url
    }
}
