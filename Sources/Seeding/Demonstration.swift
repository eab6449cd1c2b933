import Areas
import Catalogue
package import Files
package import Kernel
package import Postgres
package import Runtime
package import Secrets
import Statistics

/// An account that one can sign in with.
package struct DemonstrationAccount: Sendable {
    package var door: String
    package var username: String
    package var password: String
    package var who: String
}

/// Two areas with schools, people of every kind and some history, and the central office with its bureaus.
package struct Demonstration: Sendable {
    private let database: Database
    private let loader: BulkLoader
    private let words: Vocabulary
    private let now: Instant
    private let files: any FileStore
    private let temporaryFolder: String
    private let key: SecretKey

    package init(
        _ database: Database, loader: Database, seeds folder: String, files: any FileStore, temporaryFolder: String,
        key: SecretKey, at now: Instant
    ) throws {
        self.database = database
        self.files = files
        self.temporaryFolder = temporaryFolder
        self.key = key
        self.loader = BulkLoader(database: loader)
        self.now = now
        words = try Vocabulary(in: folder)
    }

    /// Nil when it is there already.
    package func fill(_ areas: [Area]) async throws -> [DemonstrationAccount]? {
        guard let accounts = try await fill(areas, with: Cast.all) else { return nil }
        let national = MadeNational(year: FiscalYear(at: now), samples: MadeNational.demonstration, now: now, days: 14)
        try await national.fill(areas, sent: 75, decided: 55, in: database)
        try await fillStatistics(of: areas)
        return accounts
    }

    /// What was made is counted at once; and there were years before.
    private func fillStatistics(of areas: [Area]) async throws {
        var schools: [AreaID: [Int]] = [:]
        for area in areas where area.id != Area.central {
            let found = Query.all("SELECT id FROM units WHERE area_id = \(area.id) AND kind = 'school' ORDER BY id") {
                try $0.next(Int.self)
            }
            schools[area.id] = try await database.transaction(in: area.id.rawValue) { try await $0.run(found) }
            try await Counting(database).run(in: area.id, at: now)
        }
        try await MadeHistory(year: FiscalYear(at: now), loader: loader, now: now).load(areas, schools: schools)
    }

    /// Fifty national indicators that all areas have sent; nil when it is there already.
    package func fillCertification(_ areas: [Area]) async throws -> [DemonstrationAccount]? {
        let casts = Cast.all.filter { [Cast.shown, "central"].contains($0.code) }
        guard let accounts = try await fill(areas, with: casts) else { return nil }
        let national = MadeNational(year: FiscalYear(at: now), samples: MadeNational.fifty, now: now, days: 14)
        try await national.fill(areas, sent: 100, decided: 0, in: database)
        return accounts
    }

    /// One area as full as any gets; nil when it is there already.
    package func fillOne(of areas: [Area]) async throws -> [DemonstrationAccount]? {
        try await fill(areas, with: [Cast.full])
    }

    private func fill(_ areas: [Area], with casts: [Cast]) async throws -> [DemonstrationAccount]? {
        var accounts: [DemonstrationAccount] = []
        for cast in casts {
            guard let area = areas.first(where: { $0.code == cast.code }) else { continue }
            let count = Query<Int>.one("SELECT count(*) FROM members WHERE area_id = \(area.id)") { try $0.next() }
            if try await database.transaction(in: area.id.rawValue, { try await $0.run(count) }) > 1 { return nil }
            accounts += try await fill(area, with: cast)
        }
        return accounts
    }

    private func fill(_ area: Area, with cast: Cast) async throws -> [DemonstrationAccount] {
        var made = MadeArea(
            area, schools: cast.schools, perSchool: 3, officers: cast.officers, words: words)
        var accounts: [DemonstrationAccount] = []
        var hashes: [String: String] = [:]
        for role in cast.roles {
            made.addPerson(
                unit: role.isAtSchool ? made.groupCount : role.unit, flags: role.flags,
                of: role.isAtSchool ? "school" : "office", username: role.username, position: role.position,
                status: role.status)
            guard role.status == "enabled", let person = made.people.last else { continue }
            let password = temporaryPassphrase()
            hashes[role.username] = try await PasswordHash.make(of: password).text
            accounts.append(
                DemonstrationAccount(
                    door: "/\(area.code)/sign-in", username: role.username, password: password,
                    who: "\(role.position) \(person.name)"))
        }
        let numbers = try await loader.load(made, into: area.id, passwords: hashes, at: now + -200 * 86_400)
        try await writeHistory(of: made, numbers.people, in: area)
        if cast.hasFullCatalogue {
            let catalogue = MadeCatalogue(for: made, in: FiscalYear(at: now), reportedBy: .allSchools)
            try await loader.load(catalogue, of: made, numbers, into: area.id, at: now)
        } else if area.id != Area.central {
            let catalogue = DemonstrationCatalogue(area: area, username: "owner", now: now)
            let reports = DemonstrationReports(
                area: area, now: now, files: files, temporaryFolder: temporaryFolder)
            try await database.transaction(in: area.id.rawValue) { transaction in
                try await catalogue.write(transaction)
                try await reports.write(transaction)
                _ = try await transaction.run(.planDeadlines(in: area.id, after: now))
            }
            try await DemonstrationNewcomers(area: area, now: now).write(to: database, key)
        }
        return accounts
    }

    /// The area's settings, the roles that it uses, and on the record who got which flags, over the last weeks.
    private func writeHistory(of made: MadeArea, _ ids: [Int], in area: Area) async throws {
        let bundles: [(String, [String])] =
            area.id == Area.central
            ? [("ผู้รับรองของสำนัก", ["Certify", "Upload"]), ("ผู้กำหนดตัวชี้วัด", ["Define", "Supply", "Publish"])]
            : [
                ("ครูผู้รายงาน", MadeArea.teacherFlags), ("ผู้ตรวจ", ["Proof", "File", "Friends"]),
                ("เจ้าของตัวชี้วัด", ["Create", "Open", "Owner"]), ("สารบรรณ", ["Letters", "Upload"]),
            ]
        let admin = made.people.first { $0.flags.contains("M") }
        let adminID = admin.flatMap { admin in made.people.firstIndex { $0.username == admin.username } }.map {
            ids[$0]
        }
        try await database.transaction(in: area.id.rawValue) { transaction in
            // Nobody here has a telephone.
            try await transaction.execute("UPDATE area_settings SET factor_flags = '{}' WHERE area_id = \(area.id)")
            for (name, flags) in bundles {
                try await transaction.execute(
                    "INSERT INTO roles (area_id, name, flags) VALUES (\(area.id), \(name), \(flags))")
            }
            for (place, person) in made.people.enumerated().filter({ $0.element.status == "enabled" }).prefix(60) {
                let entry = JournalEntry(
                    area: area.id, happenedAt: now + (place - 60) * 7 * 3600, actorArea: area.id,
                    actor: adminID.map { MemberID($0) }, actorName: admin?.name ?? "rabrong",
                    address: "10.0.0.\(place % 200 + 1)",
                    action: "role.applied", subject: "member/\(ids[place])", subjectName: person.name,
                    before: ["flags": []],
                    after: ["role": .text(bundles[0].0), "flags": .array(person.flags.map { .text($0) })])
                _ = try await transaction.run(.record(entry))
            }
        }
    }
}

/// Four words' worth of letters that are easy to type.
private func temporaryPassphrase() -> String {
    let letters = Array("abcdefghjkmnpqrstuvwxyz23456789")
    return (0..<3).map { _ in String((0..<4).map { _ in letters.randomElement() ?? "a" }) }.joined(separator: "-")
}
