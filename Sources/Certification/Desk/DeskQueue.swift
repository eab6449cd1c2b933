import Areas
import HTML
import Kernel
import Runtime

/// A queue as its certifier sees it: filtered, with its progress and one item open.
struct DeskQueue: Sendable {
    enum Filter: String, CaseIterable {
        case waiting, ordinary, changed, outlier, late, disputed, news, mine, refused, unreported, all

        var phrase: Phrase {
            switch self {
            case .waiting: Phrase("รอรับรอง", en: "Waiting")
            case .ordinary: Phrase("รอรับรอง ไม่มีข้อสังเกต", en: "Waiting, nothing unusual")
            case .changed: Phrase("แก้ไขและส่งใหม่", en: "Sent anew")
            case .outlier: Phrase("ต่างจากเขตอื่นมาก", en: "Unlike the others")
            case .late: Phrase("ส่งช้า", en: "Late")
            case .disputed: Phrase("ทักท้วงข้อมูลส่วนกลาง", en: "Disputed")
            case .news: Phrase("มีข้อมูลใหม่", en: "New information")
            case .mine: Phrase("มอบหมายให้ฉัน", en: "Assigned to me")
            case .refused: Phrase("ไม่รับรอง", en: "Not certified")
            case .unreported: Phrase("ยังไม่รายงาน", en: "Not reported")
            case .all: Phrase("ทั้งหมด", en: "All")
            }
        }

        func takes(_ line: QueueLine, _ viewer: Viewer?) -> Bool {
            switch self {
            case .waiting: line.isWaiting
            case .ordinary: line.isOrdinary
            case .changed: line.isChanged
            case .outlier: line.isOutlier && line.isWaiting
            case .late: line.isLate
            case .disputed: line.isDisputed
            case .news: line.result.forCentre.isNew
            case .mine: line.isWaiting && viewer?.isOneOf(line.result.assignee) == true
            case .refused: line.result.state == .refused
            case .unreported: line.result.state == .unreported
            case .all: true
            }
        }
    }

    let scope: DeskScope
    let view: DeskView
    /// Of the region that is looked at.
    let lines: [QueueLine]
    /// Regions that there are in the whole queue.
    let regions: [Region]
    /// What the filter lets through, and what was open when it no longer does.
    let shown: [QueueLine]
    private(set) var open: QueueLine?
    private let counts: [Filter: Int]
    private let states: [ResultState: Int]
    private let address: String

    init(_ scope: DeskScope, _ all: [QueueLine], showing view: DeskView, open key: DeskKey?, to viewer: Viewer?) {
        (self.scope, self.view) = (scope, view)
        let known = Set(all.compactMap(\.region))
        regions = Region.allCases.filter(known.contains)
        let lines = all.filter { view.region == nil || $0.region == view.region || $0.key == key }
        self.lines = lines
        shown = lines.filter { view.filter.takes($0, viewer) || $0.key == key }
        open = key.flatMap { key in lines.first { $0.key == key } } ?? shown.first
        counts = Dictionary(
            uniqueKeysWithValues: Filter.allCases.map { filter in (filter, lines.count { filter.takes($0, viewer) }) })
        states = Dictionary(
            uniqueKeysWithValues: ResultState.allCases.map { state in (state, lines.count { $0.result.state == state })
            })
        address = scope.path + view.queryText
    }

    func opening(_ key: DeskKey) -> DeskQueue {
        var copy = self
        copy.open = lines.first { $0.key == key }
        return copy
    }

    func count(_ filter: Filter) -> Int { counts[filter] ?? 0 }
    func count(_ state: ResultState) -> Int { states[state] ?? 0 }

    /// Where one goes on: the next that waits and that nobody else is looking at, from here to the end and then from
    /// the beginning.
    func next(for viewer: Viewer?, at now: Instant) -> QueueLine? {
        guard let place else { return nil }
        return (lines[(place + 1)...] + lines[..<place]).first { line in
            line.isWaiting && line.result.looker?.isOther(than: viewer, at: now) != true
                && line.result.proposer != viewer?.member
        }
    }

    /// The neighbours of what is open, among those that are shown.
    var following: QueueLine? { neighbour(1) }
    var previous: QueueLine? { neighbour(-1) }

    private var place: Int? { open.flatMap { open in lines.firstIndex { $0.key == open.key } } }

    private func neighbour(_ step: Int) -> QueueLine? {
        guard let open, let place = shown.firstIndex(where: { $0.key == open.key }),
            shown.indices.contains(place + step)
        else { return nil }
        return shown[place + step]
    }

    func path(to line: QueueLine?) -> String {
        address + (line.map { "&item=\($0.key)" } ?? "")
    }
}
