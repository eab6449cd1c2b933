import HTML
import Kernel
import Postgres
import Runtime

extension Query where Answer == [WebHook] {
    static func webHooks(in area: AreaID) -> Query {
        .all("SELECT \(part: WebHook.columns) FROM web_hooks w WHERE w.area_id = \(area) ORDER BY w.id") {
            try WebHook(&$0)
        }
    }
}

extension Query where Answer == WebHook? {
    static func webHook(_ id: WebHookID, in area: AreaID) -> Query {
        .first("SELECT \(part: WebHook.columns) FROM web_hooks w WHERE w.area_id = \(area) AND w.id = \(id)") {
            try WebHook(&$0)
        }
    }
}

extension Query where Answer == Int {
    /// It hears of what happens from now on.
    static func addWebHook(
        _ address: String, hearing actions: [String], in area: AreaID, by viewer: Viewer?, at now: Instant
    ) -> Query {
        .one(
            """
            INSERT INTO web_hooks (area_id, address, actions, entry, added_at, adder_name)
            SELECT area_id, \(address)::text, \(actions)::text[], number, \(now)::timestamptz,
                \(viewer?.name ?? "")::text
            FROM journal_heads
            WHERE area_id = \(area)
            RETURNING id
            """
        ) { try $0.next() }
    }

    static func removeWebHook(_ id: WebHookID, in area: AreaID) -> Query {
        .deed("DELETE FROM web_hooks WHERE area_id = \(area) AND id = \(id)")
    }

    static func changeKey(of id: WebHookID, in area: AreaID) -> Query {
        .deed("UPDATE web_hooks SET key_number = key_number + 1 WHERE area_id = \(area) AND id = \(id)")
    }

    static func noteDelivery(to id: WebHookID, upTo entry: Int, in area: AreaID, at now: Instant) -> Query {
        .deed(
            """
            UPDATE web_hooks
            SET entry = greatest(entry, \(entry)), delivered_at = \(now), failing_since = NULL, failure = NULL
            WHERE area_id = \(area) AND id = \(id)
            """)
    }

    static func noteFailure(_ reason: String, of id: WebHookID, in area: AreaID, at now: Instant) -> Query {
        .deed(
            """
            UPDATE web_hooks
            SET failing_since = coalesce(failing_since, \(now)), failure = \(reason)
            WHERE area_id = \(area) AND id = \(id)
            """)
    }

    /// One job for each that has something to hear, unless one waits already: it brings all that has come by then.
    static func planDeliveries(in area: AreaID, from: Int, to: Int, at now: Instant) -> Query {
        .deed(
            """
            INSERT INTO jobs (area_id, kind, payload, run_at, created_at)
            SELECT w.area_id, \(WebHookJob.kind)::text, jsonb_build_object('hook', w.id), \(now)::timestamptz,
                \(now)::timestamptz
            FROM web_hooks w
            WHERE w.area_id = \(area)
                AND EXISTS (
                    SELECT
                    FROM journal e
                    WHERE e.area_id = w.area_id AND e.number > \(from) AND e.number <= \(to)
                        AND e.action = ANY (w.actions)
                )
                AND NOT EXISTS (
                    SELECT
                    FROM jobs j
                    WHERE j.area_id = w.area_id AND j.kind = \(WebHookJob.kind)
                        AND j.payload = jsonb_build_object('hook', w.id) AND j.failed_at IS NULL
                        AND j.leased_until IS NULL
                )
            RETURNING id
            """)
    }
}

/// An entry of the record, as other programs are told of it.
struct HookEvent: Sendable {
    let number: Int
    let json: JSON

    fileprivate init(_ cells: inout Cells, _ registry: Registry, address: String) throws {
        number = try cells.next()
        let action = try cells.next(String.self)
        let subject = try cells.next(String.self)
        let subjectName = try cells.next(String.self)
        let who = try cells.next(String.self)
        let at = try cells.next(Instant.self)
        let code = try cells.next(String.self)
        let detail = try cells.next(String.self)
        let members = try cells.next(JSON.self)
        json = [
            "number": JSON(number), "action": .text(action), "words": .text(registry.action(action).thai),
            "subject": .text(subjectName), "who": .text(who), "detail": .text(detail), "at": .text(at.text),
            "link": .text("\(address)/\(code)/\(subject.replacing("report/", with: "reports/"))"), "to": members,
        ]
    }
}

extension Query where Answer == [HookEvent] {
    /// What it hasn't heard of yet, the earliest first; what is older than some days is no news any more.
    static func events(
        for hook: WebHook, in area: AreaID, since time: Instant, limit: Int, _ registry: Registry, address: String
    ) -> Query {
        .all(
            """
            SELECT e.number, e.action, e.subject, e.subject_name, e.actor_name, e.happened_at, a.code,
                coalesce(max(n.detail), ''), coalesce(jsonb_agg(
                    jsonb_build_object(
                        'member', m.id, 'username', m.username,
                        'name', m.title || m.first_name || ' ' || m.last_name
                    ) ORDER BY m.id
                ) FILTER (WHERE m.id IS NOT NULL), '[]')
            FROM journal e
            JOIN areas a ON a.id = e.area_id
            LEFT JOIN notices n ON n.area_id = e.area_id AND n.entry = e.number
            LEFT JOIN notice_choices c ON c.area_id = n.area_id AND c.member_id = n.member_id
            LEFT JOIN members m ON m.area_id = n.area_id AND m.id = n.member_id
                AND coalesce(c.hooks, 'yes') = 'yes'
            WHERE e.area_id = \(area) AND e.number > \(hook.entry) AND e.action = ANY (\(hook.actions))
                AND e.happened_at > \(time)
            GROUP BY e.area_id, e.number, a.code
            ORDER BY e.number
            LIMIT \(limit)
            """
        ) { try HookEvent(&$0, registry, address: address) }
    }
}
