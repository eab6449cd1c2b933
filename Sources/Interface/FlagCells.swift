package import HTML
package import Kernel

extension HTML {
    /// A flag of the permission table: a button that switches it. A page has 650 of them, so they are spelled out;
    /// their names are put together from the column's and the row's heads.
    package func flagCell(_ permission: Permission, of row: Int, isSet: Bool) {
        raw(
            isSet
                ? "<td class=\"set\"><button class=\"flag\" id=\"f"
                : "<td class=\"unset\"><button class=\"flag\" id=\"f")
        row.write(to: self)
        text(permission.name)
        raw("\" name=\"switch\" value=\"")
        row.write(to: self)
        raw(".")
        text(permission.name)
        raw(
            isSet
                ? ".no\" aria-pressed=\"true\" aria-labelledby=\"p-"
                : ".yes\" aria-pressed=\"false\" aria-labelledby=\"p-")
        text(permission.name)
        raw(" n")
        row.write(to: self)
        raw("\"><span>")
        text(permission.name)
        raw("</span></button></td>")
    }
}
