import HTTP
import Kernel
import Members
import Postgres
import Runtime
import Secrets

/// Two who ask to join a school: one in addition, one in somebody's stead.
struct DemonstrationNewcomers {
    let area: Area
    let now: Instant

    func write(to database: Database, _ key: SecretKey) async throws {
        let school = Query<UnitID?>.first(
            """
            SELECT unit_id
            FROM members
            WHERE area_id = \(area.id) AND username = 'school-director'
            """
        ) { try $0.next() }
        guard let unit = try await database.transaction(in: area.id.rawValue, { try await $0.run(school) }) else {
            return
        }
        for (place, form) in forms.enumerated() {
            var form = form
            form.set("unit", "\(unit)")
            try await Members.ask(form, in: area.id, unit: unit, database, key, at: now + (place - 3) * 7200)
        }
    }

    private var forms: [Fields] {
        [
            Fields([
                "citizen": "1-1037-02071-81-1", "title": "นางสาว", "first-name": "น้ำใจ", "last-name": "ฐานะดี",
                "title-en": "Miss", "first-name-en": "Namjai", "last-name-en": "Thanadee", "employment": "official",
                "mobile": "08 1000 0001", "position": "ครูผู้ช่วย", "username": "newcomer", "promise": "on",
                "password": "demonstration only", "again": "demonstration only",
            ]),
            Fields([
                "citizen": "3-5501-00123-45-7", "title": "นาย", "first-name": "กตัญญู", "last-name": "มั่นคง",
                "title-en": "Mr.", "first-name-en": "Katanyu", "last-name-en": "Mankhong", "employment": "employee",
                "mobile": "08 1000 0002", "position": "พนักงานราชการ", "username": "newcomer2", "promise": "on",
                "replaces": "นางสมศรี ใจงาม", "replaces-because": "retired", "password": "demonstration only",
                "again": "demonstration only",
            ]),
        ]
    }
}
