import HTML
import HTTP
import Interface
import Kernel

/// Who receives an indicator's evidence, and which officers report it, ticked by name.
struct NamedPage: Page {
    let visit: Visit
    let indicator: Indicator
    let people: [NamedPerson]
    let hasRounds: Bool

    var title: Phrase { Phrase("ผู้รับและผู้รายงาน", en: "Receivers and reporters") }

    func write(to html: HTML) {
        html.head(title, Phrase(same: indicator.title)) {
            html.action(visit.link("/indicators/\(indicator.id)"), Phrase("ตัวชี้วัด", en: "The indicator"), icon: "left")
        }
        for problem in visit.rejection?.problems ?? [] { html.note(.bad, "warn", problem.reason) }
        html.form(to: "/indicators/\(indicator.id)/people", visit) {
            html.input(.type("hidden"), .name("seen"), .value(visit.rejection?.fields["seen"] ?? people.signature))
            receivers(html)
            reporters(html)
            html.div(.className("acts")) { html.submit(Phrase("บันทึก", en: "Save")) }
        }
    }

    private static let receiving = Phrase("เจ้าหน้าที่รับข้อมูล", en: "Receivers")
    private static let reporting = Phrase("เจ้าหน้าที่รายงาน", en: "Reporting officers")

    private func receivers(_ html: HTML) {
        html.section(.className("panel")) {
            html.h2(text: Self.receiving)
            html.p(
                .className("dim"),
                text: Phrase(
                    "ไม่เลือกใคร ทุกคนที่มีสิทธิ์ File รับได้", en: "With nobody ticked, all who hold the flag File receive."))
            let able = people.filter { $0.isReceiver || $0.permissions.contains(.receive) }
            list(html, able, "receivers", \.isReceiver)
            if able.isEmpty {
                html.p(
                    .className("mb-0"),
                    text: Phrase("ยังไม่มีใครในสำนักงานที่มีสิทธิ์ File", en: "Nobody in the office holds the flag File yet."))
            }
        }
    }

    private func reporters(_ html: HTML) {
        html.section(.className("panel")) {
            html.h2(text: Self.reporting)
            guard hasRounds else {
                return html.p(
                    .className("mb-0"),
                    text: Phrase("เปิดรอบของตัวชี้วัดนี้ก่อน แล้วกลับมากำหนด", en: "Open a round of this indicator first."))
            }
            html.p(
                .className("dim"),
                text: Phrase(
                    "ผู้ที่เลือกเพิ่มรายงานในชื่อตนเองทุกรอบที่ยังรับรายงาน ผู้ที่เอาออกยังอยู่ในรอบที่รายงานแล้ว",
                    en:
                        "Who is added reports in their own name in every round still open. Who is taken out stays in rounds in which they have reported."
                ))
            let able = people.filter { $0.isReporter || $0.permissions.contains(.school) }
            if able.isEmpty {
                html.p(text: Phrase("ยังไม่มีใครในสำนักงานเป็นผู้รายงาน", en: "Nobody of the office may report yet."))
            }
            list(html, able, "officers", \.isReporter)
            if visit.holds(.members) {
                html.p(.className("mt-2 mb-0")) {
                    html.a(
                        .href(visit.link("/members/reporters")),
                        text: Phrase("กำหนดว่าใครเป็นผู้รายงานตัวชี้วัด", en: "Designate who reports"))
                }
            }
        }
    }

    private func list(
        _ html: HTML, _ people: [NamedPerson], _ field: String, _ isNamed: (NamedPerson) -> Bool
    ) {
        html.div(.className("row"), .role("group"), .label(field == "receivers" ? Self.receiving : Self.reporting)) {
            for person in people {
                let isOn =
                    visit.rejection.map { $0.fields.values(of: field).contains("\(person.id)") } ?? isNamed(person)
                html.div(.className("col-12 col-lg-6")) {
                    html.check(field, "\(person.id)", person.label, isOn: isOn)
                }
            }
        }
    }
}
