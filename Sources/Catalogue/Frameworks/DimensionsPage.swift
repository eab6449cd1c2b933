import HTML
import HTTP
import Interface
import Kernel

/// The four dimensions D1 to D4, by which the list of indicators can be grouped.
struct DimensionsPage: NarrowPage {
    let visit: Visit
    let dimensions: [Dimension]

    var title: Phrase { Phrase("มิติของตัวชี้วัด (D1–D4)", en: "Dimensions of indicators (D1–D4)") }

    func write(to html: HTML) {
        html.head(title, visit.year.phrase) {
            html.action(visit.link("/frameworks"), Phrase("ชุดตัวชี้วัด", en: "Frameworks"))
            html.action(visit.link("/indicators"), Phrase("ตัวชี้วัด", en: "Indicators"))
        }
        for dimension in dimensions { panel(html, dimension) }
    }

    private func panel(_ html: HTML, _ dimension: Dimension) {
        html.section(.className("panel")) {
            html.div(.className("d-flex flex-wrap justify-content-between gap-2")) {
                html.h2(text: dimension.title)
                html.action(
                    visit.link("/dimensions/\(dimension.axis)"),
                    dimension.name.isEmpty ? Phrase("เริ่มใช้", en: "Begin to use") : Phrase("แก้ไข", en: "Edit"),
                    icon: "pen")
            }
            guard !dimension.values.isEmpty else {
                return html.p(
                    .className("dim mb-0"),
                    text: dimension.name.isEmpty
                        ? Phrase("ยังไม่ได้ใช้มิตินี้", en: "This dimension isn't used yet.")
                        : Phrase("ยังไม่มีค่า", en: "No values yet."))
            }
            html.ol(.className("mb-0")) {
                for value in dimension.values {
                    html.li {
                        html.text(value.name)
                        html.span(
                            .className("dim small"),
                            text: Phrase(same: " · ") + indicatorCount(value.indicatorCount))
                    }
                }
            }
        }
    }
}

/// One dimension with its values, a line each.
struct DimensionFormPage: NarrowPage {
    let visit: Visit
    let dimension: Dimension

    var title: Phrase { dimension.title }

    func write(to html: HTML) {
        html.head(title, visit.year.phrase)
        html.form(to: "/dimensions/\(dimension.axis)", visit, .className("panel")) {
            let values = Fields([
                "name": dimension.name, "values": dimension.values.map(\.name).joined(separator: "\n"),
            ])
            let form = FormWriter(html, Dimension.fields, values: values, visit)
            form.problemNote()
            form.all()
            html.div(.className("acts")) {
                html.submit(Phrase("บันทึก", en: "Save"))
                html.action(visit.link("/dimensions"), Phrase("ยกเลิก", en: "Cancel"))
            }
        }
    }
}
