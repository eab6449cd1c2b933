import Glibc
import Runtime
import Scoring

/// `rabrong score`, for auditors: reads JSON lines, writes one JSON line for each, and needs nothing else.
struct ScoreCommand {
    func run() {
        while let line = readLine() {
            guard line.utf8.contains(where: { $0 != 32 && $0 != 9 && $0 != 13 }) else { continue }
            let buffer = ByteBuffer("\(ScoreLine.answer(line).text)\n")
            // At once: who asks by hand waits for it.
            guard write(buffer.bytes) else { return }
        }
    }

    /// False when nobody reads any more.
    private func write(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = UnsafeBufferPointer(rebasing: rest)
            let count = Glibc.write(1, part.baseAddress, part.count)
            guard count > 0 || errno == EINTR else { return false }
            rest = rest.dropFirst(max(0, count))
        }
        return true
    }
}
