import Catalogue
import Documents
import HTML
import HTTP
import Interface
import Kernel
import Rounds
import Runtime

/// A result's rolled-up numbers down to each school, and which of the area's indicators they are from.
struct RollUpPage: TablePage {
    let visit: Visit
    let entry: ResultEntry
    let rollUp: RollUp
    let sources: [RollUp.Source]
    /// What would be made for the schools.
    let proposal: SchoolIndicator
    let frameworkName: String

    private var path: String { "\(entry.result.path)/schools" }
    var title: Phrase { Phrase(same: entry.whole.title) }

    func write(to html: HTML) {
        html.p(.className("mb-2")) {
            html.a(.href(visit.link(entry.result.path)), text: Phrase("ผลของเขต", en: "The area's result"))
            html.span(.className("dim"), text: Phrase(same: " / ") + entry.result.round.name)
        }
        html.head(title, Phrase("ตัวเลขที่รวมจากรายงานของโรงเรียน", en: "What is rolled up from the schools' reports"))
        for problem in visit.rejection?.problems ?? [] where problem.field != "indicator" {
            html.note(.bad, "warn", problem.reason)
        }
        switch rollUp.source {
        case let source?: linked(html, source)
        case nil:
            html.note(
                .wait, "info",
                Phrase("ยังไม่ได้เลือกตัวชี้วัดที่โรงเรียนรายงาน", en: "No indicator that schools report is chosen yet"),
                Phrase(
                    "ตัวเลขของตัวแปรเหล่านี้มาจากรายงานของโรงเรียนที่ตรวจแล้วเท่านั้น",
                    en: "These numbers come only from schools' reports that were checked."))
        }
        if visit.holds(.create) {
            html.div(.className("split two mt-4")) {
                choice(html)
                if rollUp.source == nil { making(html) }
            }
        }
    }

    private func linked(_ html: HTML, _ source: RollUp.Source) {
        html.p {
            Phrase("จากตัวชี้วัดของเขต ", en: "From the area's indicator ").write(to: html)
            html.a(.href(visit.link("/indicators/\(source.id)")), text: source.title)
        }
        guard !rollUp.reports.isEmpty else {
            return html.none(
                "people", Phrase("รอบนี้ยังไม่มีหน่วยงานที่ต้องรายงาน", en: "No unit must report in this round"),
                Phrase("กำหนดหน่วยงานในรอบของตัวชี้วัดนั้น", en: "Assign units in that indicator's round.")
            ) {
                html.action(
                    visit.link("/indicators/\(source.id)"), Phrase("ไปที่ตัวชี้วัด", en: "Go to the indicator"))
            }
        }
        RollUpProgress(rollUp: rollUp).write(to: html)
        table.write(to: html)
        html.downloads(visit)
    }

    private var table: SchoolTable {
        let mayOpen = visit.holds(.proof) || visit.holds(.owner)
        return SchoolTable(
            variables: entry.sheet.rolledUp,
            rows: rollUp.reports.map { report in
                SchoolTable.Row(
                    name: report.name, link: mayOpen ? visit.link("/reports/\(report.id)") : nil,
                    standing: report.standing, entries: report.entries)
            }, totals: rollUp.figures(for: entry.sheet.rolledUp))
    }

    var sheet: Sheet { table.sheet(Phrase("รายโรงเรียน", en: "By school"), in: visit) }

    private func choice(_ html: HTML) {
        let none = FormField.Choice("", Phrase("– ไม่เลือก –", en: "– none –"))
        var field = rollUpSourceFields[0]
        field.kind = .choice([none] + sources.map { .init("\($0.id)", Phrase(same: $0.title)) })
        field.hint = Phrase(
            "มีเฉพาะตัวชี้วัดของปีนี้ที่มีตัวแปรชื่อ \(names)",
            en: "Those of this year with a variable called \(names)")
        html.section(.className("panel")) {
            html.h2(text: Phrase("ใช้ตัวชี้วัดของเขต", en: "Use an indicator of the area"))
            html.form(to: path + "/source", visit) {
                let chosen = rollUp.source.map { "\($0.id)" } ?? ""
                FormWriter(html, [field], values: Fields(["indicator": chosen]), visit).field("indicator")
                html.submit(Phrase("บันทึก", en: "Save"), primary: false)
            }
        }
    }

    private var names: String { entry.sheet.rolledUp.map(\.name).joined(separator: ", ") }

    private func making(_ html: HTML) {
        html.section(.className("panel")) {
            html.h2(text: Phrase("สร้างให้โรงเรียนรายงาน", en: "Make one for the schools"))
            html.ul(.className("mb-3")) {
                html.li(
                    text: Phrase(
                        "ตัวชี้วัด \(entry.national.title) ในชุด \(frameworkName) ของเขต",
                        en: "Indicator \(entry.national.title) in the area's framework \(frameworkName)"))
                for round in proposal.rounds {
                    html.li(
                        text: round.round.name + Phrase(" โรงเรียนส่งภายใน ", en: ": schools report by ")
                            + round.due.inShort)
                }
                html.li(text: Phrase("โรงเรียนทุกแห่งของเขตต้องรายงาน", en: "All schools of the area must report"))
            }
            html.p(
                .className("dim small"),
                text: Phrase("แก้ไขวันที่และรายชื่อได้ภายหลัง", en: "Dates and the list can be changed afterwards."))
            html.form(to: path + "/indicator", visit) { html.submit(Phrase("สร้างตัวชี้วัด", en: "Make the indicator")) }
        }
    }
}
