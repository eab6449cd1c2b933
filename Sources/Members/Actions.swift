import HTML
import Kernel

/// What the record says of members.
extension Action {
    static let ofMembers: [Action] = [
        signedIn, signedOut, sessionsEnded, memberAdded, memberSaved, memberEnabled, memberDisabled, flagGranted,
        flagTaken, passwordChanged, passwordReset, roleAdded, roleSaved, roleRemoved, roleApplied, actingNamed,
        actingEnded, actingBegun, seeingBegun, tokenMade, tokenRevoked, joinRequested, passwordRequested,
        requestSigned, requestEndorsed, requestNotEndorsed, joinApproved, requestRefused, requestWithdrawn,
        endorsementLinkMade, factorSet, factorRemoved, recoveryCodesMade, factorRuleSaved, memberInvited,
        invitationAccepted, memberMoved, identityLinked, identityUnlinked, providerSaved, providerRemoved,
    ]

    static let signedIn = Action("member.signed-in", Phrase("เข้าสู่ระบบ", en: "Signed in"))
    static let signedOut = Action("member.signed-out", Phrase("ออกจากระบบ", en: "Signed out"))
    static let sessionsEnded = Action("member.sessions-ended", Phrase("ออกจากระบบเครื่องอื่น", en: "Signed out elsewhere"))
    static let memberAdded = Action("member.added", Phrase("เพิ่มผู้ใช้งาน", en: "Member added"))
    static let memberSaved = Action("member.saved", Phrase("แก้ไขผู้ใช้งาน", en: "Member changed"))
    static let memberEnabled = Action("member.enabled", Phrase("เปิดใช้บัญชี", en: "Account enabled"))
    static let memberDisabled = Action("member.disabled", Phrase("ระงับบัญชี", en: "Account disabled"))
    static let flagGranted = Action("flag.granted", Phrase("ให้สิทธิ์", en: "Flag given"))
    static let flagTaken = Action("flag.taken", Phrase("เอาสิทธิ์ออก", en: "Flag taken"))
    static let passwordChanged = Action("password.changed", Phrase("เปลี่ยนรหัสผ่าน", en: "Password changed"))
    static let passwordReset = Action("password.reset", Phrase("ออกรหัสผ่านชั่วคราว", en: "Temporary password given"))
    static let roleAdded = Action("role.added", Phrase("เพิ่มบทบาท", en: "Role added"))
    static let roleSaved = Action("role.saved", Phrase("แก้ไขบทบาท", en: "Role changed"))
    static let roleRemoved = Action("role.removed", Phrase("ลบบทบาท", en: "Role removed"))
    static let roleApplied = Action("role.applied", Phrase("ให้บทบาท", en: "Role given"))
    static let actingNamed = Action("acting.named", Phrase("ตั้งผู้รักษาการแทน", en: "Acting person named"))
    static let actingEnded = Action("acting.ended", Phrase("สิ้นสุดการรักษาการแทน", en: "Acting ended"))
    static let actingBegun = Action("acting.begun", Phrase("เริ่มทำแทน", en: "Acting begun"))
    static let seeingBegun = Action("member.seen-as", Phrase("ดูในมุมมองของผู้อื่น", en: "Site seen as another"))
    static let tokenMade = Action("token.made", Phrase("สร้างกุญแจ API", en: "API key made"))
    static let tokenRevoked = Action("token.revoked", Phrase("ยกเลิกกุญแจ API", en: "API key revoked"))
    static let joinRequested = Action("join.requested", Phrase("ขอเข้าใช้งาน", en: "Asked to join"))
    static let requestSigned = Action("request.signed", Phrase("ส่งสำเนาคำขอที่ลงนาม", en: "Signed request sent"))
    static let requestEndorsed = Action("request.endorsed", Phrase("รับรองคำขอ", en: "Request endorsed"))
    static let requestNotEndorsed = Action("request.not-endorsed", Phrase("ไม่รับรองคำขอ", en: "Request not endorsed"))
    static let passwordRequested = Action("password.requested", Phrase("ขอเปลี่ยนรหัสผ่าน", en: "New password asked for"))
    static let joinApproved = Action("join.approved", Phrase("อนุมัติคำขอเข้าใช้งาน", en: "Request approved"))
    static let requestRefused = Action("request.refused", Phrase("ไม่อนุมัติคำขอเข้าใช้งาน", en: "Request refused"))
    static let requestWithdrawn = Action("request.withdrawn", Phrase("ถอนคำขอเข้าใช้งาน", en: "Request withdrawn"))
    static let endorsementLinkMade = Action(
        "request.link-made", Phrase("ทำลิงก์ให้ผู้อำนวยการ", en: "Link for a director made"))
    static let factorSet = Action("factor.set", Phrase("เปิดการยืนยันสองชั้น", en: "Second factor turned on"))
    static let factorRemoved = Action("factor.removed", Phrase("ปิดการยืนยันสองชั้น", en: "Second factor turned off"))
    static let recoveryCodesMade = Action("factor.codes", Phrase("ออกรหัสสำรองชุดใหม่", en: "Recovery codes made"))
    static let factorRuleSaved = Action(
        "factor.rule", Phrase("กำหนดสิทธิ์ที่ต้องยืนยันสองชั้น", en: "Flags that need a second factor changed"))
    static let memberInvited = Action("member.invited", Phrase("เชิญผู้ใช้งาน", en: "Member invited"))
    static let invitationAccepted = Action("member.came", Phrase("ตอบรับคำเชิญ", en: "Invitation accepted"))
    static let identityLinked = Action("identity.linked", Phrase("ผูกบัญชีอื่น", en: "Account elsewhere linked"))
    static let identityUnlinked = Action(
        "identity.unlinked", Phrase("ยกเลิกการผูกบัญชีอื่น", en: "Account elsewhere unlinked"))
    static let providerSaved = Action(
        "provider.saved", Phrase("ตั้งผู้ให้บริการเข้าสู่ระบบ", en: "Sign-in provider set"))
    static let providerRemoved = Action(
        "provider.removed", Phrase("เลิกใช้ผู้ให้บริการเข้าสู่ระบบ", en: "Sign-in provider removed"))
    static let memberMoved = Action("member.moved", Phrase("ย้ายหน่วยงาน", en: "Moved to another unit"))
}
