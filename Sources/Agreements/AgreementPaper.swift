import Documents
import HTML
import Interface
import Kernel
import Runtime
import Scoring
import Secrets

/// An agreement as a document: the terms, what is to be reached, both signatures, and the page that seals it.
struct AgreementPaper: Sendable {
    let agreement: Agreement
    let language: Language
    let baseURL: String

    private var content: AgreementContent { agreement.facts }
    private func say(_ thai: String, en: String) -> String { language == .thai ? thai : en }
    private func digits(_ text: String) -> String { language == .thai ? thaiDigits(text) : text }
    private var address: String { "\(baseURL)/\(agreement.areaCode)\(agreement.verificationPath)" }
    private var title: String {
        say("คำรับรองการปฏิบัติราชการ เลขที่ \(agreement.name)", en: "Performance agreement no. \(agreement.name)")
    }

    var facts: PaperFacts {
        PaperFacts(
            title: "\(title) · \(content.unitName)", author: content.areaName, language: language.rawValue,
            madeAt: agreement.madeAt, textSize: 15, footer: digits(title))
    }

    var parts: [PaperPart] { head + [.heading(say("ข้อตกลง", en: "Terms")), .list(terms)] + table + signing + seal }

    private var head: [PaperPart] {
        [
            .title([digits(title), digits(content.year.phrase[language]), digits(content.frameworkName)]),
            .text(
                digits(
                    say(
                        "คำรับรองระหว่าง \(content.areaName) ผู้รับคำรับรอง กับ \(content.unitName) ผู้ให้คำรับรอง",
                        en: "Between \(content.areaName), which accepts it, and \(content.unitName), which gives it."))),
        ]
    }

    private var terms: [String] { content.terms.split(separator: "\n").map { digits(String($0)) } }

    private var table: [PaperPart] {
        let columns: [PaperTable.Column] =
            [
                .init(say("ที่", en: "No."), share: 1.3, .centre), .init(say("ตัวชี้วัด", en: "Indicator"), share: 4),
                .init(say("น้ำหนัก", en: "Weight"), share: 1.8, .end),
                .init(say("เป้าหมาย", en: "Target"), share: 1.9, .end),
            ] + (1...Criteria.levels).map { .init(digits("\($0)"), share: 1.2, .end) }
        let rows = content.items.map { item in
            let measure = item.measure.isEmpty ? "" : " (\(item.measure))"
            let criteria = (0..<Criteria.levels).map { level in
                item.criteria.indices.contains(level) ? item.criteria[level]?.shortText() ?? "-" : "-"
            }
            let target = item.target?.text(decimals: ScoreRule.weightDecimals) ?? "-"
            return [item.number, item.name + measure, item.weight.text(decimals: ScoreRule.weightDecimals), target]
                + criteria
        }
        return [
            .heading(
                say(
                    "ตัวชี้วัด น้ำหนัก ค่าเป้าหมาย และเกณฑ์ระดับ ๑–๕",
                    en: "Indicators, weights, targets, and criteria of levels 1–5")),
            .table(PaperTable(columns, rows.map { $0.map { Passage(digits($0)) } }, size: 12)),
        ]
    }

    private var signing: [PaperPart] {
        [
            .signatures([
                lines(agreement.byUnit, Phrase("ผู้ให้คำรับรอง", en: "for the unit")),
                lines(agreement.byArea, Phrase("ผู้รับคำรับรอง", en: "for the area")),
            ])
        ]
    }

    private func lines(_ signature: Agreement.Signature?, _ role: Phrase) -> [String] {
        let (name, position) = (signature?.signer[language] ?? "", signature?.position ?? "")
        let lines = PaperSignature(role: role, name: name, position: position).lines(in: language)
        guard let signature else { return lines }
        return [say("ลงนามอิเล็กทรอนิกส์แล้ว", en: "Signed electronically")] + lines.dropFirst()
            + [role[language], digits(signature.at.inShort[language])]
    }

    /// On a page of its own, so that it can be copied and shown by itself.
    private var seal: [PaperPart] {
        guard let code = QRCode(address) else { return [] }
        let none = say("ยังไม่ลงนาม", en: "not signed yet")
        let sides: [(String, Agreement.Signature?)] = [
            (say("ผู้ให้คำรับรอง", en: "For the unit"), agreement.byUnit),
            (say("ผู้รับคำรับรอง", en: "For the area"), agreement.byArea),
        ]
        return [
            .newPage, .title([say("หน้าตรวจสอบการลงนาม", en: "Seal of the signatures"), digits(title)]),
            .fact(say("สถานะ", en: "State"), agreement.state.phrase[language]),
        ]
            + sides.map { side, signature in
                .fact(
                    side,
                    signature.map { digits("\($0.signer[language]) \($0.position) · \($0.at.inFull[language])") }
                        ?? none)
            } + [
                .fact("SHA-256", agreement.digest.hexadecimal),
                .small(
                    say(
                        "แต่ละฝ่ายลงนามโดยใส่รหัสผ่านซ้ำ กับเนื้อหาที่คำนวณรหัสข้างต้นเท่านั้น เปิดที่อยู่นี้เพื่อเทียบ",
                        en:
                            "Each side signed by giving the password once more, this very content. Open the address to compare."
                    )),
                .seal(code, [address]),
            ]
    }
}
