import HTML
import HTTP
import Interface
import Kernel
import Secrets

/// The other programs that an area's news are sent to.
struct WebHooksPage: NarrowPage {
    let visit: Visit
    let hooks: [WebHook]
    let news: [Action]
    let key: SecretKey

    var title: Phrase { Phrase("ส่งแจ้งเตือนไปโปรแกรมอื่น", en: "Notices to other programs") }

    func write(to html: HTML) {
        html.head(
            title,
            Phrase(
                "เช่น กลุ่ม LINE ของเขตผ่านโปรแกรมเชื่อมต่อ หรือหน้าจอสรุปของกลุ่มงาน (web hook)",
                en: "Such as the area's LINE group by way of a connector, or a group's dashboard (web hooks)")
        ) {
            html.action(visit.link("/settings"), Phrase("ตั้งค่า", en: "Settings"), icon: "gear")
        }
        for hook in hooks { section(html, hook) }
        adding(html)
        format(html)
    }

    private func section(_ html: HTML, _ hook: WebHook) {
        html.section(.className("panel")) {
            html.h2(.className("text-break"), text: hook.address)
            state(html, hook)
            html.p(
                .className("dim mt-2"),
                text: news.filter { hook.actions.contains($0.name) }.map(\.phrase).joined(separator: " · "))
            html.details(.className("mb-3")) {
                html.summary {
                    Phrase("กุญแจตรวจลายเซ็น", en: "Key of the signature").write(to: html)
                    html.text(" ")
                    html.icon("caret")
                }
                html.code(.className("text-break"), text: hook.key(in: visit.area.id, from: key))
            }
            html.div(.className("acts")) {
                let path = "/settings/hooks/\(hook.id)"
                html.deedButton("\(path)/trial", Phrase("ลองส่ง", en: "Try it"), icon: "sent", visit)
                html.deedButton("\(path)/key", Phrase("เปลี่ยนกุญแจ", en: "Change the key"), icon: "key", visit)
                html.deedButton("\(path)/removal", Phrase("เอาออก", en: "Remove"), icon: "trash", bad: true, visit)
            }
        }
    }

    private func state(_ html: HTML, _ hook: WebHook) {
        if let since = hook.failingSince {
            html.state(.bad, "warn", Phrase("ส่งไม่สำเร็จตั้งแต่ ", en: "Failing since ") + since.inShort)
            html.p(.className("mb-0"), text: hook.failure?.phrase ?? Phrase(same: ""))
        } else if let at = hook.deliveredAt {
            html.state(.ok, "check", Phrase("รับล่าสุด ", en: "Last taken ") + at.inShort)
        } else {
            html.state(.off, "pause", Phrase("ยังไม่มีเรื่องที่ส่ง", en: "Nothing sent yet"))
        }
    }

    private func adding(_ html: HTML) {
        html.form(to: "/settings/hooks", visit, .className("panel")) {
            html.h2(text: Phrase("เพิ่มปลายทาง", en: "Add one"))
            var values = Fields()
            for action in news { values.add("actions", action.name) }
            let form = FormWriter(html, WebHook.fields(news), values: values, visit)
            form.problemNote()
            form.all()
            html.div(.className("acts")) { html.submit(Phrase("เพิ่มปลายทาง", en: "Add")) }
        }
    }

    private func format(_ html: HTML) {
        html.details(.className("panel")) {
            html.summary(.className("medium")) {
                Phrase("สำหรับผู้เขียนโปรแกรมปลายทาง", en: "For who writes the other program").write(to: html)
                html.text(" ")
                html.icon("caret")
            }
            html.p(
                .className("mt-3"),
                text: Phrase(
                    "แต่ละข้อความเป็น JSON ทาง POST: area และ events ซึ่งแต่ละเรื่องมี number, action, words, subject, who, detail, at, link และ to (ผู้ที่เกี่ยวข้องซึ่งไม่ได้ขอให้ไม่ส่งชื่อ) ตอบ 200 ถึง 299 คือรับแล้ว นอกนั้นส่งใหม่ เว้นช่วงนานขึ้นทุกครั้ง เรื่องหนึ่งอาจมาถึงสองครั้งโดย number เดิม",
                    en:
                        "Each message is JSON by POST: area, and events, each with number, action, words, subject, who, detail, at, link and to (whom it concerns, save those who asked not to be named). An answer from 200 to 299 means taken; else it comes again, later each time. An event may come twice, under the same number."
                ))
            html.p(
                .className("mb-0"),
                text: Phrase(
                    "หัวข้อ X-Rabrong-Signature คือ t=วินาที,v1=เลขฐานสิบหก โดย v1 เป็น HMAC-SHA-256 ของ “วินาที.เนื้อความ” ด้วยกุญแจข้างบน ข้อความที่เก่าเกินห้านาทีไม่ควรรับ",
                    en:
                        "The header X-Rabrong-Signature is t=SECONDS,v1=HEX, where v1 is the HMAC-SHA-256 of “SECONDS.BODY” with the key above. What is older than five minutes should not be taken."
                ))
        }
    }
}

extension [Phrase] {
    fileprivate func joined(separator: String) -> Phrase {
        guard let first else { return Phrase(same: "") }
        return dropFirst().reduce(first) { $0 + Phrase(same: separator) + $1 }
    }
}
