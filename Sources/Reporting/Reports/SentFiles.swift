import Evidence
import HTML
import HTTP
import Kernel

/// The files that came with a report's form: their bytes are kept, and no row names them yet.
struct SentFiles: Sendable {
    private(set) var kept: [Int: KeptFile] = [:]
    private(set) var problems: [FieldProblem] = []
    /// Those that came in pieces.
    private var uploads: [Upload] = []
    /// Which evidence the form showed at each place, 0 for none; programs needn't say.
    private(set) var seen: [Int: Int] = [:]

    init(_ context: Context) async throws {
        let form = context.form
        let places = EvidenceItem.places.filter {
            form.files["file-\($0)"] != nil || form.fields["upload-\($0)"] != nil
        }
        guard !places.isEmpty else { return }
        // Before any byte is stored.
        guard let sender = context.sender, sender.permissions.contains(.upload) else {
            throw Refusal.forbidden(.upload)
        }
        for place in places {
            var file = form.files["file-\(place)"]
            if let upload = form.fields["upload-\(place)"].flatMap(Upload.init) {
                file = try await upload.assembled(
                    as: form.fields["name-\(place)"] ?? "", sentAs: "file-\(place)", by: sender.member, context)
                uploads.append(upload)
            }
            guard let file else { throw Refusal.invalid("file-\(place)", Phrase("เลือกไฟล์", en: "Choose a file")) }
            seen[place] = context.form.fields["seen-\(place)"].flatMap { Int($0) }
            do {
                kept[place] = try await KeptFile(
                    file, sentAs: "file-\(place)", upTo: EvidenceItem.sizeLimit, by: context.platform)
            } catch Refusal.invalid(let problems) {
                self.problems += problems
            }
        }
    }

    /// The files are named now: their pieces aren't needed any more.
    func forgetPieces(_ deed: Deed) {
        guard let member = deed.viewer?.member else { return }
        for upload in uploads { deed.sendAlong(.forget(upload, by: member, in: deed.area)) }
    }
}
