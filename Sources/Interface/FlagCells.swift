package import HTML
package import Kernel

/// The cells of the permission table: buttons, each of which switches one flag of one person.
///
/// A page has 650 of them, so each column's two kinds of cell are put together once. A button's name for those who
/// hear the page comes from the column's and the row's heads.
package struct FlagCells: Sendable {
    private let flags: [String]
    private let whenSet: [Stencil]
    private let whenNot: [Stencil]

    package init(_ permissions: [Permission]) {
        flags = permissions.map(\.name)
        whenSet = flags.map { Self.cell($0, isSet: true) }
        whenNot = flags.map { Self.cell($0, isSet: false) }
    }

    private static func cell(_ flag: String, isSet: Bool) -> Stencil {
        Stencil([
            "<td><button id=\"f\(flag)", "\" name=\"switch\" value=\"\(flag).\(isSet ? "no" : "yes").",
            "\" aria-pressed=\"\(isSet)\" aria-labelledby=\"p-\(flag) n", "\">\(flag)</button></td>",
        ])
    }

    package func write(to html: HTML, row: Int, holding held: Permissions) {
        for (column, flag) in flags.enumerated() {
            (held.names.contains(flag) ? whenSet : whenNot)[column].write(to: html, number: row)
        }
    }
}
