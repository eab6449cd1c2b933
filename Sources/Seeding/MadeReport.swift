import Catalogue
import Runtime
import Scoring

/// What a school might have reported: sound figures, scored by the catalogue's own rule.
struct MadeReport: Sendable {
    let state: String
    let entries: [String: String]
    private(set) var words = ""
    private(set) var narrative: JSON = .object([])
    let selfScore: Int?
    let checkScore: Exact?
    let result: Exact?
    let score: Exact?

    /// `shown` counts the reports of the school that the demonstration's teacher belongs to.
    init(_ sheet: ReportSheet, isPast: Bool, shown: Int?, _ dice: inout Dice) {
        state = Self.state(isPast: isPast, shown: shown, &dice)
        entries = state == "waiting" || state == "missed" ? [:] : Self.entries(of: sheet, &dice)
        let assessment = try? sheet.assess(entries).get()
        let isConfirmed = state == "confirmed" || state == "checked"
        result = isConfirmed ? assessment?.result : nil
        score = isConfirmed ? assessment?.score : nil
        let level = assessment.flatMap { Int($0.score.text(decimals: 0)) } ?? 4
        selfScore = entries.isEmpty ? nil : min(max(level, 1), 5)
        checkScore = state == "checked" ? Exact(max(1, min(max(level, 1), 5) - (dice.next() % 5 == 0 ? 1 : 0))) : nil
        guard !entries.isEmpty else { return }
        words = dice.pick(Self.sentences)
        guard !words.isEmpty else { return }
        narrative = [
            "supports": .text(dice.pick(Self.supports)), "obstacles": .text(dice.pick(Self.obstacles)),
            "suggestions": .text(dice.pick(Self.suggestions)),
        ]
    }

    private static let sentences = [
        "ดำเนินการตามแผนปฏิบัติการครบทุกกิจกรรม", "จัดกิจกรรมพี่ช่วยน้องอ่านทุกวันพุธ และสอนเสริมหลังเลิกเรียน",
        "ประชุมครูและกรรมการสถานศึกษา แล้วติดตามผลทุกเดือน", "",
    ]

    private static let supports = [
        "ผู้บริหารให้ความสำคัญ และมีคลังสื่อของเขตให้ใช้ร่วมกัน", "ผู้ปกครองและกรรมการสถานศึกษาร่วมติดตามผลทุกภาคเรียน",
    ]
    private static let obstacles = [
        "โรงเรียนขนาดเล็กบนพื้นที่สูงมีครูไม่ครบชั้น", "นักเรียนย้ายเข้าออกระหว่างภาคเรียน ทำให้ติดตามผลไม่ต่อเนื่อง",
    ]
    private static let suggestions = [
        "ควรจัดครูพี่เลี้ยงระหว่างโรงเรียนในกลุ่มเดียวกัน", "ควรสนับสนุนสื่อการอ่านให้ครบทุกโรงเรียนก่อนเปิดภาคเรียน",
    ]

    private static func state(isPast: Bool, shown: Int?, _ dice: inout Dice) -> String {
        let chance = dice.next() % 100
        if isPast { return chance < 78 ? "checked" : chance < 90 ? "confirmed" : "missed" }
        if let shown { return ["returned", "waiting", "draft", "waiting", "confirmed", "checked"][shown % 6] }
        return switch chance {
        case ..<25: "confirmed"
        case ..<38: "checked"
        case ..<48: "draft"
        case ..<52: "returned"
        default: "waiting"
        }
    }

    private static func entries(of sheet: ReportSheet, _ dice: inout Dice) -> [String: String] {
        var entries: [String: String] = [:]
        let inputs = sheet.inputs.filter(\.isEntered)
        let criteria = sheet.criteria.compactMap(\.self)
        let isFalling = (criteria.first ?? .zero) > (criteria.last ?? .zero)
        let whole = Int(20 + dice.next() % 60)
        let part = isFalling ? Int(dice.next() % 2) : whole * Int(78 + dice.next() % 23) / 100
        let steps = Int(2 + dice.next() % 4)
        for (place, input) in inputs.enumerated() {
            switch input.kind {
            case .done: entries[input.name] = dice.next() % 10 == 0 ? "0" : "1"
            case .step: if place < steps { entries[input.name] = "1" }
            case .number:
                entries[input.name] = inputs.count == 1 ? "\(8 + dice.next() % 23)" : "\(place == 0 ? part : whole)"
            }
        }
        return entries
    }

    var entriesJSON: JSON {
        .object(entries.sorted { $0.key < $1.key }.map { .init(name: $0.key, value: .text($0.value)) })
    }
}
