-- The morning's mail: when a member had the last one. Each area's morning is planned once, and plans the next.

ALTER TABLE notice_choices ADD COLUMN mailed_on date;
-- The owner adds to all areas at once.
ALTER TABLE jobs NO FORCE ROW LEVEL SECURITY;
INSERT INTO jobs (area_id, kind, payload, run_at, created_at)
SELECT id, 'morning', '{}', now(), now()
FROM areas
ON CONFLICT DO NOTHING;
ALTER TABLE jobs FORCE ROW LEVEL SECURITY;
