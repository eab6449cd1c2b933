import Scoring

extension Exact {
    /// `2,810.5000`, with the minus of figures: columns of numbers stand one below the other.
    func grouped(decimals: Int) -> String {
        let parts = text(decimals: decimals).split(separator: ".", omittingEmptySubsequences: false)
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
