import HTML
import HTTP
import Interface
import Kernel
import Postgres
import Runtime

/// A job that was given up.
struct FailedJob: Sendable {
    var id: Int
    var kind: String
    var attempts: Int
    var failedAt: Instant
    var error: String

    var json: JSON {
        [
            "id": JSON(id), "kind": .text(kind), "attempts": JSON(attempts), "failed-at": JSON(failedAt),
            "error": .text(error),
        ]
    }

    static let schema = APISchema.object([
        ("id", .number), ("kind", .text), ("attempts", .number), ("failed-at", .moment), ("error", .text),
    ])
}

extension Query where Answer == [FailedJob] {
    static func failedJobs(of area: AreaID) -> Query {
        .all(
            """
            SELECT id, kind, attempts, failed_at, coalesce(last_error, '')
            FROM jobs
            WHERE area_id = \(area) AND failed_at IS NOT NULL
            ORDER BY failed_at DESC, id
            LIMIT 200
            """
        ) {
            FailedJob(
                id: try $0.next(), kind: try $0.next(), attempts: try $0.next(), failedAt: try $0.next(),
                error: try $0.next())
        }
    }
}

extension Query where Answer == Int {
    fileprivate static func tryAgain(_ id: Int, in area: AreaID, at now: Instant) -> Query {
        .deed(
            """
            UPDATE jobs
            SET failed_at = NULL, attempts = 0, run_at = \(now)
            WHERE area_id = \(area) AND id = \(id) AND failed_at IS NOT NULL
            """)
    }

    fileprivate static func discard(_ id: Int, in area: AreaID) -> Query {
        .deed("DELETE FROM jobs WHERE area_id = \(area) AND id = \(id) AND failed_at IS NOT NULL")
    }
}

/// What could not be done in an area, for the operator to mend.
struct FailedJobsPage: Page {
    let visit: Visit
    let area: Area
    let jobs: [FailedJob]

    var title: Phrase { Phrase("งานที่ล้มเหลว", en: "Failed jobs") }

    func write(to html: HTML) {
        html.head(title, Phrase(same: area.shortName)) {
            html.action(visit.link("/areas"), Phrase("เขตทั้งหมด", en: "All areas"))
        }
        if jobs.isEmpty {
            html.none(
                "check", Phrase("ไม่มีงานที่ล้มเหลว", en: "No job has failed"),
                Phrase("งานที่ทำไม่สำเร็จ 8 ครั้งจะมาอยู่ที่นี่", en: "Jobs that fail eight times come here."))
        }
        for job in jobs {
            html.section(.className("panel")) {
                html.h2(text: job.kind)
                html.p {
                    html.text(job.error)
                    html.br()
                    html.span(.className("dim")) {
                        (Phrase("ลอง \(job.attempts) ครั้ง ล่าสุด ", en: "\(job.attempts) attempts, the last ")
                            + job.failedAt.inShort).write(to: html)
                    }
                }
                html.div(.className("acts")) {
                    html.deedButton(
                        "/areas/\(area.code)/jobs/\(job.id)/retry", Phrase("ลองอีกครั้ง", en: "Try again"), icon: "repeat",
                        visit)
                    html.deedButton(
                        "/areas/\(area.code)/jobs/\(job.id)/removal", Phrase("ทิ้ง", en: "Discard"), icon: "trash",
                        bad: true, visit)
                }
            }
        }
    }
}

func showFailedJobs(_ context: Context) async throws -> Outcome {
    let area = try await areaNamed(context)
    let (visit, jobs) = try await context.page(of: area, .failedJobs(of: area.id))
    return .page(FailedJobsPage(visit: visit, area: area, jobs: jobs), visit, json: ["items": .array(jobs.map(\.json))])
}

func retryJob(_ context: Context) async throws -> Outcome {
    try await mend(context, .jobRetried) { id, deed in .tryAgain(id, in: deed.area, at: deed.now) }
}

func discardJob(_ context: Context) async throws -> Outcome {
    try await mend(context, .jobDiscarded) { id, deed in .discard(id, in: deed.area) }
}

private func mend(
    _ context: Context, _ action: Action, _ query: @Sendable (Int, Deed) -> Query<Int>
) async throws -> Outcome {
    let area = try await areaNamed(context)
    let id: Identifier<FailedJob> = try context.identifier("job")
    try await context.deed(in: area) { deed in
        guard try await deed.run(query(id.rawValue, deed)) == 1 else { throw Refusal.notFound }
        try await deed.record(action, on: "job/\(id)", named: area.shortName)
    }
    return .done("/areas/\(area.code)/jobs")
}

extension Action {
    static let jobRetried = Action("job.retried", Phrase("ให้งานลองอีกครั้ง", en: "Job tried again"))
    static let jobDiscarded = Action("job.discarded", Phrase("ทิ้งงาน", en: "Job discarded"))
}
