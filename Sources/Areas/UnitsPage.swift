import Documents
import HTML
import HTTP
import Interface
import Kernel

struct UnitsPage: TablePage {
    let visit: Visit
    let filter: UnitFilter
    let units: [OrgUnit]
    let districts: [String]
    let count: Int
    private var paging: Paging { Paging(filter.part, of: count) }

    var title: Phrase { Phrase("หน่วยงาน", en: "Units") }

    func write(to html: HTML) {
        html.head(title, Phrase("\(visit.number(count)) แห่ง", en: "\(visit.number(count)) in all")) {
            html.action(visit.link("/units/import"), Phrase("นำเข้าจากตาราง", en: "Import a table"), icon: "up")
            html.action(visit.link("/units/new"), Phrase("เพิ่มหน่วยงาน", en: "Add a unit"), icon: "plus", primary: true)
        }
        search(html)
        if units.isEmpty {
            empty(html)
        } else {
            table(html)
            paging.write(to: html, visit)
            html.downloads(visit)
        }
    }

    /// With the columns of the import first, so that another area can take it in.
    var sheet: Sheet {
        Sheet(
            title, in: visit, of: units,
            [
                .phrase(Phrase("ประเภท", en: "Kind"), \.kind.phrase),
                .text(Phrase("รหัสหน่วยงาน", en: "Number"), \.number),
                .text(Phrase("ชื่อหน่วยงาน", en: "Name"), width: 40, \.name),
                .text(Phrase("ชื่อภาษาอังกฤษ", en: "Name in English"), width: 40, \.nameInEnglish),
                .text(Phrase("อำเภอ", en: "District"), \.district),
                // As the import takes it.
                .phrase(Phrase("ขนาด", en: "Size")) { $0.size == .unknown ? Phrase(same: "") : $0.size.phrase },
                .text(Phrase("โทรศัพท์", en: "Telephone"), \.phone),
                .count(Phrase("ผู้ใช้งาน", en: "Members"), \.memberCount),
                .moment(Phrase("ปิดเมื่อ", en: "Closed"), \.closedAt),
            ])
    }

    private func search(_ html: HTML) {
        html.form(.className("row g-2 mb-3"), .role("search"), .action(visit.link("/units"))) {
            html.filterText("q", Phrase("ค้นหา", en: "Search"), value: visit.query["q"] ?? "", width: 4)
            let kinds = OrgUnit.Kind.all(in: visit.area)
            if kinds.count > 1 {
                html.filterChoice(
                    "kind", Phrase("ประเภท", en: "Kind"), chosen: filter.kind?.rawValue ?? "",
                    kinds.map { .init($0.rawValue, $0.phrase) }, width: 2)
            }
            if !districts.isEmpty {
                html.filterChoice(
                    "district", Phrase("อำเภอ", en: "District"), chosen: filter.district,
                    districts.map { .init($0, Phrase(same: $0)) }, width: 3)
            }
            html.filterChoice(
                "closed", Phrase("สถานะ", en: "State"), chosen: filter.showsClosed ? "yes" : "",
                [.init("yes", Phrase("ปิดแล้ว", en: "Closed"))], all: Phrase("เปิดอยู่", en: "Open"), width: 2)
            html.filterSubmit()
        }
    }

    private func empty(_ html: HTML) {
        if visit.query.all.isEmpty {
            html.none(
                "building", Phrase("ยังไม่มีหน่วยงาน", en: "No units yet"),
                Phrase("วางรายชื่อจาก Excel ได้ทั้งหมดในครั้งเดียว", en: "Paste the whole list from a spreadsheet at once.")
            ) {
                html.action(
                    visit.link("/units/import"), Phrase("นำเข้าจากตาราง", en: "Import a table"), primary: true)
            }
        } else {
            html.none(
                "find", Phrase("ไม่พบหน่วยงานที่ค้น", en: "No unit matches"),
                Phrase("ลองค้นด้วยคำที่สั้นลง หรือล้างตัวกรอง", en: "Try fewer letters, or clear the filters.")
            ) {
                html.action(visit.link("/units"), Phrase("ล้างตัวกรอง", en: "Clear the filters"))
            }
        }
    }

    private func table(_ html: HTML) {
        html.div(.className("panel flush over")) {
            html.table(.className("table table-hover stack")) {
                html.thead {
                    html.tr {
                        html.sortHead(.name, Phrase("ชื่อหน่วยงาน", en: "Name"), filter, visit)
                        html.th(.scope("col"), text: Phrase("ประเภท", en: "Kind"))
                        html.sortHead(.number, Phrase("รหัส", en: "Number"), filter, visit)
                        html.sortHead(.district, Phrase("อำเภอ", en: "District"), filter, visit)
                        html.th(.scope("col"), text: Phrase("ขนาด", en: "Size"))
                        html.sortHead(.members, Phrase("ผู้ใช้งาน", en: "Members"), filter, visit)
                    }
                }
                html.tbody { for unit in units { row(html, unit) } }
            }
        }
    }

    private func row(_ html: HTML, _ unit: OrgUnit) {
        html.tr {
            html.th(.scope("row")) {
                html.a(.className("text-decoration-none"), .href(visit.link("/units/\(unit.id)")), text: unit.name)
            }
            html.td(Attribute("data-label", Phrase("ประเภท", en: "Kind")), text: unit.kind.phrase)
            html.td(Attribute("data-label", Phrase("รหัส", en: "Number")), text: unit.number)
            html.td(Attribute("data-label", Phrase("อำเภอ", en: "District")), text: unit.district)
            html.td(Attribute("data-label", Phrase("ขนาด", en: "Size")), text: unit.size.phrase)
            html.td(.className("num"), Attribute("data-label", Phrase("ผู้ใช้งาน", en: "Members")), text: unit.memberCount)
        }
    }
}

extension HTML {
    /// A column's head that sorts by it.
    fileprivate func sortHead(_ sort: UnitFilter.Sort, _ label: Phrase, _ filter: UnitFilter, _ visit: Visit) {
        let isSorted = filter.sort == sort
        var query = visit.query
        query.set("sort", sort.rawValue)
        query.set("page", nil)
        th(.scope("col"), Attribute("aria-sort", sort == .members ? "descending" : "ascending").when(isSorted)) {
            a(.className("text-reset"), .href(visit.link("/units") + query.queryText), text: label)
        }
    }
}
