/// A ZIP archive of nine megabytes with one member, an XML list that unpacks to 800.
///
/// Made by hand, byte by byte (RFC 1951, 3.2.6): what packs by itself would take as long as what unpacks.
enum ZipBomb {
    static func archive(of member: String) -> [UInt8] { archived(member, list) }

    private static let list = packed(times: 3_100_000)

    /// An element with blanks, and then so many times that what stood 4096 bytes before is repeated for 258.
    private static func packed(times: Int) -> [UInt8] {
        var bits = Bits()
        // One last block, with the codes that need no table.
        bits.add(0b011, 3)
        let element = "<x>" + String(repeating: " ", count: 4089) + "</x>"
        for byte in ("<sst>" + element).utf8 { bits.addCode(0x30 + UInt(byte), 8) }
        func addRepetitions() {
            for _ in 0..<8 {
                bits.addCode(0b1100_0101, 8)
                bits.addCode(23, 5)
                bits.add(1023, 10)
            }
        }
        // Eight of them fill 23 bytes, whatever bit the first begins at.
        for _ in 0..<3 { addRepetitions() }
        let period = Array(bits.bytes.suffix(23))
        for _ in 0..<times / 8 { bits.bytes += period }
        return bits.bytes
    }

    private struct Bits {
        var bytes: [UInt8] = []
        private var (held, count) = (UInt(0), 0)

        /// From the lowest bit on.
        mutating func add(_ value: UInt, _ width: Int) {
            held |= value << UInt(count)
            count += width
            while count >= 8 {
                bytes.append(UInt8(truncatingIfNeeded: held))
                held >>= 8
                count -= 8
            }
        }

        /// From the highest bit on, as codes stand.
        mutating func addCode(_ code: UInt, _ width: Int) {
            for place in (0..<width).reversed() { add(code >> UInt(place) & 1, 1) }
        }
    }

    private static func archived(_ name: String, _ packed: [UInt8]) -> [UInt8] {
        let facts = fields((20, 2), (0, 2), (8, 2), (0, 4), (0, 4), (packed.count, 4), (800_000_000, 4))
        let names = fields((name.utf8.count, 2), (0, 2))
        let local = Array("PK\u{3}\u{4}".utf8) + facts + names + Array(name.utf8) + packed
        let entry =
            Array("PK\u{1}\u{2}".utf8) + fields((20, 2)) + facts + names
            + fields((0, 2), (0, 2), (0, 2), (0, 4), (0, 4)) + Array(name.utf8)
        let end =
            Array("PK\u{5}\u{6}".utf8)
            + fields((0, 2), (0, 2), (1, 2), (1, 2), (entry.count, 4), (local.count, 4), (0, 2))
        return local + entry + end
    }

    /// Numbers of so many bytes each, the lowest first.
    private static func fields(_ numbers: (value: Int, width: Int)...) -> [UInt8] {
        numbers.flatMap { number in (0..<number.width).map { UInt8(number.value >> ($0 * 8) & 255) } }
    }
}
