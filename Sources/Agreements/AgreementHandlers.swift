import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Rounds
import Runtime
import Secrets

enum AgreementForm {
    /// What both sides promise unless the area writes it otherwise.
    static let usualTerms = """
        ผู้รับคำรับรองและผู้ให้คำรับรองได้ร่วมกันพิจารณาตัวชี้วัด น้ำหนัก และค่าเป้าหมายตามตารางแนบท้ายแล้ว และเห็นพ้องกัน
        ผู้ให้คำรับรองจะปฏิบัติราชการให้เกิดผลตามเป้าหมายของตัวชี้วัดแต่ละตัวในระดับสูงสุด ภายในปีงบประมาณนี้
        ผู้รับคำรับรองจะสนับสนุน กำกับ และติดตามผลการปฏิบัติราชการตามคำรับรองนี้
        """

    static let made: [FormField] = [
        FormField("framework", Phrase("ชุดตัวชี้วัด", en: "Framework"), .number(1...Int.max), required: true),
        FormField("terms", Phrase("ข้อตกลง", en: "Terms"), .longText(limit: 4000), required: true),
    ]
    static let signed = [
        FormField("current", Phrase("รหัสผ่านของท่าน", en: "Your password"), .password, required: true)
    ]
    static let cancelled = [
        FormField("reason", Phrase("เหตุผลที่ยกเลิก", en: "Why it is cancelled"), .longText(limit: 400), required: true)
    ]
}

func listAgreements(_ context: Context) async throws -> Outcome {
    let (visit, agreements) = try await context.page(.agreements(in: context.year, of: context.area.id))
    return .page(
        AgreementsPage(visit: visit, agreements: agreements), visit, json: ["items": .array(agreements.map(\.json))])
}

func showNewAgreements(_ context: Context) async throws -> Outcome {
    let wanted = context.rejection?.fields["framework"] ?? context.request.query["framework"]
    let chosen = wanted.flatMap { Int($0) } ?? 0
    let (visit, frameworks, offers) = try await context.page(
        .agreedFrameworks(in: context.year, of: context.area.id), .offers(onFramework: chosen, of: context.area.id))
    let page = NewAgreementsPage(
        visit: visit, frameworks: frameworks, chosen: frameworks.first { $0.id == chosen }, offers: offers)
    return .page(page, visit)
}

/// Lays an agreement before each unit that was ticked: its indicators, weights and targets as they are now.
func createAgreements(_ context: Context) async throws -> Outcome {
    var draft = FormDraft(AgreementForm.made, context.form.fields)
    let units = Set(context.form.fields.values(of: "units"))
    if units.isEmpty { draft.refuse("units", Phrase("เลือกอย่างน้อยหนึ่งหน่วยงาน", en: "Choose at least one unit")) }
    try draft.check()
    let (framework, terms) = (draft.number("framework"), draft["terms"])
    let count = try await context.deed { deed in
        try await Rounds.requireOpen(context.year, deed)
        let frameworks = try await deed.run(.agreedFrameworks(in: context.year, of: deed.area))
        guard let chosen = frameworks.first(where: { $0.id == framework }) else { throw Refusal.notFound }
        let last = try await deed.run(.lastAgreement(in: context.year, of: deed.area))
        let offers = try await deed.run(.offers(onFramework: framework, of: deed.area)).filter {
            units.contains("\($0.unit)")
        }
        guard offers.count == units.count else { throw Refusal.outdated }
        for (place, offer) in offers.enumerated() {
            let content = AgreementContent(
                number: last + place + 1, year: context.year, areaName: context.area.name, unitName: offer.unitName,
                frameworkName: chosen.name, terms: terms, items: offer.items)
            _ = try await deed.run(
                .insert(content, with: offer.unit, onFramework: framework, in: deed.area, at: deed.now))
        }
        try await deed.record(
            .agreementsMade, on: "framework/\(framework)", named: chosen.shortName,
            after: ["agreements": JSON(offers.count), "year": JSON(context.year.number)])
        return offers.count
    }
    return .done(
        "/agreements", says: Phrase("ทำคำรับรอง \(count) ฉบับแล้ว", en: "\(count) agreements are made"),
        json: ["made": JSON(count)], made: true)
}

func showAgreement(_ context: Context) async throws -> Outcome {
    let (visit, agreement) = try await context.page(.agreement(context.identifier("agreement"), in: context.area.id))
    guard let agreement else { throw Refusal.notFound }
    let page = AgreementPage(visit: visit, agreement: agreement, baseURL: context.platform.baseURL)
    return .page(page, visit, json: agreement.json)
}

func printAgreement(_ context: Context) async throws -> Outcome {
    let (visit, agreement) = try await context.page(.agreement(context.identifier("agreement"), in: context.area.id))
    guard let agreement else { throw Refusal.notFound }
    let paper = AgreementPaper(agreement: agreement, language: visit.language, baseURL: context.platform.baseURL)
    return try await context.paper(paper.facts, named: "agreement-\(agreement.year.number)-\(agreement.number)") {
        $0.write(paper.parts)
    }
}

extension Viewer {
    /// For which side they sign, if for any: in the area's name, or in their own unit's.
    func side(of agreement: Agreement) -> Agreement.Side? {
        if permissions.contains(.selfAssess), unit == agreement.unit { return .unit }
        return permissions.contains(.reply) ? .area : nil
    }

    fileprivate func signature(at now: Instant) -> Agreement.Signature {
        Agreement.Signature(at: now, name: name, position: position, actingFor: acting?.name ?? "")
    }
}

/// With the password once more: a session left open signs nothing.
func signAgreement(_ context: Context) async throws -> Outcome {
    let id: AgreementID = try context.identifier("agreement")
    try await context.requirePassword()
    let agreement = try await context.deed { deed in
        let agreement = try await deed.find(.agreementForUpdate(id, in: deed.area))
        try await sign(agreement, deed)
        return agreement
    }
    return .done(
        agreement.path,
        says: Phrase("ลงนามคำรับรองเลขที่ \(agreement.name) แล้ว", en: "Agreement \(agreement.name) is signed"))
}

/// All that wait for the area, with one password.
func signAgreements(_ context: Context) async throws -> Outcome {
    let chosen = context.form.fields.values(of: "agreements").compactMap { AgreementID(sqlText: $0) }
    guard !chosen.isEmpty else {
        throw Refusal.invalid("agreements", Phrase("เลือกอย่างน้อยหนึ่งฉบับ", en: "Choose at least one"))
    }
    try await context.requirePassword()
    try await context.deed { deed in
        for id in chosen.sorted(by: { $0.rawValue < $1.rawValue }) {
            try await sign(try await deed.find(.agreementForUpdate(id, in: deed.area)), deed)
        }
    }
    return .done(
        "/agreements", says: Phrase("ลงนาม \(chosen.count) ฉบับแล้ว", en: "\(chosen.count) agreements are signed"),
        json: ["signed": JSON(chosen.count)])
}

private func sign(_ agreement: Agreement, _ deed: Deed) async throws {
    guard let viewer = deed.viewer, let side = viewer.side(of: agreement) else { throw Refusal.forbidden(.reply) }
    guard agreement.isIntact else { throw Refusal.conflict(.agreementIsBroken) }
    if agreement.cancelled != nil { throw Refusal.conflict(.agreementIsCancelled) }
    if let signed = agreement.signature(of: side) {
        throw Refusal.conflict(signed.signer + Phrase(" ลงนามไปแล้ว", en: " has signed already"))
    }
    let signature = viewer.signature(at: deed.now)
    let count = try await deed.run(.sign(agreement.id, for: side, signature, by: viewer.member, in: deed.area))
    guard count == 1 else { throw Refusal.outdated }
    try await deed.record(
        .agreementSigned, on: agreement.subject, named: agreement.name,
        after: ["side": .text(side.rawValue), "sha256": .text(agreement.digest.hexadecimal)])
}

/// It stays on the record, with why; another can be made.
func cancelAgreement(_ context: Context) async throws -> Outcome {
    let id: AgreementID = try context.identifier("agreement")
    let draft = FormDraft(AgreementForm.cancelled, context.form.fields)
    try draft.check()
    let agreement = try await context.deed { deed in
        let agreement = try await deed.find(.agreementForUpdate(id, in: deed.area))
        if agreement.cancelled != nil { throw Refusal.conflict(.agreementIsCancelled) }
        _ = try await deed.run(
            .cancel(id, by: deed.viewer?.name ?? "", because: draft["reason"], in: deed.area, at: deed.now))
        try await deed.record(
            .agreementCancelled, on: agreement.subject, named: agreement.name,
            after: ["reason": .text(draft["reason"])])
        return agreement
    }
    return .done(agreement.path, says: Phrase("ยกเลิกแล้ว", en: "Cancelled"))
}

/// For anybody who holds the paper.
func verifyAgreement(_ context: Context) async throws -> Outcome {
    let parts = (context.request.parameters["key"] ?? "").split(separator: "-")
    guard parts.count == 3, let year = Int(parts[0]), let number = Int(parts[1]) else { throw Refusal.notFound }
    let (visit, agreement) = try await context.page(.agreement(year, number, in: context.area.id))
    guard let agreement, agreement.key == context.request.parameters["key"] else { throw Refusal.notFound }
    return .page(
        AgreementVerificationPage(visit: visit, agreement: agreement, baseURL: context.platform.baseURL), visit)
}

extension Phrase {
    fileprivate static let agreementIsCancelled = Phrase("คำรับรองนี้ยกเลิกแล้ว", en: "This agreement is cancelled")
    fileprivate static let agreementIsBroken = Phrase(
        "เนื้อหาไม่ตรงกับรหัสที่บันทึกไว้ แจ้งผู้ดูแลระบบ", en: "The content is not what was hashed; tell the administrator")
}
