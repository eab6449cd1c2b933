import Glibc
import Runtime
import Testing

@testable import Outbound

/// Over a mail server that others wrote, which `Deploy/test` starts and which says how it read each letter.
@Suite struct `A letter` {
    let office = MailOffice()

    @Test(arguments: [
        ("plain", "Invitation", "Welcome.\r\n"),
        ("thai", "คำเชิญเข้าใช้ระบบ", "เรียน ผู้อำนวยการ\r\n\r\nโรงเรียนบ้านน้ำใจ ๒๕๖๙ \"ใหม่\" <a@b>\r\n"),
        ("long", String(repeating: "รายงานผู้บริหาร ", count: 40) + "จบ", String(repeating: "น้ำใจ 😀 ", count: 5000)),
        ("dots", ".", ".\r\n..\r\n.\r\nQUIT\r\n"), ("empty", "", ""), ("blanks", "a  b", " \r\n\r\n "),
        ("words", "=?utf-8?B?eA==?= x", "=?utf-8?B?eA==?="),
    ])
    func `arrives as it was written`(name: String, subject: String, text: String) async throws {
        try await office.room.send(Mail(to: "\(name)@example.org", subject: subject, text: text))
        let letter = try office.letter(to: "\(name)@example.org")
        #expect(letter["sender"]?.textValue == "rabrong@example.go.th")
        #expect(letter["recipients"]?.items == [.text("\(name)@example.org")])
        #expect(letter["to"]?.textValue == "\(name)@example.org")
        #expect(letter["subject"]?.textValue == subject)
        #expect(letter["text"]?.textValue == text)
        #expect(letter["type"]?.textValue == "text/plain")
        #expect(letter["fields"]?.items == MailOffice.fields)
        let longest = try #require(letter["longest"]?.textValue.flatMap { Int($0) })
        #expect(longest <= 100)
    }

    @Test func `whose subject holds line breaks gets no field by them`() async throws {
        let subject = "x\r\nBcc: evil@example.org\r\n\r\nbody\u{0}"
        try await office.room.send(Mail(to: "breaks@example.org", subject: subject, text: "right"))
        let letter = try office.letter(to: "breaks@example.org")
        #expect(letter["fields"]?.items == MailOffice.fields)
        #expect(letter["text"]?.textValue == "right")
        #expect(letter["recipients"]?.items == [.text("breaks@example.org")])
    }

    @Test(arguments: [
        "a@example.org\r\nBcc: evil@example.org", "a@example.org>\r\nRCPT TO:<evil@example.org", "a@example.org\nX: y",
        "a@example.org\r", "a@example.org\u{0}", "a@example.org> <evil@example.org", "a@example.org, evil@example.org",
        "", "a", "@example.org", "a@", "a b@example.org", "\ta@example.org",
    ])
    func `to what is no address goes nowhere`(address: String) async throws {
        let error = await #expect(throws: MailError.self) {
            try await office.room.send(Mail(to: address, subject: "x", text: "x"))
        }
        #expect(error?.isFinal == true)
        #expect(try !Disk.names(in: office.folder).contains { $0.contains("evil") })
    }

    @Test(arguments: [("bounce", true, 550), ("later", false, 451), ("locked", false, 530)])
    func `that the server refuses is an error, final only for want of the mailbox`(
        name: String, isFinal: Bool, code: Int
    ) async {
        let error = await #expect(throws: MailError.self) {
            try await office.room.send(Mail(to: "\(name)@example.org", subject: "x", text: "x"))
        }
        #expect(error?.isFinal == isFinal)
        #expect(error?.description.hasSuffix("(\(code))") == true)
        #expect(error?.description.contains("@") == false)
    }

    @Test func `is dated in Thailand's time`() {
        let moment = Instant(microseconds: 1_795_239_541_000_000)
        let message = Mail(to: "a@b.c", subject: "x", text: "").message(from: "r@b.c", at: moment, id: "1")
        #expect(message.contains("\r\nDate: 21 Nov 2026 12:39:01 +0700\r\n"))
        #expect(message.contains("\r\nMessage-ID: <1@b.c>\r\n"))
    }
}

@Suite struct `A mail server that is away` {
    @Test func `is an error that passes`() async throws {
        // The port of a socket that is bound but doesn't listen: nobody else gets it meanwhile.
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                #expect(bind(socket, $0, length) == 0 && getsockname(socket, $0, &length) == 0)
            }
        }
        let room = MailRoom(server: "smtp://127.0.0.1:\(UInt16(bigEndian: address.sin_port))", from: "r@example.org")
        let error = await #expect(throws: MailError.self) {
            try await room.send(Mail(to: "a@example.org", subject: "x", text: "x"))
        }
        #expect(error?.isFinal == false)
    }
}

/// The tests' mail server and what it has taken.
struct MailOffice {
    let folder = processEnvironment()["TEST_MAIL"] ?? "/nowhere"

    static let fields: [JSON] = [
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type",
        "Content-Transfer-Encoding",
    ]

    var room: MailRoom {
        let port = (try? Disk.readText("\(folder)/port")) ?? "9"
        return MailRoom(server: "smtp://127.0.0.1:\(port)", from: "rabrong@example.go.th")
    }

    func letter(to recipient: String) throws -> JSON {
        try JSON(parsing: Disk.read("\(folder)/\(recipient).json"))
    }
}
