import HTML
import HTTP
import Interface
import Kernel

struct AreaSettingsPage: NarrowPage {
    let visit: Visit
    let settings: AreaSettings
    let space: FileSpace

    var title: Phrase {
        visit.area.id == Area.central
            ? Phrase("ตั้งค่าส่วนกลาง", en: "Central office settings") : Phrase("ตั้งค่าเขต", en: "Area settings")
    }

    func write(to html: HTML) {
        html.head(title, Phrase(same: visit.area.name)) {
            html.action(
                visit.link("/settings/second-factor"), Phrase("การยืนยันสองชั้น", en: "Second factor"), icon: "shield")
            html.action(
                visit.link("/settings/hooks"), Phrase("ส่งแจ้งเตือนไปโปรแกรมอื่น", en: "Notices to other programs"),
                icon: "sent")
        }
        html.form(to: "/settings", visit, .className("panel")) {
            let form = FormWriter(html, AreaSettings.fields, values: values, visit)
            form.problemNote()
            html.input(.type("hidden"), .name("version"), .value(String(settings.version)))
            form.all()
            html.div(.className("acts")) { html.submit(Phrase("บันทึกการตั้งค่า", en: "Save settings")) }
        }
        logoForm(html)
        html.section(.className("panel"), .id("space")) {
            html.h2(text: Phrase("พื้นที่เก็บไฟล์", en: "File space"))
            html.p {
                if space.isNearlyFull { html.state(.wait, "warn", Phrase("ใกล้เต็ม", en: "Nearly full")) }
                html.text(" ")
                space.phrase.write(to: html)
            }
            html.p(
                .className("dim mb-0"),
                text: Phrase(
                    "ไฟล์เดียวกันที่ใช้หลายที่นับครั้งเดียว ขอพื้นที่เพิ่มได้จากผู้ดูแลระบบส่วนกลาง",
                    en: "A file used in many places counts once. The platform's operator can give more."))
        }
    }

    private var values: Fields {
        Fields([
            "hue": String(settings.hue), "digits": settings.digits.rawValue, "phone": settings.phone,
            "email": settings.email, "office-hours": settings.officeHours, "address": settings.address,
            "welcome": settings.welcome, "joining": settings.joining, "host": settings.host ?? "",
        ])
    }

    private func logoForm(_ html: HTML) {
        html.section(.className("panel")) {
            html.h2(text: Phrase("ตราของเขต", en: "Logo"))
            html.p(
                .className("dim"),
                text: Phrase(
                    "PNG หรือ JPEG ไม่เกิน 200 KB รูปสี่เหลี่ยมจัตุรัสสวยที่สุด", en: "PNG or JPEG, at most 200 KB, best square"))
            html.form(to: "/settings/logo", visit, Attribute("enctype", "multipart/form-data")) {
                html.label(.className("form-label"), .forField("logo"), text: Phrase("ไฟล์รูป", en: "Picture"))
                html.input(
                    .className("form-control mb-3"), .type("file"), .id("logo"), .name("logo"),
                    Attribute("accept", "image/png,image/jpeg"))
                html.div(.className("acts")) { html.submit(Phrase("เปลี่ยนตรา", en: "Change the logo"), primary: false) }
            }
            if settings.hasLogo {
                html.deedButton(
                    "/settings/logo/removal", Phrase("เอาตราออก", en: "Remove the logo"), icon: "trash", bad: true,
                    visit)
            }
        }
    }
}
