import Catalogue
import HTML
import Kernel
import Postgres
import Rounds
import Runtime
import Scoring
import Secrets

/// What a framework of the central office would be to the areas now, beside what they have.
struct Publication: Sendable {
    struct Item: Sendable {
        let draft: NationalDraft
        let rule: CertificationRule
        /// What is in force.
        let published: NationalIndicator?
        /// Of any version that ever was in force, 0 for none.
        let lastVersion: Int

        var rounds: [NationalRound] {
            draft.rounds.map { round in
                NationalRound(
                    dates: round.dates, decideBy: round.dates.due + rule.decideDays * 86_400, weight: round.weight)
            }
        }

        /// What areas would see anew; empty where nothing has changed.
        var changes: [Phrase] {
            guard let published else { return [Phrase("ใหม่", en: "New")] }
            var changes = draft.definition.changes(since: published.definition)
            if draft.bureauName != published.bureauName { changes.append(Phrase("สำนัก", en: "Bureau")) }
            if rounds.map(\.json) != published.rounds.map(\.json) { changes.append(Phrase("รอบและกำหนด", en: "Rounds")) }
            // How many days a bureau has stands in its rounds.
            var (new, old) = (rule, published.rule)
            (new.decideDays, old.decideDays) = (0, 0)
            if new != old { changes.append(Phrase("วิธีรับรอง", en: "Rule of certification")) }
            return changes
        }

        var version: Int { lastVersion + (changes.isEmpty ? 0 : 1) }
    }

    let framework: NationalFramework
    let items: [Item]
    /// In force, and no longer to be.
    let withdrawn: [NationalIndicator]
    let weightProblems: [Phrase]
    /// What areas have sent, by indicator and round; any decision among them.
    let use: [ResultUse]
    /// Areas that it never reached: they joined later.
    let missing: [AreaID]

    init(
        _ framework: NationalFramework, _ drafts: [NationalDraft], _ rules: [Int: CertificationRule],
        _ published: [NationalIndicator], versions: [Int: Int], weightProblems: [Phrase], use: [ResultUse],
        missing: [AreaID] = []
    ) {
        self.framework = framework
        self.missing = missing
        self.weightProblems = weightProblems
        self.use = use
        let inForce = Dictionary(uniqueKeysWithValues: published.map { ($0.id, $0) })
        items = drafts.map { draft in
            Item(
                draft: draft, rule: rules[draft.definition.id.rawValue] ?? CertificationRule(),
                published: inForce[draft.definition.id], lastVersion: versions[draft.definition.id.rawValue] ?? 0)
        }
        let kept = Set(drafts.map(\.definition.id))
        withdrawn = published.filter { !kept.contains($0.id) }
    }

    /// The areas that something changes for, also where it no longer applies.
    func receivers(among areas: [Area]) -> [Area] {
        let rules = changed.flatMap { [$0.rule] + [$0.published?.rule].compactMap(\.self) } + withdrawn.map(\.rule)
        return areas.filter { area in missing.contains(area.id) || rules.contains { $0.applies(to: area) } }
    }

    var changed: [Item] { items.filter { !$0.changes.isEmpty } }
    var isUnchanged: Bool { changed.isEmpty && withdrawn.isEmpty && missing.isEmpty }

    /// Why it can't be published as it is.
    var problems: [Phrase] {
        var problems = weightProblems
        for item in items {
            let title = item.draft.definition.number
            if item.draft.definition.bureau == nil {
                problems.append(
                    Phrase("\(title) ยังไม่ระบุสำนักผู้รับรอง (หน่วยงานเจ้าของ)", en: "\(title) has no bureau (owner unit) yet"))
            }
            if item.draft.rounds.isEmpty {
                problems.append(Phrase("\(title) ยังไม่เปิดรอบ", en: "\(title) has no round yet"))
            }
            problems += used(item)
        }
        for indicator in withdrawn where !use(of: indicator.id).isEmpty {
            problems.append(
                Phrase(
                    "\(indicator.definition.number) มีเขตรายงานแล้ว จึงถอนไม่ได้",
                    en: "Areas have reported \(indicator.definition.number); it can't be withdrawn"))
        }
        return problems
    }

    func use(of indicator: IndicatorID) -> [ResultUse] { use.filter { $0.indicator == indicator } }

    /// What has results must stay: a round, or an area.
    private func used(_ item: Item) -> [Phrase] {
        let rounds = Set(item.draft.rounds.map(\.dates.round))
        return use(of: item.draft.definition.id).flatMap { use in
            var problems: [Phrase] = []
            if !rounds.contains(use.round) {
                problems.append(
                    Phrase("\(item.draft.definition.number) ", en: "\(item.draft.definition.number): ") + use.round.name
                        + Phrase(" มีเขตรายงานแล้ว จึงเอาออกไม่ได้", en: " has results; it can't be taken away"))
            }
            if let area = use.areas.first(where: { !item.rule.applies(to: $0) }) {
                problems.append(
                    Phrase(
                        "\(item.draft.definition.number) \(area.shortName) รายงานแล้ว จึงต้องอยู่ในขอบเขต",
                        en:
                            "\(area.shortName) has reported \(item.draft.definition.number); it must stay among its areas"
                    ))
            }
            return problems
        }
    }
}

/// Which areas have sent a result of an indicator in a round.
struct ResultUse: Sendable {
    let indicator: IndicatorID
    let round: Round
    let areas: [Area]
    let certified: Int
}

extension Publication {
    /// Known again, so that nothing is published that wasn't seen.
    var mark: String {
        String(Digest(of: json(by: "", at: Instant(microseconds: 0)).text).hexadecimal.prefix(16))
    }

    /// All that areas need, as it is brought to them.
    func json(by name: String, at now: Instant) -> JSON {
        [
            "framework": framework.json, "published-at": .text(now.text), "publisher": .text(name),
            "indicators": .array(changed.map(\.json)),
            "withdrawn": .array(withdrawn.map { JSON($0.id.rawValue) }),
        ]
    }
}

extension Publication.Item {
    fileprivate var json: JSON {
        let definition = draft.definition
        return [
            "id": JSON(definition.id.rawValue), "version": JSON(version), "number": .text(definition.number),
            "order": .text(definition.order), "name": .text(definition.name),
            "parent": definition.parent.map { JSON($0.rawValue) } ?? .null, "weight": .text(definition.weight.sqlText),
            "bureau": JSON(definition.bureau?.rawValue ?? 0), "bureau-name": .text(draft.bureauName),
            "rule": rule.json, "definition": definition.json, "rounds": .array(rounds.map(\.json)),
        ]
    }
}
