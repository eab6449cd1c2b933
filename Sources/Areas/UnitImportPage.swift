import HTML
import HTTP
import Interface
import Kernel

/// A list pasted or uploaded; then the preview, with each wrong cell marked.
struct UnitImportPage: Page {
    let visit: Visit
    let text: String
    let list: UnitImport?

    var title: Phrase { Phrase("นำเข้าหน่วยงานจากตาราง", en: "Import units from a table") }

    func write(to html: HTML) {
        html.head(title)
        if let problem = list?.problem { html.note(.bad, "warn", problem) }
        for problem in visit.rejection?.problems ?? [] { html.note(.bad, "warn", problem.reason) }
        if let list, list.problem == nil { preview(html, list) }
        source(html)
    }

    private func source(_ html: HTML) {
        html.form(to: "/units/import", visit, .className("panel"), Attribute("enctype", "multipart/form-data")) {
            html.p {
                Phrase(
                    "คัดลอกจาก Excel แล้ววางที่นี่ หรือเลือกไฟล์ CSV แถวแรกเป็นหัวตารางได้ ",
                    en:
                        "Copy from a spreadsheet and paste here, or choose a CSV file. The first row may name the columns. "
                ).write(to: html)
                html.a(
                    .href(visit.link("/units/import/template")),
                    text: Phrase("ดาวน์โหลดแบบ", en: "Download the template"))
            }
            html.p(
                .className("dim small"),
                text: Phrase(
                    "คอลัมน์: ประเภท (school, group) รหัส ชื่อ ชื่อภาษาอังกฤษ อำเภอ ขนาด (small, medium, large, extra) โทรศัพท์",
                    en:
                        "Columns: kind (school, group), number, name, name in English, district, size (small, medium, large, extra), telephone"
                ))
            html.label(
                .className("form-label"), .forField("list"), text: Phrase("วางตารางที่นี่", en: "Paste the table here"))
            html.textarea(
                .className("form-control mb-3"), .id("list"), .name("list"), Attribute("rows", "8"),
                text: visit.rejection?.fields["list"] ?? text)
            html.label(.className("form-label"), .forField("file"), text: Phrase("หรือไฟล์ CSV", en: "Or a CSV file"))
            html.input(
                .className("form-control mb-3"), .type("file"), .id("file"), .name("file"),
                Attribute("accept", ".csv,.tsv,.txt,text/csv"))
            html.div(.className("acts")) {
                html.submit(Phrase("ตรวจดูก่อนนำเข้า", en: "Look before importing"), primary: list?.isSound != true)
                html.action(visit.link("/units"), Phrase("ยกเลิก", en: "Cancel"))
            }
        }
    }

    private func preview(_ html: HTML, _ list: UnitImport) {
        if list.isSound {
            html.note(
                .ok, "check", Phrase("พร้อมนำเข้า \(list.rows.count) หน่วยงาน", en: "\(list.rows.count) units are ready"),
                Phrase("ยังไม่ได้บันทึก", en: "Nothing is stored yet."))
            html.form(to: "/units/import/applied", visit) {
                html.input(.type("hidden"), .name("list"), .value(text))
                html.div(.className("acts mb-3")) {
                    html.submit(Phrase("นำเข้า \(list.rows.count) หน่วยงาน", en: "Import \(list.rows.count) units"))
                }
            }
        } else {
            html.note(
                .bad, "warn",
                Phrase("ต้องแก้ \(list.problemCount) ช่องก่อน", en: "\(list.problemCount) cells to fix first"),
                Phrase("ยังไม่ได้บันทึกแถวใด", en: "No row is stored."))
        }
        html.div(.className("panel flush over")) {
            html.table(.className("table")) {
                html.thead {
                    html.tr {
                        html.th(.scope("col"), text: Phrase("แถว", en: "Row"))
                        for name in UnitImport.columns {
                            let field = OrgUnit.fields(in: visit.area).first { $0.name == name }
                            html.th(.scope("col"), text: field?.label ?? Phrase(same: name))
                        }
                    }
                }
                html.tbody { for row in list.rows.prefix(500) { self.row(html, row) } }
            }
        }
    }

    private func row(_ html: HTML, _ row: UnitImport.Row) {
        html.tr {
            html.th(.scope("row"), text: row.line)
            for (column, cell) in row.cells.enumerated() {
                html.td {
                    html.text(cell)
                    if let problem = row.problems[column] {
                        html.div(.className("bad medium")) {
                            html.icon("warn")
                            html.text(" ")
                            problem.write(to: html)
                        }
                    }
                }
            }
        }
    }
}
