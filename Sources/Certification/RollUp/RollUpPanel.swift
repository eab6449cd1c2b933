import Catalogue
import HTML
import Interface
import Kernel
import Scoring

/// On the result's own page: what came from the schools, and how far they are.
struct RollUpPanel {
    let visit: Visit
    let entry: ResultEntry
    let rollUp: RollUp
    /// What was sent last, if it still waits.
    let sent: Submission?

    func write(to html: HTML) {
        let variables = entry.sheet.rolledUp
        guard !variables.isEmpty else { return }
        let figures = rollUp.figures(for: variables)
        html.section(.className("panel"), .id("schools")) {
            html.h2(text: Phrase("จากรายงานของโรงเรียน", en: "From the schools' reports"))
            if rollUp.source == nil {
                html.p(
                    text: Phrase(
                        "ยังไม่ได้เลือกว่าโรงเรียนรายงานที่ตัวชี้วัดใด ตัวเลขนี้จึงยังไม่มี",
                        en: "It isn't chosen yet which indicator schools report, so these numbers are missing."))
            } else {
                RollUpProgress(rollUp: rollUp).write(to: html)
            }
            let changed = variables.filter { sent != nil && figures[$0.name] != sent?.values[$0.name] }
            if !changed.isEmpty {
                html.note(
                    .new, "dot", Phrase("เปลี่ยนไปหลังส่ง", en: "Changed since it was sent"),
                    Phrase(
                        same: changed.map { variable in
                            "\(variable.label) \(figure(sent?.values[variable.name])) → \(figure(figures[variable.name]))"
                        }.joined(separator: ", ")))
            }
            html.action(
                visit.link("\(entry.result.path)/schools"),
                rollUp.source == nil
                    ? Phrase("เลือกหรือสร้าง", en: "Choose or make it") : Phrase("ดูรายโรงเรียน", en: "See by school"),
                icon: "people")
        }
    }

    private func figure(_ text: String?) -> String { text.flatMap { Exact($0) }.map { $0.groupedShort() } ?? "–" }
}

/// How many of the schools count so far.
struct RollUpProgress {
    let rollUp: RollUp

    func write(to html: HTML) {
        let (counted, all) = (rollUp.counted.count, rollUp.reports.count)
        let unchecked = rollUp.reports.count { $0.standing == .unchecked }
        html.p(.className("mb-1")) {
            Phrase("นับรวมแล้ว \(counted) จาก \(all) แห่ง", en: "\(counted) of \(all) units count").write(to: html)
            if unchecked > 0 {
                Phrase(" · รอตรวจ \(unchecked) แห่ง", en: " · \(unchecked) wait for check").write(to: html)
            }
        }
        html.div(.className("mb-3")) { html.bar("\(counted)", "\(unchecked)", of: "\(max(all, 1))") }
    }
}
