import Catalogue
import Files
import HTML
import Kernel
import Postgres
import Rounds
import Runtime
import Scoring
import Secrets

/// Reports of the demonstration's schools: rounds that are past nearly all checked, the open ones partly sent.
struct DemonstrationReports {
    let area: Area
    let now: Instant
    let files: any FileStore
    /// Where the file lies until it is stored.
    let temporaryFolder: String

    /// A school's report that is to be made up, with who may confirm it.
    private struct Open: Sendable {
        var id: AssignmentID
        var unitName: String
        var sender: MemberID
        var senderName: String
        var opening: Day
        var due: Instant
        /// The school of the account that one signs in with: it has a report in each state.
        var isShown: Bool
    }

    func write(_ transaction: Transaction) async throws {
        let checker = try await transaction.run(checker)
        let file = try await storeFile(transaction)
        var dice = Dice(area.id.rawValue + 4)
        var shown = 0
        for report in try await transaction.run(open) {
            guard let sheet = try await transaction.run(Query.sheet(ofReport: report.id, in: area.id)) else { continue }
            if report.isShown { shown += 1 }
            let made = MadeReport(sheet, isPast: report.due < now, shown: report.isShown ? shown : nil, &dice)
            let name = "\(sheet.title) · \(sheet.round.name.thai) · \(report.unitName)"
            try await write(made, report, name, checker, file, &dice, transaction)
        }
        try await transaction.execute(counts)
    }

    private var checker: Query<(id: MemberID, name: String)> {
        .one(
            """
            SELECT id, title || first_name || ' ' || last_name
            FROM members
            WHERE area_id = \(area.id) AND username = 'checker'
            """
        ) { (id: try $0.next(), name: try $0.next()) }
    }

    /// What has opened by now.
    private var open: Query<[Open]> {
        .all(
            """
            SELECT a.id, u.name, s.id, s.title || s.first_name || ' ' || s.last_name, r.opens_on, r.due_at,
                EXISTS (
                    SELECT 1
                    FROM members t
                    WHERE t.area_id = a.area_id AND t.unit_id = a.unit_id AND t.username = 'teacher'
                )
            FROM assignments a
            JOIN units u ON u.area_id = a.area_id AND u.id = a.unit_id
            JOIN indicator_rounds r
                ON r.area_id = a.area_id AND r.indicator_id = a.indicator_id AND r.round = a.round
            CROSS JOIN LATERAL (
                SELECT id, title, first_name, last_name
                FROM members
                WHERE area_id = a.area_id AND unit_id = a.unit_id AND 'SA' = ANY (flags) AND status = 'enabled'
                ORDER BY username = 'school-director' DESC, id
                LIMIT 1
            ) s
            WHERE a.area_id = \(area.id) AND r.opens_on <= \(Day(inBangkok: now))::date
            ORDER BY r.due_at, a.id
            """
        ) {
            Open(
                id: try $0.next(), unitName: try $0.next(), sender: try $0.next(), senderName: try $0.next(),
                opening: try $0.next(),
                due: try $0.next(), isShown: try $0.next())
        }
    }

    /// A piece of evidence that all of them attach.
    private func storeFile(_ transaction: Transaction) async throws -> Int {
        try Disk.makeFolder(temporaryFolder, mode: 0o700)
        let path = "\(temporaryFolder)/demonstration.pdf"
        let bytes = demonstrationPDF
        try Disk.write(bytes, to: path)
        let digest = try await files.keep(path)
        let insert = Query<Int>.one(
            """
            INSERT INTO files (area_id, sha256, name, kind, size, uploader_name, uploaded_at)
            VALUES (
                \(area.id), \(Bytes(digest.bytes)), 'สรุปผลการดำเนินงาน.pdf', 'pdf', \(bytes.count), '', \(now)
            )
            RETURNING id
            """
        ) { try $0.next() }
        try await transaction.execute("UPDATE file_space SET used = used + \(bytes.count) WHERE area_id = \(area.id)")
        return try await transaction.run(insert)
    }

    private func write(
        _ made: MadeReport, _ report: Open, _ name: String, _ checker: (id: MemberID, name: String), _ file: Int,
        _ dice: inout Dice, _ transaction: Transaction
    ) async throws {
        guard made.state != "waiting" else { return }
        let opening = report.opening.instant(hour: 9, minute: 0)
        let span = max(min(report.due.seconds, now.seconds) - opening.seconds - 7200, 3600)
        let sent = opening + Int(dice.next() % UInt64(span))
        let decided = min(sent + 5400, now)
        let isConfirmed = ["confirmed", "checked"].contains(made.state)
        let isChecked = made.state == "checked"
        try await transaction.execute(
            """
            UPDATE assignments
            SET state = \(made.state), version = 1, entries = \(made.entriesJSON), words = \(made.words),
                narrative = \(made.narrative),
                self_score = \(made.selfScore), saved_at = \(made.state == "missed" ? nil : sent),
                saved_name = \(made.state == "missed" ? nil : report.senderName), result = \(made.result),
                score = \(made.score), confirmed_at = \(isConfirmed ? sent : nil),
                confirmed_by = \(isConfirmed ? report.sender : nil),
                confirmed_name = \(isConfirmed ? report.senderName : nil),
                check_score = \(isChecked ? made.checkScore : nil), checked_at = \(isChecked ? decided : nil),
                checked_by = \(isChecked ? checker.id : nil), checked_name = \(isChecked ? checker.name : nil),
                correct_by = \(made.state == "returned" ? now + 5 * 86_400 : nil)
            WHERE area_id = \(area.id) AND id = \(report.id)
            """)
        let deed = made.state == "missed" ? "missed" : isConfirmed ? "confirmed" : "saved"
        try await record(deed, report, name, sent, transaction)
        if isConfirmed || made.state == "returned" {
            try await transaction.execute(
                """
                INSERT INTO evidence (
                    area_id, assignment_id, place, description, file_id, sent_at, sender_name, received_at, receiver_name
                )
                VALUES (
                    \(area.id), \(report.id), 1, 'สรุปผลการดำเนินงานของโรงเรียน', \(file), \(sent), \(report.senderName),
                    \(isChecked ? decided : nil), \(isChecked ? checker.name : nil)
                )
                """)
        }
        if isChecked {
            try await record("checked", report, name, decided, by: checker, score: made.checkScore, transaction)
        }
        if made.state == "returned" {
            try await transaction.execute(
                """
                INSERT INTO report_comments (area_id, assignment_id, kind, words, author_id, author_name, written_at)
                VALUES (
                    \(area.id), \(report.id), 'return', 'จำนวนนักเรียนไม่ตรงกับเอกสารที่ 1 ขอให้ตรวจตัวเลขแล้วยืนยันใหม่',
                    \(checker.id), \(checker.name), \(decided)
                )
                """)
            try await record("returned", report, name, decided, by: checker, transaction)
        }
    }

    private func record(
        _ deed: String, _ report: Open, _ name: String, _ moment: Instant,
        by checker: (id: MemberID, name: String)? = nil,
        score: Exact? = nil, _ transaction: Transaction
    ) async throws {
        let isNobodys = deed == "missed"
        let entry = JournalEntry(
            area: area.id, happenedAt: moment, actorArea: area.id,
            actor: isNobodys ? nil : checker?.id ?? report.sender,
            actorName: isNobodys ? "" : checker?.name ?? report.senderName, address: "10.0.0.7",
            action: "report.\(deed)", subject: "report/\(report.id)", subjectName: name,
            after: score.map { ["check-score": .text($0.text(decimals: ScoreRule.scoreDecimals))] } ?? [:])
        _ = try await transaction.run(.record(entry))
    }

    /// What the list of indicators shows beside each round.
    private var counts: SQL {
        """
        UPDATE indicator_rounds
        SET confirmed = n.confirmed, checked = n.checked, score_sum = n.score_sum
        FROM (
            SELECT area_id, indicator_id, round, count(*) FILTER (WHERE state IN ('confirmed', 'checked')) AS confirmed,
                count(*) FILTER (WHERE state = 'checked') AS checked, coalesce(sum(check_score), 0) AS score_sum
            FROM assignments
            WHERE area_id = \(area.id)
            GROUP BY area_id, indicator_id, round
        ) n
        WHERE indicator_rounds.area_id = \(area.id) AND n.area_id = indicator_rounds.area_id
            AND n.indicator_id = indicator_rounds.indicator_id AND n.round = indicator_rounds.round
        """
    }
}

/// One page that says what it is.
private let demonstrationPDF: [UInt8] = {
    let words = "BT /F1 20 Tf 60 760 Td (Rabrong demonstration: summary of results) Tj ET"
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        "<< /Length \(words.utf8.count) >>\nstream\n\(words)\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    var text = "%PDF-1.4\n"
    var offsets: [Int] = []
    for (place, object) in objects.enumerated() {
        offsets.append(text.utf8.count)
        text += "\(place + 1) 0 obj\n\(object)\nendobj\n"
    }
    let start = text.utf8.count
    let entries = offsets.map { "\($0, digits: 10) 00000 n \n" }.joined()
    text += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n\(entries)"
    text += "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(start)\n%%EOF\n"
    return Array(text.utf8)
}()
