import HTML
import HTTP
import Interface
import Kernel

/// A new unit, or one to be changed.
struct UnitFormPage: NarrowPage {
    let visit: Visit
    let unit: OrgUnit?

    var title: Phrase {
        unit.map { Phrase(same: $0.name) } ?? Phrase("เพิ่มหน่วยงาน", en: "Add a unit")
    }

    func write(to html: HTML) {
        html.head(title, unit?.kind.phrase)
        if let closedAt = unit?.closedAt {
            html.note(.off, "lock", Phrase("ปิดแล้ว", en: "Closed"), closedAt.inShort)
        }
        html.form(to: unit.map { "/units/\($0.id)" } ?? "/units", visit, .className("panel")) {
            let form = FormWriter(html, OrgUnit.fields(in: visit.area), values: values, visit)
            form.problemNote()
            if let unit { html.input(.type("hidden"), .name("version"), .value(String(unit.version))) }
            form.all()
            html.div(.className("acts")) {
                html.submit(unit == nil ? Phrase("เพิ่มหน่วยงาน", en: "Add the unit") : Phrase("บันทึก", en: "Save"))
                html.action(visit.link("/units"), Phrase("ยกเลิก", en: "Cancel"))
            }
        }
        if let unit { state(html, unit) }
    }

    private var values: Fields {
        guard let unit else {
            let kinds = OrgUnit.Kind.all(in: visit.area)
            return Fields(["kind": kinds[0].rawValue])
        }
        return Fields([
            "kind": unit.kind.rawValue, "name": unit.name, "name-en": unit.nameInEnglish, "number": unit.number,
            "district": unit.district, "size": unit.size.rawValue, "phone": unit.phone,
        ])
    }

    private func state(_ html: HTML, _ unit: OrgUnit) {
        html.section(.className("panel")) {
            if unit.closedAt == nil {
                html.h2(text: Phrase("ปิดหน่วยงาน", en: "Close the unit"))
                html.p(
                    text: Phrase(
                        "หน่วยงานที่ปิดแล้วไม่ต้องรายงานอีก ผลและเอกสารเดิมยังอยู่ครบ",
                        en: "A closed unit has nothing more to report; its results and documents stay."))
                html.deedButton(
                    "/units/\(unit.id)/closing", Phrase("ปิดหน่วยงาน", en: "Close the unit"), icon: "lock", bad: true,
                    visit)
            } else {
                html.h2(text: Phrase("เปิดอีกครั้ง", en: "Open again"))
                html.deedButton(
                    "/units/\(unit.id)/reopening", Phrase("เปิดอีกครั้ง", en: "Open again"), icon: "repeat", visit)
            }
        }
    }
}
