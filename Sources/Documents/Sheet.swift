package import Runtime

/// A table as a file: a head that stays in view, and typed cells below.
package struct Sheet: Sendable {
    package enum Cell: Sendable, Equatable {
        case text(String)
        /// A decimal number in plain digits.
        case number(String)
        case day(Day)
        /// To the minute, as clocks in Thailand show it.
        case moment(Instant)
        case flag(Bool)
        case empty

        package init(_ text: String) { self = text.isEmpty ? .empty : .text(text) }
        package init(_ number: Int) { self = .number(String(number)) }
    }

    package struct Column: Sendable {
        package var title: String
        /// In characters.
        package var width: Int
        /// What can be chosen in its cells; empty for anything.
        package var choices: [String]

        package init(_ title: String, width: Int = 16, choices: [String] = []) {
            self.title = title
            self.width = width
            self.choices = choices
        }
    }

    /// Each row's cells are made when they are written, so that a long table is never held twice.
    package struct Rows: Sendable {
        package let count: Int
        private let cells: @Sendable (Int) -> [Cell]

        package init(_ count: Int, _ cells: @escaping @Sendable (Int) -> [Cell]) {
            self.count = count
            self.cells = cells
        }

        package subscript(row: Int) -> [Cell] { cells(row) }
    }

    package var name: String
    package var columns: [Column]
    package var rows: Rows

    /// A row for each of `items`.
    package init<Item: Sendable>(
        _ name: String, _ columns: [Column], of items: [Item], _ row: @escaping @Sendable (Item) -> [Cell]
    ) {
        self.name = name
        self.columns = columns
        rows = Rows(items.count) { row(items[$0]) }
    }

    package init(_ name: String, _ columns: [Column], _ rows: [[Cell]]) {
        self.init(name, columns, of: rows) { $0 }
    }
}

extension Sheet {
    private static let rowsInPiece = 500

    /// As CSV, piece by piece as the client takes them.
    package var csv: AsyncStream<[UInt8]> {
        let next = Lock(0)
        return AsyncStream {
            let start = next.withLock { start in
                defer { start += Self.rowsInPiece }
                return start
            }
            guard start == 0 || start < rows.count else { return nil }
            let buffer = start == 0 ? CSV.table(head: columns.map(\.title), rows: []) : ByteBuffer()
            for row in start..<min(start + Self.rowsInPiece, rows.count) {
                CSV.append(rows[row].map(\.plain), to: buffer)
            }
            return Array(buffer.bytes)
        }
    }
}

extension Sheet.Cell {
    /// As text that programs read.
    fileprivate var plain: String {
        switch self {
        case .text(let text): return text
        case .number(let digits): return digits
        case .day(let day): return day.text
        case .moment(let instant):
            let day = Day(inBangkok: instant)
            let minute = (instant.seconds - day.beginInBangkok.seconds) / 60
            return "\(day.text) \(minute / 60, digits: 2):\(minute % 60, digits: 2)"
        case .flag(let isOn): return isOn ? "1" : ""
        case .empty: return ""
        }
    }
}
