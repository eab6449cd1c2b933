-- What Certification lets others count: each result of an area, with all that a count of it needs.
CREATE VIEW countable_results WITH (security_invoker = true) AS
SELECT r.area_id, r.year, f.short_name AS framework, f.name, f.place, r.round, r.state, r.official,
    -- Parts of an indicator count within it.
    CASE WHEN n.parent_id IS NULL THEN coalesce(q.weight, n.weight) ELSE 0 END AS weight,
    q.due_at,
    -- Until when nothing that happens by itself is final.
    CASE r.state
        WHEN 'unreported' THEN greatest(q.due_at, r.extended_until)
        WHEN 'waiting' THEN 'infinity'::timestamptz
        WHEN 'refused' THEN greatest(r.correct_by, r.extended_until)
    END AS open_until,
    (
        SELECT min(s.sent_at)
        FROM submissions s
        WHERE s.area_id = r.area_id AND s.result_id = r.id
    ) AS first_sent_at
FROM area_results r
JOIN national_indicators n ON n.id = r.indicator_id AND n.withdrawn_at IS NULL
JOIN national_frameworks f ON f.id = r.framework_id
JOIN national_rounds q ON q.indicator_id = r.indicator_id AND q.round = r.round
WHERE r.is_wanted;
GRANT SELECT ON countable_results TO rabrong_app;
