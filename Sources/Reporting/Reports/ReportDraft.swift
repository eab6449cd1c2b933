import Catalogue
import Evidence
import HTML
import HTTP
import Kernel
import Runtime
import Scoring

/// What was typed into a report's form. It is kept as it was typed, sound or not; what is wrong is said at its field.
struct ReportDraft: Sendable {
    private(set) var entries: [String: String]
    private(set) var narrative: Narrative
    private(set) var selfScore: Int?
    /// By place.
    private(set) var descriptions: [Int: String] = [:]
    private(set) var problems: [FieldProblem] = []

    /// What the form doesn't speak of stays as it is.
    init(_ input: Fields, over report: Report, _ sheet: ReportSheet) {
        entries = report.entries
        narrative = report.narrative
        selfScore = report.selfScore
        for field in sheet.inputs where field.isEntered { read(field, input) }
        problems += narrative.read(input)
        if let typed = input["self-score"] { read(selfScore: tidied(typed)) }
        for place in EvidenceItem.places {
            guard let typed = input["description-\(place)"] else { continue }
            read(description: tidied(typed), at: place)
        }
    }

    private mutating func read(_ field: ReportInput, _ input: Fields) {
        switch field.reading(of: input) {
        case .unsaid: return
        case .refused(let reason): refuse(field.field, reason)
        case .kept(let typed, let problem):
            entries[field.name] = typed
            if let problem { refuse(field.field, problem) }
        }
    }

    private mutating func isVisible(_ typed: String, at field: String) -> Bool {
        guard hasInvisible(typed) else { return true }
        refuse(field, .invisible)
        return false
    }

    private mutating func read(selfScore typed: String) {
        guard !typed.isEmpty else { return selfScore = nil }
        guard let score = Int(arabicDigits(typed)), Report.selfScores.contains(score) else {
            return refuse(
                "self-score",
                Phrase("ใส่คะแนน 1 ถึง 5 ที่ใส่มาคือ \(typed)", en: "Enter a score from 1 to 5. You entered \(typed)"))
        }
        selfScore = score
    }

    private mutating func read(description typed: String, at place: Int) {
        guard typed.unicodeScalars.count <= EvidenceItem.descriptionLimit else {
            return refuse(
                "description-\(place)",
                Phrase(
                    "ยาวเกิน \(EvidenceItem.descriptionLimit) ตัวอักษร",
                    en: "At most \(EvidenceItem.descriptionLimit) characters"))
        }
        guard isVisible(typed, at: "description-\(place)") else { return }
        descriptions[place] = typed
    }

    mutating func refuse(_ field: String, _ reason: Phrase) {
        problems.append(FieldProblem(field, reason))
    }

    mutating func refuse(_ more: [FieldProblem]) { problems += more }

    /// A description that waits for its file has no other home.
    mutating func keep(description: String?, at place: Int) {
        entries["description-\(place)"] = description.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Whether the report holds just this already: sent twice by a double click.
    func isHeld(by report: Report) -> Bool {
        narrative == report.narrative && selfScore == report.selfScore
            && Set(entries.keys).union(report.entries.keys).allSatisfy { name in
                let (typed, kept) = (entries[name], report.entries[name])
                guard typed != kept else { return true }
                // Confirmed, numbers became plain.
                return typed.flatMap { Exact($0) }.map { $0 == kept.flatMap { Exact($0) } } ?? false
            }
    }

    func apply(to report: inout Report) {
        report.entries = entries
        report.narrative = narrative
        report.selfScore = selfScore
    }
}

extension Report {
    /// All that is still wanted before it can be confirmed, with what the evidence at each place is said to show.
    func missing(_ sheet: ReportSheet, _ evidence: [Int: String]) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        problems += sheet.missing(in: entries).map { FieldProblem($0.field, .needed) }
        if selfScore == nil {
            problems.append(FieldProblem("self-score", Phrase("ให้คะแนนตนเอง 1 ถึง 5", en: "Score yourself from 1 to 5")))
        }
        for place in EvidenceItem.places {
            if let description = evidence[place] {
                guard description.isEmpty else { continue }
                problems.append(
                    FieldProblem(
                        "description-\(place)", Phrase("อธิบายว่าไฟล์นี้แสดงอะไร", en: "Say what this file shows")))
            } else if entries["description-\(place)"] != nil {
                problems.append(
                    FieldProblem(
                        "file-\(place)", Phrase("เลือกไฟล์ หรือลบคำอธิบาย", en: "Choose a file, or clear its description")))
            }
        }
        return problems
    }
}
