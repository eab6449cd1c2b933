import Areas
import Catalogue
import HTML
import HTTP
import Interface
import Kernel
import Rounds
import Runtime
import Scoring

/// A bureau's desk: the queue beside what is decided on, so that nobody goes back and forth.
struct DeskPage: WidePage {
    let visit: Visit
    let desk: Desk

    private var queue: DeskQueue { desk.queue }

    var title: Phrase {
        guard let line = queue.lines.first else { return Phrase("รับรองผล", en: "Certify") }
        switch queue.scope.kind {
        case .indicator: return Phrase(same: "\(line.number) \(line.name)")
        case .area: return Phrase(same: line.areaName)
        }
    }

    func write(to html: HTML) {
        html.p(.className("mb-2")) {
            html.a(.href(visit.link("/desk")), text: Phrase("รับรองผล", en: "Certify"))
            html.span(.className("dim"), text: Phrase(same: " / ") + queue.scope.round.name)
        }
        html.head(title, nil) {
            html.action(
                many(queue.view.filter == .ordinary ? .waiting : queue.view.filter),
                Phrase("มอบหมายงาน", en: "Assign work"), icon: "people")
            let ordinary = queue.count(DeskQueue.Filter.ordinary)
            if ordinary > 0, case .indicator = queue.scope.kind {
                html.action(
                    many(.ordinary),
                    Phrase("รับรองที่ไม่มีข้อสังเกต \(ordinary) เขต", en: "Certify the \(ordinary) with nothing unusual"))
            }
        }
        // Those that a part of the page brings in later must be there from the beginning.
        for icon in [
            "bang", "check", "x", "pie", "dot", "warn", "info", "raise", "pdf", "img", "xls", "clip", "plus", "tick",
            "cross", "caret", "eye", "people", "back", "repeat", "chat",
        ] {
            html.use(icon: icon)
        }
        html.div(.className("split desk")) {
            QueuePanel(visit: visit, queue: queue).write(to: html)
            ItemPanel(visit: visit, desk: desk).write(to: html)
        }
    }

    private func many(_ filter: DeskQueue.Filter) -> String {
        visit.link("\(queue.scope.path)/many") + DeskView(filter, in: queue.view.region).queryText
    }
}

/// The list of what waits, with the progress of all.
struct QueuePanel {
    let visit: Visit
    let queue: DeskQueue

    func write(to html: HTML) {
        html.section(.className("panel flush"), .id("queue"), Attribute("aria-labelledby", "qh")) {
            progress(html, isPart: false)
            html.ul(
                .className("queue"), Attribute("data-hx-boost", "true"), Attribute("data-hx-target", "#item"),
                Attribute("data-hx-swap", DecisionForm.swap)
            ) { for line in queue.shown { self.line(html, line, isPart: false) } }
            if queue.shown.isEmpty {
                html.p(.className("dim p-3 mb-0"), text: Phrase("ไม่มีในกลุ่มนี้", en: "Nothing of this kind."))
            }
        }
    }

    func progress(_ html: HTML, isPart: Bool) {
        let certified = queue.count(ResultState.certified), refused = queue.count(ResultState.refused)
        let waiting = queue.count(ResultState.waiting), unreported = queue.count(ResultState.unreported)
        let decided = certified + refused
        let all = queue.lines.count
        html.div(.className("p-3 pb-2"), .id("progress"), swap(isPart)) {
            html.div(.className("d-flex justify-content-between")) {
                html.h2(.id("qh"), text: Phrase("คิว", en: "Queue"))
                html.span {
                    html.b(text: visit.number(decided))
                    html.span(
                        .className("dim"),
                        text: Phrase("/\(visit.number(all)) ตัดสินแล้ว", en: "/\(visit.number(all)) decided"))
                }
            }
            html.bar("\(certified)", "\(refused)", of: "\(max(all, 1))")
            html.p(
                .className("small dim mb-2 mt-1"),
                text: Phrase(
                    "รับรอง \(certified) · ไม่รับรอง \(refused) · รอ \(waiting) · ยังไม่รายงาน \(unreported)",
                    en:
                        "\(certified) certified · \(refused) not · \(waiting) waiting · \(unreported) not reported"
                ))
            filters(html)
        }
    }

    private func swap(_ isPart: Bool) -> Attribute { Attribute("data-hx-swap-oob", "true").when(isPart) }

    private func filters(_ html: HTML) {
        html.form(
            .action(visit.link(queue.scope.path)), .className("d-flex flex-wrap gap-2"), .role("search")
        ) {
            html.label(.className("visually-hidden"), .forField("show"), text: Phrase("แสดง", en: "Show"))
            html.select(.className("form-select w-100"), .id("show"), .name("show")) {
                for filter in DeskQueue.Filter.allCases {
                    let count = queue.count(filter)
                    html.option(
                        .value(filter.rawValue), Attribute.selected.when(filter == queue.view.filter),
                        text: filter.phrase + Phrase(same: " \(visit.number(count))"))
                }
            }
            if queue.regions.count > 1 || queue.view.region != nil { regions(html) }
            html.button(.className("btn btn-quiet"), text: Phrase("แสดง", en: "Show"))
        }
    }

    private func regions(_ html: HTML) {
        html.label(.className("visually-hidden"), .forField("region"), text: Phrase("ภาค", en: "Region"))
        html.select(.className("form-select col overflow-hidden"), .id("region"), .name("region")) {
            html.option(.value(""), text: Phrase("ทุกภาค", en: "All regions"))
            for region in queue.regions {
                html.option(
                    .value(region.rawValue), Attribute.selected.when(region == queue.view.region), text: region.phrase)
            }
        }
    }

    func line(_ html: HTML, _ line: QueueLine, isPart: Bool) {
        let (tone, icon) = line.result.state.mark
        html.li(.id("q-\(line.key)"), swap(isPart)) {
            html.a(
                .href(visit.link(queue.path(to: line))), Attribute.current.when(line.key == queue.open?.key)
            ) {
                html.span(.className(tone.rawValue)) { html.icon(icon) }
                html.span(text: isByArea ? "\(line.number) \(line.name)" : line.areaName)
                html.span(.className("num"), text: line.result.result?.text(decimals: 4) ?? "–")
                html.span {}
                html.small { remark(html, line) }
            }
        }
    }

    private var isByArea: Bool {
        if case .area = queue.scope.kind { true } else { false }
    }

    /// One: what matters most.
    private func remark(_ html: HTML, _ line: QueueLine) {
        let (tone, icon, words): (String, String?, Phrase) =
            if line.result.forCentre.isNew {
                ("new", "dot", Phrase("มีข้อมูลใหม่", en: "New information"))
            } else if line.result.proposal != nil {
                ("wait", "people", Phrase("รอผู้เห็นชอบ", en: "Waits for a second person"))
            } else if line.isWaiting, line.isOutlier {
                ("wait", "warn", Phrase("ต่างจากเขตอื่นมาก", en: "Unlike the others"))
            } else if line.isChanged { ("new", "dot", Phrase("แก้ไขและส่งใหม่", en: "Sent anew")) } else if line.isLate {
                ("wait", "warn", Phrase("ส่งช้า", en: "Late"))
            } else { ("dim", nil, line.result.state.phrase) }
        html.span(.className(tone)) {
            if let icon {
                html.icon(icon)
                html.text(" ")
            }
            words.write(to: html)
        }
        if line.isWaiting, let name = line.result.assigneeName { html.span(.className("dim"), text: " · \(name)") }
    }
}
