-- How much of the file store an area uses, and may use; and files that are on their way, piece by piece.

CREATE TABLE file_space (
    area_id int NOT NULL PRIMARY KEY,
    -- The bytes of its files, the same bytes counted once.
    used bigint NOT NULL DEFAULT 0,
    quota bigint NOT NULL DEFAULT 50000000000
);
ALTER TABLE file_space ADD CONSTRAINT file_space_within_quota CHECK (used <= quota);
ALTER TABLE file_space ADD CONSTRAINT file_space_not_negative CHECK (used >= 0);
GRANT SELECT, INSERT, UPDATE ON file_space TO rabrong_app;
GRANT SELECT, INSERT ON file_space TO rabrong_loader;
-- The owner counts for all areas at once.
ALTER TABLE files NO FORCE ROW LEVEL SECURITY;
INSERT INTO file_space (area_id, used, quota)
SELECT a.id, coalesce(f.used, 0), greatest(50000000000, 2 * coalesce(f.used, 0))
FROM areas a
LEFT JOIN (
    SELECT area_id, sum(size) AS used
    FROM (SELECT DISTINCT area_id, sha256, size FROM files) once
    GROUP BY area_id
) f ON f.area_id = a.id
ON CONFLICT DO NOTHING;
ALTER TABLE files FORCE ROW LEVEL SECURITY;

-- A piece is kept under its own digest, as a file is, until the whole is there.
CREATE TABLE upload_pieces (
    area_id int NOT NULL,
    member_id bigint NOT NULL,
    -- The browser's own name for the file.
    upload text NOT NULL,
    -- Where in the file it begins.
    start bigint NOT NULL,
    size bigint NOT NULL,
    sha256 bytea NOT NULL,
    sent_at timestamptz NOT NULL,
    PRIMARY KEY (area_id, member_id, upload, start)
);
-- The check of a foreign key reads as the owner, who under FORCE would have to name an area.
ALTER TABLE members NO FORCE ROW LEVEL SECURITY;
ALTER TABLE upload_pieces ADD CONSTRAINT upload_pieces_member FOREIGN KEY (area_id, member_id)
    REFERENCES members (area_id, id);
ALTER TABLE members FORCE ROW LEVEL SECURITY;
ALTER TABLE upload_pieces ADD CONSTRAINT upload_pieces_not_empty CHECK (size > 0);
CREATE INDEX upload_pieces_of_bytes ON upload_pieces (area_id, sha256);
GRANT SELECT, INSERT, DELETE ON upload_pieces TO rabrong_app;

-- How much each area uses, for the operator: numbers only.
CREATE FUNCTION app.file_spaces() RETURNS TABLE (area_id int, used bigint, quota bigint)
LANGUAGE sql SECURITY DEFINER SET search_path = public
AS $$
    SELECT file_space.area_id, file_space.used, file_space.quota
    FROM file_space
$$;
GRANT CREATE ON SCHEMA app TO rabrong_loader;
ALTER FUNCTION app.file_spaces() OWNER TO rabrong_loader;
REVOKE CREATE ON SCHEMA app FROM rabrong_loader;
REVOKE EXECUTE ON FUNCTION app.file_spaces() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.file_spaces() TO rabrong_app;

ALTER TABLE file_space ENABLE ROW LEVEL SECURITY;
ALTER TABLE file_space FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON file_space USING (area_id = current_setting('app.area_id')::int);
ALTER TABLE upload_pieces ENABLE ROW LEVEL SECURITY;
ALTER TABLE upload_pieces FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON upload_pieces USING (area_id = current_setting('app.area_id')::int);

-- Each night, bytes that no row names any more are set aside, and later discarded.
SELECT app.set_area(0);
INSERT INTO jobs (area_id, kind, payload, run_at, created_at) VALUES (0, 'sweep', '{}', now(), now());
