import Catalogue
import Documents
import HTML
import Interface
import Kernel
import Rounds
import Runtime
import Scoring
import Secrets

/// A certificate, to be printed, and to be compared with what was printed: open to anybody.
struct CertificatePage: NarrowPage {
    let visit: Visit
    let certificate: Certificate
    let address: String
    /// Of the address; nil where it is too long.
    let code: QRCode?

    private var content: JSON { (try? JSON(parsing: certificate.content.utf8)) ?? .null }
    private func text(_ name: String) -> String { content[name]?.textValue ?? "" }

    var title: Phrase { Phrase("ใบรับรองเลขที่ \(certificate.name)", en: "Certificate no. \(certificate.name)") }

    func write(to html: HTML) {
        html.head(title, Phrase(same: text("area-name")))
        standing(html)
        html.section(.className("panel")) {
            certificate.isOfYear ? YearContent(content: content).write(to: html) : result(html)
        }
        html.section(.className("panel")) {
            html.h2(text: Phrase("การตรวจสอบ", en: "Verification"))
            html.div(.className("d-flex flex-wrap gap-4 align-items-start")) {
                if let code { html.qr(code, Phrase("ที่อยู่ของใบรับรองนี้", en: "This certificate's address")) }
                html.div(.className("flex-fill")) { proof(html) }
            }
        }
    }

    private func standing(_ html: HTML) {
        if !certificate.isIntact {
            return html.note(
                .bad, "warn", Phrase("เนื้อหาไม่ตรงกับที่รับรองไว้", en: "It is not what was certified"),
                Phrase("แจ้งผู้ดูแลระบบ", en: "Tell the operator."))
        }
        switch certificate.revoked {
        case let revoked?:
            html.note(
                .bad, "x", Phrase("ไม่มีผลแล้ว ตั้งแต่ ", en: "No longer valid, since ") + revoked.at.inShort,
                Phrase(same: revoked.reason))
        case nil:
            html.note(
                .ok, "check", Phrase("มีผลอยู่ ตรงกับที่รับรองไว้", en: "Valid, and as it was certified"),
                Phrase("ออกเมื่อ ", en: "Issued on ") + certificate.issuedAt.inShort)
        }
    }

    private func result(_ html: HTML) {
        html.h2(text: "\(text("indicator")) \(text("name"))")
        html.dl(.className("row mb-0")) {
            let round = Round(code: text("round")).map(\.name) ?? Phrase(same: text("round"))
            fact(
                html, Phrase("ชุดและรอบ", en: "Framework and round"), Phrase(same: text("framework") + " · ") + round)
            fact(
                html, Phrase("ปีงบประมาณ", en: "Fiscal year"), Phrase(same: "\(certificate.year.number)"))
            fact(
                html, Phrase("ผลการดำเนินงาน", en: "Result"),
                Phrase(same: "\(Exact(stored: text("result"))?.shortText() ?? "–") \(text("measure"))"))
            fact(
                html, Phrase("คะแนนที่รับรอง", en: "Certified score"), Phrase(same: text("score")))
            fact(
                html, Phrase("ผู้รับรอง", en: "Certified by"), Phrase(same: text("bureau")))
            if let at = Instant(text("certified-at")) {
                fact(
                    html, Phrase("รับรองเมื่อ", en: "Certified on"), at.inShort)
            }
        }
    }

    private func fact(_ html: HTML, _ name: Phrase, _ value: Phrase) {
        html.dt(.className("col-12 col-md-5"), text: name)
        html.dd(.className("col-12 col-md-7"), text: value)
    }

    private func proof(_ html: HTML) {
        html.p(
            text: Phrase(
                "เปิดที่อยู่นี้หรือสแกนรหัส แล้วเทียบกับเอกสารที่ถืออยู่ ต้องตรงกันทุกข้อ",
                en: "Open this address or scan the code, and compare with the paper: all must be alike."))
        html.p(.className("small text-break")) { html.a(.href(address), text: address) }
        html.p(.className("small text-break mb-2")) {
            html.text("SHA-256 ")
            html.code(text: certificate.digest.hexadecimal)
        }
        html.div(.className("acts")) {
            html.action(
                visit.link("\(certificate.path)/content"),
                Phrase("ดาวน์โหลดเนื้อหาที่คำนวณรหัส", en: "Download what was hashed"), icon: "down")
        }
    }
}

/// All results of a year, as they stood when it was closed.
private struct YearContent {
    let content: JSON

    func write(to html: HTML) {
        html.h2(text: Phrase("ผลทั้งปี", en: "All results of the year"))
        html.ul(.className("mb-3")) {
            for total in content["totals"]?.items ?? [] {
                html.li {
                    heading(total).write(to: html)
                    html.text(" ")
                    html.b(text: total["total"]?.textValue ?? "–")
                }
            }
        }
        html.table(.className("table stack mb-0")) {
            html.thead {
                html.tr {
                    html.th(.scope("col"), .className("main"), text: Phrase("ตัวชี้วัด", en: "Indicator"))
                    html.th(.scope("col"), text: Phrase("รอบ", en: "Round"))
                    html.th(.scope("col"), text: Phrase("สถานะ", en: "State"))
                    html.th(.scope("col"), .className("num"), text: Phrase("คะแนนทางการ", en: "Official score"))
                }
            }
            html.tbody { for result in content["results"]?.items ?? [] { row(html, result) } }
        }
    }

    private func heading(_ total: JSON) -> Phrase {
        Phrase(same: (total["framework"]?.textValue ?? "") + " · ") + round(total)
    }

    private func round(_ line: JSON) -> Phrase {
        let code = line["round"]?.textValue ?? ""
        return Round(code: code)?.name ?? Phrase(same: code)
    }

    private func row(_ html: HTML, _ result: JSON) {
        let text: (String) -> String = { result[$0]?.textValue ?? "" }
        html.tr {
            html.th(.scope("row"), text: "\(text("indicator")) \(text("name"))")
            html.td(Attribute("data-label", Phrase("รอบ", en: "Round")), text: round(result))
            html.td(Attribute("data-label", Phrase("สถานะ", en: "State"))) {
                if let state = ResultState(rawValue: text("state")) { html.state(of: state) }
                if let number = result["certificate"]?.wholeNumber {
                    html.span(.className("small dim"), text: Phrase(" เลขที่ \(number)", en: " no. \(number)"))
                }
            }
            html.td(
                .className("num"), Attribute("data-label", Phrase("คะแนนทางการ", en: "Official score")),
                text: text("score"))
        }
    }
}

/// Where one types what stands on a certificate.
struct VerificationPage: NarrowPage {
    let visit: Visit
    let typed: String

    var title: Phrase { Phrase("ตรวจสอบใบรับรอง", en: "Verify a certificate") }

    func write(to html: HTML) {
        html.head(title)
        if !typed.isEmpty {
            html.note(
                .bad, "warn",
                Phrase(
                    "ไม่พบใบรับรอง “\(typed)” ของ \(visit.area.shortName)",
                    en: "\(visit.area.shortName) has no such certificate"),
                Phrase(
                    "ตรวจว่าพิมพ์ครบทุกตัว ถ้าครบแล้วแต่ไม่พบ เอกสารนั้นไม่ได้ออกจากระบบนี้",
                    en: "See whether you typed all of it. If you did, the paper isn't one of ours."))
        }
        html.form(.className("panel"), .role("search"), .action(visit.link("/verify"))) {
            html.label(.className("form-label"), .forField("certificate"), text: Phrase("รหัสใบรับรอง", en: "Its code"))
            html.input(
                .className("form-control"), .id("certificate"), .name("certificate"), .value(typed),
                Attribute("maxlength", "60"), Attribute("autocomplete", "off"), Attribute("placeholder", "2570-12-…"))
            html.div(
                .className("form-text mb-3"),
                text: Phrase(
                    "อยู่ท้ายที่อยู่เว็บบนเอกสาร", en: "It stands at the end of the address on the paper."))
            html.submit(Phrase("ตรวจสอบ", en: "Verify"))
        }
    }
}
