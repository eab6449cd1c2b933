-- What Reporting lets others count: each report that a unit has to send.
CREATE VIEW countable_reports WITH (security_invoker = true) AS
SELECT a.area_id, i.year, f.short_name AS framework, a.round, a.unit_id, a.state, a.check_score, r.due_at,
    a.state IN ('confirmed', 'checked') AS is_sent,
    -- Who confirms later than the round's own date was given more time, or was to correct what had come.
    a.state IN ('confirmed', 'checked') AND (a.confirmed_at <= r.due_at OR a.extended_until IS NULL) AS is_in_time
FROM assignments a
JOIN indicator_rounds r ON r.area_id = a.area_id AND r.indicator_id = a.indicator_id AND r.round = a.round
JOIN indicators i ON i.area_id = a.area_id AND i.id = a.indicator_id
JOIN frameworks f ON f.area_id = i.area_id AND f.id = i.framework_id
WHERE i.state <> 'hidden';
GRANT SELECT ON countable_reports TO rabrong_app;
