package import HTML
import HTTP
package import Kernel

/// A list pasted or sent as a file; then the preview, with each wrong cell marked, before anything is stored.
package struct ImportPage: Page {
    /// What one kind of list says of itself.
    package struct Subject: Sendable {
        package var title: Phrase
        /// Where the form goes: PATH shows the preview, PATH/applied stores, PATH/template is to be filled in.
        package var path: String
        package var back: String
        /// Where all that there is can be had, to be changed and brought in again; nil where only new things come in.
        package var current: String?
        package var guide: Phrase
        /// `12 units`
        package var counted: @Sendable (Int) -> Phrase

        package init(
            title: Phrase, path: String, back: String, current: String? = nil, guide: Phrase,
            counted: @escaping @Sendable (Int) -> Phrase
        ) {
            self.title = title
            self.path = path
            self.back = back
            self.current = current
            self.guide = guide
            self.counted = counted
        }
    }

    private static let longestCell = 120
    /// From here on a cell needs room.
    private static let longCell = 24
    private static let mostRows = 500

    let visit: Visit
    let subject: Subject
    let text: String
    let table: TableImport?
    /// What the person should know before storing.
    let notes: [Phrase]
    /// Goes along with what is to be stored.
    let seen: String

    package init(
        visit: Visit, subject: Subject, text: String = "", table: TableImport? = nil, notes: [Phrase] = [],
        seen: String = ""
    ) {
        self.visit = visit
        self.subject = subject
        self.text = text
        self.table = table
        self.notes = notes
        self.seen = seen
    }

    package var title: Phrase { subject.title }

    package func write(to html: HTML) {
        html.head(title, visit.year.phrase)
        if let problem = table?.problem { html.note(.bad, "warn", problem) }
        for problem in visit.rejection?.problems ?? [] { html.note(.bad, "warn", problem.reason) }
        if let table, table.problem == nil { preview(html, table) }
        source(html)
    }

    private func source(_ html: HTML) {
        html.form(to: subject.path, visit, .className("panel"), Attribute("enctype", "multipart/form-data")) {
            html.p {
                Phrase(
                    "เลือกไฟล์ XLSX หรือ CSV หรือคัดลอกจากตารางแล้ววางด้านล่าง แถวแรกเป็นหัวตารางได้ ",
                    en: "Choose an XLSX or CSV file, or paste a table below. The first row may name the columns. "
                ).write(to: html)
                html.a(
                    .href(visit.link("\(subject.path)/template")),
                    text: Phrase("ดาวน์โหลดแบบ", en: "Download the template"))
                if let current = subject.current {
                    html.text(" · ")
                    html.a(
                        .href(visit.link(current)),
                        text: Phrase("ดาวน์โหลดรายการปัจจุบันมาแก้", en: "Download all that there is, to change it"))
                }
            }
            html.p(.className("dim small"), text: subject.guide)
            html.label(
                .className("form-label"), .forField("file"), text: Phrase("ไฟล์ XLSX หรือ CSV", en: "XLSX or CSV file"))
            html.input(
                .className("form-control mb-3"), .type("file"), .id("file"), .name("file"),
                Attribute("accept", ".xlsx,.csv,.tsv,.txt"))
            html.label(
                .className("form-label"), .forField("list"),
                text: Phrase("หรือวางตารางที่นี่", en: "Or paste the table here"))
            html.textarea(
                .className("form-control mb-3"), .id("list"), .name("list"), Attribute("rows", "6"),
                text: visit.rejection?.fields["list"] ?? text)
            html.div(.className("acts")) {
                html.submit(Phrase("ตรวจดูก่อนนำเข้า", en: "Look before importing"), primary: table?.isSound != true)
                html.action(visit.link(subject.back), Phrase("ยกเลิก", en: "Cancel"))
            }
        }
    }

    private func preview(_ html: HTML, _ table: TableImport) {
        if table.isSound { ready(html, table) } else { wrong(html, table) }
        for note in notes { html.note(.wait, "info", note) }
        if !table.unknown.isEmpty {
            let names = table.unknown.joined(separator: ", ")
            html.note(
                .wait, "info",
                Phrase("ไม่รู้จักคอลัมน์ \(names) จึงไม่นำเข้า", en: "Nobody knows the columns \(names); they are left out"))
        }
        rows(html, table)
    }

    private func ready(_ html: HTML, _ table: TableImport) {
        html.note(
            .ok, "check", Phrase("พร้อมนำเข้า ", en: "Ready: ") + subject.counted(table.rows.count),
            Phrase("ยังไม่ได้บันทึก", en: "Nothing is stored yet."))
        html.form(to: "\(subject.path)/applied", visit, Attribute("enctype", "multipart/form-data")) {
            html.textarea(.name("list"), Attribute("hidden", ""), text: text)
            if !seen.isEmpty { html.input(.type("hidden"), .name("seen"), .value(seen)) }
            html.div(.className("acts mb-3")) {
                html.submit(Phrase("นำเข้า ", en: "Import ") + subject.counted(table.rows.count))
            }
        }
    }

    private func wrong(_ html: HTML, _ table: TableImport) {
        html.div(.className("note bad"), .role("alert")) {
            html.icon("warn")
            html.div {
                html.b(
                    text: Phrase("ต้องแก้ \(table.problemCount) ช่องก่อน", en: "\(table.problemCount) cells to fix first"))
                html.text(" ")
                Phrase("ยังไม่ได้บันทึกแถวใด", en: "No row is stored.").write(to: html)
                html.details(Attribute("open", "").when(table.problemCount <= 12)) {
                    html.summary(text: Phrase("ทุกช่องที่ต้องแก้", en: "All cells to fix"))
                    html.ol(.className("mb-0")) {
                        for row in table.rows {
                            for (column, reason) in row.problems.sorted(by: { $0.key < $1.key }) {
                                html.li {
                                    html.b(text: table.cell(column, of: row))
                                    html.text(" ")
                                    table.columns[column].label.write(to: html)
                                    html.text(": ")
                                    reason.write(to: html)
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// Only columns that hold something; those with mistakes first among the rows.
    private func rows(_ html: HTML, _ table: TableImport) {
        let columns = table.columns.indices.filter { column in
            table.rows.contains { !$0.cells[column].isEmpty || $0.problems[column] != nil }
        }
        let sorted = table.rows.filter { !$0.problems.isEmpty } + table.rows.filter { $0.problems.isEmpty }
        html.div(.className("panel flush over")) {
            html.table(.className("table preview")) {
                html.thead {
                    html.tr {
                        html.th(.scope("col"), text: Phrase("แถว", en: "Row"))
                        for column in columns {
                            let isLong = table.rows.contains { $0.cells[column].count > Self.longCell }
                            html.th(
                                .scope("col"), .className("long").when(isLong), text: table.columns[column].label)
                        }
                    }
                }
                html.tbody { for row in sorted.prefix(Self.mostRows) { self.row(html, row, columns) } }
            }
        }
        if sorted.count > Self.mostRows {
            html.p(
                .className("dim"),
                text: Phrase("แสดง \(Self.mostRows) แถวแรก", en: "The first \(Self.mostRows) rows are shown."))
        }
    }

    private func row(_ html: HTML, _ row: TableImport.Row, _ columns: [Int]) {
        html.tr {
            html.th(.scope("row")) {
                html.text("\(row.line)")
                if let outcome = row.outcome { html.div(.className("small dim fw-normal keep"), text: outcome) }
            }
            for column in columns {
                html.td {
                    let cell = row.cells[column]
                    html.text(cell.count > Self.longestCell ? cell.prefix(Self.longestCell) + "…" : cell)
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
