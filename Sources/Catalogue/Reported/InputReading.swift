package import HTML
package import HTTP
import Kernel
import Runtime
import Scoring

extension ReportInput {
    /// What a form that was sent says of it.
    package enum Reading {
        /// Nothing: it stays as it is.
        case unsaid
        /// It can't be kept.
        case refused(Phrase)
        /// Kept as it was typed, sound or not.
        case kept(String?, problem: Phrase?)
    }

    private static let limit = 100

    package func reading(of form: Fields) -> Reading {
        // What isn't ticked isn't sent; the form says that it had the steps.
        let sent = form[field] ?? (kind == .step && form["shown"] != nil ? "" : nil)
        guard let typed = sent.map(tidied) else { return .unsaid }
        if typed.unicodeScalars.count > Self.limit { return .refused(Phrase("ยาวเกินไป", en: "This is too long")) }
        if hasInvisible(typed) { return .refused(.invisible) }
        switch kind {
        case .step: return .kept(["on", "true", "1"].contains(typed) ? "1" : nil, problem: nil)
        case .done: return .kept(["0", "1"].contains(typed) ? typed : nil, problem: nil)
        case .number:
            guard !typed.isEmpty else { return .kept(nil, problem: nil) }
            return .kept(
                typed,
                problem: Exact(typed) == nil
                    ? Phrase("ใส่ตัวเลข ที่ใส่มาคือ “\(typed)”", en: "Enter a number. You entered “\(typed)”") : nil)
        }
    }
}

extension ReportSheet {
    /// As plain numbers, so that they can be added up.
    package func settled(_ entries: [String: String]) -> [String: String] {
        var settled = entries
        for input in inputs where input.kind == .number {
            if let number = entries[input.name].flatMap({ Exact($0) }) { settled[input.name] = number.sqlText }
        }
        return settled
    }

    /// What is still to be filled in.
    package func missing(in entries: [String: String]) -> [ReportInput] {
        inputs.filter { $0.isEntered && $0.kind != .step && (entries[$0.name] ?? "").isEmpty }
    }
}
