import Documents
import HTML
import HTTP
import Interface
import Kernel

struct RolesPage: TablePage {
    let visit: Visit
    let roles: [Role]

    var title: Phrase { Phrase("บทบาท", en: "Roles") }

    func write(to html: HTML) {
        html.head(
            title, Phrase("ชุดสิทธิ์ที่ตั้งชื่อไว้ ให้หลายคนได้ในครั้งเดียว", en: "Named bundles of flags, given to many at once")
        ) {
            html.action(visit.link("/members"), Phrase("ตารางสิทธิ์", en: "Permission table"), icon: "people")
            html.action(visit.link("/roles/new"), Phrase("เพิ่มบทบาท", en: "Add a role"), icon: "plus", primary: true)
        }
        if roles.isEmpty {
            html.none(
                "key", Phrase("ยังไม่มีบทบาท", en: "No roles yet"),
                Phrase("เช่น ครูผู้รายงาน: School, SA, Upload", en: "For example a reporting teacher: School, SA, Upload.")
            ) {
                html.action(visit.link("/roles/new"), Phrase("เพิ่มบทบาทแรก", en: "Add the first role"), primary: true)
            }
        } else {
            table(html)
            html.downloads(visit)
        }
    }

    var sheet: Sheet {
        Sheet(
            title, in: visit, of: roles,
            [.text(Phrase("บทบาท", en: "Role"), width: 30, \.name)]
                + Permission.table.filter { $0.applies(to: visit.area.kind) }.map { permission in
                    .flag(Phrase(same: permission.name)) { $0.flags.contains(permission.name) }
                })
    }

    private func table(_ html: HTML) {
        html.div(.className("panel flush over")) {
            html.table(.className("table table-hover stack")) {
                html.thead {
                    html.tr {
                        html.th(.scope("col"), text: Phrase("บทบาท", en: "Role"))
                        html.th(.scope("col"), text: Phrase("สิทธิ์", en: "Flags"))
                        html.th(.scope("col"), text: Phrase("ให้บทบาท", en: "Give"))
                    }
                }
                html.tbody {
                    for role in roles {
                        html.tr {
                            html.th(.scope("row")) {
                                html.a(
                                    .className("text-decoration-none"), .href(visit.link("/roles/\(role.id)")),
                                    text: role.name)
                            }
                            html.td(
                                Attribute("data-label", Phrase("สิทธิ์", en: "Flags")),
                                text: role.flags.joined(separator: " · "))
                            html.td {
                                html.action(
                                    visit.link("/roles/\(role.id)/application"),
                                    Phrase("ให้แก่หลายคน", en: "Give to many"))
                            }
                        }
                    }
                }
            }
        }
    }
}

struct RoleFormPage: NarrowPage {
    let visit: Visit
    let role: Role?

    var title: Phrase { role.map { Phrase(same: $0.name) } ?? Phrase("เพิ่มบทบาท", en: "Add a role") }

    func write(to html: HTML) {
        html.head(title)
        html.form(to: role.map { "/roles/\($0.id)" } ?? "/roles", visit, .className("panel")) {
            let form = FormWriter(html, Role.fields(in: visit.area), values: values, visit)
            form.problemNote()
            if let role { html.input(.type("hidden"), .name("version"), .value(String(role.version))) }
            form.all()
            html.div(.className("acts")) {
                html.submit(role == nil ? Phrase("เพิ่มบทบาท", en: "Add the role") : Phrase("บันทึก", en: "Save"))
                html.action(visit.link("/roles"), Phrase("ยกเลิก", en: "Cancel"))
            }
        }
        if let role {
            html.deedButton(
                "/roles/\(role.id)/removal", Phrase("ลบบทบาทนี้", en: "Remove this role"), icon: "trash", bad: true, visit
            )
        }
    }

    private var values: Fields {
        var fields = Fields(["name": role?.name ?? ""])
        for flag in role?.flags ?? [] { fields.add("flags", flag) }
        return fields
    }
}

/// Who gets a role: people are found as in the table, and ticked.
struct RoleApplicationPage: Page {
    let visit: Visit
    let role: Role
    let filter: MemberFilter
    let members: [Member]
    let counts: MemberCounts
    let units: [UnitChoice]

    var title: Phrase { Phrase("ให้บทบาท \(role.name)", en: "Give the role \(role.name)") }

    func write(to html: HTML) {
        html.head(title, Phrase(same: role.flags.joined(separator: " · ")))
        html.form(.className("row g-2 mb-3"), .role("search"), .action(visit.link("/roles/\(role.id)/application"))) {
            html.filterText("q", Phrase("ค้นหา", en: "Search"), value: visit.query["q"] ?? "", width: 4)
            html.filterChoice(
                "unit", Phrase("หน่วยงาน", en: "Unit"), chosen: visit.query["unit"] ?? "",
                [
                    .init("group", Phrase("กลุ่มในสำนักงานทั้งหมด", en: "All office groups")),
                    .init("school", Phrase("โรงเรียนทั้งหมด", en: "All schools")),
                ] + units.map { .init("\($0.id)", Phrase(same: $0.name)) }, width: 4)
            html.filterSubmit()
        }
        html.form(to: "/roles/\(role.id)/application", visit) {
            for problem in visit.rejection?.problems ?? [] { html.note(.bad, "warn", problem.reason) }
            html.div(.className("panel flush over")) {
                html.table(.className("table table-hover")) {
                    html.tbody { for member in members { row(html, member) } }
                }
            }
            html.div(.className("form-check mb-3")) {
                html.input(.className("form-check-input"), .type("checkbox"), .id("replace"), .name("replace"))
                html.label(
                    .className("form-check-label"), .forField("replace"),
                    text: Phrase("แทนที่สิทธิ์เดิมทั้งหมด", en: "Replace all flags they have"))
            }
            html.div(.className("acts mb-3")) {
                html.submit(Phrase("ให้บทบาทแก่คนที่เลือก", en: "Give the role to those ticked"))
                html.action(visit.link("/roles"), Phrase("ยกเลิก", en: "Cancel"))
            }
        }
        Paging(filter.part, of: counts.matching).write(to: html, visit)
    }

    private func row(_ html: HTML, _ member: Member) {
        html.tr {
            html.td {
                html.div(.className("form-check mb-0")) {
                    html.input(
                        .className("form-check-input"), .type("checkbox"), .id("t\(member.id)"), .name("member"),
                        .value("\(member.id)"))
                    html.label(.className("form-check-label"), .forField("t\(member.id)"), text: member.name)
                }
            }
            html.td(.className("dim"), text: member.unitName)
            html.td(.className("dim"), text: member.permissions.names.joined(separator: " · "))
        }
    }
}
