import Evidence
import HTTP
import Kernel
import Runtime
import Secrets

/// What a sending of the form does to the evidence: the descriptions that the places have then.
struct EvidenceSending: Sendable {
    private(set) var descriptions: [Int: String]
    /// Said anew of files that stay.
    private(set) var said: [JSON.Member] = []

    init(_ evidence: [EvidenceItem]) {
        descriptions = Dictionary(evidence.map { ($0.place, $0.description) }, uniquingKeysWith: { first, _ in first })
    }

    mutating func set(_ description: String?, at place: Int) { descriptions[place] = description }

    mutating func say(_ description: String, at place: Int) {
        descriptions[place] = description
        said.append(JSON.Member(name: "description-\(place)", value: .text(description)))
    }
}

extension Sending {
    /// As it is kept: with its file, or still waiting for one.
    func description(at place: Int) -> String? {
        change.evidence.first { $0.place == place }?.description ?? change.before.entries["description-\(place)"]
    }

    func attach(_ draft: inout ReportDraft) async throws -> EvidenceSending {
        var sending = EvidenceSending(change.evidence)
        guard change.access.mayFillIn else { return sending }
        let removed = input["remove"].flatMap { Int($0) }
        for place in EvidenceItem.places {
            if place == removed {
                try await remove(at: place)
                sending.set(nil, at: place)
                draft.keep(description: nil, at: place)
            } else {
                try await attach(&draft, at: place, &sending)
            }
        }
        try await reuse(&sending)
        return sending
    }

    private func remove(at place: Int) async throws {
        guard let known = change.evidence.first(where: { $0.place == place }) else { return }
        try await change.remove(known)
    }

    private func attach(_ draft: inout ReportDraft, at place: Int, _ sending: inout EvidenceSending) async throws {
        let known = change.evidence.first { $0.place == place }
        let typed = draft.descriptions[place]
        if let file = files.kept[place], file.digest != known?.file.digest {
            guard files.seen[place] ?? known?.id.rawValue ?? 0 == known?.id.rawValue ?? 0 else {
                return draft.refuse([.sentMeanwhile(at: place)])
            }
            let described = typed ?? description(at: place) ?? ""
            try await change.attach(file, at: place, described: described, over: known)
            sending.set(described, at: place)
            draft.keep(description: nil, at: place)
        } else if let known {
            guard let typed, typed != known.description else { return }
            change.deed.sendAlong(.describe(known.id, typed, in: change.deed.area))
            sending.say(typed, at: place)
        } else if let typed {
            draft.keep(description: typed, at: place)
        }
    }

    /// One of the unit's own files goes to the first free place; it is not sent again.
    private func reuse(_ sending: inout EvidenceSending) async throws {
        let deed = change.deed
        guard let wanted = input["reuse"].flatMap({ FileID(sqlText: $0) }) else { return }
        guard deed.viewer?.permissions.contains(.upload) == true else { throw Refusal.forbidden(.upload) }
        let (uses, evidence) = try await deed.run(
            .fileUses(besideReport: change.before.id, in: deed.area),
            .evidence(of: .report(change.before.id), in: deed.area))
        guard let use = uses.first(where: { $0.file.id == wanted }) else { throw Refusal.notFound }
        guard !evidence.contains(where: { $0.file.digest == use.file.digest }),
            let free = EvidenceItem.places.first(where: { sending.descriptions[$0] == nil })
        else { return }
        try await change.attach(use.file, at: free, described: use.description)
        sending.set(use.description, at: free)
    }
}
