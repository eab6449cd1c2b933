-- Reports of two rounds of one area that are open and that nobody has sent, and keys for a sender of each and a checker.

UPDATE indicator_rounds
SET opens_on = current_date - 7, due_at = now() + interval '7 days', confirmed = 0, checked = 0, score_sum = 0
WHERE area_id = (SELECT id FROM areas WHERE code = 'p55-1');
DELETE FROM evidence WHERE area_id = (SELECT id FROM areas WHERE code = 'p55-1');
UPDATE assignments
SET state = 'waiting', entries = '{}', words = '', self_score = NULL, result = NULL, score = NULL, confirmed_at = NULL,
    confirmed_by = NULL, confirmed_name = NULL, check_score = NULL, checked_at = NULL, checked_name = NULL,
    correct_by = NULL
WHERE area_id = (SELECT id FROM areas WHERE code = 'p55-1');

CREATE TABLE kill_reports AS
SELECT a.area_id, a.id AS report, m.id AS member, i.number AS indicator, 'rbr_' || md5('kill' || m.id) AS key
FROM assignments a
JOIN areas d ON d.id = a.area_id AND d.code = 'p55-1'
JOIN indicators i ON i.area_id = a.area_id AND i.id = a.indicator_id AND i.number IN ('1.1', '1.3')
JOIN indicator_rounds r ON r.area_id = a.area_id AND r.indicator_id = a.indicator_id AND r.round = a.round
CROSS JOIN LATERAL (
    SELECT id
    FROM members
    WHERE area_id = a.area_id AND unit_id = a.unit_id AND status = 'enabled' AND 'School' = ANY (flags)
    ORDER BY id
    LIMIT 1
) m
WHERE a.round = 'c06'
ORDER BY a.unit_id, a.id
LIMIT 24;
CREATE TABLE kill_start AS
SELECT h.area_id, h.number
FROM journal_heads h
WHERE h.area_id = (SELECT DISTINCT area_id FROM kill_reports);

UPDATE members
SET flags = ARRAY['School', 'SA', 'Upload']
WHERE (area_id, id) IN (SELECT area_id, member FROM kill_reports);
INSERT INTO api_tokens (area_id, member_id, name, token_hash, flags, created_at, expires_at)
SELECT DISTINCT area_id, member, 'kill', sha256(key::bytea), ARRAY['School', 'SA', 'Upload'], now(),
    now() + interval '1 day'
FROM kill_reports;
INSERT INTO api_tokens (area_id, member_id, name, token_hash, flags, created_at, expires_at)
SELECT m.area_id, m.id, 'kill', sha256('rbr_killchecker'), ARRAY['Proof'], now(), now() + interval '1 day'
FROM members m
WHERE m.area_id = (SELECT DISTINCT area_id FROM kill_reports) AND m.username = 'checker';
INSERT INTO api_tokens (area_id, member_id, name, token_hash, flags, created_at, expires_at)
SELECT m.area_id, m.id, 'kill', sha256('rbr_killsupplier'), ARRAY['Define', 'Supply', 'Publish'], now(), now() + interval '1 day'
FROM members m
WHERE m.area_id = 0 AND m.username = 'psdg';
-- As autovacuum would in time: without it, a plan for an empty table takes half a second for each piece of news.
ANALYZE;
