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

/// All official reports of a unit in a framework and a round, bound to a volume.
struct ReportVolume: Sendable {
    static let job = "report-volume"
    static let fields = [
        FormField("framework", Phrase("ชุดตัวชี้วัด", en: "Framework"), .number(0...Int.max), required: true),
        FormField("round", Phrase("รอบ", en: "Round"), .text(limit: 10), required: true),
    ]

    let platform: Platform

    var kind: JobKind {
        LongPaperWork(platform).kind(Self.job) { facts, area in
            guard let choice = VolumeChoice(facts) else { return nil }
            return try await volume(choice, in: area)
        }
    }

    private func volume(_ choice: VolumeChoice, in area: AreaID) async throws -> Volume? {
        let ids = try await platform.database.transaction(in: area.rawValue) {
            try await $0.run(.reports(in: choice, of: area))
        }
        guard !ids.isEmpty else { return nil }
        var chapters: [Volume.Chapter] = []
        var reporter = ""
        for id in ids {
            let (report, sheet, evidence) = try await platform.database.transaction(in: area.rawValue) {
                try await $0.run(
                    .report(id, in: area), .sheet(ofReport: id, in: area), .evidence(of: .report(id), in: area))
            }
            guard let report, let sheet else { continue }
            let official = report.official(sheet, evidence, in: choice.areaName)
            reporter = report.reporter
            chapters.append(Volume.Chapter(official.title) { official.parts(in: choice.language) })
        }
        let language = choice.language
        let title = Phrase("รายงานผลการปฏิบัติราชการรายตัวชี้วัด", en: "Reports by indicator")[language]
        return Volume(
            PaperFacts(
                title: "\(title) · \(reporter)", author: choice.areaName, language: language.rawValue, madeAt: .now,
                textSize: 15, footer: reporter),
            cover: [title, choice.name, reporter, choice.areaName], chapters)
    }
}

/// Which reports are bound.
struct VolumeChoice: Sendable {
    let framework: FrameworkID
    let round: Round
    let unit: UnitID
    let member: MemberID
    let areaName: String
    let language: Language
    /// As people call it: `KRS · รอบ 6 เดือน · ปีงบประมาณ 2570`
    let name: String

    var members: [JSON.Member] {
        [
            .init(name: "framework", value: JSON(framework.rawValue)), .init(name: "round", value: .text(round.code)),
            .init(name: "unit", value: JSON(unit.rawValue)), .init(name: "member", value: JSON(member.rawValue)),
            .init(name: "area-name", value: .text(areaName)),
            .init(name: "language", value: .text(language.rawValue)), .init(name: "name", value: .text(name)),
        ]
    }
}

extension VolumeChoice {
    fileprivate init?(_ facts: JSON) {
        func number(_ name: String) -> Int? { facts[name].flatMap { Int($0.text) } }
        guard let framework = number("framework"), let unit = number("unit"), let member = number("member"),
            let round = facts["round"]?.textValue.flatMap({ Round(code: $0) })
        else { return nil }
        self.init(
            framework: FrameworkID(framework), round: round, unit: UnitID(unit), member: MemberID(member),
            areaName: facts["area-name"]?.textValue ?? "",
            language: facts["language"]?.textValue.flatMap { Language(rawValue: $0) } ?? .thai,
            name: facts["name"]?.textValue ?? "")
    }
}

/// Of the unit of whoever orders it, and of themselves by name.
func orderReportVolume(_ context: Context) async throws -> Outcome {
    let draft = FormDraft(ReportVolume.fields, context.form.fields)
    try draft.check()
    let id = try await context.deed { deed in
        guard let viewer = deed.viewer else { throw Refusal.signInFirst }
        let frameworks = try await deed.run(.frameworksOfOwnReports(in: context.year, of: deed.area))
        guard let round = Round(code: draft["round"]),
            let framework = frameworks.first(where: { $0.id.rawValue == draft.number("framework") }),
            framework.rounds.contains(round)
        else {
            throw Refusal.invalid(
                "framework", Phrase("ไม่มีรายงานในชุดและรอบนี้", en: "No reports in this framework and round"))
        }
        let language = context.language
        let name = [framework.name, round.name[language], context.year.phrase[language]].joined(separator: " · ")
        let choice = VolumeChoice(
            framework: framework.id, round: round, unit: viewer.unit, member: viewer.member,
            areaName: context.area.name, language: language, name: name)
        return try await deed.order(ReportVolume.job, titled: name, choice.members)
    }
    return .done(id.path, json: ["id": JSON(id.rawValue)], made: true)
}

/// A framework in which the viewer has something to report, with its rounds.
struct OwnFramework: Sendable {
    let id: FrameworkID
    let name: String
    var rounds: [Round]
}

extension Query where Answer == [OwnFramework] {
    static func frameworksOfOwnReports(in year: FiscalYear, of area: AreaID) -> Query {
        Query(
            """
            SELECT DISTINCT f.place, f.id, f.short_name, a.round
            FROM assignments a
            JOIN indicators i ON i.area_id = a.area_id AND i.id = a.indicator_id AND i.state <> 'hidden'
            JOIN frameworks f ON f.area_id = i.area_id AND f.id = i.framework_id
            WHERE a.area_id = \(area) AND i.year = \(year.number)
                AND (
                    a.unit_id = \(part: .viewerUnit) AND a.member_id IS NULL
                    OR a.member_id = ANY (\(part: .viewerMembers))
                )
            ORDER BY f.place, f.id
            """
        ) { rows in
            var frameworks: [OwnFramework] = []
            for var cells in rows {
                _ = try cells.next(Int.self)
                let found = OwnFramework(id: try cells.next(), name: try cells.next(), rounds: [try cells.next()])
                if frameworks.last?.id == found.id {
                    frameworks[frameworks.count - 1].rounds += found.rounds
                } else {
                    frameworks.append(found)
                }
            }
            return frameworks
        }
    }
}

extension Query where Answer == [ReportID] {
    fileprivate static func reports(in choice: VolumeChoice, of area: AreaID) -> Query {
        .all(
            """
            SELECT a.id
            FROM assignments a
            JOIN indicators i ON i.area_id = a.area_id AND i.id = a.indicator_id AND i.state <> 'hidden'
            WHERE a.area_id = \(area) AND i.framework_id = \(choice.framework) AND a.round = \(choice.round)
                AND (a.unit_id = \(choice.unit) AND a.member_id IS NULL OR a.member_id = \(choice.member))
            ORDER BY i.number_order, a.id
            """
        ) { try $0.next() }
    }
}
