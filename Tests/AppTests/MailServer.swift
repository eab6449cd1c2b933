import Outbound
import Runtime

/// A mail server that others wrote, which the gate starts.
enum MailServer {
    static let folder = processEnvironment()["TEST_MAIL"]

    static var room: MailRoom {
        let port = folder.flatMap { try? Disk.readText("\($0)/port") } ?? "9"
        return MailRoom(server: "smtp://127.0.0.1:\(port)", from: "rabrong@example.go.th")
    }

    static func letter(to recipient: String) throws -> JSON {
        try JSON(parsing: Disk.read("\(folder ?? "")/\(recipient).json"))
    }
}
