import Catalogue
import HTML
import Interface
import Kernel
import Rounds

/// What an area has sent of its schools' reports, as the bureau sees it: what differs from the last decision is marked.
struct SubmittedSchoolsPage: Page {
    let visit: Visit
    let named: NamedResult
    let current: Submission
    let schools: [SubmittedSchool]

    var title: Phrase { Phrase(same: "\(named.areaName) · \(named.national.title)") }

    func write(to html: HTML) {
        let result = named.national.result
        html.p(.className("mb-2")) {
            html.a(.href(visit.link("/desk-items/\(result.deskKey)")), text: Phrase("โต๊ะรับรอง", en: "The desk"))
            html.span(.className("dim"), text: Phrase(same: " / ") + result.round.name)
        }
        html.head(
            title,
            Phrase("ตัวเลขรายโรงเรียนที่เขตส่ง ครั้งที่ \(current.number)", en: "By school, as sent no. \(current.number)"))
        let variables = named.national.sheet()?.rolledUp ?? []
        SchoolTable(
            variables: variables,
            rows: schools.map { SchoolTable.Row(name: $0.name, entries: $0.entries, before: $0.before) },
            totals: current.values
        ).write(to: html)
    }
}
