import Catalogue
import Documents
import Evidence
import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Rounds
import Runtime

/// The year's indicators by rounds: how much evidence waits to be received.
func listReceipts(_ context: Context) async throws -> Outcome {
    let (visit, counts) = try await context.page(.receiptCounts(of: context.year, in: context.area.id))
    return .page(
        ReceiptsPage(visit: visit, counts: counts), visit,
        json: [
            "items": .array(
                counts.map { count in
                    [
                        "indicator": JSON(count.indicator.rawValue), "round": .text(count.round.code),
                        "sent": JSON(count.sent), "received": JSON(count.received),
                    ]
                })
        ])
}

let receiptCountSchema = APISchema.object([
    ("indicator", .number), ("round", .text), ("sent", .number), ("received", .number),
])

struct ReceiptsPage: TablePage {
    let visit: Visit
    let counts: [ReceiptCount]

    var title: Phrase { Phrase("รับเอกสารหลักฐาน", en: "Evidence received") }

    private var waiting: Int { counts.reduce(0) { $0 + $1.sent - $1.received } }

    func write(to html: HTML) {
        html.head(
            title,
            visit.year.phrase
                + Phrase(" · รอรับ \(visit.number(waiting)) ไฟล์", en: " · \(visit.number(waiting)) files to receive"))
        guard !counts.isEmpty else {
            return html.none(
                "sent", Phrase("ปีนี้ยังไม่มีเอกสารส่งมา", en: "No evidence was sent in this year yet"),
                Phrase("เมื่อหน่วยงานยืนยันรายงาน เอกสารจะมาอยู่ที่นี่", en: "What units confirm will stand here."))
        }
        let rounds = Set(counts.map(\.round)).sorted { $0.order < $1.order }
        html.section(.className("panel flush")) {
            html.div(.className("over")) {
                html.table(.className("table table-hover stack mb-0")) {
                    html.thead {
                        html.tr {
                            html.th(.scope("col"), .className("main"), text: Phrase("ตัวชี้วัด", en: "Indicator"))
                            for round in rounds { html.th(.scope("col"), text: round.name) }
                        }
                    }
                    html.tbody {
                        for indicator in indicators {
                            row(html, indicator, rounds)
                        }
                    }
                }
            }
        }
        html.downloads(visit)
    }

    private var indicators: [(id: IndicatorID, title: String)] {
        var found: [(id: IndicatorID, title: String)] = []
        for count in counts where found.last?.id != count.indicator { found.append((count.indicator, count.title)) }
        return found
    }

    var sheet: Sheet {
        Sheet(
            title, in: visit, of: counts,
            [
                .text(Phrase("ตัวชี้วัด", en: "Indicator"), width: 50, \.title),
                .phrase(Phrase("รอบ", en: "Round"), \.round.name), .count(Phrase("ไฟล์ที่ส่ง", en: "Files sent"), \.sent),
                .count(Phrase("รับแล้ว", en: "Received"), \.received),
            ])
    }

    private func row(_ html: HTML, _ indicator: (id: IndicatorID, title: String), _ rounds: [Round]) {
        html.tr {
            html.th(.scope("row")) {
                html.a(
                    .className("text-decoration-none"), .href(visit.link("/indicators/\(indicator.id)/receipts")),
                    text: indicator.title)
            }
            for round in rounds {
                html.td(Attribute("data-label", round.name)) {
                    if let count = counts.first(where: { $0.indicator == indicator.id && $0.round == round }) {
                        state(html, count)
                    }
                }
            }
        }
    }

    private func state(_ html: HTML, _ count: ReceiptCount) {
        html.div {
            html.text("\(count.received)/\(count.sent) ")
            count.received == count.sent
                ? html.state(.ok, "check", Phrase("รับครบ", en: "All received"))
                : html.state(
                    .wait, "sent",
                    Phrase("รอรับ \(count.sent - count.received)", en: "\(count.sent - count.received) wait"))
        }
    }
}

/// The evidence of one indicator, to be downloaded and received.
func showReceipts(_ context: Context) async throws -> Outcome {
    let id: IndicatorID = try context.identifier("indicator")
    let (visit, indicator, sent) = try await context.page(
        .head(of: id, in: context.area.id), .sentEvidence(of: id, in: context.area.id))
    guard let indicator, !indicator.isHidden else { throw Refusal.notFound }
    let page = IndicatorReceiptsPage(visit: visit, indicator: indicator, sent: sent)
    return .page(
        page, visit,
        json: [
            "items": .array(
                page.shown.map { sent in
                    [
                        "report": JSON(sent.report.rawValue), "reporter": .text(sent.reporter),
                        "round": .text(sent.round.code), "evidence": sent.item.json,
                    ]
                })
        ])
}

let sentEvidenceSchema = APISchema.object([
    ("report", .number), ("reporter", .text), ("round", .text), ("evidence", EvidenceItem.schema),
])

struct IndicatorReceiptsPage: TablePage {
    let visit: Visit
    let indicator: IndicatorHead
    let sent: [SentEvidence]

    var title: Phrase { Phrase("เอกสารของ ", en: "Evidence of ") + Phrase(same: indicator.title) }

    private var round: Round? { visit.query["round"].flatMap { Round(code: $0) } }

    private var mayReceive: Bool { visit.viewer.map { indicator.isReceived(by: $0) } ?? false }

    var shown: [SentEvidence] { sent.filter { round == nil || $0.round == round } }

    func write(to html: HTML) {
        html.p(.className("mb-2")) {
            html.a(.href(visit.link("/receipts")), text: Phrase("รับเอกสารหลักฐาน", en: "Evidence received"))
        }
        let waiting = shown.count { $0.item.received == nil }
        html.head(
            title,
            Phrase(
                "\(shown.count) ไฟล์ · รอรับ \(waiting) ไฟล์", en: "\(shown.count) files · \(waiting) to receive"))
        rounds(html)
        if !mayReceive {
            html.note(
                .wait, "info",
                Phrase(
                    "ตัวชี้วัดนี้มีผู้รับตามชื่อ ท่านเปิดดูได้ แต่ไม่ได้เป็นผู้รับ", en: "Others are named to receive this; you may open it."))
        }
        guard !shown.isEmpty else {
            return html.none(
                "sent", Phrase("ยังไม่มีเอกสาร", en: "No evidence yet"),
                Phrase("เมื่อหน่วยงานยืนยันรายงาน เอกสารจะมาอยู่ที่นี่", en: "What units confirm will stand here."))
        }
        html.section(.className("panel flush")) {
            html.table(.className("table table-hover stack mb-0")) {
                html.tbody { for sent in shown { row(html, sent) } }
            }
        }
        html.downloads(visit)
    }

    var sheet: Sheet {
        Sheet(
            title, in: visit, of: shown,
            [
                .text(Phrase("ผู้รายงาน", en: "Reporter"), width: 40, \.reporter),
                .phrase(Phrase("รอบ", en: "Round"), \.round.name),
                .text(Phrase("คำอธิบาย", en: "Description"), width: 50, \.item.description),
                .text(Phrase("ไฟล์", en: "File"), width: 30, \.item.file.name),
                .count(Phrase("ขนาด (ไบต์)", en: "Size (bytes)"), \.item.file.size),
                .moment(Phrase("ส่งเมื่อ", en: "Sent"), \.item.sent.at),
                .text(Phrase("ผู้ส่ง", en: "Sender"), width: 30, \.item.sent.name),
                .moment(Phrase("รับเมื่อ", en: "Received")) { $0.item.received?.at },
                .text(Phrase("ผู้รับ", en: "Receiver"), width: 30) { $0.item.received?.name ?? "" },
            ])
    }

    private func rounds(_ html: HTML) {
        let all = Set(sent.map(\.round)).sorted { $0.order < $1.order }
        guard all.count > 1 else { return }
        html.div(.className("acts mb-3"), .role("group"), .label(Phrase("รอบ", en: "Round"))) {
            link(html, nil, Phrase("ทุกรอบ", en: "All rounds"))
            for round in all { link(html, round, round.name) }
        }
    }

    private func link(_ html: HTML, _ other: Round?, _ label: Phrase) {
        html.a(
            .className("btn btn-quiet"), .className("active").when(other == round),
            .href(visit.link("/indicators/\(indicator.id)/receipts") + (other.map { "?round=\($0.code)" } ?? "")),
            Attribute.chosen.when(other == round), text: label)
    }

    private func row(_ html: HTML, _ sent: SentEvidence) {
        let address = visit.link("/reports/\(sent.report)/evidence/\(sent.item.place)")
        html.tr {
            html.th(.scope("row")) {
                html.a(.href(visit.link("/reports/\(sent.report)")), text: sent.reporter)
                html.div(.className("small dim fw-normal"), text: sent.round.name)
            }
            html.td {
                html.text(sent.item.description)
                html.div(.className("small")) {
                    html.a(.href(address)) {
                        html.icon(sent.item.file.icon)
                        html.text(" \(sent.item.file.name)")
                    }
                    html.text(" ")
                    html.span(.className("dim keep"), text: sizePhrase(sent.item.file.size))
                }
            }
            html.td {
                html.receipt(of: sent.item)
                html.div(
                    .className("small dim"), text: sent.item.sent.at.inShort + Phrase(same: " \(sent.item.sent.name)"))
            }
            html.td {
                if mayReceive, sent.item.received == nil {
                    html.form(
                        to: "/reports/\(sent.report)/evidence/\(sent.item.place)/receipt", visit, .className("d-inline")
                    ) {
                        html.input(.type("hidden"), .name("back"), .value("list"))
                        html.submit(Phrase("จัดเก็บ", en: "Receive"), icon: "check", primary: false)
                    }
                }
            }
        }
    }
}
