import Documents
import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Runtime

/// What an office's reporter of indicators holds; everybody else there is general staff.
private let reporterFlags: [Permission] = [.school, .selfAssess, .upload]

extension Member {
    /// Who may fill in a report at all.
    fileprivate var isReporter: Bool { permissions.contains(.school) }
}

/// Who of the office reports indicators, and who is general staff: one click each.
struct ReportersPage: NarrowPage, TablePage {
    let visit: Visit
    let officers: [Member]

    var title: Phrase { Phrase("กำหนดผู้รายงานตัวชี้วัด", en: "Who reports indicators") }

    func write(to html: HTML) {
        let count = officers.count(where: \.isReporter)
        html.head(
            title,
            Phrase(
                "เจ้าหน้าที่ในสำนักงาน \(officers.count) คน เป็นผู้รายงาน \(count) คน",
                en: "\(officers.count) people of the office, \(count) of whom report")
        ) {
            html.action(visit.link("/members"), Phrase("ตารางสิทธิ์", en: "Permission table"), icon: "people")
        }
        guard !officers.isEmpty else {
            return html.none(
                "people", Phrase("ยังไม่มีเจ้าหน้าที่ในสำนักงาน", en: "Nobody in the office yet"),
                Phrase("เพิ่มผู้ใช้งานในกลุ่มก่อน", en: "Add members to its groups first."))
        }
        html.form(to: "/members/reporters", visit, .className("panel flush")) {
            html.table(.className("table table-hover stack mb-0")) {
                html.tbody { for officer in officers { row(html, officer) } }
            }
        }
        html.p(
            .className("dim small mt-2"),
            text: Phrase(
                "ผู้รายงานตัวชี้วัดมีสิทธิ์ School, SA และ Upload", en: "Who reports holds School, SA and Upload."))
        html.downloads(visit)
    }

    var sheet: Sheet {
        Sheet(
            title, in: visit, of: officers,
            [
                .text(Phrase("ชื่อ", en: "Name"), width: 30, \.name),
                .text(Phrase("หน่วยงาน", en: "Unit"), width: 40, \.unitName),
                .flag(Phrase("ผู้รายงานตัวชี้วัด", en: "Reports indicators"), \.isReporter),
            ])
    }

    private func row(_ html: HTML, _ officer: Member) {
        html.tr(.id("m\(officer.id)")) {
            html.th(.scope("row")) {
                html.text(officer.name)
                html.div(.className("small dim fw-normal"), text: officer.unitName)
            }
            html.td {
                officer.isReporter
                    ? html.state(.ok, "check", Phrase("ผู้รายงานตัวชี้วัด", en: "Reports indicators"))
                    : html.state(.off, "pause", Phrase("เจ้าหน้าที่ทั่วไป", en: "General staff"))
            }
            html.td {
                html.button(
                    .className("btn btn-quiet btn-sm"), .name("switch"),
                    .value("\(officer.id).\(officer.isReporter ? "no" : "yes")"),
                    .label(
                        officer.isReporter
                            ? Phrase("ให้ \(officer.name) เป็นเจ้าหน้าที่ทั่วไป", en: "Make \(officer.name) general staff")
                            : Phrase("ให้ \(officer.name) เป็นผู้รายงาน", en: "Let \(officer.name) report")),
                    text: officer.isReporter
                        ? Phrase("เปลี่ยนเป็นทั่วไป", en: "General staff") : Phrase("ให้เป็นผู้รายงาน", en: "Let report"))
            }
        }
    }
}

let reporterFields = [
    FormField(
        "switch", Phrase("เลขผู้ใช้งาน จุด แล้ว yes หรือ no", en: "A member's number, a dot, then yes or no"),
        .text(limit: 40), required: true)
]

func showReporters(_ context: Context) async throws -> Outcome {
    let (visit, officers) = try await context.page(.officeMembers(of: context.area.id))
    return .page(
        ReportersPage(visit: visit, officers: officers), visit,
        json: ["items": .array(officers.filter(\.isReporter).map(\.json))])
}

/// All that a reporter needs is given or taken at once.
func switchReporter(_ context: Context) async throws -> Outcome {
    let parts = (context.form.fields["switch"] ?? "").split(separator: ".")
    guard parts.count == 2, let id = MemberID(sqlText: String(parts[0])), ["yes", "no"].contains(parts[1]) else {
        throw Refusal.notFound
    }
    guard reporterFlags.allSatisfy({ $0.applies(to: context.area.kind) }) else { throw Refusal.notFound }
    try await context.deed { deed in
        guard try await deed.run(.officeMembers(of: deed.area)).contains(where: { $0.id == id }) else {
            throw Refusal.notFound
        }
        for permission in reporterFlags {
            _ = try await apply(.flag(id, permission, isSet: parts[1] == "yes"), deed)
        }
    }
    return .done("/members/reporters#m\(id)")
}

extension Query where Answer == [Member] {
    /// Those of the office's groups who are enabled.
    fileprivate static func officeMembers(of area: AreaID) -> Query {
        .all(
            """
            SELECT \(part: Member.columns)
            FROM members m
            JOIN units u ON u.area_id = m.area_id AND u.id = m.unit_id
            WHERE m.area_id = \(area) AND m.status = 'enabled' AND u.kind <> 'school'
            ORDER BY u.name, m.first_name, m.last_name, m.id
            """
        ) { try Member(&$0) }
    }
}
