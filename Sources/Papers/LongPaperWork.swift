import Files
import Glibc
package import Jobs
package import Kernel
import Postgres
package import Runtime

extension Deed {
    /// Orders a paper that a job of this kind makes, with what that needs to know.
    package func order(_ kind: String, titled title: String, _ facts: [JSON.Member]) async throws -> LongPaperID {
        guard let viewer else { throw Refusal.signInFirst }
        let (_, id) = try await run(
            .forgetLongPapers(in: area, before: now + -LongPaper.daysKept * 86_400),
            .insertLongPaper(title, for: viewer.member, in: area, at: now))
        _ = try await run(
            .enqueue(
                kind, .object(facts + [.init(name: "paper", value: JSON(id.rawValue))]), in: area.rawValue, at: now))
        return id
    }
}

extension LongPaperID {
    /// Where one sees how far it is.
    package var path: String { "/papers/\(self)" }
}

/// Makes a paper, tells meanwhile how far it is, and keeps it. Run again, it makes the same.
package struct LongPaperWork: Sendable {
    private static let mostAttempts = 3
    private let platform: Platform

    package init(_ platform: Platform) {
        self.platform = platform
    }

    /// `bind` gathers what is to be bound; nil when there is nothing any more.
    package func kind(
        _ name: String, bind: @escaping @Sendable (_ facts: JSON, AreaID) async throws -> Volume?
    ) -> JobKind {
        JobKind(name) { job in
            guard let number = job.payload["paper"].flatMap({ Int($0.text) }) else { return }
            let (id, area) = (LongPaperID(number), AreaID(job.area))
            guard try await database(in: area, .isWanted(id, in: area)) else { return }
            do {
                guard let volume = try await bind(job.payload, area) else { throw NothingToBind() }
                try await make(volume, id, in: area)
            } catch {
                if job.attempts < Self.mostAttempts, !(error is NothingToBind) { throw error }
                Log.warn("A paper can't be made.", ["kind": .text(name), "reason": .text("\(error)")])
                _ = try await database(in: area, .noteFailure(of: id, in: area, at: .now))
            }
        }
    }

    private struct NothingToBind: Error {}

    private func make(_ volume: Volume, _ id: LongPaperID, in area: AreaID) async throws {
        let (descriptor, path) = try Disk.makeTemporaryFile(in: platform.temporaryFolder)
        close(descriptor)
        defer { unlink(path) }
        let progress = Lock((done: 0, isOver: false))
        async let writing = Blocking.run {
            defer { progress.withLock { $0.isOver = true } }
            return try volume.write(to: path) { progress.withLock { $0.done += 1 } }
        }
        var told = -1
        while case let (done, isOver) = progress.withLock({ $0 }), !isOver {
            if done != told { _ = try await database(in: area, .note(done, of: volume.steps, on: id, in: area)) }
            told = done
            try await Task.sleep(for: .milliseconds(300))
        }
        let pages = try await writing
        let digest = try await platform.files.keep(path)
        let size = try Disk.size(of: path)
        _ = try await database(in: area, .finish(id, digest, size: size, pages: pages, in: area))
    }

    private func database<Answer: Sendable>(in area: AreaID, _ query: Query<Answer>) async throws -> Answer {
        try await platform.database.transaction(in: area.rawValue) { try await $0.run(query) }
    }
}
