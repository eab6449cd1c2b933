package import Documents
import Glibc
package import Interface
import Kernel
import Runtime

/// Several papers bound to one: a cover, a list of contents with page numbers, then each from a page of its own.
package struct Volume: Sendable {
    package struct Chapter: Sendable {
        let title: String
        let parts: @Sendable () -> [PaperPart]

        /// The parts are made when they are written, so that a thick volume isn't held as a whole.
        package init(_ title: String, _ parts: @escaping @Sendable () -> [PaperPart]) {
            self.title = title
            self.parts = parts
        }
    }

    private let facts: PaperFacts
    private let cover: [String]
    private let chapters: [Chapter]

    package init(_ facts: PaperFacts, cover: [String], _ chapters: [Chapter]) {
        self.facts = facts
        self.cover = cover
        self.chapters = chapters
    }

    /// What is counted while it is made: each chapter is written twice, as only then it is known on which page it is.
    package var steps: Int { chapters.count * 2 }

    /// Writes it to a file; `step` is called after each step. Returns how many pages it has.
    package func write(to file: String, _ step: () -> Void) throws -> Int {
        var starts = [Int](repeating: 999, count: chapters.count)
        var pages = 0
        for _ in 1...2 {
            var found: [Int] = []
            pages = try Paper.make(facts, file: file) { paper in
                front(paper, starts)
                for chapter in chapters {
                    paper.newPage()
                    paper.bookmark(chapter.title)
                    found.append(paper.pages)
                    paper.write(chapter.parts())
                    step()
                }
            }
            starts = found
        }
        return pages
    }

    private func front(_ paper: Paper, _ starts: [Int]) {
        paper.space(220)
        paper.title(cover)
        paper.newPage()
        let words =
            facts.language == "th" ? ["สารบัญ", "ที่", "ตัวชี้วัด", "หน้า"] : ["Contents", "No.", "Indicator", "Page"]
        paper.title([words[0]])
        paper.table(
            PaperTable(
                [.init(words[1], share: 1, .centre), .init(words[2], share: 9), .init(words[3], share: 1.2, .end)],
                chapters.indices.map { place in
                    [
                        Passage(paper.digits("\(place + 1)")), Passage(paper.digits(chapters[place].title)),
                        Passage(paper.digits("\(starts[place])")),
                    ]
                }))
    }
}
