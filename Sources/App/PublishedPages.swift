import HTML
import HTTP
import Kernel
import Runtime
import Secrets

/// Pages that are the same for all who haven't signed in: each is made once a minute, however many ask, and a browser
/// that has it is only told so.
final class PublishedPages: Sendable {
    /// All that a page depends on.
    private struct Key: Hashable {
        var area: AreaID
        var prefix: String
        var path: String
        var query: String
        var language: String
        var theme: String?
        var isAPI: Bool

        init(_ context: Context) {
            area = context.area.id
            prefix = context.prefix
            path = context.path
            query = context.request.query.queryText
            language = context.language.rawValue
            theme = context.theme
            isAPI = context.isAPI
        }
    }

    private let entries = Lock<[Key: PublishedPage]>([:])
    private static let seconds = 60
    /// While one makes it anew, others get what there was.
    private static let makingSeconds = 10
    /// Whoever asks for all there is can't fill the memory.
    private static let mostBytes = 48 << 20

    func response(to context: Context, make: () async throws -> Response) async throws -> Response {
        let key = Key(context)
        if let entry = fresh(key) { return entry.answer(to: context.request) }
        let response = try await make()
        guard let entry = PublishedPage(response, isOpenData: context.isAPI, seconds: Self.seconds) else {
            return response
        }
        remember(entry, key)
        return entry.answer(to: context.request)
    }

    private func fresh(_ key: Key) -> PublishedPage? {
        entries.withLock { entries in
            guard let entry = entries[key] else { return nil }
            guard entry.until <= monotonicSeconds() else { return entry }
            entries[key]?.until = monotonicSeconds() + Self.makingSeconds
            return nil
        }
    }

    private func remember(_ entry: PublishedPage, _ key: Key) {
        entries.withLock { entries in
            if entries.values.reduce(entry.size, { $0 + $1.size }) > Self.mostBytes { entries.removeAll() }
            entries[key] = entry
        }
    }
}

/// One of them, as it is kept.
private struct PublishedPage {
    let response: Response
    let tag: String
    let size: Int
    /// In monotonic seconds.
    var until: Int

    /// Nil for what isn't a whole page.
    init?(_ response: Response, isOpenData: Bool, seconds: Int) {
        guard response.status == 200, case .bytes(let buffer) = response.body else { return nil }
        let bytes = Array(buffer.bytes)
        tag = "\"\(Digest(of: bytes).hexadecimal.prefix(24))\""
        size = bytes.count
        until = monotonicSeconds() + seconds
        var kept = response
        // No more room than it needs.
        kept.body = .bytes(ByteBuffer(bytes))
        kept.headers["cache-control"] = "public, max-age=\(seconds)"
        kept.headers["vary"] = "Cookie"
        kept.headers["etag"] = tag
        // Pages of others may read it.
        if isOpenData { kept.headers["access-control-allow-origin"] = "*" }
        self.response = kept
    }

    func answer(to request: Request) -> Response {
        guard request.knows(tag) else { return response }
        var short = Response(304, headers: response.headers)
        short.headers["content-type"] = nil
        return short
    }
}
