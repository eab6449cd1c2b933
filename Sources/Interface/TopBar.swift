package import HTML
import HTTP
package import Kernel
import Runtime

/// The bar on top of every page: whose site it is, the year, the language, the bell, one's account.
struct TopBar {
    private let visit: Visit

    init(_ visit: Visit) {
        self.visit = visit
    }

    func write(to html: HTML) {
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
            if visit.viewer == nil, visit.path.hasPrefix("/statistics") {
                html.a(
                    .href(visit.link(visit.area.code.isEmpty ? "/" : "/sign-in")),
                    text: Phrase("เข้าสู่ระบบ", en: "Sign in"))
            }
            if let viewer = visit.viewer {
                if !viewer.isHeldUp { html.bell(viewer.unread, visit) }
                account(html, viewer)
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
