extension Exact {
    /// `2,810.5000`, with the minus of figures: columns of numbers stand one below the other.
    package func grouped(decimals: Int) -> String { grouped(text(decimals: decimals)) }

    /// The same, as short as it can be said: `2,810.5`.
    package func groupedShort() -> String { grouped(shortText()) }

    private func grouped(_ text: String) -> String {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let digits = parts[0].filter { ("0"..."9").contains($0) }
        var whole = ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.count - place) % 3 == 0 { whole.append(",") }
            whole.append(digit)
        }
        let sign = isBelowZero ? "−" : ""
        return sign + whole + (parts.count > 1 ? "." + parts[1] : "")
    }
}
