package import Documents
package import HTML
package import Interface
import Kernel
package import Rounds
package import Runtime
package import Scoring

/// The official report of one indicator in a round (รายงานรายตัวชี้วัด), as the ministry's form has it, whether a school
/// reports it to its area or an area to the central office.
package struct OfficialReport: Sendable {
    private let sheet: ReportSheet
    /// In the round.
    private let weight: Exact
    private let entries: [String: String]
    private let narrative: Narrative
    private let evidence: [String]
    /// Who reports, and to whom it belongs.
    private let reporter: String
    private let areaName: String
    /// How far it is: who confirmed it, what was checked or certified.
    private let standing: [Phrase]
    private let signatures: [PaperSignature]
    /// Where it can be verified.
    private let seal: (address: String, name: String)?

    package init(
        _ sheet: ReportSheet, weight: Exact?, _ entries: [String: String], _ narrative: Narrative, evidence: [String],
        reporter: String, areaName: String, standing: [Phrase], signatures: [PaperSignature],
        seal: (address: String, name: String)? = nil
    ) {
        self.weight = weight ?? sheet.open.weight ?? sheet.indicator.weight
        (self.sheet, self.entries, self.narrative, self.evidence) = (sheet, entries, narrative, evidence)
        (self.reporter, self.areaName, self.standing) = (reporter, areaName, standing)
        (self.signatures, self.seal) = (signatures, seal)
    }

    private var indicator: Indicator { sheet.indicator }
    package var title: String { sheet.title }
    package var round: Round { sheet.round }

    /// What the document says of itself.
    package func facts(in language: Language, at time: Instant) -> PaperFacts {
        PaperFacts(
            title: "\(title) · \(round.name[language]) · \(reporter)", author: areaName, language: language.rawValue,
            madeAt: time, textSize: 15, footer: reporter)
    }

    package func parts(in language: Language) -> [PaperPart] {
        Writer(report: self, language: language).parts
    }

    /// One that writes it in a language.
    private struct Writer {
        let report: OfficialReport
        let language: Language

        private var indicator: Indicator { report.indicator }
        private var sheet: ReportSheet { report.sheet }
        private var weight: Exact { report.weight }

        var parts: [PaperPart] { head + persons + meaning + criteria + calculation + words + end }

        private func say(_ thai: String, en: String) -> String { language == .thai ? thai : en }
        private func digits(_ text: String) -> String { language == .thai ? thaiDigits(text) : text }

        private var head: [PaperPart] {
            [
                .title([
                    say("รายงานผลการปฏิบัติราชการตามคำรับรองการปฏิบัติราชการ", en: "Report under the performance agreement"),
                    say("(รายตัวชี้วัด) ", en: "(by indicator), ") + digits(sheet.year.phrase[language]),
                    digits(report.areaName),
                ]),
                .choices(rounds), .fact(say("ผู้รายงาน", en: "Reported by"), report.reporter),
                .fact(
                    say("ตัวชี้วัดที่ ", en: "Indicator ") + digits(indicator.number), digits(indicator.name)),
                .fact(
                    say("น้ำหนัก", en: "Weight"),
                    say("ร้อยละ ", en: "") + digits(weight.shortText()) + say("", en: "%")),
            ]
        }

        /// Of a cumulative round its sisters stand beside it, as on the form.
        private var rounds: [(label: String, isTicked: Bool)] {
            let all = sheet.round.kind == .cumulative ? Round.all.filter { $0.kind == .cumulative } : [sheet.round]
            return all.map { (digits($0.name[language]), $0 == sheet.round) }
        }

        private var persons: [PaperPart] {
            let lists = [indicator.supervisors, indicator.collectors].map { contacts in
                contacts.isEmpty
                    ? "-" : contacts.enumerated().map { line($1, $0, of: contacts.count) }.joined(separator: "\n")
            }
            let columns: [PaperTable.Column] = [
                .init(say("ผู้กำกับดูแลตัวชี้วัด", en: "Supervisors")), .init(say("ผู้จัดเก็บข้อมูล", en: "Collectors")),
            ]
            return [.table(PaperTable(columns, [lists.map { Passage($0) }]))]
        }

        private func line(_ contact: Contact, _ place: Int, of count: Int) -> String {
            let number = count > 1 ? digits("\(place + 1). ") : ""
            let phone = contact.phone.isEmpty ? "" : say("โทร. ", en: "Tel. ") + digits(contact.phone)
            return number + [contact.name, contact.position, phone].filter { !$0.isEmpty }.joined(separator: " ")
        }

        private var meaning: [PaperPart] {
            [
                .heading(say("คำอธิบาย", en: "Definition")), .text(digits(indicator.definition)),
                .heading(say("เหตุผล", en: "Rationale")), .text(digits(indicator.rationale)),
            ]
        }

        private var criteria: [PaperPart] {
            [.heading(say("เกณฑ์การให้คะแนน", en: "Criteria")), .table(criteriaTable)]
        }

        private var criteriaTable: PaperTable {
            let level = say("ระดับคะแนน", en: "Level")
            switch indicator.type {
            case .steps:
                return PaperTable(
                    [.init(level, share: 1, .centre), .init(say("รายละเอียด", en: "What is reached"), share: 5)],
                    indicator.steps.enumerated().map { [Passage(digits("\($0 + 1)")), Passage(digits($1))] })
            case .done:
                return PaperTable(
                    [.init(level, share: 1, .centre), .init(say("รายละเอียด", en: "What is reached"), share: 5)],
                    [
                        [Passage(digits("5")), Passage(say("ดำเนินการแล้ว", en: "Done"))],
                        [Passage(digits("1")), Passage(say("ยังไม่ดำเนินการ", en: "Not done"))],
                    ])
            default:
                let levels = (1...Criteria.levels).map { PaperTable.Column(digits("\($0)"), .centre) }
                let values = indicator.criteria.map { Passage(digits($0?.shortText() ?? "-")) }
                return PaperTable(
                    [.init(level, share: 2)] + levels,
                    [[Passage(indicator.measure.isEmpty ? "-" : digits(indicator.measure))] + values])
            }
        }

        private var calculation: [PaperPart] {
            let assessment = try? sheet.assess(report.entries).get()
            let weighted = assessment.map { ($0.score * weight).divided(by: .hundred) ?? .zero }
            let own = [
                indicator.name, weight.text(decimals: ScoreRule.weightDecimals),
                assessment?.result.text(decimals: ScoreRule.resultDecimals) ?? "-",
                assessment?.score.text(decimals: ScoreRule.scoreDecimals) ?? "-",
                weighted?.text(decimals: ScoreRule.scoreDecimals) ?? "-",
            ]
            let rows = [own] + (indicator.type == .steps ? [] : sheet.inputs).map(row)
            let columns: [PaperTable.Column] = [
                .init(say("ตัวชี้วัด/ข้อมูลพื้นฐานประกอบตัวชี้วัด", en: "Indicator and its figures"), share: 3.3),
                .init(say("น้ำหนัก", en: "Weight"), share: 1.4, .end),
                .init(say("ผลการดำเนินงาน", en: "Result"), share: 1.8, .end),
                .init(say("ค่าคะแนนที่ได้", en: "Score"), share: 1.6, .end),
                .init(say("ค่าคะแนนถ่วงน้ำหนัก", en: "Weighted score"), share: 1.9, .end),
            ]
            return [
                .heading(say("การคำนวณคะแนนจากผลการดำเนินงาน", en: "Calculation of the score")),
                .table(PaperTable(columns, rows.map { $0.map { Passage(digits($0)) } }, size: 14)),
            ]
        }

        private func row(_ input: ReportInput) -> [String] {
            let value = input.carried ?? report.entries[input.name]
            let shown: String
            if input.kind == .done {
                shown =
                    value == nil
                    ? "-" : value == "1" ? say("ดำเนินการแล้ว", en: "Done") : say("ยังไม่ดำเนินการ", en: "Not done")
            } else {
                shown = value.map { Exact($0)?.groupedShort() ?? $0 } ?? "-"
            }
            let measure = input.measure.isEmpty ? "" : " (\(input.measure))"
            return [input.label[language] + measure, "", shown, "", ""]
        }

        private var words: [PaperPart] {
            let headings = [
                say("คำชี้แจงการปฏิบัติงาน/มาตรการที่ได้ดำเนินการ", en: "What was done, and the measures taken"),
                say("ปัจจัยสนับสนุนต่อการดำเนินงาน", en: "What helped"), say("อุปสรรคต่อการดำเนินงาน", en: "What hindered"),
                say("ข้อเสนอแนะ", en: "Suggestions"),
            ]
            return zip(headings, Narrative.fields).flatMap { heading, field in
                [PaperPart.heading(heading), .text(digits(report.narrative[field.name]))]
            }
        }

        private var end: [PaperPart] {
            var parts: [PaperPart] = [
                .heading(say("หลักฐานอ้างอิง", en: "Evidence")), .list(report.evidence.map(digits)),
            ]
            if !report.signatures.isEmpty {
                parts.append(.signatures(report.signatures.map { $0.lines(in: language) }))
            }
            let standing = report.standing.map { digits($0[language]) }
            if let seal = report.seal, let code = QRCode(seal.address) {
                parts.append(
                    .seal(code, standing + [digits(seal.name), say("ตรวจสอบได้ที่ ", en: "Verify at ") + seal.address]))
            } else {
                parts += standing.map { .small($0) }
            }
            return parts
        }
    }
}
