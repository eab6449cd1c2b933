import Documents
import HTML
import HTTP
import Interface
import Kernel
import Secrets

/// A member's second factor: none yet, being set up, or in use.
struct SecondFactorPage: NarrowPage {
    let visit: Visit
    let viewer: Viewer
    let isOn: Bool
    /// While it is set up.
    let secret: [UInt8]?
    let codesLeft: Int

    var title: Phrase { Phrase("การยืนยันสองชั้น", en: "Second factor") }

    func write(to html: HTML) {
        html.head(title, Phrase(same: viewer.name))
        if viewer.mustSetSecondFactor {
            html.note(
                .wait, "shield", Phrase("ตั้งค่าก่อนใช้งาน", en: "Set it up first"),
                Phrase("สิทธิ์ที่ท่านมีต้องใช้การยืนยันสองชั้น", en: "The flags you hold need it."))
        }
        if isOn {
            inUse(html)
        } else if let secret {
            setUp(html, secret)
        } else {
            offer(html)
        }
    }

    private func offer(_ html: HTML) {
        html.section(.className("panel")) {
            html.h2(text: Phrase("ยังไม่ได้ใช้", en: "Not in use"))
            html.p(
                text: Phrase(
                    "เมื่อเปิดใช้ การเข้าสู่ระบบจะถามรหัส 6 หลักจากแอปยืนยันตัวตนในโทรศัพท์ นอกจากรหัสผ่าน",
                    en:
                        "Once on, signing in asks for a code of six digits from an authenticator app, besides the password."
                ))
            html.deedButton("/account/second-factor", Phrase("เริ่มตั้งค่า", en: "Set it up"), icon: "shield", visit)
        }
    }

    private func setUp(_ html: HTML, _ secret: [UInt8]) {
        html.section(.className("panel")) {
            html.h2(text: Phrase("1. เพิ่มบัญชีในแอปยืนยันตัวตน", en: "1. Add the account to the app"))
            html.p(
                text: Phrase(
                    "สแกนด้วยแอป เช่น Google Authenticator หรือพิมพ์คีย์",
                    en: "Scan it with an app such as Google Authenticator, or type the key."))
            if let code = QRCode(address(secret.base32)) {
                html.qr(code, Phrase("คีย์ของบัญชี", en: "The account's key"))
            }
            html.p(.className("text-break user-select-all mt-3")) {
                html.code(.id("factor-key"), text: secret.base32)
            }
        }
        html.form(to: "/account/second-factor/confirmation", visit, .className("panel")) {
            html.h2(text: Phrase("2. ใส่รหัสที่แอปแสดง", en: "2. Enter the code that it shows"))
            codeForm(html)
            html.div(.className("acts")) { html.submit(Phrase("เปิดใช้", en: "Turn it on")) }
        }
    }

    /// As authenticator apps take it from a picture.
    private func address(_ key: String) -> String {
        let issuer = "Rabrong%20\(visit.area.code)"
        return "otpauth://totp/\(issuer):\(percentEncoded(viewer.name))?secret=\(key)&issuer=\(issuer)"
    }

    private func inUse(_ html: HTML) {
        html.section(.className("panel")) {
            html.p { html.state(.ok, "check", Phrase("ใช้อยู่", en: "In use")) }
            html.p(
                .className("mb-0"),
                text: Phrase("เหลือรหัสสำรอง \(codesLeft) รหัส", en: "\(codesLeft) recovery codes are left"))
        }
        change(
            html, "/account/second-factor/codes", Phrase("ออกรหัสสำรองชุดใหม่", en: "Make new recovery codes"), isBad: false
        )
        change(html, "/account/second-factor/removal", Phrase("ปิดการยืนยันสองชั้น", en: "Turn it off"), isBad: true)
    }

    private func change(_ html: HTML, _ path: String, _ label: Phrase, isBad: Bool) {
        html.form(to: path, visit, .className("panel")) {
            html.h2(text: label)
            codeForm(html, mark: isBad ? "-off" : "-new")
            html.button(.className("btn btn-quiet"), .className("bad").when(isBad), text: label)
        }
    }

    private func codeForm(_ html: HTML, mark: String = "") {
        let form = FormWriter(html, codeFields, visit, markedBy: mark)
        form.problemNote()
        form.all()
    }
}

/// The one time that recovery codes are shown.
struct RecoveryCodesPage: NarrowPage {
    let visit: Visit
    let codes: [String]

    var title: Phrase { Phrase("รหัสสำรอง", en: "Recovery codes") }

    func write(to html: HTML) {
        html.head(title)
        html.section(.className("panel")) {
            html.note(
                .wait, "warn", Phrase("แสดงครั้งเดียว", en: "Shown this once"),
                Phrase(
                    "พิมพ์หรือจดเก็บไว้ ใช้แทนรหัสจากโทรศัพท์ได้รหัสละครั้ง",
                    en: "Print or write them down: each stands in once for the telephone."))
            html.ol(.className("mt-3"), .id("recovery-codes")) {
                for code in codes { html.li { html.code(text: code) } }
            }
            html.div(.className("acts")) {
                html.action(visit.link("/"), Phrase("เสร็จแล้ว", en: "Done"), primary: true)
            }
        }
    }
}

/// The second step of signing in.
struct CodePage: NarrowPage {
    let visit: Visit
    let next: String

    var title: Phrase { Phrase("ยืนยันตัวตน", en: "One more step") }

    func write(to html: HTML) {
        html.head(title, Phrase(same: visit.area.name))
        html.form(to: "/sign-in/code", visit, .className("panel")) {
            let form = FormWriter(html, codeFields, visit)
            form.problemNote()
            html.input(.type("hidden"), .name("next"), .value(visit.rejection?.fields["next"] ?? next))
            form.all()
            html.div(.className("acts")) {
                html.submit(Phrase("เข้าสู่ระบบ", en: "Sign in"))
                html.action(visit.link("/sign-in"), Phrase("กลับ", en: "Back"))
            }
            html.p(
                .className("dim mt-3 mb-0"),
                text: Phrase(
                    "โทรศัพท์หายและไม่มีรหัสสำรอง ติดต่อผู้ดูแลระบบของเขต",
                    en: "Without telephone and recovery codes, ask the area's administrator."))
        }
    }
}
