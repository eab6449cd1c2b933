package import HTML
import HTTP
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
            visit.viewer != nil && item.access.admits(visit.viewer)
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
            bars(html)
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

    private func bars(_ html: HTML) {
        html.header(.className("topbar")) {
            if visit.viewer == nil || visit.look.years.isEmpty {
                html.a(.className("justify-content-start"), .href(visit.link("/"))) { areaAndYear(html, icon: nil) }
            } else {
                html.details(.className("menu left")) {
                    html.summary(.className("justify-content-start")) { areaAndYear(html, icon: "caret") }
                    years(html)
                }
            }
            html.languageLink(visit)
            if let viewer = visit.viewer {
                html.bell(viewer.unread, visit)
                account(html, viewer)
            }
        }
        guard !navigation.isEmpty else { return }
        html.nav(.className("mainnav"), .label(Phrase("เมนูหลัก", en: "Main menu"))) {
            for item in navigation.prefix(8) {
                html.a(.href(visit.link(item.path)), Attribute.current.when(isHere(item)), text: item.label)
            }
        }
    }

    private func areaAndYear(_ html: HTML, icon: String?) {
        html.seal(visit)
        html.span(.className("area")) {
            html.text(visit.area.shortName)
            html.small {
                visit.year.phrase.write(to: html)
                if let icon {
                    html.text(" ")
                    html.icon(icon)
                }
            }
        }
    }

    private func years(_ html: HTML) {
        let current = FiscalYear(at: visit.now)
        html.ul {
            for year in visit.look.years {
                html.li {
                    html.a(
                        .href(html.here(visit, "year", "\(year.number)")), Attribute.current.when(year == visit.year)
                    ) {
                        year.phrase.write(to: html)
                        if year == current { Phrase(" (ปีปัจจุบัน)", en: " (current)").write(to: html) }
                    }
                }
            }
        }
    }

    private func isHere(_ item: NavigationItem) -> Bool {
        guard item.path != "/" else { return visit.path == "/" }
        return ([item.path] + item.covers).contains { visit.path == $0 || visit.path.hasPrefix($0 + "/") }
    }

    private func account(_ html: HTML, _ viewer: Viewer) {
        html.details(.className("menu")) {
            html.summary {
                html.span(.className("face"), .hiddenFromReaders, text: initials(viewer.name))
                html.span(.className("visually-hidden"), text: Phrase("บัญชีของ ", en: "Account of "))
                html.span(.className("visually-hidden-focusable d-lg-inline keep"), text: viewer.name)
            }
            html.ul {
                html.li {
                    html.span {
                        html.b(text: viewer.name)
                        html.br()
                        html.small(.className("dim"), text: viewer.unitName)
                    }
                }
                html.li {
                    html.a(
                        .href(visit.link("/account")), text: Phrase("ข้อมูลของฉันและรหัสผ่าน", en: "My account and password")
                    )
                }
                html.li {
                    html.a(
                        .href(visit.link("/account/notices")),
                        text: Phrase("การแจ้งเตือนและปฏิทิน", en: "Notices and calendar"))
                }
                html.li {
                    html.a(.href(visit.link("/account/acting")), text: Phrase("รักษาการแทน", en: "Acting for another"))
                }
                html.li { themeLink(html) }
                html.li {
                    html.form(to: "/sign-out", visit) {
                        html.button(.className("menuitem"), text: Phrase("ออกจากระบบ", en: "Sign out"))
                    }
                }
            }
        }
    }

    private func themeLink(_ html: HTML) {
        let (next, label) =
            visit.theme == "dark"
            ? ("light", Phrase("เปลี่ยนเป็นพื้นสว่าง", en: "Light colours"))
            : ("dark", Phrase("เปลี่ยนเป็นพื้นมืด", en: "Dark colours"))
        html.a(.href(html.here(visit, "theme", next)), text: label)
    }

    /// The first letters of a name that are consonants, as a Thai initial never is a vowel written before them.
    private func initials(_ name: String) -> String {
        name.split(separator: " ").suffix(2)
            .compactMap { part in
                part.unicodeScalars.first { !(0x0E40...0x0E44).contains($0.value) }.map { String(Character($0)) }
            }
            .joined()
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
    /// How many notices are unread, beside the way to them. With script it follows what happens.
    package func bell(_ unread: Int, _ visit: Visit) {
        a(
            .className("bell"), .id("bell"), .href(visit.link("/notices")),
            Attribute("data-live", visit.link("/notices/stream")), Attribute("data-part", visit.link("/notices/bell"))
        ) {
            icon("bell")
            if unread > 0 { b(.hiddenFromReaders, text: unread > 99 ? "99+" : "\(unread)") }
            span(
                .className("visually-hidden"),
                text: Phrase("แจ้งเตือนที่ยังไม่อ่าน \(unread) เรื่อง", en: "\(unread) unread notices"))
        }
    }

    func script(_ address: String) {
        raw("<script defer src=\"")
        text(address)
        raw("\"></script>")
    }

    /// The area's logo, or our seal in its colour.
    package func seal(_ visit: Visit) {
        if let hash = visit.look.logoHash {
            img(
                .className("seal"), Attribute("alt", ""),
                Attribute("src", visit.link("/logo") + "?v=\(hash.prefix(12))"))
        } else {
            raw(
                """
                <svg class="seal" viewBox="0 0 36 36" aria-hidden="true"><rect width="36" height="36" rx="8" \
                fill="currentColor"/><path d="M5 25l7-9 4 5 6-10 9 14z" fill="none" class="sealline" stroke-width="2" \
                stroke-linejoin="round"/><path d="M8 29h20" class="sealline" stroke-width="2" \
                stroke-linecap="round"/></svg>
                """)
        }
    }

    package func languageLink(_ visit: Visit) {
        let other = visit.language.other
        a(.href(here(visit, "lang", other.rawValue)), .lang(other), Attribute("hreflang", other.rawValue)) {
            span(.className("d-md-none"), .hiddenFromReaders, text: other == .english ? "EN" : "ไทย")
            span(.className("wideonly"), text: other == .english ? "English" : "ภาษาไทย")
            span(.className("visually-hidden d-md-none"), text: other == .english ? "English" : "ภาษาไทย")
        }
    }

    /// This page again, with one thing of the query changed.
    func here(_ visit: Visit, _ name: String, _ value: String) -> String {
        var query = visit.query
        query.set(name, value)
        return visit.link(visit.path) + query.queryText
    }
}
