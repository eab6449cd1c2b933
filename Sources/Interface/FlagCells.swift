package import HTML
package import Kernel

/// The cells of the permission table: buttons, each of which switches one flag of one person.
///
/// A page has 650 of them, so what is the same in each column is put together once. A button's name comes from the
/// column's and the row's heads.
package struct FlagCells {
    private struct Column {
        let permission: Permission
        let afterRow: String
        let whenSet: String
        let whenNot: String
        let end: String
    }

    private let columns: [Column]

    package init(_ permissions: [Permission]) {
        columns = permissions.map { permission in
            let name = permission.name
            return Column(
                permission: permission, afterRow: "\(name)\" name=\"switch\" value=\"",
                whenSet: ".\(name).no\" aria-pressed=\"true\" aria-labelledby=\"p-\(name) n",
                whenNot: ".\(name).yes\" aria-pressed=\"false\" aria-labelledby=\"p-\(name) n",
                end: "\"><span>\(name)</span></button></td>")
        }
    }

    package func write(to html: HTML, row: Int, holding held: Permissions) {
        for column in columns {
            let isSet = held.contains(column.permission)
            html.raw(
                isSet
                    ? "<td class=\"set\"><button class=\"flag\" id=\"f"
                    : "<td class=\"unset\"><button class=\"flag\" id=\"f")
            row.write(to: html)
            html.raw(trusted: column.afterRow)
            row.write(to: html)
            html.raw(trusted: isSet ? column.whenSet : column.whenNot)
            row.write(to: html)
            html.raw(trusted: column.end)
        }
    }
}
