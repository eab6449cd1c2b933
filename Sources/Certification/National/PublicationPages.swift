import Catalogue
import Documents
import HTML
import Interface
import Kernel
import Rounds
import Runtime
import Scoring

/// The central office's frameworks of a year, each with the way to its areas.
struct PublicationsPage: NarrowPage {
    let visit: Visit
    let frameworks: [NationalFramework]

    var title: Phrase { Phrase("เผยแพร่ถึงเขต", en: "Publish to areas") }

    func write(to html: HTML) {
        html.head(title, visit.year.phrase) {
            html.action(visit.link("/indicators"), Phrase("ตัวชี้วัด", en: "Indicators"), icon: "bars")
        }
        guard !frameworks.isEmpty else {
            return html.none(
                "sent", Phrase("ปีนี้ยังไม่มีชุดตัวชี้วัด", en: "This year has no framework yet"),
                Phrase(
                    "เพิ่มชุดและตัวชี้วัดของส่วนกลางก่อน แล้วกลับมาเผยแพร่ที่นี่",
                    en: "Add the central office's frameworks and indicators, then publish them here."))
        }
        html.section(.className("panel flush")) {
            html.ul(.className("tasks")) {
                for framework in frameworks {
                    html.li {
                        html.div(.className("date")) { html.icon("grid") }
                        html.div {
                            html.p(.className("medium"), text: framework.shortName)
                            html.p(.className("small dim"), text: framework.name)
                        }
                        html.action(
                            visit.link("/publications/\(framework.id)"),
                            Phrase("ดูก่อนเผยแพร่", en: "Look before publishing"))
                    }
                }
            }
        }
    }
}

/// What areas would see, whom it concerns, and what keeps it from being published.
struct NationalPublicationPage: TablePage {
    let visit: Visit
    let publication: Publication
    let areas: [Area]

    var title: Phrase {
        Phrase("เผยแพร่ถึงเขต ", en: "Publish to areas: ") + Phrase(same: publication.framework.shortName)
    }

    func write(to html: HTML) {
        html.p(.className("mb-2")) {
            html.a(.href(visit.link("/publications")), text: Phrase("เผยแพร่ถึงเขต", en: "Publish to areas"))
        }
        html.head(title, publication.framework.year.phrase)
        let problems = publication.problems
        for problem in problems { html.note(.bad, "warn", problem) }
        if !publication.missing.isEmpty {
            let names = areas.filter { publication.missing.contains($0.id) }.map(\.shortName)
            html.note(
                .wait, "warn", Phrase("ยังไม่ถึง \(names.count) เขต", en: "It has not reached \(names.count) areas"),
                Phrase(same: names.prefix(10).joined(separator: ", ") + (names.count > 10 ? " …" : "")))
        }
        if publication.isUnchanged {
            html.note(
                .ok, "check", Phrase("เขตเห็นตรงกับที่กำหนดไว้แล้ว", en: "Areas see it as it is defined"),
                Phrase("ไม่มีอะไรเปลี่ยนตั้งแต่เผยแพร่ครั้งก่อน", en: "Nothing has changed since it was published."))
        }
        html.section(.className("panel flush over")) {
            html.table(.className("table stack")) {
                html.thead {
                    html.tr {
                        html.th(.scope("col"), .className("main"), text: Phrase("ตัวชี้วัด", en: "Indicator"))
                        html.th(.scope("col"), text: Phrase("สำนักผู้รับรอง", en: "Bureau"))
                        html.th(.scope("col"), text: Phrase("เขตที่ใช้", en: "Areas"))
                        html.th(.scope("col"), text: Phrase("รอบ", en: "Rounds"))
                        html.th(.scope("col"), text: Phrase("จะเปลี่ยน", en: "What changes"))
                        html.th(.scope("col"), text: Phrase("กระทบ", en: "Affected"))
                    }
                }
                html.tbody {
                    for item in publication.items { row(html, item) }
                    for indicator in publication.withdrawn { row(html, withdrawn: indicator) }
                }
            }
        }
        html.downloads(visit, at: "/publications/\(publication.framework.id)/indicators")
        if problems.isEmpty, !publication.isUnchanged { publishing(html) }
    }

    var sheet: Sheet {
        Sheet(
            title, in: visit, of: publication.items,
            [
                .text(Phrase("เลข", en: "Number"), \.draft.definition.number),
                .text(Phrase("ตัวชี้วัด", en: "Indicator"), width: 50, \.draft.definition.name),
                .number(Phrase("น้ำหนัก", en: "Weight")) {
                    $0.draft.definition.weight.text(decimals: ScoreRule.weightDecimals)
                },
                .text(Phrase("สำนักผู้รับรอง", en: "Bureau"), width: 30, \.draft.bureauName),
                .phrase(Phrase("เขตที่ใช้", en: "Areas"), \.rule.scope.phrase),
                .phrase(Phrase("รอบ", en: "Rounds"), width: 30) { listed($0.rounds.map(\.dates.round.name)) },
                .phrase(Phrase("จะเปลี่ยน", en: "What changes"), width: 40) { listed($0.changes) },
            ])
    }

    private func row(_ html: HTML, _ item: Publication.Item) {
        let definition = item.draft.definition
        let count = areas.count { item.rule.applies(to: $0) }
        html.tr {
            html.th(.scope("row")) {
                html.a(
                    .className("text-decoration-none"), .href(visit.link("/indicators/\(definition.id)")),
                    text: "\(definition.number) \(definition.name)")
                html.span(
                    .className("small dim d-block"),
                    text: Phrase("น้ำหนัก ", en: "Weight ")
                        + Phrase(same: definition.weight.text(decimals: ScoreRule.weightDecimals)))
            }
            html.td(
                Attribute("data-label", Phrase("สำนักผู้รับรอง", en: "Bureau")),
                text: item.draft.bureauName.isEmpty ? "–" : item.draft.bureauName)
            html.td(Attribute("data-label", Phrase("เขตที่ใช้", en: "Areas"))) {
                html.a(.className("keep"), .href(visit.link("/publications/rules/\(definition.id)"))) {
                    item.rule.scope.phrase.write(to: html)
                    html.span(.className("visually-hidden"), text: " \(definition.number)")
                }
                html.span(.className("small dim d-block keep"), text: Phrase("\(count) เขต", en: "\(count) areas"))
            }
            html.td(Attribute("data-label", Phrase("รอบ", en: "Rounds"))) { rounds(html, item) }
            html.td(Attribute("data-label", Phrase("จะเปลี่ยน", en: "What changes"))) { changes(html, item) }
            html.td(Attribute("data-label", Phrase("กระทบ", en: "Affected"))) { affected(html, definition.id) }
        }
    }

    private func rounds(_ html: HTML, _ item: Publication.Item) {
        for round in item.rounds {
            html.div(.className("small keep")) {
                html.b(text: round.dates.round.name)
                (Phrase(same: " ") + Day(inBangkok: round.dates.due).inShort).write(to: html)
            }
        }
        html.div(
            .className("small dim"),
            text: Phrase(
                "สำนักตัดสินใน \(item.rule.decideDays) วัน", en: "decided within \(item.rule.decideDays) days"))
    }

    private func changes(_ html: HTML, _ item: Publication.Item) {
        let changes = item.changes
        guard !changes.isEmpty else {
            return html.state(.off, "check", Phrase("รุ่นที่ \(item.version)", en: "Version \(item.version)"))
        }
        html.state(
            .new, item.published == nil ? "plus" : "pen",
            item.published == nil
                ? Phrase("ใหม่", en: "New") : Phrase("รุ่นที่ \(item.version)", en: "Version \(item.version)"))
        guard item.published != nil else { return }
        html.ul(.className("small mb-0 ps-3")) { for change in changes { html.li(text: change) } }
    }

    /// Who has reported already: a change concerns them first.
    private func affected(_ html: HTML, _ indicator: IndicatorID) {
        let use = publication.use(of: indicator)
        guard !use.isEmpty else { return html.span(.className("dim"), text: "–") }
        for line in use {
            html.div(.className("small")) {
                line.round.name.write(to: html)
                Phrase(
                    ": รายงานแล้ว \(line.areas.count) รับรองแล้ว \(line.certified)",
                    en: ": \(line.areas.count) reported, \(line.certified) certified"
                ).write(to: html)
            }
        }
    }

    private func row(_ html: HTML, withdrawn indicator: NationalIndicator) {
        html.tr {
            html.th(.scope("row"), text: indicator.title)
            html.td(Attribute("data-label", Phrase("สำนักผู้รับรอง", en: "Bureau")), text: indicator.bureauName)
            html.td(Attribute("data-label", Phrase("เขตที่ใช้", en: "Areas")), text: indicator.rule.scope.phrase)
            html.td {}
            html.td(Attribute("data-label", Phrase("จะเปลี่ยน", en: "What changes"))) {
                html.state(.bad, "minus", Phrase("ถอน", en: "Withdrawn"))
            }
            html.td(Attribute("data-label", Phrase("กระทบ", en: "Affected"))) { affected(html, indicator.id) }
        }
    }

    private func publishing(_ html: HTML) {
        html.form(to: "/publications/\(publication.framework.id)", visit, .className("panel")) {
            html.input(.type("hidden"), .name("seen"), .value(publication.mark))
            html.h2(text: Phrase("เผยแพร่", en: "Publish"))
            html.p(
                text: Phrase(
                    "เขตจะเห็นและได้รับแจ้งภายในไม่กี่นาที ผลที่รับรองแล้วไม่เปลี่ยน",
                    en: "Areas see it and are told within minutes. What is certified doesn't change."))
            html.submit(
                Phrase(
                    "เผยแพร่ \(publication.changed.count) ตัวชี้วัด", en: "Publish \(publication.changed.count) indicators"),
                icon: "sent")
        }
    }
}

private func listed(_ phrases: [Phrase]) -> Phrase {
    guard let first = phrases.first else { return Phrase(same: "") }
    return phrases.dropFirst().reduce(first) { $0 + Phrase(same: ", ") + $1 }
}
