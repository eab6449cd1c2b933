import Documents
import HTML
import Interface
import Kernel
import Runtime

/// The ministry's form for what is requested, filled in, for the director's signature.
struct RequestPaper: Sendable {
    let request: AccountRequest
    let citizen: CitizenNumber
    let area: Area
    let phone: String

    var facts: PaperFacts {
        PaperFacts(
            title: "\(title) \(request.name)", author: area.name, language: "th", madeAt: request.createdAt,
            textSize: 14,
            footer: "คำขอเลขที่ \(thaiDigits("\(request.id)")) · \(area.shortName)")
    }

    private var title: String {
        let what =
            request.kind == .join
            ? "แบบคำขอรับสิทธิ์การใช้งานระบบสารสนเทศ" : "แบบคำขอเปลี่ยนรหัสการใช้งานระบบสารสนเทศ"
        return "\(what) (\(request.isOfSchool ? "ระดับโรงเรียน" : "ระดับสำนักงาน"))"
    }

    func write(to paper: Paper) {
        paper.title([title, area.name])
        person(paper)
        switch request.kind {
        case .join:
            duty(paper)
            promise(paper)
        case .password: newPassword(paper)
        }
        paper.columns(
            [
                PaperSignature(role: Phrase("ผู้ขอ", en: "who asks"), name: request.name, position: request.position),
                PaperSignature(role: Phrase("ผู้รับรอง", en: "who endorses"), position: "(ผอ./รองผอ./รักษาการ)"),
            ].map { $0.lines(in: .thai) })
        office(paper)
    }

    private func person(_ paper: Paper) {
        paper.heading("ข้อมูลผู้ใช้งาน")
        paper.blanks([.init("หมายเลขบัตรประจำตัวประชาชน", thaiDigits(citizen.grouped))])
        paper.blanks([
            .init("คำนำหน้า", request.title), .init("ชื่อ", request.firstName, share: 2),
            .init("นามสกุล", request.lastName, share: 3),
        ])
        paper.blanks([
            .init("Title", request.titleInEnglish), .init("Name", request.firstNameInEnglish, share: 2),
            .init("Surname", request.lastNameInEnglish, share: 3),
        ])
        if request.kind == .join {
            paper.choices(Employment.known.map { ($0.phrase.thai, $0 == request.employment) })
            paper.blanks([.init("ตำแหน่ง", request.position), .init("อีเมล", request.email ?? "–")])
        } else {
            paper.blanks([.init("ตำแหน่ง", request.position)])
        }
        paper.blanks([
            .init("โทรศัพท์ที่ทำงาน", thaiDigits(request.phone.isEmpty ? "–" : request.phone)),
            .init("โทรศัพท์มือถือ", thaiDigits(request.mobile)),
        ])
        paper.blanks([.init(request.isOfSchool ? "โรงเรียน" : "กลุ่ม/หน่วย", request.unitName)])
    }

    private func duty(_ paper: Paper) {
        paper.heading("สิทธิที่ขอ")
        paper.choices(
            [
                ("เจ้าหน้าที่ที่เพิ่มใหม่", request.replaces.isEmpty),
                ("เพื่อทดแทนผู้เคยปฏิบัติหน้าที่", !request.replaces.isEmpty),
            ])
        if !request.replaces.isEmpty {
            paper.blanks([
                .init("ชื่อผู้เคยปฏิบัติหน้าที่", request.replaces, share: 2),
                .init("เนื่องจาก", request.reasonToReplace?.thai ?? ""),
            ])
        }
        paper.choices([("ระบบรายงานและรับรองตัวชี้วัด (รับรอง)", true)])
        paper.blanks([.init("ชื่อผู้ใช้ที่ขอ", request.username)])
    }

    private func newPassword(_ paper: Paper) {
        paper.heading("คำขอ")
        paper.choices([("ระบบรายงานและรับรองตัวชี้วัด (รับรอง)", true)])
        paper.blanks([.init("ชื่อผู้ใช้", request.username)])
        paper.heading("เหตุผลความจำเป็น")
        paper.choices(PasswordForm.reasons.map { ($0.label.thai, $0.value == request.reason) })
        paper.heading("ช่องทางการจัดส่งรหัสผ่านใหม่")
        paper.choices(PasswordForm.channels.map { ($0.label.thai, $0.value == request.channel) })
        paper.blanks([.init("ไอดีไลน์หรืออีเมล", request.channelAddress)])
        paper.text("เมื่อได้รับรหัสผ่านชั่วคราวแล้ว ข้าพเจ้าจะตั้งรหัสผ่านของตนเองทันทีที่เข้าสู่ระบบ")
    }

    private func promise(_ paper: Paper) {
        paper.heading("คำรับรองของผู้ขอ")
        paper.text("ข้าพเจ้ายืนยันว่าข้อมูลข้างต้นถูกต้อง และจะถือปฏิบัติดังนี้")
        paper.list([
            "เก็บรักษารหัสผ่านไว้กับตน ไม่เปิดเผยแก่ผู้ใด",
            "ใช้บัญชีด้วยตนเอง หากให้ผู้อื่นใช้แทน ยอมรับผิดชอบผลที่เกิดขึ้น",
            "รับผิดชอบต่อข้อมูลที่บันทึก รวมถึงกรณีที่ไม่ตรงกับความเป็นจริง",
            "ปฏิบัติตามกฎหมายว่าด้วยคอมพิวเตอร์ และระเบียบที่เกี่ยวข้อง",
        ])
    }

    private func office(_ paper: Paper) {
        paper.space(4)
        paper.heading("สำหรับเจ้าหน้าที่ \(area.shortName)")
        let isJoin = request.kind == .join
        paper.blanks([
            .init(isJoin ? "วันที่อนุมัติสิทธิในระบบ" : "วันที่เปลี่ยนรหัสผ่าน", " "),
            .init(isJoin ? "ลงนามผู้อนุมัติ" : "ลงนามผู้ดำเนินการ", " "),
        ])
        if !phone.isEmpty { paper.small(Passage("สอบถามเพิ่มเติม โทร. \(thaiDigits(phone))")) }
    }
}
