import HTML
import Interface
package import Kernel

/// Every address of this feature.
package enum MembersRoutes {
    package static func register(in registry: inout Registry) {
        registry.permissions += Permission.table
        registry.words.merge([
            "role": Phrase("บทบาท", en: "Role"), "token": Phrase("กุญแจ", en: "Key"),
            "flags": Phrase("สิทธิ์", en: "Flags"), "status": Phrase("สถานะ", en: "Status"),
        ]) { _, new in new }
        registry.actions += Action.ofMembers
        registry.navigate(
            NavigationItem("/", Phrase("หน้าแรก", en: "Home"), icon: "home", at: .home, for: .members))
        registry.navigate(
            NavigationItem(
                "/members", Phrase("ผู้ใช้งาน", en: "Members"), icon: "people", at: .members, for: .holders(of: .members)))
        signIn(&registry.routes)
        members(&registry.routes)
        flags(&registry.routes)
        roles(&registry.routes)
        account(&registry.routes)
        actings(&registry.routes)
        RequestRoutes.register(in: &registry)
        SecondFactorRoutes.register(in: &registry.routes)
        OpenIDRoutes.register(in: &registry.routes)
    }

    private static func signIn(_ routes: inout Routes) {
        routes.get(
            "/", Phrase("หน้าแรก", en: "Home"), for: .members,
            api: APIDescription(answer: .object([("items", .list(TaskItem.schema))])), use: showHome)
        routes.get("/sign-in", Phrase("เข้าสู่ระบบ", en: "Sign in"), for: .anyone, use: showSignIn)
        routes.post(
            "/sign-in", Phrase("เข้าสู่ระบบ", en: "Sign in"), for: .anyone, form: "/sign-in", use: createSession)
        routes.post("/sign-out", Phrase("ออกจากระบบ", en: "Sign out"), for: .members, use: endSession)
        routes.post("/see-as/end", Phrase("กลับเป็นตัวเอง", en: "Back to oneself"), for: .members, use: endSeeing)
    }

    private static func members(_ routes: inout Routes) {
        let manager = Access.holders(of: .members)
        let listed = APIDescription(
            queries: [
                FormField("q", Phrase("ค้นหา", en: "Words to find"), .text(limit: 100)),
                FormField("flag", Phrase("มีสิทธิ์", en: "Holding this flag"), .text(limit: 20)),
                FormField("status", Phrase("สถานะ", en: "Status"), .text(limit: 20)),
                FormField("page", Phrase("หน้า", en: "Page"), .number(1...100_000)),
            ], answer: .object([("total", .number), ("items", .list(Member.schema))]))
        let made = APIDescription(
            input: MemberDraft.fields() + [FormField("role", Phrase("บทบาท", en: "Role"), .text(limit: 20))],
            answer: .object([("id", .number), ("password", .text)]))
        routes.table(
            "/members", Phrase("ตารางสิทธิ์", en: "The permission table"), for: manager, api: listed, use: listMembers)
        routes.get("/members/new", Phrase("ผู้ใช้งานใหม่", en: "A new member"), for: manager, use: showNewMember)
        routes.post(
            "/members", Phrase("เพิ่มผู้ใช้งาน", en: "Add a member"), for: manager, api: made, form: "/members/new",
            use: createMember)
        routes.get(
            "/members/:member", Phrase("ดูผู้ใช้งาน", en: "See a member"), for: manager,
            api: APIDescription(answer: MemberDetails.schema), use: showMember)
        routes.post(
            "/members/:member", Phrase("แก้ไขผู้ใช้งาน", en: "Change a member"), for: manager,
            api: APIDescription(input: MemberDraft.changeable), form: "/members/:member", use: saveMember)
        routes.post(
            "/members/:member/password-reset", Phrase("ออกรหัสผ่านชั่วคราว", en: "Give a temporary password"), for: manager,
            api: APIDescription(answer: .object([("id", .number), ("password", .text)])), use: resetPassword)
        routes.post(
            "/members/:member/see-as", Phrase("ดูในมุมมองของผู้อื่น", en: "See as another"), for: manager, use: beginSeeing)
        coming(&routes, manager, made)
    }

    /// How members come by invitation or by a list, and go to other units.
    private static func coming(_ routes: inout Routes, _ manager: Access, _ made: APIDescription) {
        let invited = APISchema.object([
            ("id", .number), ("name", .text), ("username", .text), ("link", .optional(.text)),
        ])
        routes.table(
            "/members/invitations", Phrase("คำเชิญที่ยังไม่ตอบ", en: "Open invitations"), for: manager,
            api: APIDescription(answer: .object([("items", .list(invited))])), use: listInvitations)
        routes.post(
            "/members/invitations", Phrase("เชิญผู้ใช้งาน", en: "Invite a member"), for: manager,
            api: APIDescription(input: made.input, answer: .object([("id", .number)])), form: "/members/new",
            use: inviteMember)
        routes.post(
            "/members/:member/invitations", Phrase("ทำลิงก์คำเชิญใหม่", en: "Renew an invitation"), for: manager,
            api: APIDescription(), use: renewInvitation)
        routes.get("/invitations/:link", Phrase("คำเชิญ", en: "An invitation"), for: .anyone, use: showInvitation)
        routes.post(
            "/invitations/:link", Phrase("ตอบรับคำเชิญ", en: "Accept an invitation"), for: .anyone,
            form: "/invitations/:link", use: acceptInvitation)
        let path = "/members/import"
        routes.imports(
            path, Phrase("นำเข้าผู้ใช้งาน", en: "Import members"), for: manager,
            answer: .object([("invited", .number), ("changed", .number)]),
            ImportHandlers(
                show: showMemberImport, template: showMemberTemplate, preview: previewMembers, apply: importMembers))
        routes.files(
            "\(path)/members", Phrase("ผู้ใช้งานสำหรับแก้ไขแล้วนำเข้า", en: "The members, to change and bring in again"),
            for: manager, use: membersToImport)
        routes.get(
            "/members/:member/transfer", Phrase("ย้ายหน่วยงาน", en: "Move to another unit"), for: manager,
            use: showTransfer)
        routes.post(
            "/members/:member/transfer", Phrase("ย้ายหน่วยงาน", en: "Move to another unit"), for: manager,
            api: APIDescription(input: Transfer.api), form: "/members/:member/transfer", use: transferMember)
        routes.get(
            "/members/:member/area-transfer", Phrase("ย้ายไปเขตอื่น", en: "Move to another area"), for: manager,
            use: showAreaTransfer)
        routes.post(
            "/members/:member/area-transfer", Phrase("ย้ายไปเขตอื่น", en: "Move to another area"), for: manager,
            api: APIDescription(input: AreaTransfer.api), form: "/members/:member/area-transfer", use: transferToArea)
    }

    private static func flags(_ routes: inout Routes) {
        let manager = Access.holders(of: .members)
        routes.post("/members/flags", Phrase("เปิดปิดสิทธิ์", en: "Switch flags"), for: manager, use: switchFlag)
        routes.post(
            "/members/:member/flags/:flag", Phrase("ให้หรือเอาสิทธิ์ออก", en: "Give or take a flag"), for: manager,
            api: APIDescription(input: setFlagFields, answer: Member.schema), use: setFlag)
        routes.post(
            "/members/:member/status", Phrase("อนุมัติ ระงับ หรือเปิดใช้", en: "Approve, disable or enable"), for: manager,
            api: APIDescription(input: setStatusFields, answer: Member.schema), use: setStatus)
        routes.get(
            "/permissions/:flag", Phrase("ใครมีสิทธิ์ใด", en: "Who holds a flag, and why"), for: manager,
            api: APIDescription(answer: .object([("items", .list(Member.schema))])), use: showPermission)
    }

    private static func roles(_ routes: inout Routes) {
        let manager = Access.holders(of: .members)
        routes.table(
            "/members/reporters", Phrase("กำหนดผู้รายงานตัวชี้วัด", en: "Who reports indicators"), for: manager,
            api: APIDescription(answer: .object([("items", .list(Member.schema))])), use: showReporters)
        routes.post(
            "/members/reporters", Phrase("ให้เป็นผู้รายงานหรือทั่วไป", en: "Let report, or make general staff"), for: manager,
            api: APIDescription(input: reporterFields), use: switchReporter)
        let fields = [
            FormField("name", Phrase("ชื่อบทบาท", en: "Name of the role"), .text(limit: 80), required: true),
            FormField(
                "flags", Phrase("สิทธิ์", en: "Flags"), .choices(Permission.table.map { .init($0.name, $0.meaning) })),
        ]
        routes.table(
            "/roles", Phrase("รายการบทบาท", en: "List the roles"), for: manager,
            api: APIDescription(answer: .object([("items", .list(Role.schema))])), use: listRoles)
        routes.get("/roles/new", Phrase("บทบาทใหม่", en: "A new role"), for: manager, use: showNewRole)
        routes.post(
            "/roles", Phrase("เพิ่มบทบาท", en: "Add a role"), for: manager,
            api: APIDescription(input: fields, answer: .object([("id", .number)])), form: "/roles/new", use: createRole)
        routes.get(
            "/roles/:role", Phrase("ดูบทบาท", en: "See a role"), for: manager, api: APIDescription(answer: Role.schema),
            use: showRole)
        routes.post(
            "/roles/:role", Phrase("แก้ไขบทบาท", en: "Change a role"), for: manager, api: APIDescription(input: fields),
            form: "/roles/:role", use: saveRole)
        routes.post(
            "/roles/:role/removal", Phrase("ลบบทบาท", en: "Remove a role"), for: manager, api: APIDescription(),
            use: removeRole)
        routes.get(
            "/roles/:role/application", Phrase("ให้บทบาทแก่หลายคน", en: "Give a role to many"), for: manager,
            use: showRoleApplication)
        routes.post(
            "/roles/:role/application", Phrase("ให้บทบาทแก่หลายคน", en: "Give a role to many"), for: manager,
            api: APIDescription(input: roleApplicationFields, answer: .object([("changed", .number)])),
            form: "/roles/:role/application", use: applyRole)
    }

    private static func account(_ routes: inout Routes) {
        let described = APIDescription(
            answer: .object([("id", .number), ("name", .text), ("unit-name", .text), ("flags", .list(.text))]))
        routes.get("/account", Phrase("ข้อมูลของฉัน", en: "My account"), for: .members, api: described, use: showAccount)
        routes.get(
            "/account/password", Phrase("เปลี่ยนรหัสผ่าน", en: "Change the password"), for: .members, use: showPasswordForm)
        routes.post(
            "/account/password", Phrase("เปลี่ยนรหัสผ่าน", en: "Change the password"), for: .members,
            form: "/account/password", use: changePassword)
        routes.post(
            "/account/sessions/end", Phrase("ออกจากระบบทุกเครื่อง", en: "Sign out everywhere else"), for: .members,
            use: endOtherSessions)
        routes.post(
            "/account/sessions/:session/end", Phrase("ออกจากระบบในเครื่องหนึ่ง", en: "Sign out in one place"),
            for: .members,
            use: endOneSession)
        routes.get("/account/tokens/new", Phrase("สร้างกุญแจ", en: "Make a key"), for: .members, use: showNewToken)
        routes.post(
            "/account/tokens", Phrase("สร้างกุญแจ", en: "Make a key"), for: .members, form: "/account/tokens/new",
            use: createToken)
        routes.post(
            "/account/tokens/:token/revocation", Phrase("ยกเลิกกุญแจ", en: "Revoke a key"), for: .members,
            use: revokeToken)
    }

    private static func actings(_ routes: inout Routes) {
        routes.get(
            "/account/acting", Phrase("รักษาการแทน", en: "Acting for another"), for: .members,
            api: APIDescription(answer: .object([("items", .list(Acting.schema))])), use: showActings)
        routes.post(
            "/account/acting", Phrase("ตั้งผู้รักษาการแทน", en: "Name who acts"), for: .members,
            api: APIDescription(input: Acting.fields, answer: .object([("id", .number)])), form: "/account/acting",
            use: createActing)
        routes.post(
            "/account/acting/:acting/beginning", Phrase("เริ่มทำแทน", en: "Begin acting"), for: .members, use: beginActing)
        routes.post(
            "/account/acting/:acting/end", Phrase("สิ้นสุดการรักษาการแทน", en: "End an acting"), for: .members,
            api: APIDescription(), use: endActing)
        routes.post(
            "/account/acting/stop", Phrase("กลับเป็นตัวเอง", en: "Back to oneself"), for: .members, use: stopActing)
    }
}
