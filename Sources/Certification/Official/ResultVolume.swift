import Catalogue
import Documents
import Evidence
import HTML
import HTTP
import Interface
import Jobs
import Kernel
import Papers
import Postgres
import Rounds
import Runtime

/// All official reports of an area in a framework of the central office and a round, bound to a volume.
struct ResultVolume: Sendable {
    static let job = "result-volume"
    static let fields = [
        FormField("framework", Phrase("ชุดตัวชี้วัด", en: "Framework"), .number(0...Int.max), required: true),
        FormField("round", Phrase("รอบ", en: "Round"), .text(limit: 10), required: true),
    ]

    let platform: Platform

    var kind: JobKind {
        LongPaperWork(platform).kind(Self.job) { facts, area in
            guard let framework = facts["framework"].flatMap({ Int($0.text) }),
                let round = facts["round"]?.textValue.flatMap({ Round(code: $0) })
            else { return nil }
            let language = facts["language"]?.textValue.flatMap { Language(rawValue: $0) } ?? .thai
            return try await volume(
                framework, round, name: facts["name"]?.textValue ?? "",
                areaName: facts["area-name"]?.textValue ?? "", language, in: area)
        }
    }

    private func volume(
        _ framework: Int, _ round: Round, name: String, areaName: String, _ language: Language, in area: AreaID
    ) async throws -> Volume? {
        let ids = try await platform.database.transaction(in: area.rawValue) {
            try await $0.run(.results(ofFramework: framework, in: round, of: area))
        }
        guard !ids.isEmpty else { return nil }
        var chapters: [Volume.Chapter] = []
        for id in ids {
            let (entry, evidence, rollUp, certificate) = try await platform.database.transaction(in: area.rawValue) {
                try await $0.run(
                    .entry(id, in: area), .evidence(of: .result(id), in: area), .rollUp(for: id, in: area),
                    .certificate(of: id, in: area))
            }
            guard let entry = entry?.counting(rollUp) else { continue }
            let official = entry.official(evidence, certificate, of: areaName, under: platform.baseURL)
            chapters.append(Volume.Chapter(official.title) { official.parts(in: language) })
        }
        let title = Phrase("รายงานผลการปฏิบัติราชการรายตัวชี้วัด", en: "Reports by indicator")[language]
        return Volume(
            PaperFacts(
                title: "\(title) · \(areaName)", author: areaName, language: language.rawValue, madeAt: .now,
                textSize: 15, footer: areaName),
            cover: [title, name, areaName], chapters)
    }
}

func orderResultVolume(_ context: Context) async throws -> Outcome {
    let draft = FormDraft(ResultVolume.fields, context.form.fields)
    try draft.check()
    let id = try await context.deed { deed in
        let results = try await deed.run(.results(in: context.year, of: deed.area))
        guard let round = Round(code: draft["round"]),
            let first = results.first(where: { $0.framework == draft.number("framework") && $0.result.round == round })
        else {
            throw Refusal.invalid("framework", Phrase("ไม่มีผลในชุดและรอบนี้", en: "No results in this framework and round"))
        }
        let language = context.language
        let name = [first.frameworkName, round.name[language], context.year.phrase[language]].joined(separator: " · ")
        return try await deed.order(
            ResultVolume.job, titled: name,
            [
                .init(name: "framework", value: JSON(first.framework)), .init(name: "round", value: .text(round.code)),
                .init(name: "language", value: .text(language.rawValue)), .init(name: "name", value: .text(name)),
                .init(name: "area-name", value: .text(context.area.name)),
            ])
    }
    return .done(id.path, json: ["id": JSON(id.rawValue)], made: true)
}

extension Query where Answer == [AreaResultID] {
    fileprivate static func results(ofFramework framework: Int, in round: Round, of area: AreaID) -> Query {
        .all(
            """
            SELECT r.id
            FROM area_results r
            JOIN national_indicators n ON n.id = r.indicator_id AND \(part: .isInForce)
            WHERE r.area_id = \(area) AND r.framework_id = \(framework) AND r.round = \(round)
            ORDER BY n.number_order, n.id
            """
        ) { try $0.next() }
    }
}
