import HTML
import HTTP
import Interface
import Kernel
import Rounds
import Scoring

/// One indicator as everybody sees it, with a score that can be tried.
struct IndicatorPage: Page {
    let visit: Visit
    let indicator: Indicator
    let owners: OwnerChoices
    let rounds: [IndicatorRound]
    let documents: [IndicatorDocument]
    let place: IndicatorPlace
    let named: [NamedPerson]
    var tried = Fields()
    var simulation: Simulation?

    var title: Phrase { Phrase(same: indicator.title) }

    func write(to html: HTML) {
        html.head(title, indicator.year.phrase) {
            html.action(visit.link("/indicators"), Phrase("ตัวชี้วัดทั้งหมด", en: "All indicators"), icon: "list")
            if !rounds.isEmpty, IndicatorHead(indicator).showsResults(to: visit) {
                html.action(
                    visit.link("/indicators/\(indicator.id)/matrix"), Phrase("ผลรายหน่วยงาน", en: "Results by unit"),
                    icon: "grid")
            }
            if visit.holds(.create) {
                html.action(
                    visit.link("/indicators/\(indicator.id)/form"), Phrase("แก้ไข", en: "Edit"), icon: "pen",
                    primary: true)
            }
        }
        html.div(.className("split aside")) {
            html.div {
                facts(html)
                papers(html)
                reporting(html)
                IndicatorMeasuring(indicator: indicator).write(to: html)
                people(html)
            }
            html.div(.className("side")) { attempt(html) }
        }
    }

    private func facts(_ html: HTML) {
        html.section(.className("panel")) {
            html.dl(.className("row mb-0")) {
                fact(html, Phrase("สถานะ", en: "State")) { html.state(of: indicator.state) }
                fact(html, Phrase("ชุดตัวชี้วัด", en: "Framework"), place.framework)
                for dimension in place.dimensions {
                    fact(html, Phrase(same: "D\(dimension.axis) \(dimension.name)"), dimension.value)
                }
                if let whole = place.whole {
                    fact(html, Phrase("เป็นตัวชี้วัดย่อยของ", en: "Sub-indicator of")) { link(html, whole) }
                }
                if !place.parts.isEmpty {
                    fact(html, Phrase("ตัวชี้วัดย่อย", en: "Sub-indicators")) {
                        for part in place.parts { html.div { link(html, part) } }
                    }
                }
                fact(html, Phrase("คำอธิบาย / นิยาม", en: "Definition"), indicator.definition)
                fact(html, Phrase("เหตุผล", en: "Rationale"), indicator.rationale)
                fact(html, Phrase("หน่วยวัด", en: "Unit of measure"), indicator.measure)
                fact(
                    html, Phrase("น้ำหนัก", en: "Weight"),
                    indicator.weight.text(decimals: ScoreRule.weightDecimals))
                fact(
                    html, Phrase("เป้าหมาย", en: "Target"),
                    indicator.target?.text(decimals: ScoreRule.weightDecimals) ?? "")
                fact(html, Phrase("ค่า ratio", en: "Ratio (factor)"), indicator.ratio?.shortText() ?? "")
                fact(html, Phrase("แหล่งข้อมูล", en: "Source of data"), indicator.dataSource)
                for (index, value) in indicator.baseline.enumerated() {
                    let year = indicator.year.number - index - 1
                    fact(html, Phrase("ผลปี \(year)", en: "Result of \(year)"), value?.shortText() ?? "")
                }
            }
        }
    }

    private func link(_ html: HTML, _ other: IndicatorPlace.Neighbour) {
        html.a(.href(visit.link("/indicators/\(other.id)")), text: "\(other.number) \(other.name)")
    }

    private func fact(_ html: HTML, _ label: Phrase, _ text: String) {
        if !text.isEmpty { fact(html, label) { html.paragraphs(text) } }
    }

    private func fact(_ html: HTML, _ label: Phrase, _ content: () -> Void) {
        html.dt(.className("col-12 col-md-4"), text: label)
        html.dd(.className("col-12 col-md-8"), content: content)
    }

    private func papers(_ html: HTML) {
        let mayChange = visit.holds(.create) && visit.holds(.upload)
        guard !documents.isEmpty || mayChange else { return }
        let path = "/indicators/\(indicator.id)/documents"
        html.section(.className("panel")) {
            html.div(.className("d-flex flex-wrap justify-content-between gap-2")) {
                html.h2(text: Phrase("เอกสารประกอบ", en: "Documents"))
                if mayChange {
                    html.action(
                        visit.link(path),
                        documents.isEmpty ? Phrase("ส่งเอกสาร", en: "Send documents") : Phrase("จัดการ", en: "Manage"),
                        icon: "up")
                }
            }
            guard !documents.isEmpty else {
                return html.p(.className("dim mb-0"), text: Phrase("ยังไม่มีเอกสาร", en: "No documents yet."))
            }
            html.ul(.className("list-unstyled mb-0")) {
                for document in documents {
                    html.li {
                        html.div(text: document.name)
                        html.download(document, visit.link("\(path)/\(document.place)"))
                    }
                }
            }
        }
    }

    private func reporting(_ html: HTML) {
        guard !rounds.isEmpty else { return }
        html.section(.className("panel flush")) {
            html.h2(text: Phrase("รอบรายงาน", en: "Rounds"))
            html.table(.className("table stack mb-0")) {
                html.tbody {
                    for round in rounds.sorted(by: { $0.round.order < $1.round.order }) { row(html, round) }
                }
            }
        }
    }

    private func row(_ html: HTML, _ round: IndicatorRound) {
        html.tr {
            html.th(.scope("row"), text: round.round.name)
            html.td { html.state(of: round, visit) }
            html.td(text: round.dates.opening.inShort + Phrase(same: " – ") + round.dates.due.inShort)
            html.td { html.counts(of: round, worths: indicator.worths) }
            html.td {
                if visit.holds(.open) {
                    html.action(
                        visit.link("/indicators/\(indicator.id)/rounds/\(round.round.code)"),
                        Phrase("ผู้ต้องรายงาน", en: "Who reports"), icon: "gear")
                }
            }
        }
    }

    private func people(_ html: HTML) {
        let owner = owners.people.first { $0.value == indicator.owner.map { "\($0)" } }?.label
        let unit = owners.units.first { $0.value == indicator.ownerUnit.map { "\($0)" } }?.label
        let (receivers, reporters) = (named.filter(\.isReceiver), named.filter(\.isReporter))
        let isAnybody =
            owner != nil || unit != nil || !receivers.isEmpty || !reporters.isEmpty
            || !(indicator.supervisors + indicator.collectors).isEmpty
        guard isAnybody || visit.holds(.open) else { return }
        html.section(.className("panel")) {
            html.div(.className("d-flex flex-wrap justify-content-between gap-2")) {
                html.h2(text: Phrase("ผู้รับผิดชอบ", en: "Who answers for it"))
                if visit.holds(.open) {
                    html.action(
                        visit.link("/indicators/\(indicator.id)/people"),
                        Phrase("ผู้รับและผู้รายงาน", en: "Receivers and reporters"), icon: "people")
                }
            }
            html.dl(.className("row mb-0")) {
                if let owner { fact(html, Phrase("เจ้าของตัวชี้วัด", en: "Owner")) { owner.write(to: html) } }
                if let unit { fact(html, Phrase("กลุ่มเจ้าของ", en: "Owner group")) { unit.write(to: html) } }
                contacts(html, Phrase("ผู้กำกับดูแล", en: "Supervisors"), indicator.supervisors)
                contacts(html, Phrase("ผู้จัดเก็บข้อมูล", en: "Collectors"), indicator.collectors)
                people(html, Phrase("เจ้าหน้าที่รับข้อมูล", en: "Receivers"), receivers)
                people(html, Phrase("เจ้าหน้าที่รายงาน", en: "Reporting officers"), reporters)
            }
        }
    }

    private func people(_ html: HTML, _ label: Phrase, _ people: [NamedPerson]) {
        guard !people.isEmpty else { return }
        fact(html, label) { for person in people { html.div { person.label.write(to: html) } } }
    }

    private func contacts(_ html: HTML, _ label: Phrase, _ contacts: [Contact]) {
        guard !contacts.isEmpty else { return }
        fact(html, label) {
            for contact in contacts {
                html.div {
                    html.text(
                        [contact.name, contact.position, contact.phone].filter { !$0.isEmpty }.joined(separator: " · "))
                }
            }
        }
    }

    /// Values can be tried, and nothing is stored; with script the result follows the typing.
    private func attempt(_ html: HTML) {
        let path = "/indicators/\(indicator.id)/simulation"
        // The result that comes in later may use them.
        ScorePanel.prepare(html)
        html.section(.className("panel")) {
            html.h2(text: Phrase("ลองคำนวณคะแนน", en: "Try a score"))
            html.form(
                .methodPost, .action(visit.link(path)), Attribute("data-hx-post", visit.link(path)),
                Attribute("data-hx-trigger", "input delay:400ms, submit"), Attribute("data-hx-target", "#result")
            ) {
                html.formToken(visit)
                for (name, label) in inputs {
                    html.label(.className("form-label"), .forField(name), text: label)
                    html.input(
                        .className("form-control mb-2"), .id(name), .name(name), Attribute("inputmode", "decimal"),
                        Attribute("autocomplete", "off"), .value(tried[name] ?? ""))
                }
                html.submit(Phrase("คำนวณ", en: "Compute"), primary: false)
            }
            html.div(.id("result"), .className("mt-3"), Attribute("aria-live", "polite")) {
                simulation?.panel.write(to: html)
            }
        }
    }

    private var inputs: [(String, Phrase)] {
        guard let formula = try? Formula(indicator.formula) else {
            return [
                (
                    "value",
                    Phrase("ผล", en: "Result")
                        + Phrase(same: indicator.measure.isEmpty ? "" : " (\(indicator.measure))")
                )
            ]
        }
        return formula.references.filter { $0.reference != .ratio }.map { reference, _ in
            let variable = indicator.variables.first { .variable($0.name) == reference }
            let label = variable.map { $0.measure.isEmpty ? $0.label : "\($0.label) (\($0.measure))" }
            return ("value-\(reference.text)", Phrase(same: label.map { "\(reference.text): \($0)" } ?? reference.text))
        }
    }
}
