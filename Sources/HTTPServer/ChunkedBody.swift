import HTTP
import Runtime

/// Takes the chunks of a body apart, byte by byte, as strictly as the head.
package struct ChunkedBody: Sendable {
    private enum State {
        case size(digits: Int)
        case extensionText
        case sizeEnd
        case data
        case dataEnd(seenReturn: Bool)
        case trailerStart
        case trailerName
        case trailerValue
        case trailerLineEnd
        case trailerEnd
        case finished
    }

    private var state = State.size(digits: 0)
    private var remaining = 0
    private var extras = 0

    package init() {}

    package var isFinished: Bool {
        if case .finished = state { return true }
        return false
    }

    /// Reads from `bytes`; returns how many it took, and which of them are the body's. Call again with the rest.
    package mutating func take(
        _ bytes: UnsafeBufferPointer<UInt8>
    ) throws(ProtocolError) -> (taken: Int, data: Range<Int>) {
        var position = 0
        while position < bytes.count {
            if case .data = state {
                let count = min(remaining, bytes.count - position)
                remaining -= count
                if remaining == 0 { state = .dataEnd(seenReturn: false) }
                return (position + count, position..<position + count)
            }
            try step(bytes[position])
            position += 1
            if isFinished { break }
        }
        return (position, 0..<0)
    }

    private mutating func step(_ byte: UInt8) throws(ProtocolError) {
        switch state {
        case .size(let digits):
            if let value = hexadecimalValue(byte) {
                guard digits < 12 else { throw .badRequest }
                remaining = remaining << 4 | value
                state = .size(digits: digits + 1)
            } else {
                guard digits > 0, byte == 13 || byte == 59 else { throw .badRequest }
                state = byte == 13 ? .sizeEnd : .extensionText
            }
        case .extensionText:
            try countExtra()
            guard byte >= 32 || byte == 9 || byte == 13, byte != 127 else { throw .badRequest }
            if byte == 13 { state = .sizeEnd }
        case .sizeEnd:
            guard byte == 10 else { throw .badRequest }
            state = remaining == 0 ? .trailerStart : .data
        case .data: break
        case .dataEnd(let seenReturn):
            guard byte == (seenReturn ? 10 : 13) else { throw .badRequest }
            state = seenReturn ? .size(digits: 0) : .dataEnd(seenReturn: true)
        case .trailerStart, .trailerName, .trailerValue, .trailerLineEnd, .trailerEnd:
            try countExtra()
            try trailer(byte)
        case .finished: break
        }
    }

    /// Trailer fields are read over, as nothing of ours needs one; but they must be fields.
    private mutating func trailer(_ byte: UInt8) throws(ProtocolError) {
        switch (state, byte) {
        case (.trailerStart, 13): state = .trailerEnd
        case (.trailerStart, _) where isTokenByte(byte): state = .trailerName
        case (.trailerName, 58): state = .trailerValue
        case (.trailerName, _) where isTokenByte(byte): break
        case (.trailerValue, 13): state = .trailerLineEnd
        case (.trailerValue, 32...126), (.trailerValue, 128...), (.trailerValue, 9): break
        case (.trailerLineEnd, 10): state = .trailerStart
        case (.trailerEnd, 10): state = .finished
        default: throw .badRequest
        }
    }

    /// Extensions and trailers together; more is an attack.
    private mutating func countExtra() throws(ProtocolError) {
        extras += 1
        guard extras <= 4096 else { throw .badRequest }
    }
}
