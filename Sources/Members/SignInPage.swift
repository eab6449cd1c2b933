import HTML
import HTTP
import Interface
import Kernel
import Postgres

/// What the area says to those who come to sign in.
struct SignInWords: Sendable {
    var phone: String
    var officeHours: String
    var welcome: String
    var takesRequests: Bool
    /// Where else its people have accounts with which they may sign in.
    var provider: String?
}

extension Query where Answer == SignInWords {
    static func signInWords(of area: AreaID) -> Query {
        .one(
            """
            SELECT s.phone, s.office_hours, s.welcome, s.takes_requests, p.name
            FROM area_settings s
            LEFT JOIN sign_in_providers p ON p.area_id = s.area_id
            WHERE s.area_id = \(area)
            """
        ) {
            SignInWords(
                phone: try $0.next(), officeHours: try $0.next(), welcome: try $0.next(),
                takesRequests: try $0.next(), provider: try $0.nextIfAny())
        }
    }
}

struct SignInPage: BarePage {
    let visit: Visit
    let words: SignInWords
    /// Where one signs in elsewhere.
    let providerAddress: String
    let next: String

    var title: Phrase { Phrase("เข้าสู่ระบบ", en: "Sign in") }

    func write(to html: HTML) {
        html.div(.className("split signin")) {
            html.header(.className("cover")) {
                html.seal(visit)
                html.h1(.className("mt-3 mb-1"), text: visit.area.shortName)
                html.p(.className("mb-0")) {
                    html.text(visit.area.name)
                    html.br()
                    Phrase("ระบบรายงานและรับรองตัวชี้วัด", en: "Reporting and certifying performance indicators").write(
                        to: html)
                }
                html.coverLandscape()
            }
            html.main(.id("main"), .className("page narrow w-100 my-md-auto px-3 px-md-5")) {
                html.div(.className("acts justify-content-end mb-4")) { language(html) }
                if let says = visit.says {
                    html.div(.className("says mb-3"), .role("status"), text: says)
                }
                html.h2(.className("fs-4 mb-3"), text: title)
                form(html)
                facts(html)
            }
        }
    }

    private func language(_ html: HTML) {
        let other = visit.language.other
        var query = visit.query
        query.set("lang", other.rawValue)
        html.a(
            .className("btn btn-quiet"), .href(visit.link("/sign-in") + query.queryText), .lang(other),
            Attribute("hreflang", other.rawValue)
        ) {
            html.icon("globe")
            html.text(other == .english ? "English" : "ภาษาไทย")
        }
    }

    private func form(_ html: HTML) {
        html.form(to: "/sign-in", visit) {
            let form = FormWriter(html, signInFields, visit)
            form.problemNote()
            html.input(.type("hidden"), .name("next"), .value(visit.rejection?.fields["next"] ?? next))
            form.field("username")
            form.field("password")
            form.field("keep")
            html.button(.className("btn btn-primary w-100 mb-3"), text: title)
        }
        if let provider = words.provider {
            html.a(
                .className("btn btn-quiet w-100 mb-3"),
                .href(providerAddress + (next.isEmpty ? "" : Fields(["next": next]).queryText))
            ) {
                html.icon("key")
                Phrase("เข้าสู่ระบบด้วย \(provider)", en: "Sign in with \(provider)").write(to: html)
            }
        }
    }

    private func facts(_ html: HTML) {
        html.p(.className("mb-1")) {
            html.a(.href(visit.link("/password")), text: Phrase("ลืมรหัสผ่าน", en: "Forgotten password"))
        }
        if words.takesRequests {
            html.p {
                html.a(.href(visit.link("/join")), text: Phrase("ลงทะเบียนผู้ใช้งานใหม่", en: "Register as a new user"))
            }
        }
        if !words.welcome.isEmpty { html.p(text: words.welcome) }
        if !words.phone.isEmpty {
            html.p(.className("dim mb-1")) {
                html.icon("phone")
                html.text(" \(words.phone) \(words.officeHours)")
            }
        }
        html.p(.className("dim")) {
            html.a(.href("/"), text: Phrase("เลือกเขตอื่น", en: "Another area"))
            html.text(" · ")
            html.a(.href(visit.link("/statistics")), text: Phrase("สถิติของเขต", en: "The area's statistics"))
        }
    }
}
