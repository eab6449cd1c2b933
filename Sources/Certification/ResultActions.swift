import HTML
import Kernel

/// What is done to results, as the record names it.
extension Action {
    static let resultSaved = Action("result.saved", Phrase("บันทึกร่างผลของเขต", en: "Result's draft saved"))
    static let resultSent = Action("result.sent", Phrase("ยืนยันผลของเขต", en: "Result confirmed"))
    static let resultWithdrawn = Action("result.withdrawn", Phrase("ถอนคืนผลของเขต", en: "Result withdrawn"))
    static let resultEvidenceSent = Action("result.evidence-sent", Phrase("แนบหลักฐานของผล", en: "Evidence attached"))
    static let resultEvidenceRemoved = Action(
        "result.evidence-removed", Phrase("เอาหลักฐานของผลออก", en: "Evidence taken away"))
    static let resultCut = Action("result.cut", Phrase("เลยกำหนดโดยไม่รายงาน", en: "Past due without a report"))
    static let resultCertified = Action("result.certified", Phrase("รับรองผล", en: "Certified"))
    static let resultRefused = Action("result.refused", Phrase("ไม่รับรองผล", en: "Not certified"))
    static let resultExtended = Action("result.extended", Phrase("ขยายเวลาให้เขต", en: "More time for an area"))
    static let resultReopened = Action("result.reopened", Phrase("เปิดพิจารณาใหม่", en: "Opened again"))
    static let resultEscalated = Action(
        "result.escalated", Phrase("ส่งให้ กพร. ตัดสิน", en: "Passed to the indicator office"))

    static let resultMessage = Action("result.message", Phrase("เขียนข้อความ", en: "Wrote"))
    static let resultAcknowledged = Action("result.acknowledged", Phrase("รับทราบ", en: "Acknowledged"))

    static let ofResults: [Action] = [
        .resultSaved, .resultSent, .resultWithdrawn, .resultEvidenceSent, .resultEvidenceRemoved, .resultCut,
        .resultCertified, .resultRefused, .resultExtended, .resultReopened, .resultEscalated, .resultMessage,
        .resultAcknowledged, .itemAssigned, .resultProposed, .proposalDeclined, .rollUpChosen, .centralDataSent,
        .centralDataCame, .centralDataDisputed, .disputeAnswered, .resultsClosed, .resultsOpened,
    ]
}
