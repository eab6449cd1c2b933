import Kernel
import Postgres

/// How a member wants to be told.
struct Choices: Sendable {
    var mail: String
    /// Whether they are named in what other programs are told.
    var hooks: String
    var calendar: Int
}

extension Query where Answer == Choices {
    static func choices(of member: MemberID, in area: AreaID) -> Query {
        .one(
            """
            SELECT coalesce(max(mail), 'daily'), coalesce(max(hooks), 'yes'), coalesce(max(calendar), 1)
            FROM notice_choices
            WHERE area_id = \(area) AND member_id = \(member)
            """
        ) { Choices(mail: try $0.next(), hooks: try $0.next(), calendar: try $0.next()) }
    }
}

extension Query where Answer == Int {
    /// Who doesn't say whether they are named leaves that as it is.
    static func choose(mail: String, hooks: String?, of member: MemberID, in area: AreaID) -> Query {
        .deed(
            """
            INSERT INTO notice_choices (area_id, member_id, mail, hooks)
            VALUES (\(area), \(member), \(mail), coalesce(\(hooks), 'yes'))
            ON CONFLICT (area_id, member_id) DO UPDATE
            SET mail = excluded.mail, hooks = coalesce(\(hooks), notice_choices.hooks)
            """)
    }

    static func changeCalendar(of member: MemberID, in area: AreaID) -> Query {
        .deed(
            """
            INSERT INTO notice_choices (area_id, member_id, calendar)
            VALUES (\(area), \(member), 2)
            ON CONFLICT (area_id, member_id) DO UPDATE
            SET calendar = notice_choices.calendar + 1
            """)
    }
}
