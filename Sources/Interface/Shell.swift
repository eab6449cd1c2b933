package import HTML
package import Kernel
import Runtime

/// What surrounds every page: the head, the bar on top, the navigation, the foot.
package struct Shell {
    private let visit: Visit
    private let navigation: [NavigationItem]
    private let icons: Icons
    private let assets: AssetAddresses

    package init(_ visit: Visit, _ registry: Registry, _ icons: Icons, _ assets: AssetAddresses) {
        self.visit = visit
        self.icons = icons
        self.assets = assets
        navigation = registry.navigation.filter { item in
            visit.viewer?.isHeldUp == false && item.access.admits(visit.viewer)
                && (item.owner == .everyArea || visit.area.id == Area.central)
        }
    }

    package func page(_ page: any Page) -> HTML {
        let html = HTML(language: visit.language)
        html.raw("<!doctype html>\n")
        html.raw(visit.language == .thai ? "<html lang=\"th\"" : "<html lang=\"en\"")
        switch visit.theme {
        case "dark": html.raw(" data-bs-theme=\"dark\">")
        case "light": html.raw(" data-bs-theme=\"light\">")
        default: html.raw(">")
        }
        head(html, page.title)
        html.raw("<body>")
        html.a(.className("skip"), .href("#main"), text: Phrase("ข้ามไปยังเนื้อหา", en: "Skip to content"))
        if page is any BarePage {
            page.write(to: html)
        } else {
            TopBar(visit).write(to: html)
            menu(html)
            html.main(
                .id("main"), .className("page"), .className("narrow").when(page is any NarrowPage),
                .className("wide").when(page is any WidePage)
            ) {
                banners(html)
                page.write(to: html)
            }
            foot(html)
        }
        icons.write(html.icons, to: html)
        html.raw("</body></html>")
        return html
    }

    private func head(_ html: HTML, _ title: Phrase) {
        html.raw(
            "<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
        html.title {
            title.write(to: html)
            html.text(" · ")
            html.text(visit.area.shortName)
        }
        html.raw(
            """
            <link rel="icon" href="data:,"><meta name="color-scheme" content="light dark">\
            <meta name="htmx-config" content='{"allowEval":false,"includeIndicatorStyles":false,"selfRequestsOnly":true}'>\
            <link rel="preload" href="/assets/sarabun-400.woff2" as="font" type="font/woff2" crossorigin>
            """)
        for sheet in assets.stylesheets { html.link(Attribute("rel", "stylesheet"), .href(sheet)) }
        html.link(Attribute("rel", "stylesheet"), .href(visit.link("/look.css") + "?hue=\(visit.look.hue)"))
        for script in assets.scripts { html.script(script) }
        html.raw("</head>")
    }

    private func menu(_ html: HTML) {
        guard !navigation.isEmpty else { return }
        html.nav(.className("mainnav"), .label(Phrase("เมนูหลัก", en: "Main menu"))) {
            // What a line has room for; the rest is on a page of its own, as on a phone.
            for item in navigation.prefix(navigation.count > 9 ? 8 : 9) {
                html.a(.href(visit.link(item.path)), Attribute.current.when(isHere(item)), text: item.label)
            }
            if navigation.count > 9 {
                html.a(
                    .href(visit.link("/menu")), Attribute.current.when(visit.path == "/menu"),
                    text: Phrase("เมนูทั้งหมด", en: "More"))
            }
        }
    }

    private func isHere(_ item: NavigationItem) -> Bool {
        guard item.path != "/" else { return visit.path == "/" }
        return ([item.path] + item.covers).contains { visit.path == $0 || visit.path.hasPrefix($0 + "/") }
    }

    private func banners(_ html: HTML) {
        if let viewer = visit.viewer {
            if viewer.seenBy != nil {
                html.div(.className("note new")) {
                    html.icon("eye")
                    html.div {
                        html.b(
                            text: Phrase("กำลังดูในมุมมองของ \(viewer.name)", en: "Seeing the site as \(viewer.name)"))
                        html.text(" ")
                        Phrase("แก้ไขอะไรไม่ได้", en: "Nothing can be changed.").write(to: html)
                        html.text(" ")
                        html.deedButton("/see-as/end", Phrase("กลับเป็นตัวเอง", en: "Back to myself"), visit)
                    }
                }
            }
            if let acting = viewer.acting {
                html.note(
                    .new, "acting", Phrase("กำลังรักษาการแทน \(acting.name)", en: "Acting for \(acting.name)"),
                    Phrase("ถึง", en: "until") + Phrase(same: " ") + acting.lastDay.inShort)
            }
        }
        if let says = visit.says {
            html.div(.className("says mb-3"), .role("status")) {
                html.icon("check")
                html.text(" ")
                html.text(says)
            }
        }
    }

    private func foot(_ html: HTML) {
        html.footer(.className("foot")) {
            if !visit.look.phone.isEmpty {
                Phrase("ต้องการความช่วยเหลือ โทร. ", en: "Help: ").write(to: html)
                html.text(visit.digits(visit.look.phone))
                if !visit.look.officeHours.isEmpty { html.text(" " + visit.look.officeHours) }
                html.text(" · ")
            }
            html.text(visit.area.name)
        }
        guard !navigation.isEmpty else { return }
        html.nav(.className("tabbar"), .label(Phrase("เมนูลัด", en: "Shortcuts"))) {
            for item in navigation.prefix(navigation.count > 4 ? 3 : 4) {
                tab(html, item.path, item.label, item.icon, isCurrent: isHere(item))
            }
            if navigation.count > 4 {
                tab(html, "/menu", Phrase("เมนู", en: "Menu"), "grid", isCurrent: visit.path == "/menu")
            }
        }
    }

    private func tab(_ html: HTML, _ path: String, _ label: Phrase, _ icon: String, isCurrent: Bool) {
        html.a(.href(visit.link(path)), Attribute.current.when(isCurrent)) {
            html.icon(icon)
            label.write(to: html)
        }
    }
}

/// A page that brings its own surroundings, such as the one to sign in.
package protocol BarePage: Page {}

/// A page within another website's: that may frame it.
package protocol FramedPage: BarePage {}

/// A page for reading, or a single form.
package protocol NarrowPage: Page {}

/// A page with a table that takes all the room there is.
package protocol WidePage: Page {}

/// Where stylesheets and scripts lie; each address changes with its content.
package struct AssetAddresses: Sendable {
    package var stylesheets: [String]
    package var scripts: [String]

    package init(stylesheets: [String], scripts: [String]) {
        self.stylesheets = stylesheets
        self.scripts = scripts
    }
}

extension HTML {
    func script(_ address: String) {
        raw("<script defer src=\"")
        text(address)
        raw("\"></script>")
    }
}
