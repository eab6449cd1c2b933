import Evidence
import Files
import Kernel
import Postgres
import Runtime
import Secrets

/// Evidence that comes to a report, or leaves it.
extension ReportChange {
    /// A file takes its place; what was there stays behind.
    func attach(_ file: KeptFile, at place: Int, described description: String, over known: EvidenceItem?) async throws
    {
        if let known { deed.sendAlong(.remove(known.id, in: deed.area, at: deed.now)) }
        deed.sendAlong(
            .attach(
                file, at: place, described: description, to: .report(before.id), in: deed.area, by: deed.viewer,
                at: deed.now))
        try await record(file.name, file.digest, at: place, described: description, over: known)
        deed.takeSpace(for: file)
    }

    /// A file that is there already, at a free place.
    func attach(_ file: StoredFile, at place: Int, described description: String) async throws {
        deed.sendAlong(
            .attach(
                file.id, at: place, described: description, to: .report(before.id), in: deed.area, by: deed.viewer,
                at: deed.now))
        try await record(file.name, file.digest, at: place, described: description)
    }

    private func record(
        _ file: String, _ digest: Digest, at place: Int, described description: String, over known: EvidenceItem? = nil
    ) async throws {
        try await deed.record(
            .evidenceSent, on: before.subject, named: name,
            before: known.map { ["file": .text($0.file.name), "sha256": .text($0.file.digest.hexadecimal)] } ?? [:],
            after: [
                "place": JSON(place), "file": .text(file), "sha256": .text(digest.hexadecimal),
                "description": .text(description),
            ])
    }

    /// Another word for what a file shows; the versions of the report before and after.
    func describe(_ item: EvidenceItem, _ description: String) async throws -> (from: Int, to: Int) {
        deed.sendAlong(.describe(item.id, description, in: deed.area))
        let report = try await take(
            .save, saying: .object([.init(name: "description-\(item.place)", value: .text(description))])
        ) {
            $0.saved = signature
        }
        return (before.version, report.version)
    }

    /// It leaves the report, and stays on the record.
    func remove(_ item: EvidenceItem) async throws {
        deed.sendAlong(.remove(item.id, in: deed.area, at: deed.now))
        try await deed.record(
            .evidenceRemoved, on: before.subject, named: name,
            before: [
                "place": JSON(item.place), "file": .text(item.file.name),
                "sha256": .text(item.file.digest.hexadecimal),
            ])
    }
}
