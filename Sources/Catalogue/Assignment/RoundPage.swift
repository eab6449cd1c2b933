import Documents
import HTML
import HTTP
import Interface
import Kernel
import Rounds
import Scoring

/// One round of an indicator: its dates, and who must report in it.
struct RoundPage: TablePage {
    let visit: Visit
    let indicator: Indicator
    let round: IndicatorRound
    let assignments: [Assignment]
    let units: AssignableUnits
    let officers: [FormField.Choice]
    let others: [IndicatorLine]
    let frameworks: [Framework]

    var title: Phrase { Phrase(same: "\(indicator.number) ") + round.round.name }
    private var path: String { "/indicators/\(indicator.id)/rounds/\(round.round.code)" }

    func write(to html: HTML) {
        html.head(title, Phrase(same: indicator.name)) {
            html.action(visit.link("/indicators/\(indicator.id)"), Phrase("ตัวชี้วัด", en: "The indicator"), icon: "left")
        }
        for problem in visit.rejection?.problems ?? [] { html.note(.bad, "warn", problem.reason) }
        html.div(.className("split aside")) {
            html.div {
                list(html)
                choosing(html)
                copying(html)
            }
            html.div(.className("side")) {
                dates(html)
                closing(html)
            }
        }
    }

    var sheet: Sheet {
        Sheet(
            title, in: visit, of: assignments,
            [
                .text(Phrase("หน่วยงาน", en: "Unit"), width: 40, \.unitName),
                .text(Phrase("เจ้าหน้าที่", en: "Officer"), width: 30) { $0.memberName ?? "" },
                .flag(Phrase("มีการรายงานแล้ว", en: "Has reported"), \.hasReported),
                .moment(Phrase("ขยายเวลาถึง", en: "Extended until"), \.extendedUntil),
                .text(Phrase("เหตุผล", en: "Reason"), width: 40) { $0.extensionReason ?? "" },
            ])
    }

    private func list(_ html: HTML) {
        html.section(.className("panel flush")) {
            html.h2(
                text: Phrase("ผู้ต้องรายงาน \(assignments.count) แห่ง", en: "\(assignments.count) must report"))
            guard !assignments.isEmpty else {
                return html.p(
                    .className("px-3 pb-3 dim"), text: Phrase("ยังไม่ได้กำหนด เลือกด้านล่าง", en: "Nobody yet. Choose below."))
            }
            html.table(.className("table stack mb-0")) {
                html.tbody { for assignment in assignments { row(html, assignment) } }
            }
        }
        html.downloads(visit, at: "\(path)/assignments")
    }

    private func row(_ html: HTML, _ assignment: Assignment) {
        html.tr {
            html.th(.scope("row")) {
                html.text(assignment.name)
                if let until = assignment.extendedUntil {
                    html.div(.className("small fw-normal")) {
                        html.state(.new, "plus", Phrase("ขยายเวลาถึง ", en: "Extended until ") + until.inShort)
                        html.text(" · \(assignment.extensionReason ?? "")")
                    }
                }
            }
            html.td {
                if assignment.hasReported {
                    html.state(.ok, "tick", Phrase("มีการรายงานแล้ว", en: "Has reported"))
                } else {
                    html.state(.off, "pause", Phrase("ยังไม่ได้รายงาน", en: "Not reported yet"))
                }
            }
            html.td { acts(html, assignment) }
        }
    }

    private func acts(_ html: HTML, _ assignment: Assignment) {
        html.div(.className("acts")) {
            let isRefused = visit(ifExtending: assignment).rejection != nil
            html.details(.className("menu"), Attribute("open", "").when(isRefused)) {
                html.summary(.className("btn btn-quiet btn-sm"), text: Phrase("ขยายเวลา", en: "Extend"))
                html.form(to: "\(path)/extension", visit, .className("panel")) {
                    number(html, of: assignment)
                    let form = FormWriter(
                        html, extensionFields, values: Fields(["until": round.dates.due.typed]),
                        visit(ifExtending: assignment), markedBy: "-\(assignment.id)")
                    form.field("until")
                    form.field("reason")
                    html.submit(Phrase("ขยายเวลา", en: "Extend"), primary: false)
                }
            }
            if !assignment.hasReported {
                html.form(to: "\(path)/removal", visit, .className("d-inline")) {
                    number(html, of: assignment)
                    html.button(
                        .className("btn btn-quiet btn-sm bad"),
                        .label(Phrase("เอา \(assignment.name) ออก", en: "Remove \(assignment.name)"))
                    ) { Phrase("เอาออก", en: "Remove").write(to: html) }
                }
            }
        }
    }

    private func number(_ html: HTML, of assignment: Assignment) {
        html.input(.type("hidden"), .name("assignment"), Attribute("value", "", assignment.id.rawValue))
    }

    private func choosing(_ html: HTML) {
        let assigned = Set(assignments.filter { $0.memberName == nil }.map(\.unit))
        html.form(to: "\(path)/assignments", visit, .className("panel")) {
            html.h2(text: Phrase("เพิ่มผู้ต้องรายงาน", en: "Add who must report"))
            html.check(
                "all-schools", "on",
                Phrase(
                    "โรงเรียนทั้งหมด \(units.units.count { $0.isSchool }) แห่ง",
                    en: "All \(units.units.count { $0.isSchool }) schools"))
            group(
                html, Phrase("ตามอำเภอ", en: "By district"), "districts",
                units.districts.map { .init($0, Phrase(same: $0)) })
            group(html, Phrase("ตามขนาด", en: "By size"), "sizes", sizes)
            let free = units.units.filter { !assigned.contains($0.id) }
            group(html, Phrase("กลุ่มในสำนักงาน", en: "Office groups"), "units", free.filter { !$0.isSchool }.map(choice))
            group(html, Phrase("โรงเรียนรายแห่ง", en: "Schools one by one"), "units", free.filter(\.isSchool).map(choice))
            group(html, Phrase("เจ้าหน้าที่รายคน", en: "Officers by name"), "officers", officers)
            html.div(.className("acts")) {
                html.submit(Phrase("เพิ่มที่เลือก", en: "Add those ticked"))
                html.action(
                    visit.link("\(path)/assignments/import"), Phrase("จากตาราง", en: "From a table"), icon: "up")
            }
        }
    }

    private func choice(_ unit: AssignableUnits.Unit) -> FormField.Choice {
        .init("\(unit.id)", Phrase(same: unit.name))
    }

    private var sizes: [FormField.Choice] {
        [
            .init("small", Phrase("เล็ก", en: "Small")), .init("medium", Phrase("กลาง", en: "Medium")),
            .init("large", Phrase("ใหญ่", en: "Large")), .init("extra", Phrase("ใหญ่พิเศษ", en: "Extra large")),
        ]
    }

    private func group(_ html: HTML, _ label: Phrase, _ name: String, _ choices: [FormField.Choice]) {
        guard !choices.isEmpty else { return }
        html.details(.className("my-2")) {
            html.summary(.className("medium")) {
                label.write(to: html)
                html.text(" (\(choices.count)) ")
                html.icon("caret")
            }
            html.div(.className("row mt-1")) {
                for choice in choices {
                    html.div(.className("col-12 col-md-6")) { html.check(name, choice.value, choice.label) }
                }
            }
        }
    }

    private func copying(_ html: HTML) {
        guard !assignments.isEmpty else { return }
        html.form(to: "\(path)/copies", visit, .className("panel")) {
            html.h2(text: Phrase("ใช้รายการนี้ที่อื่นด้วย", en: "The same list elsewhere"))
            html.check(
                "every-round", "on", Phrase("ทุกรอบที่เปิดไว้ของตัวชี้วัด", en: "In every round that an indicator has"))
            for framework in frameworks {
                html.check(
                    "frameworks", "\(framework.id)",
                    Phrase("ทุกตัวชี้วัดในชุด \(framework.shortName)", en: "All indicators of \(framework.shortName)"))
            }
            group(
                html, Phrase("ตัวชี้วัดรายตัว", en: "Indicators one by one"), "indicators",
                others.map { .init("\($0.id)", Phrase(same: "\($0.number) \($0.name)")) })
            html.submit(Phrase("ใช้รายการเดียวกัน", en: "Use the same list"), primary: false)
        }
    }

    private func dates(_ html: HTML) {
        html.form(to: "\(path)/dates", visit, .className("panel")) {
            html.h2(text: Phrase("กำหนดการและน้ำหนัก", en: "Dates and weight"))
            html.p { html.state(of: round, visit) }
            let values = Fields([
                "opens": round.dates.opening.typed, "due": round.dates.due.typed,
                "weight": round.weight?.shortText() ?? "",
            ])
            let form = FormWriter(html, roundDateFields, values: values, visit(ifSent: "opens"))
            form.all()
            html.p(
                .className("form-text"),
                text: Phrase(
                    "เว้นว่างคือใช้น้ำหนักของตัวชี้วัด \(indicator.weight.shortText())",
                    en: "Left empty, the indicator's own weight counts: \(indicator.weight.shortText())"))
            html.submit(Phrase("บันทึกกำหนดการ", en: "Save the dates"), primary: false)
        }
    }

    /// The page has several forms: what was refused stands in the one that was sent, and the others stay as they are.
    private func visit(ifSent field: String) -> Visit {
        var visit = visit
        let isExtension = visit.rejection?.fields["assignment"] != nil
        if visit.rejection?.fields[field] == nil || isExtension { visit.rejection = nil }
        return visit
    }

    private func visit(ifExtending assignment: Assignment) -> Visit {
        var visit = visit
        let fields = visit.rejection?.fields
        if fields?["assignment"] != "\(assignment.id)" || fields?["until"] == nil { visit.rejection = nil }
        return visit
    }

    private func closing(_ html: HTML) {
        let isOpen = round.closedAt == nil
        html.form(to: isOpen ? "\(path)/closing" : "\(path)/reopening", visit, .className("panel")) {
            html.h2(text: isOpen ? Phrase("ปิดรอบ", en: "Close the round") : Phrase("เปิดรอบอีกครั้ง", en: "Open it again"))
            FormWriter(html, roundReasonFields, visit(ifSent: "reason")).all()
            html.submit(
                isOpen ? Phrase("ปิดรอบนี้", en: "Close") : Phrase("เปิดรอบนี้อีกครั้ง", en: "Open again"), primary: false)
        }
    }
}

extension HTML {
    func state(of round: IndicatorRound, _ visit: Visit) {
        if round.closedAt != nil { return state(.off, "lock", Phrase("ปิดแล้ว", en: "Closed")) }
        switch round.dates.state(at: visit.now) {
        case .notOpen: state(.off, "pause", Phrase("ยังไม่เปิด", en: "Not open"))
        case .open: state(.ok, "tick", Phrase("เปิดรับ", en: "Open"))
        case .past: state(.wait, "warn", Phrase("เลยกำหนด", en: "Past due"))
        }
    }
}
