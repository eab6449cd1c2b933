import HTML
import Interface
import Kernel
import Runtime

/// File by file: what is new since the last decision, and all of it where a browser can show it.
struct ItemEvidence {
    let visit: Visit
    let item: DeskItem
    let current: Submission

    func write(to html: HTML) {
        let known = Set((item.decidedOn?.evidence ?? []).map(\.digest))
        let isCompared = item.decidedOn != nil
        let new = current.evidence.count { !known.contains($0.digest) }
        html.h3(.className("mb-2")) {
            Phrase("หลักฐาน ", en: "Evidence ").write(to: html)
            html.span(.className("dim fw-normal")) {
                Phrase("\(current.evidence.count) ไฟล์", en: "\(current.evidence.count) files").write(to: html)
                if isCompared { Phrase(" ใหม่ \(new) ไฟล์", en: ", \(new) new").write(to: html) }
            }
        }
        html.div(.className("split two")) {
            for file in current.evidence { self.file(html, file, isNew: isCompared && !known.contains(file.digest)) }
        }
        let gone = (item.decidedOn?.evidence ?? []).filter { old in
            !current.evidence.contains { $0.digest == old.digest }
        }
        for file in gone {
            html.p(.className("small mb-1")) {
                html.del(text: file.name)
                Phrase(" เอาออกแล้ว", en: " was taken away").write(to: html)
            }
        }
    }

    private func file(_ html: HTML, _ file: SubmittedFile, isNew: Bool) {
        let address = visit.link("\(item.result.deskKey.path)/files/\(file.file)")
        html.div {
            html.p(.className("mb-1")) {
                html.b(text: file.description)
                html.text(" ")
                if isNew { html.state(.new, "plus", Phrase("ใหม่", en: "New")) }
                html.br()
                html.a(.href(address)) {
                    html.icon("clip")
                    html.text(" \(file.name)")
                }
                html.text(" ")
                html.span(.className("small dim")) {
                    sizePhrase(file.size).write(to: html)
                    (Phrase(same: " · ") + file.sentAt.inShort + Phrase(same: " \(file.sender)")).write(to: html)
                }
            }
            let ending = file.name.split(separator: ".").last?.lowercased() ?? ""
            if ["jpg", "jpeg", "png", "webp", "gif"].contains(ending) {
                html.img(
                    .className("d-block mw-100 my-2"), Attribute("loading", "lazy"),
                    Attribute("src", address + "?show"),
                    Attribute("alt", file.description))
            } else if ending == "pdf" {
                html.frame(address + "?show", titled: file.description)
            }
        }
    }
}
