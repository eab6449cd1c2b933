import Areas
import HTML
import HTTP
import Kernel
import Rounds
import Runtime

/// Which statistics are looked at. What is asked for and isn't there is said, and something near it is shown.
struct StatisticsChoice: Sendable {
    let year: FiscalYear
    let round: Round
    /// Nil: all of them.
    let framework: String?
    let region: Region?
    let kind: Area.Kind?
    /// In the order in which they are offered.
    let years: [FiscalYear]
    let frameworks: [String]
    let rounds: [Round]
    let doubts: [Phrase]

    /// Nil where there is nothing to choose from.
    init?(_ query: Fields, among offers: [Offer], at now: Instant) {
        var doubts: [Phrase] = []
        func chosen<Value>(_ name: String, _ what: Phrase, _ read: (String) -> Value?) -> Value? {
            guard let text = query[name], !text.isEmpty else { return nil }
            let value = read(text)
            if value == nil { doubts.append(what) }
            return value
        }
        years = Set(offers.map(\.year)).sorted(by: >)
        guard let latest = years.first(where: { $0 <= FiscalYear(at: now) }) ?? years.last else { return nil }
        year =
            chosen("fy", Phrase("ไม่มีข้อมูลของปีที่ขอ", en: "There is nothing of the year you asked for")) {
                [years] text in
                years.first { "\($0.number)" == text }
            } ?? latest
        let ofYear = offers.filter { [year] in $0.year == year }
        frameworks = ofYear.reduce(into: []) { if !$0.contains($1.framework) { $0.append($1.framework) } }
        framework = chosen("framework", Phrase("ไม่มีชุดตัวชี้วัดที่ขอ", en: "There is no such framework")) {
            [frameworks] text in
            frameworks.first { $0 == text }
        }
        let ofFramework = ofYear.filter { [framework] in framework == nil || $0.framework == framework }
        rounds = Set(ofFramework.map(\.round)).sorted { $0.order < $1.order }
        let round = chosen("round", Phrase("ไม่มีรอบที่ขอ", en: "There is no such round")) { [rounds] text in
            rounds.first { $0.code == text }
        }
        guard let round = round ?? Self.ordinary(ofFramework, in: year, at: now) else { return nil }
        self.round = round
        region = chosen("region", Phrase("ไม่มีภาคที่ขอ", en: "There is no such region")) { Region(rawValue: $0) }
        kind = chosen("kind", Phrase("ไม่มีประเภทเขตที่ขอ", en: "There is no such kind of area")) {
            Area.Kind(rawValue: $0).flatMap { $0 == .central ? nil : $0 }
        }
        self.doubts = doubts
    }

    /// The last round that has begun; the central office's, where it has some.
    private static func ordinary(_ offers: [Offer], in year: FiscalYear, at now: Instant) -> Round? {
        let national = offers.filter(\.isNational)
        let rounds = (national.isEmpty ? offers : national).map(\.round).sorted { $0.order < $1.order }
        return rounds.last { $0.ordinaryDates(in: year).opening <= Day(inBangkok: now) } ?? rounds.first
    }

    func admits(_ code: String, _ kind: Area.Kind) -> Bool {
        (region == nil || Region(code: code) == region) && (self.kind == nil || self.kind == kind)
    }

    /// Those up to the chosen one, that a trend shows.
    var trendYears: [FiscalYear] { years.filter { $0 <= year }.prefix(5).reversed() }

    /// What links take along.
    var query: Fields {
        var fields = Fields()
        fields.set("fy", "\(year.number)")
        fields.set("framework", framework)
        fields.set("round", round.code)
        fields.set("region", region?.rawValue)
        fields.set("kind", kind?.rawValue)
        return fields
    }
}
