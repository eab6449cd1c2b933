import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Runtime

/// What somebody gets instead of what they asked for: a page for people, a problem (RFC 9457) for programs.
struct Failure {
    let status: Int
    let page: RefusalPage
    /// Of our own making: it is logged.
    let isFault: Bool
    /// Where people are sent instead: to sign in, to choose a password.
    private(set) var elsewhere: String?
    private(set) var allowed: String?
    private var problems: [FieldProblem] = []
    private let language: Language
    private let code: String

    init(_ error: any Error, _ visit: Visit, _ reference: String) {
        let home = visit.link("/").isEmpty ? "/" : visit.link("/")
        let (code, page) = Self.page(for: error, home: home, reference)
        self.page = page
        self.code = code
        status = page.status
        isFault = code == "fault"
        language = visit.language
        switch error {
        case Refusal.signInFirst:
            let next =
                visit.path == "/" ? "" : "?next=\(percentEncoded(visit.link(visit.path) + visit.query.queryText))"
            elsewhere = visit.area == siteArea ? nil : visit.link("/sign-in") + next
        case Refusal.passwordChangeFirst: elsewhere = visit.link("/account/password")
        case Refusal.secondFactorFirst: elsewhere = visit.link("/account/second-factor")
        case Refusal.invalid(let problems): self.problems = problems
        case let error as WrongMethod:
            allowed = error.allowed.map(\.rawValue).joined(separator: ", ")
        default: break
        }
    }

    var problem: Response {
        var members: [JSON.Member] = [
            .init(name: "type", value: .text("urn:rabrong:problem:\(code)")),
            .init(name: "title", value: .text(page.title.english)), .init(name: "status", value: JSON(status)),
            .init(name: "detail", value: .text(page.meaning[language])),
        ]
        if !problems.isEmpty {
            let items = problems.map { problem -> JSON in
                ["field": .text(problem.field), "reason": .text(problem.reason[language])]
            }
            members.append(.init(name: "errors", value: .array(items)))
        }
        var response = Response.json(status, .object(members), type: "application/problem+json")
        if let allowed { response.headers.add("allow", allowed) }
        if status == 401 { response.headers.add("www-authenticate", "Bearer") }
        return response
    }

    private static func page(for error: any Error, home: String, _ reference: String) -> (String, RefusalPage) {
        func refusal(_ status: Int, _ icon: String, _ title: Phrase, _ meaning: Phrase) -> RefusalPage {
            RefusalPage(status, icon, title, meaning, home: home)
        }
        switch error {
        case let refusal as Refusal: return page(for: refusal, home: home)
        case is WrongMethod:
            return (
                "method",
                refusal(
                    405, "map", Phrase("ใช้ที่อยู่นี้แบบนี้ไม่ได้", en: "This address can't be used so"),
                    Phrase("กลับไปเริ่มจากหน้าแรก", en: "Begin at the home page."))
            )
        case BodyError.tooLarge:
            return (
                "too-large",
                refusal(
                    413, "warn", Phrase("สิ่งที่ส่งมาใหญ่เกินไป", en: "That is too large"),
                    Phrase("ลดขนาดหรือแบ่งส่งหลายครั้ง", en: "Make it smaller, or send it in parts."))
            )
        case BodyError.tooSlow:
            return (
                "too-slow",
                refusal(
                    408, "pause", Phrase("ส่งช้าเกินไป", en: "That came too slowly"),
                    Phrase("ตรวจสอบสัญญาณ แล้วส่งอีกครั้ง", en: "Check the line, and send it again."))
            )
        case is BodyError, is JSONError:
            let reason = (error as? JSONError).map { ": \($0.reason), byte \($0.offset)" } ?? ""
            return (
                "malformed",
                refusal(
                    400, "warn", Phrase("อ่านสิ่งที่ส่งมาไม่ได้", en: "What was sent can't be read"),
                    Phrase("ลองส่งอีกครั้ง\(reason)", en: "Try again\(reason)"))
            )
        case is UnsupportedBody:
            return (
                "unsupported",
                refusal(
                    415, "warn", Phrase("ไม่รับข้อมูลชนิดนี้", en: "This kind of data isn't taken"),
                    Phrase("ส่งเป็นแบบฟอร์ม หรือ JSON สำหรับ API", en: "Send a form, or JSON to the API."))
            )
        case is DatabaseUnavailable:
            return ("unavailable", .unavailable(home: home, reference: reference))
        case let error as DatabaseError where error.isPassing:
            return ("unavailable", .unavailable(home: home, reference: reference))
        default: return ("fault", .fault(home: home, reference: reference))
        }
    }

    private static func page(for refusal: Refusal, home: String) -> (String, RefusalPage) {
        func page(_ status: Int, _ icon: String, _ title: Phrase, _ meaning: Phrase) -> RefusalPage {
            RefusalPage(status, icon, title, meaning, home: home)
        }
        switch refusal {
        case .notFound: return ("not-found", .notFound(home: home))
        case .forbidden(let permission):
            var hidden = RefusalPage.notFound(home: home)
            hidden.status = 403
            if let permission {
                hidden.meaning =
                    hidden.meaning + Phrase(" (สิทธิ์ \(permission.name))", en: " It takes the flag \(permission.name).")
            }
            return ("forbidden", hidden)
        case .signInFirst:
            return (
                "sign-in",
                page(
                    401, "shield", Phrase("เข้าสู่ระบบก่อน", en: "Sign in first"),
                    Phrase("ต้องมีบัญชีหรือกุญแจที่ใช้ได้", en: "A valid account or key is needed."))
            )
        case .conflict(let reason):
            return ("conflict", page(409, "warn", Phrase("ทำไม่ได้ตอนนี้", en: "Not possible now"), reason))
        case .outdated:
            return (
                "outdated",
                page(
                    409, "info", Phrase("มีผู้อื่นแก้ไขไปแล้ว", en: "Somebody else has changed this"),
                    Phrase(
                        "เปิดหน้านั้นใหม่เพื่อดูสิ่งที่เปลี่ยน แล้วแก้อีกครั้ง",
                        en: "Open the page anew to see what has changed, then edit again."))
            )
        case .tooMany(let reason):
            return ("too-many", page(429, "pause", Phrase("รอสักครู่", en: "Wait a little"), reason))
        case .invalid(let problems):
            let reasons = problems.map(\.reason).reduce(Phrase(same: "")) { $0 + Phrase(same: " ") + $1 }
            return ("invalid", page(422, "warn", Phrase("ยังบันทึกไม่ได้", en: "Not saved yet"), reasons))
        case .foreignForm:
            return (
                "foreign-form",
                page(
                    403, "shield", Phrase("แบบฟอร์มนี้หมดอายุ", en: "This form has expired"),
                    Phrase("กลับไปเปิดหน้านั้นใหม่ แล้วส่งอีกครั้ง", en: "Go back, open the page anew and send it again."))
            )
        case .passwordChangeFirst:
            return (
                "password",
                page(
                    403, "key", Phrase("ตั้งรหัสผ่านก่อน", en: "Choose a password first"),
                    Phrase("บัญชีนี้ใช้รหัสผ่านชั่วคราวอยู่", en: "This account has a temporary password."))
            )
        case .secondFactorFirst:
            return (
                "second-factor",
                page(
                    403, "shield", Phrase("ตั้งค่าการยืนยันสองชั้นก่อน", en: "Set up the second factor first"),
                    Phrase("สิทธิ์ของบัญชีนี้ต้องใช้", en: "The flags of this account need it."))
            )
        case .onlyLooking:
            return (
                "only-looking",
                page(
                    403, "eye", Phrase("กำลังดูในมุมมองของผู้อื่น", en: "You see the site as another"),
                    Phrase("กลับเป็นตัวเองก่อนจึงแก้ไขได้", en: "Go back to yourself to change anything."))
            )
        }
    }
}
