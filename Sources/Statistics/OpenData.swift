import Areas
import HTML
import Interface
import Kernel
import Rounds
import Runtime

/// The same for programs.
extension Scope {
    var json: JSON {
        switch self {
        case .country(let country):
            frame(
                score: country.mean(in: country.choice.year), rank: nil,
                reports: country.reports(in: country.choice.year),
                country.progress.map { ($0.framework, $0.counts) }, areas: country.areas)
        case .area(let report):
            frame(
                score: report.own?.score, rank: report.own?.rank, reports: report.reports(in: report.choice.year),
                report.frameworks.map { ($0.framework, $0.counts) }, areas: [])
        }
    }

    private func frame(
        score: MeanScore?, rank: Int?, reports: ReportCounts, _ frameworks: [(String, ResultCounts)],
        areas: [AreaYear]
    ) -> JSON {
        [
            "year": JSON(choice.year.number), "round": .text(choice.round.code), "framework": JSON(choice.framework),
            "counted-at": JSON(countedAt?.text), "score": JSON(score?.text(decimals: 5)),
            "rank": rank.map { JSON($0) } ?? .null,
            "reports": [
                "assigned": JSON(reports.assigned), "sent": JSON(reports.sent), "missed": JSON(reports.missed),
                "checked": JSON(reports.checked), "due": JSON(reports.due), "in-time": JSON(reports.inTime),
                "mean": JSON(reports.mean?.text(decimals: 5)),
            ],
            "frameworks": .array(
                frameworks.map { .object([.init(name: "framework", value: .text($0.0))] + $0.1.json) }),
            "areas": .array(areas.map(\.json)),
        ]
    }

    static let schema = APISchema.object([
        ("year", .number), ("round", .text), ("framework", .optional(.text)), ("counted-at", .optional(.moment)),
        ("score", .optional(.text)), ("rank", .optional(.number)),
        (
            "reports",
            .object([
                ("assigned", .number), ("sent", .number), ("missed", .number), ("checked", .number), ("due", .number),
                ("in-time", .number), ("mean", .optional(.text)),
            ])
        ),
        ("frameworks", .list(.object([("framework", .text)] + ResultCounts.schema))),
        ("areas", .list(AreaYear.schema)),
    ])
}

extension ResultCounts {
    fileprivate var json: [JSON.Member] {
        [
            .init(name: "unreported", value: JSON(unreported)), .init(name: "waiting", value: JSON(waiting)),
            .init(name: "refused", value: JSON(refused)), .init(name: "certified", value: JSON(certified)),
        ]
    }

    fileprivate static let schema: [(name: String, schema: APISchema)] = [
        ("unreported", .number), ("waiting", .number), ("refused", .number), ("certified", .number),
    ]
}

extension AreaYear {
    fileprivate var json: JSON {
        .object(
            [
                .init(name: "code", value: .text(code)), .init(name: "area", value: .text(name)),
                .init(name: "province", value: JSON(province?.name.thai)),
                .init(name: "region", value: JSON(province?.region.rawValue)),
                .init(name: "score", value: JSON(score?.text(decimals: 5))),
                .init(name: "rank", value: rank.map { JSON($0) } ?? .null),
            ] + counts.json)
    }

    fileprivate static let schema = APISchema.object(
        [
            ("code", .text), ("area", .text), ("province", .optional(.text)), ("region", .optional(.text)),
            ("score", .optional(.text)), ("rank", .optional(.number)),
        ] + ResultCounts.schema)
}
