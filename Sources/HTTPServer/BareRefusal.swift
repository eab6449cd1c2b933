import HTTP

/// What a client gets before anybody can say who asks for what: a page that needs nothing else of ours, and the end of
/// the connection.
struct BareRefusal {
    let status: Int
    let dateLine: String

    var message: String {
        let page = Self.page(status)
        let retry = status == 429 || status == 503 ? "Retry-After: 5\r\n" : ""
        return """
            HTTP/1.1 \(status) \(Response.reason(status))\r
            \(dateLine)\(retry)Content-Type: text/html; charset=utf-8\r
            Content-Security-Policy: default-src 'none'\r
            Content-Length: \(page.utf8.count)\r
            Connection: close\r
            \r
            \(page)
            """
    }

    private static func page(_ status: Int) -> String {
        let (thai, english) = words(status)
        return """
            <!doctype html><html lang="th"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>\(status) \(Response.reason(status))</title>
            <h1>\(thai)</h1><p lang="en">\(english)</p><p>\(status)</p></html>

            """
    }

    private static func words(_ status: Int) -> (thai: String, english: String) {
        switch status {
        case 408: ("ส่งช้าเกินไป ลองอีกครั้ง", "The request came too slowly. Try again.")
        case 413, 431: ("สิ่งที่ส่งมาใหญ่เกินไป", "That is too large.")
        case 429: ("มีการเชื่อมต่อจากที่นี่มากเกินไป ลองอีกครั้งในอีกสักครู่", "Too many connections from there. Try again shortly.")
        case 503: ("มีผู้ใช้มากในขณะนี้ ลองอีกครั้งในอีกสักครู่", "Too many people at once. Try again shortly.")
        default: ("อ่านสิ่งที่ส่งมาไม่ได้", "What was sent can't be read.")
        }
    }
}
