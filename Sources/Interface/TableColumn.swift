package import Documents
package import HTML
package import Kernel
package import Runtime

/// A column of a table as a file: its title, and what each row has in it.
package struct TableColumn<Item: Sendable>: Sendable {
    private let title: Phrase
    private let width: Int
    private let cell: @Sendable (Item, Language) -> Sheet.Cell

    private init(_ title: Phrase, _ width: Int, _ cell: @escaping @Sendable (Item, Language) -> Sheet.Cell) {
        self.title = title
        self.width = width
        self.cell = cell
    }

    /// `width` in characters.
    package static func text(
        _ title: Phrase, width: Int = 16, _ value: @escaping @Sendable (Item) -> String
    ) -> TableColumn {
        TableColumn(title, width) { item, _ in Sheet.Cell(value(item)) }
    }

    /// In the language of the table.
    package static func phrase(
        _ title: Phrase, width: Int = 16, _ value: @escaping @Sendable (Item) -> Phrase
    ) -> TableColumn {
        TableColumn(title, width) { item, language in Sheet.Cell(value(item)[language]) }
    }

    package static func count(_ title: Phrase, _ value: @escaping @Sendable (Item) -> Int) -> TableColumn {
        TableColumn(title, 12) { item, _ in Sheet.Cell(value(item)) }
    }

    /// Decimal digits, as scores and results have them.
    package static func number(_ title: Phrase, _ value: @escaping @Sendable (Item) -> String?) -> TableColumn {
        TableColumn(title, 14) { item, _ in value(item).map { .number($0) } ?? .empty }
    }

    package static func day(_ title: Phrase, _ value: @escaping @Sendable (Item) -> Day?) -> TableColumn {
        TableColumn(title, 12) { item, _ in value(item).map { .day($0) } ?? .empty }
    }

    package static func moment(_ title: Phrase, _ value: @escaping @Sendable (Item) -> Instant?) -> TableColumn {
        TableColumn(title, 18) { item, _ in value(item).map { .moment($0) } ?? .empty }
    }

    package static func flag(_ title: Phrase, _ value: @escaping @Sendable (Item) -> Bool) -> TableColumn {
        TableColumn(title, 10) { item, _ in .flag(value(item)) }
    }

    /// Anything else.
    package static func cell(
        _ title: Phrase, _ value: @escaping @Sendable (Item, Language) -> Sheet.Cell
    ) -> TableColumn {
        TableColumn(title, 16, value)
    }

    fileprivate func column(in language: Language) -> Sheet.Column { Sheet.Column(title[language], width: width) }
    fileprivate func cell(of item: Item, in language: Language) -> Sheet.Cell { cell(item, language) }
}

extension Sheet {
    /// In the reader's language.
    package init<Item: Sendable>(
        _ name: Phrase, in visit: Visit, of items: [Item], _ columns: [TableColumn<Item>]
    ) {
        let language = visit.language
        self.init(name[language], columns.map { $0.column(in: language) }, of: items) { item in
            columns.map { $0.cell(of: item, in: language) }
        }
    }
}
