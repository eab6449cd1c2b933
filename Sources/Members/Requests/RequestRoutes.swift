import HTML
import Interface
import Kernel
import Postgres

/// The addresses of those who ask to join, and of those who decide on it.
enum RequestRoutes {
    static func register(in registry: inout Registry) {
        registry.tasks.append { .requestsWaiting(in: $0.area.id) }
        registry.news += [Action.joinRequested, .passwordRequested].map { News(of: $0, for: deciders) }
        registry.words.merge([
            "request": Phrase("คำขอ", en: "Request"), "note": Phrase("หมายเหตุ", en: "Note"),
        ]) { known, _ in known }
        strangers(&registry.routes)
        directors(&registry.routes)
        administrators(&registry.routes)
    }

    /// Those who manage members.
    private static let deciders: SQL = """
        SELECT m.id AS member_id
        FROM members m
        WHERE m.area_id = e.area_id AND m.status = 'enabled' AND \(Permission.members.name) = ANY (m.flags)
        """

    private static func strangers(_ routes: inout Routes) {
        routes.get("/join", Phrase("ลงทะเบียนผู้ใช้งานใหม่", en: "Register"), for: .anyone, use: showJoinForm)
        routes.post(
            "/join", Phrase("ส่งคำขอเข้าใช้งาน", en: "Send a request to join"), for: .anyone, form: "/join",
            use: createJoinRequest)
        routes.get("/password", Phrase("ลืมรหัสผ่าน", en: "Forgotten password"), for: .anyone, use: showForgottenPassword)
        routes.post(
            "/password/links", Phrase("ขอลิงก์ตั้งรหัสผ่าน", en: "Ask for a link"), for: .anyone, form: "/password",
            use: createPasswordLink)
        routes.get(
            "/password/links/:link", Phrase("ตั้งรหัสผ่านใหม่", en: "Choose a new password"), for: .anyone,
            use: showNewPassword)
        routes.post(
            "/password/links/:link", Phrase("ตั้งรหัสผ่านใหม่", en: "Choose a new password"), for: .anyone,
            form: "/password/links/:link", use: savePasswordByLink)
        routes.get(
            "/password/request", Phrase("แบบคำขอเปลี่ยนรหัสผ่าน", en: "Request for a new password"), for: .anyone,
            use: showPasswordRequestForm)
        routes.post(
            "/password/request", Phrase("ส่งคำขอเปลี่ยนรหัสผ่าน", en: "Ask for a new password"), for: .anyone,
            form: "/password/request", use: createPasswordRequest)
        own(&routes)
    }

    /// What somebody who can't sign in sees by a link of theirs.
    private static func own(_ routes: inout Routes) {
        routes.get(
            "/requests/:request", Phrase("ดูคำขอของตนเอง", en: "See one's own request"), for: .anyone, use: showOwnRequest
        )
        routes.get(
            "/requests/:request/form.pdf", Phrase("พิมพ์แบบคำขอ", en: "Print the request form"), for: .anyone,
            use: showRequestPaper)
        routes.post(
            "/requests/:request/signed-copy", Phrase("ส่งสำเนาที่ลงนาม", en: "Send the signed copy"), for: .anyone,
            form: "/requests/:request", bodyLimit: signedCopyLimit + 1_000_000, use: saveSignedCopy)
        routes.post(
            "/requests/:request/withdrawal", Phrase("ถอนคำขอ", en: "Withdraw a request"), for: .anyone,
            use: withdrawRequest)
        routes.get(
            "/endorse/:link", Phrase("ดูคำขอที่ให้รับรอง", en: "See a request to endorse"), for: .anyone,
            use: showEndorsementByLink)
        routes.post(
            "/endorse/:link", Phrase("รับรองคำขอด้วยลิงก์", en: "Endorse a request by a link"), for: .anyone,
            form: "/endorse/:link", use: endorseByLink)
    }

    private static func directors(_ routes: inout Routes) {
        let director = Access.holders(of: .selfAssess)
        routes.get(
            "/endorsements/:request", Phrase("ดูคำขอของหน่วยงาน", en: "See a request of one's unit"), for: director,
            api: APIDescription(answer: AccountRequest.schema), use: showEndorsement)
        routes.post(
            "/endorsements/:request", Phrase("รับรองคำขอของหน่วยงาน", en: "Endorse a request of one's unit"),
            for: director, api: APIDescription(input: EndorsementForm.answer + [EndorsementForm.choice]),
            form: "/endorsements/:request", use: createEndorsement)
    }

    private static func administrators(_ routes: inout Routes) {
        let manager = Access.holders(of: .members)
        let state = FormField("state", Phrase("สถานะ", en: "State"), .text(limit: 20))
        routes.table(
            "/members/requests", Phrase("คำขอเข้าใช้งาน", en: "Requests to join"), for: manager,
            api: APIDescription(queries: [state], answer: .object([("items", .list(AccountRequest.schema))])),
            use: listRequests)
        let path = "/members/requests/:request"
        routes.get(
            path, Phrase("ดูคำขอ", en: "See a request"), for: manager,
            api: APIDescription(answer: AccountRequest.schema), use: showRequestForDecision)
        routes.get(
            "\(path)/signed-copy", Phrase("ดูสำเนาที่ลงนาม", en: "See a signed copy"), for: manager,
            use: showSignedCopy)
        routes.post(
            "\(path)/approval", Phrase("อนุมัติคำขอ", en: "Approve a request"), for: manager,
            api: APIDescription(input: JoinApprovalForm.api, answer: .object([("id", .number)])), form: path,
            use: approveJoinRequest)
        routes.post(
            "\(path)/password", Phrase("ออกรหัสผ่านชั่วคราวตามคำขอ", en: "Give the password asked for"), for: manager,
            api: APIDescription(
                input: PasswordApproval.fields, answer: .object([("id", .number), ("password", .text)])),
            form: path, use: approvePasswordRequest)
        routes.post(
            "\(path)/refusal", Phrase("ไม่อนุมัติคำขอ", en: "Refuse a request"), for: manager,
            api: APIDescription(input: requestRefusalFields), form: path, use: refuseRequest)
        routes.post(
            "\(path)/endorsement-links", Phrase("ทำลิงก์ให้ผู้อำนวยการ", en: "Make a link for a director"), for: manager,
            use: createEndorsementLink)
    }
}
