import Catalogue
import Evidence
import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Rounds
import Scoring

func showOfficialResult(_ context: Context) async throws -> Outcome {
    let (visit, path, official) = try await officialResult(context)
    return .page(OfficialReportPage(visit: visit, report: official, path: path), visit)
}

func printOfficialResult(_ context: Context) async throws -> Outcome {
    let (visit, path, official) = try await officialResult(context)
    return try await context.paper(
        official, in: visit.language, named: "result-\(path.split(separator: "/").last ?? "")")
}

private func officialResult(_ context: Context) async throws -> (Visit, path: String, OfficialReport) {
    let id: AreaResultID = try context.identifier("result")
    let area = context.area.id
    let (visit, entry, evidence, rollUp, certificate) = try await context.page(
        .entry(id, in: area), .evidence(of: .result(id), in: area), .rollUp(for: id, in: area),
        .certificate(of: id, in: area))
    guard let entry = entry?.counting(rollUp) else { throw Refusal.notFound }
    return (
        visit, entry.result.path,
        entry.official(evidence, certificate, of: context.area.name, under: context.platform.baseURL)
    )
}

extension ResultEntry {
    func official(
        _ evidence: [EvidenceItem], _ certificate: Certificate?, of areaName: String, under baseURL: String
    ) -> OfficialReport {
        OfficialReport(
            sheet, weight: national.rounds.first { $0.dates.round == result.round }?.weight, draft.entries,
            draft.narrative, evidence: evidence.map(\.description), reporter: areaName, areaName: national.bureauName,
            standing: standing,
            signatures: [
                PaperSignature(role: Phrase("ผู้รายงาน", en: "who reports"), name: result.sent?.name ?? ""),
                PaperSignature(role: Phrase("ผู้กำกับดูแลตัวชี้วัด", en: "who supervises")),
            ],
            seal: certificate.map { certificate in
                (certificate.address(under: baseURL), "ใบรับรองเลขที่ \(certificate.name)")
            })
    }

    private var standing: [Phrase] {
        guard result.state != .unreported, let sent = result.sent else {
            return [Phrase("ร่าง ยังไม่ยืนยันผล", en: "A draft, not confirmed")]
        }
        let confirmed =
            Phrase("ยืนยันผลเมื่อ ", en: "Confirmed on ") + sent.at.inFull
            + Phrase(" โดย \(sent.name)", en: " by \(sent.name)")
        guard let decided = result.decided, result.state == .certified || result.state == .refused else {
            return [confirmed, result.state.phrase]
        }
        let official = result.official.text(decimals: ScoreRule.scoreDecimals)
        return [
            confirmed,
            (result.state == .certified
                ? Phrase("รับรองผลเมื่อ ", en: "Certified on ") : Phrase("ไม่รับรองผลเมื่อ ", en: "Not certified on "))
                + decided.at.inFull + Phrase(" คะแนนทางการ \(official)", en: ", official score \(official)"),
        ]
    }
}
