import Evidence
import HTML
import HTTP
import Kernel

/// The files that came with a report's form: their bytes are kept, and no row names them yet.
struct SentFiles: Sendable {
    private(set) var kept: [Int: KeptFile] = [:]
    private(set) var problems: [FieldProblem] = []
    /// Which evidence the form showed at each place, 0 for none; programs needn't say.
    private(set) var seen: [Int: Int] = [:]

    var isEmpty: Bool { kept.isEmpty && problems.isEmpty }

    init(_ context: Context) async throws {
        let sent = EvidenceItem.places.compactMap { place in
            context.form.files["file-\(place)"].map { (place, $0) }
        }
        guard !sent.isEmpty else { return }
        // Before any byte is stored.
        guard context.sender?.permissions.contains(.upload) == true else { throw Refusal.forbidden(.upload) }
        for (place, upload) in sent {
            seen[place] = context.form.fields["seen-\(place)"].flatMap { Int($0) }
            do {
                kept[place] = try await KeptFile(
                    upload, sentAs: "file-\(place)", upTo: EvidenceItem.sizeLimit, by: context.platform)
            } catch Refusal.invalid(let problems) {
                self.problems += problems
            }
        }
    }
}
