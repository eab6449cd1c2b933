import Catalogue
import Evidence
import HTML
import Interface
package import Kernel

/// Every address of this feature.
package enum ReportingRoutes {
    package static func register(in registry: inout Registry) {
        registry.actions += Action.ofReports
        registry.words.merge([
            "entries": Phrase("ตัวเลข", en: "Figures"), "result": Phrase("ผล", en: "Result"),
            "score": Phrase("คะแนน", en: "Score"), "check-score": Phrase("ผลตรวจ", en: "Check score"),
            "correct-by": Phrase("แก้ไขภายใน", en: "Correct by"), "description": Phrase("คำอธิบาย", en: "Description"),
        ]) { _, new in new }
        registry.news += News.ofReports
        registry.calendar.append { .reportDeadlines($0) }
        registry.reminders.append(.ofReports)
        registry.navigate(
            NavigationItem(
                "/reports", Phrase("รายงานของฉัน", en: "My reports"), icon: "pen", at: .reports,
                for: .holdersOfAny([.school, .selfAssess])))
        registry.navigate(
            NavigationItem(
                "/receipts", Phrase("รับเอกสาร", en: "Evidence"), icon: "sent", at: .receipts,
                for: .holders(of: .receive)))
        registry.tasks += [{ .senderTasks($0) }, { .officeTasks($0) }]
        reports(&registry.routes)
        evidence(&registry.routes)
        checking(&registry.routes)
        receipt(&registry.routes)
        lists(&registry.routes)
    }

    private static func checking(_ routes: inout Routes) {
        let path = "/reports/:report/check"
        routes.get(
            path, Phrase("ตรวจรายงาน", en: "Check a report"), for: .holdersOfAny([.proof, .owner]), use: showCheck)
        routes.post(
            path, Phrase("ให้คะแนนผลตรวจ", en: "Give the check score"), for: .holders(of: .proof),
            api: APIDescription(input: checkFields), form: path, use: checkReport)
        routes.post(
            "\(path)/undoing", Phrase("ยกเลิกผลตรวจ", en: "Undo a check"), for: .holders(of: .proof),
            api: APIDescription(), form: path, use: undoCheck)
        let many = "/indicators/:indicator/rounds/:round/checks"
        routes.table(many, Phrase("ตรวจหลายหน่วยงาน", en: "Check many"), for: .holders(of: .proof), use: showManyChecks)
        routes.post(
            many, Phrase("ให้คะแนนหลายหน่วยงาน", en: "Check many at once"), for: .holders(of: .proof),
            api: APIDescription(input: manyChecksFields, answer: .object([("checked", .number)])), form: many,
            use: checkMany)
        routes.imports(
            "\(many)/import", Phrase("ให้คะแนนจากตาราง", en: "Scores from a table"), for: .holders(of: .proof),
            ImportHandlers(into: WaitingList.self, apply: importChecks))
        routes.post(
            "/reports/:report/return", Phrase("ส่งกลับแก้ไข", en: "Return for correction"),
            for: .holdersOfAny([.proof, .owner]), api: APIDescription(input: returnFields), form: path,
            use: returnReport)
    }

    private static func receipt(_ routes: inout Routes) {
        routes.table(
            "/receipts", Phrase("เอกสารรอรับของปี", en: "The year's evidence to receive"), for: .holders(of: .receive),
            api: APIDescription(answer: .object([("items", .list(receiptCountSchema))])), use: listReceipts)
        routes.table(
            "/indicators/:indicator/receipts", Phrase("เอกสารของตัวชี้วัด", en: "An indicator's evidence"),
            for: .holders(of: .receive),
            api: APIDescription(answer: .object([("items", .list(sentEvidenceSchema))])), use: showReceipts)
    }

    private static func lists(_ routes: inout Routes) {
        routes.post(
            "/reports/volumes", Phrase("รวมเล่มรายงาน", en: "Bind reports to a volume"),
            for: .holdersOfAny([.school, .selfAssess]),
            api: APIDescription(input: ReportVolume.fields, answer: .object([("id", .number)])), form: "/reports",
            use: orderReportVolume)
        routes.table(
            "/reports", Phrase("รายงานของฉัน", en: "One's own reports"), for: .members,
            api: APIDescription(answer: .object([("items", .list(OwnReport.schema))])), use: listOwnReports)
        routes.register(
            "/indicators/:indicator/matrix", Phrase("ผลรายหน่วยงาน", en: "Results by unit and round"),
            for: .holdersOfAny(matrixFlags),
            api: APIDescription(answer: .object([("items", .list(Matrix.schema))])), use: showMatrix)
    }

    private static func reports(_ routes: inout Routes) {
        let path = "/reports/:report"
        let stored = APISchema.object([("state", .text), ("version", .number)])
        routes.get(
            path, Phrase("ดูรายงาน", en: "See a report"), for: .members, api: APIDescription(answer: Report.schema),
            use: showReport)
        routes.get(
            "\(path)/official", Phrase("รายงานทางการรายตัวชี้วัด", en: "The official report"), for: .members,
            use: showOfficialReport)
        routes.get(
            "\(path)/official.pdf", Phrase("รายงานทางการ (PDF)", en: "The official report (PDF)"), for: .members,
            use: printOfficialReport)
        // Above what is taken, so that a file that is too large is refused at its field.
        let bodyLimit = (EvidenceItem.places.count + 4) * EvidenceItem.sizeLimit
        routes.post(
            "\(path)/draft", Phrase("บันทึกร่างรายงาน", en: "Save a report's draft"), for: .holders(of: .school),
            api: APIDescription(input: draftFields, answer: stored), form: path, bodyLimit: bodyLimit, use: saveReport)
        routes.post(
            "\(path)/confirmation", Phrase("ยืนยันผล", en: "Confirm a report"), for: .holders(of: .selfAssess),
            api: APIDescription(input: draftFields, answer: stored), form: path, bodyLimit: bodyLimit,
            use: confirmReport)
        routes.post(
            "\(path)/withdrawal", Phrase("ถอนคืนรายงาน", en: "Withdraw a report"), for: .holders(of: .selfAssess),
            api: APIDescription(), form: path, use: withdrawReport)
        routes.post(
            "\(path)/comments", Phrase("เขียนข้อความถึงรายงาน", en: "Comment on a report"), for: .members,
            api: APIDescription(input: commentFields), form: path, use: commentOnReport)
    }

    private static func evidence(_ routes: inout Routes) {
        let path = "/reports/:report/evidence/:place"
        routes.get(path, Phrase("เปิดหลักฐาน", en: "Open evidence"), for: .members, use: openEvidence)
        routes.post(
            path, Phrase("ส่งหลักฐาน", en: "Send evidence"), for: .holders(of: .upload),
            api: APIDescription(
                input: draftFields.filter { $0.name.hasPrefix("description-") || $0.name.hasPrefix("file-") }),
            form: "/reports/:report",
            bodyLimit: 4 * EvidenceItem.sizeLimit, use: sendEvidence)
        routes.post(
            "\(path)/receipt", Phrase("รับหลักฐาน", en: "Receive evidence"), for: .holders(of: .receive),
            api: APIDescription(), form: "/reports/:report", use: receiveEvidence)
    }
}

extension Action {
    static let reportSaved = Action("report.saved", Phrase("บันทึกร่าง", en: "Draft saved"))
    static let reportConfirmed = Action("report.confirmed", Phrase("ยืนยันผล", en: "Confirmed"))
    static let reportOpened = Action("report.opened", Phrase("เปิดดู", en: "Opened it"))
    static let reportWithdrawn = Action("report.withdrawn", Phrase("ถอนคืน", en: "Withdrawn"))
    static let reportChecked = Action("report.checked", Phrase("ตรวจแล้ว", en: "Checked"))
    static let checkUndone = Action("report.check-undone", Phrase("ยกเลิกผลตรวจ", en: "Check undone"))
    static let reportReturned = Action("report.returned", Phrase("ส่งกลับแก้ไข", en: "Returned"))
    static let reportMissed = Action("report.missed", Phrase("ขาดส่ง", en: "Missed"))
    static let reportCommented = Action("report.commented", Phrase("เขียนข้อความ", en: "Commented"))
    static let evidenceSent = Action("evidence.sent", Phrase("ส่งหลักฐาน", en: "Evidence sent"))
    static let evidenceRemoved = Action("evidence.removed", Phrase("เอาหลักฐานออก", en: "Evidence taken away"))
    static let evidenceReceived = Action("evidence.received", Phrase("รับหลักฐาน", en: "Evidence received"))

    static let ofEvidence: [Action] = [.evidenceSent, .evidenceRemoved, .evidenceReceived]

    static let ofReports: [Action] =
        [
            .reportSaved, .reportConfirmed, .reportOpened, .reportWithdrawn, .reportChecked, .checkUndone,
            .reportReturned,
            .reportMissed, .reportCommented,
        ] + ofEvidence
}
