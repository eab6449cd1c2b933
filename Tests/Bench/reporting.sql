-- What the full area lacks for the bench of reports: an indicator that 300 schools report each month, all rounds of it
-- open, and a file with each confirmed report. `indicator` is the one.

CREATE TEMP TABLE months AS
SELECT round, opens_on
FROM (
    SELECT 'm' || lpad(month::text, 2, '0') AS round, current_date - 40 * (13 - month) AS opens_on
    FROM generate_series(1, 12) month
) m;
CREATE TEMP TABLE reporters AS
SELECT area_id, unit_id, row_number() OVER (ORDER BY unit_id) AS place
FROM assignments
WHERE indicator_id = :indicator AND round = 'q1';
DELETE FROM assignments WHERE indicator_id = :indicator;
DELETE FROM indicator_rounds WHERE indicator_id = :indicator;

INSERT INTO indicator_rounds (
    area_id, indicator_id, round, opens_on, due_at, assigned, confirmed, checked, score_sum
)
SELECT i.area_id, i.id, m.round, m.opens_on, m.opens_on + interval '30 days', 300, 290, 250, 250 * 3.73333
FROM indicators i
CROSS JOIN months m
WHERE i.id = :indicator;
-- Checked, confirmed, and some that were missed.
INSERT INTO assignments (
    area_id, indicator_id, round, unit_id, state, created_at, entries, self_score, confirmed_at, confirmed_by,
    confirmed_name, check_score, checked_at, checked_by, checked_name
)
SELECT r.area_id, :indicator, m.round, r.unit_id, s.state, now(), '{"a": "281", "b": "300"}',
    CASE WHEN s.is_sent THEN 4 END, CASE WHEN s.is_sent THEN now() END, CASE WHEN s.is_sent THEN p.id END,
    CASE WHEN s.is_sent THEN p.first_name END, CASE WHEN s.is_checked THEN 3.73333 END,
    CASE WHEN s.is_checked THEN now() END, CASE WHEN s.is_checked THEN c.id END,
    CASE WHEN s.is_checked THEN c.first_name END
FROM reporters r
CROSS JOIN months m
CROSS JOIN LATERAL (
    SELECT CASE WHEN r.place <= 250 THEN 'checked' WHEN r.place <= 290 THEN 'confirmed' ELSE 'missed' END AS state,
        r.place <= 290 AS is_sent, r.place <= 250 AS is_checked
) s
CROSS JOIN LATERAL (
    SELECT id, first_name
    FROM members
    WHERE area_id = r.area_id AND unit_id = r.unit_id
    ORDER BY id
    LIMIT 1
) p
CROSS JOIN LATERAL (
    SELECT id, first_name
    FROM members
    WHERE area_id = r.area_id AND username = 'checker'
) c;

CREATE TEMP TABLE sent AS
SELECT area_id, id AS report, nextval('file_ids') AS file, confirmed_at
FROM assignments
WHERE state IN ('confirmed', 'checked');
INSERT INTO files (area_id, id, sha256, name, kind, size, uploader_name, uploaded_at)
SELECT area_id, file, sha256(report::text::bytea), 'รายงาน.pdf', 'pdf', 200000, 'ครู', confirmed_at
FROM sent;
INSERT INTO evidence (area_id, assignment_id, place, description, file_id, sent_at, sender_name)
SELECT area_id, report, 1, 'หลักฐาน', file, confirmed_at, 'ครู'
FROM sent;
