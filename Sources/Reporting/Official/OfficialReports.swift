import Catalogue
import Evidence
import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Rounds
import Scoring

func showOfficialReport(_ context: Context) async throws -> Outcome {
    let (visit, report, official) = try await officialReport(context)
    return .page(OfficialReportPage(visit: visit, report: official, path: report.path), visit)
}

func printOfficialReport(_ context: Context) async throws -> Outcome {
    let (visit, report, official) = try await officialReport(context)
    return try await context.paper(official, in: visit.language, named: "report-\(report.id)")
}

private func officialReport(_ context: Context) async throws -> (Visit, Report, OfficialReport) {
    let id: ReportID = try context.identifier("report")
    let area = context.area.id
    let (visit, report, sheet, evidence) = try await context.page(
        .report(id, in: area), .sheet(ofReport: id, in: area), .evidence(of: .report(id), in: area))
    guard let report, let sheet else { throw Refusal.notFound }
    let access = ReportAccess(visit.viewer, report, sheet)
    guard access.maySee else { throw Refusal.notFound }
    return (visit, report, report.official(sheet, access.mayOpenEvidence ? evidence : [], in: context.area.name))
}

extension Report {
    func official(_ sheet: ReportSheet, _ evidence: [EvidenceItem], in areaName: String) -> OfficialReport {
        OfficialReport(
            sheet, weight: nil, entries, narrative, evidence: evidence.map(\.description), reporter: reporter,
            areaName: areaName, standing: standing,
            signatures: [
                PaperSignature(role: Phrase("ผู้รายงาน", en: "who reports"), name: confirmed?.name ?? ""),
                PaperSignature(role: Phrase("ผู้กำกับดูแลตัวชี้วัด", en: "who supervises")),
            ])
    }

    private var standing: [Phrase] {
        if state == .missed {
            return [Phrase("ไม่ได้รายงานภายในกำหนด ได้คะแนน 1.00000", en: "Not reported in time: 1.00000")]
        }
        guard let confirmed else { return [Phrase("ร่าง ยังไม่ยืนยันผล", en: "A draft, not confirmed")] }
        let sent =
            Phrase("ยืนยันผลเมื่อ ", en: "Confirmed on ") + confirmed.at.inFull
            + Phrase(" โดย \(confirmed.name)", en: " by \(confirmed.name)")
        guard let checked, let checkScore else { return [sent] }
        let score = checkScore.text(decimals: ScoreRule.scoreDecimals)
        return [
            sent,
            Phrase("ผลตรวจ \(score) เมื่อ ", en: "Checked with \(score) on ") + checked.at.inFull
                + Phrase(" โดย \(checked.name)", en: " by \(checked.name)"),
        ]
    }
}
