import CSystem
import Glibc
import Runtime

/// One report to be confirmed: its address, the key of somebody of its school, a number that no other has.
struct Call {
    let path: String
    let token: String
    let number: String

    /// A line of the list: the three, parted by blanks.
    init?(_ line: Substring) {
        let parts = line.split(separator: " ").map(String.init)
        guard parts.count == 3 else { return nil }
        (path, token, number) = (parts[0], parts[1], parts[2])
    }
}

/// What all calls send alike: the figures, and a file that is a PDF for libmagic.
struct Paper {
    private static let edge = "rabrong-bench"
    let size: Int
    /// After the file's first lines.
    let rest: [UInt8]

    init(size: Int) {
        self.size = size
        var filler = [UInt8](repeating: 0, count: size)
        arc4random_buf(&filler, size)
        rest = filler + Array("\r\n--\(Self.edge)--\r\n".utf8)
    }

    /// The request up to where all go on alike. The number makes each file one of its own.
    func front(of call: Call) -> [UInt8] {
        let fields = [("entry-a", "281"), ("entry-b", "300"), ("self-score", "4"), ("description-1", "หลักฐาน")]
        let texts = fields.map {
            "--\(Self.edge)\r\nContent-Disposition: form-data; name=\"\($0.0)\"\r\n\r\n\($0.1)\r\n"
        }
        let file = """
            --\(Self.edge)\r\nContent-Disposition: form-data; name="file-1"; filename="report.pdf"\r\n\
            Content-Type: application/pdf\r\n\r\n%PDF-1.7\n% \(call.number)\n
            """
        let start = texts.joined() + file
        return Array(
            """
            POST \(call.path) HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(call.token)\r\n\
            Content-Type: multipart/form-data; boundary=\(Self.edge)\r\n\
            Content-Length: \(start.utf8.count + rest.count)\r\n\r\n\(start)
            """.utf8)
    }
}

/// One connection, on which one call follows the other.
final class Caller {
    private(set) var socket: Int32 = -1
    private let address: UInt32
    private let port: UInt16
    private let paper: Paper
    private var front: [UInt8] = []
    private var sent = 0
    private var answer: [UInt8] = []
    private var begin = 0
    private var isWaiting = false

    /// From a loopback address of its own choice: a server lets one address hold only so many connections.
    init(from address: UInt32, port: UInt16, paper: Paper) throws {
        (self.address, self.port, self.paper) = (address, port, paper)
        try connect()
    }

    func connect() throws {
        if socket >= 0 { close(socket) }
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var own = sockaddr_in()
        own.sin_family = sa_family_t(AF_INET)
        own.sin_addr.s_addr = address.bigEndian
        var other = own
        other.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        other.sin_port = port.bigEndian
        let length = socklen_t(MemoryLayout<sockaddr_in>.size)
        func named(_ place: inout sockaddr_in, _ body: (UnsafePointer<sockaddr>) -> Int32) -> Int32 {
            withUnsafePointer(to: &place) { $0.withMemoryRebound(to: sockaddr.self, capacity: 1, body) }
        }
        guard named(&own, { bind(socket, $0, length) }) == 0,
            named(&other, { Glibc.connect(socket, $0, length) }) == 0
        else { throw DiskError.last("a connection") }
        _ = fcntl(socket, F_SETFL, O_NONBLOCK)
    }

    func start(_ call: Call) {
        front = paper.front(of: call)
        sent = 0
        answer.removeAll(keepingCapacity: true)
        begin = Instant.now.microseconds
        isWaiting = true
        send()
    }

    /// As much as the socket takes.
    func send() {
        while sent < front.count + paper.rest.count {
            let inFront = min(sent, front.count)
            let inRest = sent - inFront
            let count = front.withUnsafeBytes { front in
                paper.rest.withUnsafeBytes { rest in
                    system_send_two(
                        socket, front.baseAddress.map { $0 + inFront }, front.count - inFront,
                        rest.baseAddress.map { $0 + inRest }, rest.count - inRest)
                }
            }
            guard count > 0 else { return }
            sent += Int(count)
        }
    }

    /// The status and how long it took, once the whole answer is there; status 0: the server hung up.
    func receive() -> (status: Int, microseconds: Int)? {
        guard isWaiting, let (status, elapsed) = wholeAnswer() else { return nil }
        isWaiting = false
        return (status, elapsed)
    }

    private func wholeAnswer() -> (Int, Int)? {
        var piece = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = read(socket, &piece, piece.count)
            if count < 0, errno == EAGAIN { return nil }
            let elapsed = Instant.now.microseconds - begin
            guard count > 0 else { return (0, elapsed) }
            answer.append(contentsOf: piece.prefix(count))
            if let status = wholeStatus { return (status, elapsed) }
        }
    }

    private var wholeStatus: Int? {
        let text = String(decoding: answer, as: UTF8.self)
        guard let end = text.range(of: "\r\n\r\n"), let name = text.range(of: "Content-Length: ") else { return nil }
        let length = Int(text[name.upperBound...].prefix { $0.isASCII && $0.isNumber }) ?? 0
        guard text.utf8.distance(from: end.upperBound, to: text.endIndex) >= length else { return nil }
        return Int(text.dropFirst(9).prefix(3))
    }
}

extension String {
    fileprivate func range(of needle: String) -> Range<Index>? {
        let (hay, needle) = (Array(utf8), Array(needle.utf8))
        let place = system_find(hay, hay.count, needle, needle.count)
        guard place >= 0 else { return nil }
        let begin = utf8.index(startIndex, offsetBy: Int(place))
        return begin..<utf8.index(begin, offsetBy: needle.count)
    }
}
