import CSystem
import Glibc

/// Bytes on their way out, in one block that grows.
package final class ByteBuffer: @unchecked Sendable {
    // Sendable, because a buffer has one writer, who hands it on when it is full.
    //
    // The state lies behind a pointer and not in properties of the class: each access of those is checked for
    // exclusivity at run time, which was a third of the time that a large page took.
    private struct State {
        var start: UnsafeMutablePointer<UInt8>
        var count = 0
        var capacity: Int
    }

    private let state: UnsafeMutablePointer<State>

    package init(capacity: Int = 16_384) {
        state = .allocate(capacity: 1)
        state.initialize(to: State(start: .allocate(capacity: capacity), capacity: capacity))
    }

    package convenience init(_ bytes: some Collection<UInt8>) {
        self.init(capacity: max(16, bytes.count))
        for byte in bytes { append(byte) }
    }

    package convenience init(_ text: String) {
        self.init(capacity: max(16, text.utf8.count))
        append(text)
    }

    deinit {
        state.pointee.start.deallocate()
        state.deallocate()
    }

    package var start: UnsafeMutablePointer<UInt8> { state.pointee.start }
    package var count: Int { state.pointee.count }
    package var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    package func append(_ byte: UInt8) {
        reserve(1)
        state.pointee.start[state.pointee.count] = byte
        state.pointee.count &+= 1
    }

    package func append(_ text: StaticString) {
        append(text.utf8Start, text.utf8CodeUnitCount)
    }

    package func append(_ text: String) {
        var text = text
        text.withUTF8 { if let bytes = $0.baseAddress { append(bytes, $0.count) } }
    }

    package func append(_ bytes: UnsafePointer<UInt8>, _ length: Int) {
        reserve(length)
        memcpy(state.pointee.start + state.pointee.count, bytes, length)
        state.pointee.count &+= length
    }

    package func append(decimal number: Int) {
        guard number >= 0 else { return append(String(number)) }
        reserve(20)
        var digits = 1
        var bound = 10
        while number >= bound && digits < 18 {
            digits += 1
            bound *= 10
        }
        guard number < bound else { return append(String(number)) }
        let end = state.pointee.start + state.pointee.count + digits
        var rest = number
        for place in 1...digits {
            end[-place] = UInt8(48 + rest % 10)
            rest /= 10
        }
        state.pointee.count &+= digits
    }

    /// Makes room for `length` more bytes, which the caller writes at `start + count` and then counts.
    package func reserve(_ length: Int) {
        if state.pointee.count &+ length > state.pointee.capacity { grow(by: length) }
    }

    package func advance(to newCount: Int) {
        state.pointee.count = newCount
    }

    @inline(never) private func grow(by length: Int) {
        let larger = max(state.pointee.capacity * 2, state.pointee.count + length)
        let block = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        memcpy(block, state.pointee.start, state.pointee.count)
        state.pointee.start.deallocate()
        state.pointee.start = block
        state.pointee.capacity = larger
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Where `needle` first stands, from `start` on.
    package func firstIndex(of needle: StaticString, from start: Int) -> Int? {
        firstIndex(of: UnsafeBufferPointer(start: needle.utf8Start, count: needle.utf8CodeUnitCount), from: start)
    }

    package func firstIndex(of needle: UnsafeBufferPointer, from start: Int = 0) -> Int? {
        guard start <= count, let base = baseAddress else { return nil }
        let found = system_find(base + start, count - start, needle.baseAddress, needle.count)
        return found < 0 ? nil : start + Int(found)
    }
}
