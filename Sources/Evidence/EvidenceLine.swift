import Files
package import HTML
import Interface
import Kernel
import Runtime

extension HTML {
    /// The file of a piece of evidence, and when it was sent by whom.
    package func evidenceFile(_ item: EvidenceItem, at address: String) {
        p(.className("small mb-0 mt-1")) {
            a(.href(address)) {
                icon(item.file.icon)
                text(" \(item.file.name)")
            }
            text(" ")
            span(.className("dim keep")) {
                sizePhrase(item.file.size).write(to: self)
                (Phrase(" · ส่ง ", en: " · sent ") + item.sent.at.inShort).write(to: self)
            }
            span(.className("dim"), text: " · \(item.sent.name)")
        }
    }

    package func receipt(of item: EvidenceItem) {
        if item.file.virus != nil {
            return state(.bad, "cross", Phrase("ไม่รับไฟล์ พบไวรัส", en: "Refused: a virus was found"))
        }
        if item.file.isQuarantined { return state(.wait, "pie", Phrase("กำลังตรวจไฟล์", en: "Being scanned")) }
        if let received = item.received {
            state(.ok, "check", Phrase("รับแล้ว", en: "Received"))
            dim(received)
        } else if let opened = item.opened {
            state(.off, "eye", Phrase("เปิดดูแล้ว", en: "Opened"))
            dim(opened)
        } else {
            state(.off, "sent", Phrase("ส่งแล้ว รอรับ", en: "Sent, to be received"))
        }
    }

    private func dim(_ mark: EvidenceItem.Mark) {
        text(" ")
        span(.className("dim"), text: mark.at.inShort + Phrase(same: " \(mark.name)"))
    }
}

extension StoredFile {
    package var icon: String {
        if kind == .pdf { return "pdf" }
        if isPicture { return "img" }
        return [.xlsx, .xls, .ods, .csv].contains(kind) ? "xls" : "clip"
    }
}
