import CSystem
import Glibc

/// Bytes on their way out, in one block that grows.
package final class ByteBuffer: @unchecked Sendable {
    // Sendable, because a buffer has one writer, who hands it on when it is full.
    @usableFromInline package private(set) var start: UnsafeMutablePointer<UInt8>
    @usableFromInline package internal(set) var count = 0
    @usableFromInline var capacity: Int

    package init(capacity: Int = 16_384) {
        self.capacity = capacity
        start = .allocate(capacity: capacity)
    }

    package convenience init(_ bytes: some Collection<UInt8>) {
        self.init(capacity: max(16, bytes.count))
        for byte in bytes { append(byte) }
    }

    package convenience init(_ text: String) {
        self.init(capacity: max(16, text.utf8.count))
        append(text)
    }

    deinit { start.deallocate() }

    package var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

    package var text: String { String(decoding: bytes, as: UTF8.self) }

    @inline(__always) package func append(_ byte: UInt8) {
        if count == capacity { grow(by: 1) }
        start[count] = byte
        count &+= 1
    }

    @inline(__always) package func append(_ text: StaticString) {
        append(text.utf8Start, text.utf8CodeUnitCount)
    }

    @inline(__always) package func append(_ text: String) {
        var text = text
        text.withUTF8 { if let bytes = $0.baseAddress { append(bytes, $0.count) } }
    }

    @inline(__always) package func append(_ bytes: UnsafePointer<UInt8>, _ length: Int) {
        if count &+ length > capacity { grow(by: length) }
        memcpy(start + count, bytes, length)
        count &+= length
    }

    package func append(decimal number: Int) {
        if number >= 0 && number < 10 {
            append(UInt8(48 + number))
        } else {
            append(String(number))
        }
    }

    /// Makes room for `length` more bytes, which the caller writes at `start + count` and then counts.
    @inline(__always) package func reserve(_ length: Int) {
        if count &+ length > capacity { grow(by: length) }
    }

    package func advance(to newCount: Int) {
        count = newCount
    }

    @inline(never) private func grow(by length: Int) {
        let larger = max(capacity * 2, count + length)
        let block = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        memcpy(block, start, count)
        start.deallocate()
        start = block
        capacity = larger
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
