import Catalogue
import HTML
import HTTP
import Kernel
import Postgres
import Rounds
import Runtime

let nationalPublicationFields = [
    FormField("seen", Phrase("สิ่งที่ได้ดูแล้ว", en: "The mark of what was seen"), .text(limit: 32))
]

let frameworkToPublishSchema = APISchema.object([
    ("id", .number), ("year", .number), ("name", .text), ("short-name", .text), ("place", .number),
])

func listPublications(_ context: Context) async throws -> Outcome {
    let (visit, frameworks) = try await context.page(
        .frameworksToPublish(in: context.year, of: context.area.id))
    return .page(
        PublicationsPage(visit: visit, frameworks: frameworks), visit, json: ["items": .array(frameworks.map(\.json))])
}

/// What areas would see, and whom it concerns, before anything is sent.
func showNationalPublication(_ context: Context) async throws -> Outcome {
    let (visit, publication, areas) = try await publication(context)
    return .page(NationalPublicationPage(visit: visit, publication: publication, areas: areas), visit)
}

func publishNationally(_ context: Context) async throws -> Outcome {
    let draft = FormDraft(nationalPublicationFields, context.form.fields)
    try draft.check()
    let (_, seen, areas) = try await publication(context)
    if !draft["seen"].isEmpty, draft["seen"] != seen.mark { throw Refusal.outdated }
    if let reason = seen.problems.first { throw Refusal.conflict(reason) }
    guard !seen.isUnchanged else {
        throw Refusal.conflict(Phrase("ไม่มีอะไรเปลี่ยนตั้งแต่เผยแพร่ครั้งก่อน", en: "Nothing has changed since it was published"))
    }
    let receivers = seen.receivers(among: areas)
    try await context.deed { deed in
        let now = try await Publication(seen, asOf: deed)
        // What has changed since it was shown must be seen first.
        guard now.mark == seen.mark else { throw Refusal.outdated }
        try await Rounds.requireOpen(now.framework.year, deed)
        guard try await deed.run(.unprepared(.publication, from: deed.area)) == 0 else {
            throw Refusal.conflict(
                Phrase(
                    "การเผยแพร่ก่อนหน้ากำลังเริ่มส่ง ลองอีกครั้งในอีกสักครู่",
                    en: "What was published before is only beginning to go out. Try again shortly"))
        }
        deed.send(.publication, now.json(by: deed.viewer?.name ?? "", at: deed.now), to: receivers.map(\.id))
        try await deed.record(
            .nationalPublished, on: "framework/\(now.framework.id)", named: now.framework.shortName,
            after: [
                "indicators": .array(now.changed.map { .text($0.draft.definition.number) }),
                "withdrawn": .array(now.withdrawn.map { .text($0.definition.number) }),
            ])
    }
    return .done(
        "/publications/\(seen.framework.id)",
        says: Phrase(
            "เผยแพร่แล้ว กำลังส่งถึง \(receivers.count) เขต",
            en: "Published; it is on its way to \(receivers.count) areas"),
        json: ["areas": JSON(receivers.count)])
}

private func publication(_ context: Context) async throws -> (Visit, Publication, [Area]) {
    guard let id = context.request.parameters["framework"].flatMap({ Int($0) }) else { throw Refusal.notFound }
    let area = context.area.id
    let (visit, (framework, drafts, rules, problems, underWay), (published, versions, areas, use, missing)) =
        try await context.centralPage(
            own: .frameworkToPublish(id, of: area), .nationalDrafts(of: id, in: area), .rules(of: id, in: area),
            .weightProblems(of: id, in: area), .undelivered(.publication, from: area),
            submitted: .nationalIndicators(ofFramework: id), .versions, .reportingAreas, .use(ofFramework: id),
            .areasWithout(framework: id))
    guard let framework else { throw Refusal.notFound }
    let byID = Dictionary(uniqueKeysWithValues: areas.map { ($0.id, $0) })
    let publication = Publication(
        framework, drafts, rules, published, versions: versions, weightProblems: problems,
        use: use.map { line in
            ResultUse(
                indicator: line.indicator, round: line.round, areas: line.areas.compactMap { byID[$0] },
                certified: line.certified)
        }, missing: underWay == 0 ? missing : [])
    return (visit, publication, areas)
}

extension Publication {
    /// The same as it is within the deed; what areas have sent is as it was seen.
    fileprivate init(_ seen: Publication, asOf deed: Deed) async throws {
        let id = seen.framework.id
        let (framework, drafts, rules, problems, published, versions) = try await deed.run(
            .frameworkToPublish(id, of: deed.area), .nationalDrafts(of: id, in: deed.area),
            .rules(of: id, in: deed.area), .weightProblems(of: id, in: deed.area),
            .nationalIndicators(ofFramework: id), .versions)
        guard let framework else { throw Refusal.notFound }
        self.init(
            framework, drafts, rules, published, versions: versions, weightProblems: problems, use: seen.use,
            missing: seen.missing)
    }
}

extension Query where Answer == [Int: Int] {
    /// The last version of each indicator that was ever published, by its number.
    static var versions: Query {
        Query("SELECT id, version FROM national_indicators") { rows in
            var versions: [Int: Int] = [:]
            for var cells in rows { versions[try cells.next()] = try cells.next() }
            return versions
        }
    }
}

extension Query where Answer == [AreaID] {
    /// Those that lack a result which they are to report.
    static func areasWithout(framework: Int) -> Query {
        .all(
            """
            SELECT a.id
            FROM areas a
            WHERE EXISTS (
                SELECT
                FROM national_indicators n
                JOIN national_rounds q ON q.indicator_id = n.id
                LEFT JOIN area_results r ON r.area_id = a.id AND r.indicator_id = n.id AND r.round = q.round
                WHERE n.framework_id = \(framework) AND n.withdrawn_at IS NULL AND \(part: .appliesToArea)
                    AND r.area_id IS NULL
            )
            ORDER BY a.short_name
            """
        ) { try $0.next() }
    }
}

/// Who has sent a result of an indicator in a round, by the areas' numbers.
struct ResultUseLine: Sendable {
    let indicator: IndicatorID
    let round: Round
    let areas: [AreaID]
    let certified: Int
}

extension Query where Answer == [ResultUseLine] {
    static func use(ofFramework framework: Int) -> Query {
        .all(
            """
            SELECT r.indicator_id, r.round, array_agg(r.area_id), count(*) FILTER (WHERE r.state = 'certified')
            FROM areas a
            JOIN area_results r ON r.area_id = a.id
            WHERE r.framework_id = \(framework) AND r.number > 0
            GROUP BY r.indicator_id, r.round
            ORDER BY r.indicator_id, r.round
            """
        ) {
            ResultUseLine(
                indicator: try $0.next(), round: try $0.next(), areas: try $0.nextArray(of: AreaID.self),
                certified: try $0.next())
        }
    }
}

extension Action {
    static let nationalPublished = Action(
        "national.published", Phrase("เผยแพร่ตัวชี้วัดกลาง", en: "National indicators published"))
}
