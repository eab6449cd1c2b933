import Documents
import HTML
import HTTP
import Interface
import Kernel

/// The permission table: one row a person, one column a flag, switched by a click.
struct MembersPage: TablePage {
    let visit: Visit
    let filter: MemberFilter
    let members: [Member]
    let counts: MemberCounts
    let units: [UnitChoice]

    var title: Phrase { Phrase("ผู้ใช้งานและสิทธิ์", en: "Members and permissions") }

    private var permissions: [Permission] { Permission.table.filter { $0.applies(to: visit.area.kind) } }

    func write(to html: HTML) {
        html.head(title, facts) {
            html.action(visit.link("/members/requests"), Phrase("คำขอ", en: "Requests"), icon: "mail")
            html.action(visit.link("/roles"), Phrase("บทบาท", en: "Roles"), icon: "key")
            html.action(
                visit.link("/members/provider"), Phrase("เข้าสู่ระบบด้วยบัญชีอื่น", en: "Sign-in elsewhere"), icon: "plug")
            if visit.area.id != Area.central {
                html.action(visit.link("/members/reporters"), Phrase("ผู้รายงาน", en: "Reporters"), icon: "pen")
            }
            html.action(visit.link("/members/import"), Phrase("นำเข้า", en: "Import"), icon: "up")
            html.action(
                visit.link("/members/new"), Phrase("เชิญหรือเพิ่ม", en: "Invite or add"), icon: "plus", primary: true)
        }
        search(html)
        if members.isEmpty {
            html.none(
                "find", Phrase("ไม่พบผู้ใช้งานที่ค้น", en: "No member matches"),
                Phrase("ลองค้นด้วยคำที่สั้นลง หรือล้างตัวกรอง", en: "Try fewer letters, or clear the filters.")
            ) {
                html.action(visit.link("/members"), Phrase("ล้างตัวกรอง", en: "Clear the filters"))
            }
        } else {
            table(html)
            Paging(filter.part, of: counts.matching).write(to: html, visit)
            html.downloads(visit)
            legend(html)
        }
    }

    private var facts: Phrase {
        visit.digits(
            Phrase(
                "\(counts.all) คน · ใช้งาน \(counts.enabled) · เชิญแล้ว \(counts.pending) · ระงับ \(counts.disabled)",
                en:
                    "\(counts.all) people · \(counts.enabled) enabled · \(counts.pending) invited · \(counts.disabled) disabled"
            ))
    }

    var sheet: Sheet {
        Sheet(
            title, in: visit, of: members,
            [
                .text(Phrase("ชื่อ", en: "Name"), width: 30, \.name),
                .text(Phrase("หน่วยงาน", en: "Unit"), width: 40, \.unitName),
                .phrase(Phrase("สถานะ", en: "Status"), \.status.phrase),
            ]
                + permissions.map { permission in
                    .flag(Phrase(same: permission.name)) { $0.permissions.contains(permission) }
                })
    }

    private func search(_ html: HTML) {
        html.form(.className("row g-2 mb-3"), .role("search"), .action(visit.link("/members"))) {
            html.filterText(
                "q", Phrase("ค้นหาชื่อ หน่วยงาน หรืออีเมล", en: "Name, unit or e-mail"), value: visit.query["q"] ?? "",
                width: 4)
            let kinds: [FormField.Choice] =
                visit.area.id == Area.central
                ? []
                : [
                    .init("group", Phrase("กลุ่มในสำนักงานทั้งหมด", en: "All office groups")),
                    .init("school", Phrase("โรงเรียนทั้งหมด", en: "All schools")),
                ]
            html.filterChoice(
                "unit", Phrase("หน่วยงาน", en: "Unit"), chosen: visit.query["unit"] ?? "",
                kinds + units.map { .init("\($0.id)", Phrase(same: $0.name)) },
                all: Phrase("ทุกหน่วยงาน", en: "All units"), width: 3)
            html.filterChoice(
                "flag", Phrase("มีสิทธิ์", en: "Holding"), chosen: filter.flag,
                permissions.map { .init($0.name, Phrase(same: $0.name)) }, width: 2)
            html.filterChoice(
                "status", Phrase("สถานะ", en: "Status"), chosen: filter.status,
                Member.Status.allCases.map { .init($0.rawValue, $0.phrase) }, width: 2)
            html.filterSubmit()
        }
    }

    private func table(_ html: HTML) {
        let address = visit.link("/members/flags")
        html.form(.methodPost, .action(address), Attribute("data-hx-post", address)) {
            html.formToken(visit)
            html.input(.type("hidden"), .name("back"), .value(visit.query.queryText))
            html.div(
                .className("panel flush over"), Attribute("tabindex", "0"), .role("region"),
                .label(Phrase("ตารางสิทธิ์", en: "Permission table"))
            ) {
                html.table(.className("table table-hover stack flags")) {
                    head(html)
                    html.tbody {
                        let rows = MemberRows(for: html, visit)
                        for member in members { rows.write(member, to: html) }
                    }
                }
            }
        }
    }

    private func head(_ html: HTML) {
        html.thead {
            html.tr {
                sortHead(html, .name, Phrase("ชื่อและหน่วยงาน", en: "Name and unit"))
                for permission in permissions {
                    html.th(.scope("col"), .id("p-\(permission.name)")) {
                        html.span(.className("dim small"), text: permission.number)
                        html.br()
                        html.abbr(.className("text-decoration-none"), .title(permission.meaning), text: permission.name)
                    }
                }
                sortHead(html, .status, Phrase("สถานะ", en: "Status"))
            }
        }
    }

    private func sortHead(_ html: HTML, _ sort: MemberFilter.Sort, _ label: Phrase) {
        var query = visit.query
        query.set("sort", sort.rawValue)
        query.set("page", nil)
        html.th(.scope("col"), Attribute("aria-sort", "ascending").when(filter.sort == sort)) {
            html.a(.className("text-reset"), .href(visit.link("/members") + query.queryText), text: label)
        }
    }

    private func legend(_ html: HTML) {
        html.details(.className("panel mt-3")) {
            html.summary(.className("medium")) {
                Phrase("ความหมายของสิทธิ์ และใครมีสิทธิ์ใด", en: "What the flags mean, and who holds each").write(to: html)
                html.text(" ")
                html.icon("caret")
            }
            html.dl(.className("row mt-2 mb-0")) {
                for permission in permissions {
                    html.dt(.className("col-4 col-md-2")) {
                        html.a(
                            .href(visit.link("/permissions/\(permission.name)")),
                            text: "\(permission.number) \(permission.name)")
                    }
                    html.dd(.className("col-8 col-md-4 mb-1"), text: permission.meaning)
                }
            }
        }
    }
}

/// The rows of people; a switched flag swaps just one. What is the same in each but for a number is put together once.
struct MemberRows {
    /// What the addresses of members begin with.
    private let address: String
    private let cells: FlagCells?
    private let phoneLink: Stencil
    private let states: [Member.Status: Stencil]

    /// The same for everybody: made once.
    private static let cells = Dictionary(
        uniqueKeysWithValues: Area.Kind.allCases.map { kind in
            (kind, FlagCells(Permission.table.filter { $0.applies(to: kind) }))
        })

    init(for html: HTML, _ visit: Visit) {
        address = visit.link("/members/")
        cells = Self.cells[visit.area.kind]
        phoneLink = Stencil(for: html) { html, id in
            html.a(.className("btn btn-quiet onphone float-end"), .href("#m\(id)")) {
                Phrase("แก้ไขสิทธิ์", en: "Edit flags").write(to: html)
            }
        }
        let statuses = Member.Status.allCases.map { status in
            (status, Stencil(for: html) { html, id in Self.state(html, status, of: id) })
        }
        states = Dictionary(uniqueKeysWithValues: statuses)
    }

    func write(_ member: Member, to html: HTML) {
        let id = member.id.rawValue
        html.tr(.id("m", id)) {
            html.th(.scope("row")) {
                phoneLink.write(to: html, number: id)
                html.a(.className("text-decoration-none"), .id("n", id), .href(address, id), text: member.name)
                html.div(.className("small dim fw-normal"), text: member.unitName)
            }
            cells?.write(to: html, row: id, holding: member.permissions)
            states[member.status]?.write(to: html, number: id)
        }
    }

    private static func state(_ html: HTML, _ status: Member.Status, of id: String) {
        html.td(Attribute("data-label", Phrase("สถานะ", en: "Status"))) {
            html.div(.className("acts")) {
                switch status {
                case .pending:
                    html.state(.wait, "sent", status.phrase)
                case .enabled:
                    html.state(.ok, "check", status.phrase)
                    change(html, id, to: .disabled, Phrase("ระงับ", en: "Disable"))
                case .disabled:
                    html.state(.off, "pause", status.phrase)
                    change(html, id, to: .enabled, Phrase("เปิดใช้", en: "Enable"))
                }
            }
        }
    }

    private static func change(_ html: HTML, _ id: String, to status: Member.Status, _ label: Phrase) {
        html.button(
            .className("btn btn-quiet btn-sm"), .id("s\(id)"), .name("switch"),
            .value("Status.\(status.rawValue).\(id)"), text: label)
    }
}
