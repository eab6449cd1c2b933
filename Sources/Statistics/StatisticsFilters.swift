import Areas
import HTML
import HTTP
import Interface
import Kernel
import Rounds

/// What one can choose on pages of statistics.
struct StatisticsFilters {
    let visit: Visit
    let choice: StatisticsChoice
    /// Empty: of one area only.
    let areas: [Area]
    /// The region and the kind are chosen, too.
    var isOfCountry = true

    func write(to html: HTML) {
        html.form(.className("row g-2 mb-3 d-print-none"), .role("search"), .action(visit.link(visit.path))) {
            html.choice(
                "fy", Phrase("ปีงบประมาณ", en: "Fiscal year"), chosen: "\(choice.year.number)",
                choice.years.map { .init("\($0.number)", Phrase(same: "\($0.number)")) })
            if !areas.isEmpty {
                html.choice(
                    "area", Phrase("เขต", en: "Area"), chosen: visit.area.code,
                    all: Phrase("ทั้งประเทศ", en: "The country"),
                    areas.map { .init($0.code, Phrase(same: $0.shortName)) })
            }
            html.choice(
                "framework", Phrase("ชุดตัวชี้วัด", en: "Framework"), chosen: choice.framework ?? "",
                all: Phrase("ทุกชุด", en: "All"), choice.frameworks.map { .init($0, Phrase(same: $0)) })
            html.choice(
                "round", Phrase("รอบ", en: "Round"), chosen: choice.round.code,
                choice.rounds.map { .init($0.code, $0.name) })
            if isOfCountry {
                html.choice(
                    "region", Phrase("ภาค", en: "Region"), chosen: choice.region?.rawValue ?? "",
                    all: Phrase("ทุกภาค", en: "All"), Region.allCases.map { .init($0.rawValue, $0.phrase) })
                html.choice(
                    "kind", Phrase("ประเภทเขต", en: "Kind of area"), chosen: choice.kind?.rawValue ?? "",
                    all: Phrase("ทุกประเภท", en: "All"),
                    [Area.Kind.primary, .secondary].map { .init($0.rawValue, $0.phrase) })
            }
            html.div(.className("col-6 col-md-4 col-xl d-flex align-items-end")) {
                html.button(.className("btn btn-quiet w-100"), text: Phrase("แสดง", en: "Show"))
            }
        }
    }
}

extension HTML {
    /// One of the given; `all` is what none of them means.
    fileprivate func choice(
        _ name: String, _ label: Phrase, chosen: String, all: Phrase? = nil, _ choices: [FormField.Choice]
    ) {
        div(.className("col-6 col-md-4 col-xl")) {
            self.label(.className("form-label"), .forField(name), text: label)
            select(.className("form-select"), .id(name), .name(name)) {
                if let all { option(.value(""), text: all) }
                for choice in choices {
                    option(.value(choice.value), Attribute.selected.when(choice.value == chosen), text: choice.label)
                }
            }
        }
    }
}
