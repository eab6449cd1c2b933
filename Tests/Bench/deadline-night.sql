-- The night of a deadline: every round takes reports, nothing is sent yet, and somebody of each school has a key.

UPDATE indicator_rounds
SET opens_on = current_date - 7, due_at = now() + interval '7 days', confirmed = 0, checked = 0, score_sum = 0;
UPDATE assignments
SET state = 'waiting', entries = '{}', self_score = NULL, confirmed_at = NULL, confirmed_name = NULL, check_score = NULL,
    checked_at = NULL, checked_name = NULL;
-- Files get numbers by which one is recognised in a statement.
SELECT setval('file_ids', 900000000);

-- The schools in no order of their areas. The server confirms their first report, pgbench their second.
CREATE TABLE bench_confirms (
    n bigint PRIMARY KEY,
    area int,
    code text,
    member bigint,
    indicator bigint,
    report bigint,
    other_report bigint,
    token text,
    digest text
);
INSERT INTO bench_confirms
SELECT row_number() OVER (ORDER BY md5(a.id::text)), a.area_id, d.code, m.id, a.indicator_id, a.id, o.id,
    'rbr_' || md5('night' || a.id), '\x' || md5('one' || a.id) || md5('two' || a.id)
FROM assignments a
JOIN areas d ON d.id = a.area_id
JOIN assignments o
    ON o.area_id = a.area_id AND o.indicator_id = a.indicator_id AND o.unit_id = a.unit_id AND o.round = 'q2'
CROSS JOIN LATERAL (
    SELECT id
    FROM members
    WHERE area_id = a.area_id AND unit_id = a.unit_id AND flags @> ARRAY['School', 'SA', 'Upload']
    ORDER BY id
    LIMIT 1
) m
WHERE a.round = 'q1';
CREATE SEQUENCE bench_turns;
INSERT INTO api_tokens (area_id, member_id, name, token_hash, flags, created_at, expires_at)
SELECT area, member, 'bench', sha256(token::bytea), ARRAY['School', 'SA', 'Upload'], now(), now() + interval '1 day'
FROM bench_confirms;
GRANT SELECT ON bench_confirms TO rabrong_app;
GRANT USAGE ON SEQUENCE bench_turns TO rabrong_app;
