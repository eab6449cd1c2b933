import Runtime

/// The pages that wait to be told of news, by member: what one copy of the program has open.
package final class LiveBells: Sendable {
    private struct Waiting {
        var next = 0
        var pages: [Int: (key: String, page: AsyncStream<[UInt8]>.Continuation)] = [:]
    }

    private let waiting = Lock(Waiting())

    package init() {}

    /// Pieces of an event stream, until the page goes.
    package func open(for viewer: Viewer) -> AsyncStream<[UInt8]> {
        let (stream, page) = AsyncStream<[UInt8]>.makeStream(bufferingPolicy: .bufferingNewest(4))
        let number = waiting.withLock { waiting in
            waiting.next += 1
            waiting.pages[waiting.next] = (Self.key(viewer.area, viewer.member), page)
            return waiting.next
        }
        page.onTermination = { [waiting] _ in waiting.withLock { _ = $0.pages.removeValue(forKey: number) } }
        page.yield(Array("retry: 5000\n\n".utf8))
        return stream
    }

    /// `55:123`, as the database tells it.
    package func ring(_ key: String) {
        for page in pages(where: { $0 == key }) { page.yield(Array("event: news\ndata:\n\n".utf8)) }
    }

    /// Says nothing, to all: so that who is gone is noticed, and no proxy takes the line for dead.
    package func beat() {
        for page in pages(where: { _ in true }) { page.yield(Array(":\n\n".utf8)) }
    }

    package func close() {
        for page in pages(where: { _ in true }) { page.finish() }
    }

    private func pages(where isMeant: (String) -> Bool) -> [AsyncStream<[UInt8]>.Continuation] {
        waiting.withLock { waiting in waiting.pages.values.filter { isMeant($0.key) }.map(\.page) }
    }

    private static func key(_ area: AreaID, _ member: MemberID) -> String { "\(area):\(member)" }
}
