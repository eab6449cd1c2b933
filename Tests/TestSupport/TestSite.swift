package import App
import Areas
import HTML
package import HTTP
package import Kernel
import Members
package import Outbound
package import Postgres
package import Runtime
package import Secrets
import Testing

@testable import Jobs

/// The whole program over a test's database, and an area of its own in it.
package struct TestSite: Sendable {
    package let app: App
    package let database: Database
    package let area: Area
    package let unit: UnitID
    package let key = SecretKey([UInt8](repeating: 7, count: 32))
    /// The platform's own name.
    package static let host = "rabrong.test"

    /// A site with a new area; `code` tells areas of one test apart.
    package init(_ database: Database = .underTest, kind: Area.Kind = .primary) async throws {
        self.database = database
        app = try App(Self.settings(), database, key: SecretKey([UInt8](repeating: 7, count: 32)))
        let number = nextNumber.withLock { number in
            number += 1
            return number
        }
        if kind == .central {
            area = try #require(await Areas.area(code: "central", in: database))
        } else {
            let seed = AreaSeed(
                code: "t\(number)", kind: kind, shortName: "เขต \(number)", name: "เขตทดสอบ \(number)",
                provinces: ["น่าน"])
            area = try await Areas.create(seed, in: database, by: Founder(name: "test", address: "local"), at: .now)
                .area
        }
        try await Self.askForNoCodes(in: area, database)
        unit = try await Self.makeUnit(
            "โรงเรียนบ้านน้ำใจ \(number)", kind == .central ? "bureau" : "school", in: area, database)
    }

    /// Most tests sign nobody in; those of the second factor say for themselves who needs one.
    private static func askForNoCodes(in area: Area, _ database: Database) async throws {
        try await database.transaction(in: area.id.rawValue) {
            try await $0.execute("UPDATE area_settings SET factor_flags = '{}' WHERE area_id = \(area.id)")
        }
    }

    /// The same area, served by a program with other settings.
    package func with(_ more: [String: String]) throws -> TestSite {
        try TestSite(self, App(Self.settings(more), database, key: key))
    }

    private init(_ site: TestSite, _ app: App) {
        (self.app, database, area, unit) = (app, site.database, site.area, site.unit)
    }

    private static func settings(_ more: [String: String] = [:]) throws -> Settings {
        let ours = [
            "RABRONG_DATA": "/tmp/rabrong-tests", "RABRONG_HOME": ".", "RABRONG_BASE_URL": "http://\(host)",
        ]
        return try Settings(environment: ours.merging(more) { _, theirs in theirs })
    }

    package static func makeUnit(
        _ name: String, _ kind: String = "school", in area: Area, _ database: Database
    ) async throws -> UnitID {
        let query = Query<UnitID>.one(
            """
            INSERT INTO units (area_id, kind, name, search_text)
            VALUES (\(area.id), \(kind), \(name), \(name))
            RETURNING id
            """
        ) { try $0.next() }
        return try await database.transaction(in: area.id.rawValue) { try await $0.run(query) }
    }

    /// A member who is signed in.
    package func member(
        _ name: String = "กตัญญู", holding permissions: Permission..., status: String = "enabled"
    ) async throws -> TestMember {
        let number = nextNumber.withLock { number in
            number += 1
            return number
        }
        let token = "token-\(number)"
        let flags = permissions.map(\.name)
        let query = Query<MemberID>.one(
            """
            INSERT INTO members (
                area_id, username, first_name, last_name, unit_id, status, flags, search_text, created_at
            )
            VALUES (
                \(area.id), \("user\(number)"), \(name), \("ฐานะดี \(number)"), \(unit), \(status), \(flags),
                \("\(name) user\(number)"), \(Instant.now)
            )
            RETURNING id
            """
        ) { try $0.next() }
        let id = try await database.transaction(in: area.id.rawValue) { try await $0.run(query) }
        return try await session(of: TestMember(id: id, token: token, username: "user\(number)"))
    }

    /// The member signed in on another device.
    package func member(_ member: TestMember, on device: String) async throws -> TestMember {
        let token = "\(member.token)-\(device)"
        return try await session(of: TestMember(id: member.id, token: token, username: member.username), on: device)
    }

    private func session(of member: TestMember, on device: String = "test") async throws -> TestMember {
        try await database.transaction(in: area.id.rawValue) { transaction in
            try await transaction.execute(
                """
                INSERT INTO sessions (
                    area_id, token_hash, member_id, address, device, created_at, seen_at, expires_at
                )
                VALUES (
                    \(area.id), \(Bytes(Digest(of: member.token).bytes)), \(member.id), '127.0.0.1', \(device),
                    \(Instant.now), \(Instant.now), \(Instant.now + 3600)
                )
                """)
        }
        return member
    }

    /// Does to the area's rows what no page does: lets time pass, or makes many at once.
    package func execute(_ sql: SQL) async throws {
        try await database.transaction(in: area.id.rawValue) { try await $0.execute(sql) }
    }

    package func get(_ path: String, as member: TestMember? = nil, _ more: Headers = Headers()) async -> Response {
        await respond(.get, path, as: member, body: TextBody(""), more)
    }

    /// Sends a form as a page of ours would.
    package func post(
        _ path: String, _ fields: KeyValuePairs<String, String> = [:], as member: TestMember? = nil,
        _ more: Headers = Headers()
    ) async -> Response {
        var form = Fields(fields)
        form.add("form-token", formToken)
        return await respond(.post, path, as: member, body: TextBody(String(form.queryText.dropFirst())), more)
    }

    /// Sends a form in parts, with a file, as a browser does.
    package func upload(
        _ bytes: [UInt8], named name: String, as field: String, to path: String, _ fields: [String: String] = [:],
        as member: TestMember?, _ headers: Headers = Headers()
    ) async -> Response {
        var parts = fields.merging(["form-token": formToken]) { sent, _ in sent }.map {
            "--edge\r\nContent-Disposition: form-data; name=\"\($0.key)\"\r\n\r\n\($0.value)\r\n"
        }
        parts.append(
            """
            --edge\r\nContent-Disposition: form-data; name="\(field)"; filename="\(name)"\r\n\
            Content-Type: application/octet-stream\r\n\r\n
            """)
        let body = TextBody(bytes: Array(parts.joined().utf8) + bytes + Array("\r\n--edge--\r\n".utf8))
        var headers = headers
        headers["content-type"] = "multipart/form-data; boundary=edge"
        return await respond(.post, path, as: member, body: body, headers)
    }

    package func respond(
        _ method: Method, _ path: String, as member: TestMember?, body: TextBody, _ more: Headers
    ) async -> Response {
        var headers = more
        headers.add("host", "localhost")
        var cookies = ["__Host-rabrong-browser=browser"]
        if let member { cookies.append("\(Gate.cookieName(of: area))=\(member.token)") }
        headers.add("cookie", cookies.joined(separator: "; "))
        if method == .post, headers["content-type"] == nil {
            headers.add("content-type", "application/x-www-form-urlencoded")
        }
        let parts = path.split(separator: "?", maxSplits: 1)
        let query = parts.count > 1 ? Fields(decoding: parts[1].utf8) : nil
        let request = Request(
            method, prefix + String(parts.first ?? ""), query: query ?? Fields(), headers: headers, peer: "10.1.2.3",
            body: body)
        return await app.respond(request).collectingTable
    }

    private var prefix: String { "/\(area.code)" }

    package var formToken: String { key.derived(for: "form").code(of: "browser").prefix(18).base64url }

    /// A call of a program.
    package func api(_ method: Method, _ path: String, token: String?, _ body: String = "") async -> Response {
        var headers: Headers = ["host": "localhost", "content-type": "application/json"]
        if let token { headers.add("authorization", "Bearer \(token)") }
        return await app.respond(
            Request(method, "/api/\(area.code)\(path)", headers: headers, peer: "10.1.2.3", body: TextBody(body)))
    }

    /// A program's key with some flags.
    package func apiToken(of member: TestMember, _ permissions: Permission...) async throws -> String {
        let token = "rbr_\(member.token)"
        let flags = permissions.map(\.name)
        try await database.transaction(in: area.id.rawValue) { transaction in
            try await transaction.execute(
                """
                INSERT INTO api_tokens (area_id, member_id, name, token_hash, flags, created_at, expires_at)
                VALUES (
                    \(area.id), \(member.id), 'test', \(Bytes(Digest(of: token).bytes)), \(flags), \(Instant.now),
                    \(Instant.now + 3600)
                )
                """)
        }
        return token
    }

    /// Does a piece of work as a worker would.
    package func run(job name: String, _ payload: JSON = .object([]), mailRoom: MailRoom? = nil) async throws {
        let kind = try #require(app.jobKinds(mailRoom).first { $0.name == name })
        try await kind.run(Job(area: area.id.rawValue, id: 1, kind: name, payload: payload, attempts: 1))
    }

    /// The cells of the first row, as text.
    package func row(_ sql: SQL) async throws -> [String] {
        let query = Query<[String]>.one("SELECT row_to_json(r)::text FROM (\(part: sql)) r") { cells in
            try JSON(parsing: cells.next(String.self).utf8).members.map { $0.value.textValue ?? $0.value.text }
        }
        return try await database.transaction(in: area.id.rawValue) { try await $0.run(query) }
    }
}

package struct TestMember: Sendable {
    package let id: MemberID
    package let token: String
    package let username: String

    /// With the session that a sign-in gave.
    package func signedIn(by response: Response) -> TestMember {
        let cookies = response.headers.all("set-cookie").compactMap { $0.split(separator: ";").first }
        let session = cookies.first { $0.hasPrefix("__Host-rabrong-t") || $0.hasPrefix("__Host-rabrong-central") }
        let token = session?.split(separator: "=").last.map(String.init) ?? ""
        return TestMember(id: id, token: token, username: username)
    }

    /// Somebody who signs in by another name.
    package func named(_ username: String) -> TestMember {
        TestMember(id: id, token: token, username: username)
    }
}

/// Areas, user names and tokens are unique in the whole run: tests share a database.
private let nextNumber = Lock(0)

/// A body that is there at once.
package struct TextBody: BodyReader, ExpressibleByStringLiteral {
    private let bytes: [UInt8]
    private let left = Lock(true)

    package init(_ text: String) {
        bytes = Array(text.utf8)
    }

    package init(stringLiteral text: String) { self.init(text) }

    /// What no text can hold, such as a picture.
    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    package var announcedLength: Int? { bytes.count }

    package func next(limit: Int) async throws -> [UInt8]? {
        guard bytes.count <= limit else { throw BodyError.tooLarge }
        let isFirst = left.withLock { left in
            defer { left = false }
            return left
        }
        return isFirst && !bytes.isEmpty ? bytes : nil
    }
}

extension Permission {
    /// A flag that no feature declares yet.
    package static func named(_ name: String) -> Permission {
        Permission(name, number: "", Phrase(same: ""))
    }
}

extension Response {
    /// A table comes in pieces, to its end.
    fileprivate var collectingTable: Response {
        get async {
            guard case .stream(let pieces) = body, headers["content-type"]?.hasPrefix("text/csv") == true else {
                return self
            }
            let buffer = ByteBuffer()
            for await piece in pieces { for byte in piece { buffer.append(byte) } }
            return Response(status, headers: headers, body: .bytes(buffer))
        }
    }

    /// The body of a page or an answer.
    package var text: String {
        guard case .bytes(let buffer) = body else { return "" }
        return buffer.text
    }
}
