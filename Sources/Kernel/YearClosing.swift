package import HTML

/// A feature's part in closing an area's year, and in opening it again.
package struct YearClosing: Sendable {
    /// What it means there, said before it is done; nil where it means nothing.
    package var meaning: @Sendable (Area) -> Phrase?
    /// Refuses what isn't ready.
    package var check: @Sendable (Context, FiscalYear) async throws -> Void
    /// What goes along with the deed; `reason` is why it was opened again, nil where it was closed.
    package var apply: @Sendable (_ deed: Deed, _ year: FiscalYear, _ reason: String?) async throws -> Void

    package init(
        meaning: @escaping @Sendable (Area) -> Phrase?,
        check: @escaping @Sendable (Context, FiscalYear) async throws -> Void,
        apply: @escaping @Sendable (_ deed: Deed, _ year: FiscalYear, _ reason: String?) async throws -> Void
    ) {
        (self.meaning, self.check, self.apply) = (meaning, check, apply)
    }
}
