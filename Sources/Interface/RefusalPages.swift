package import HTML
import Kernel

/// What a person sees who can't be given what was asked.
package struct RefusalPage: NarrowPage {
    package var status: Int
    package var title: Phrase
    private let icon: String
    package var meaning: Phrase
    private let home: String
    /// By which the operator finds the log's lines.
    private let reference: String?

    package init(
        _ status: Int, _ icon: String, _ title: Phrase, _ meaning: Phrase, home: String, reference: String? = nil
    ) {
        self.status = status
        self.icon = icon
        self.title = title
        self.meaning = meaning
        self.home = home
        self.reference = reference
    }

    package static func notFound(home: String) -> RefusalPage {
        RefusalPage(
            404, "map", Phrase("ไม่พบหน้านี้", en: "Page not found"),
            Phrase(
                "ที่อยู่อาจพิมพ์ผิด หน้าอาจถูกย้าย หรือบัญชีนี้ไม่มีสิทธิ์เห็น",
                en: "The address may be mistyped, the page may have moved, or this account may not see it."),
            home: home)
    }

    package static func unavailable(home: String, reference: String?) -> RefusalPage {
        RefusalPage(
            503, "tools", Phrase("ระบบหยุดให้บริการชั่วคราว", en: "Out of service for a moment"),
            Phrase(
                "สิ่งที่บันทึกไว้ไม่หาย ลองอีกครั้งในอีกสักครู่", en: "What was saved is safe. Try again shortly."),
            home: home, reference: reference)
    }

    package static func fault(home: String, reference: String?) -> RefusalPage {
        RefusalPage(
            500, "tools", Phrase("ระบบทำรายการนี้ไม่สำเร็จ", en: "We could not do this"),
            Phrase(
                "เป็นข้อผิดพลาดของระบบ ไม่ใช่ของท่าน ยังไม่มีอะไรถูกบันทึก",
                en: "The fault is ours, not yours. Nothing was saved."),
            home: home, reference: reference)
    }

    package func write(to html: HTML) {
        html.div(.className("panel none")) {
            html.icon(icon)
            html.h1(.className("mt-2 fs-5"), text: title)
            html.p(text: meaning)
            html.div(.className("acts justify-content-center")) {
                html.action(home, Phrase("กลับหน้าแรก", en: "Home"), primary: true)
            }
        }
        html.p(.className("small dim text-center")) {
            Phrase("รหัส \(status)", en: "Code \(status)").write(to: html)
            if let reference {
                html.text(" · ")
                Phrase("อ้างอิง \(reference)", en: "Reference \(reference)").write(to: html)
            }
        }
    }
}
