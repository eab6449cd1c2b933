-- What people have sent: the bytes lie in the file store under their SHA-256, the facts here.

CREATE SEQUENCE file_ids;
CREATE TABLE files (
    area_id int NOT NULL,
    id bigint NOT NULL DEFAULT nextval('file_ids'),
    sha256 bytea NOT NULL,
    -- As the sender named it.
    name text NOT NULL,
    kind text NOT NULL,
    size bigint NOT NULL,
    uploaded_by bigint,
    uploader_name text NOT NULL,
    uploaded_at timestamptz NOT NULL,
    PRIMARY KEY (area_id, id)
);
ALTER TABLE files ADD CONSTRAINT files_sha256_whole CHECK (length(sha256) = 32);
ALTER TABLE files ADD CONSTRAINT files_not_empty CHECK (size > 0);
CREATE INDEX files_of_bytes ON files (area_id, sha256);
GRANT SELECT, INSERT ON files TO rabrong_app;
GRANT USAGE ON SEQUENCE file_ids TO rabrong_app, rabrong_loader;
GRANT SELECT, INSERT ON files TO rabrong_loader;

-- Up to eleven documents of an indicator; the first two have names of their own.
CREATE TABLE indicator_documents (
    area_id int NOT NULL,
    indicator_id bigint NOT NULL,
    place int NOT NULL,
    title text NOT NULL,
    file_id bigint NOT NULL,
    PRIMARY KEY (area_id, indicator_id, place)
);
-- The check of a foreign key reads as the owner, who under FORCE would have to name an area.
ALTER TABLE indicators NO FORCE ROW LEVEL SECURITY;
ALTER TABLE indicator_documents ADD CONSTRAINT indicator_documents_indicator FOREIGN KEY (area_id, indicator_id)
    REFERENCES indicators (area_id, id);
ALTER TABLE indicator_documents ADD CONSTRAINT indicator_documents_file FOREIGN KEY (area_id, file_id)
    REFERENCES files (area_id, id);
ALTER TABLE indicator_documents ADD CONSTRAINT indicator_documents_eleven CHECK (place BETWEEN 1 AND 11);
GRANT SELECT, INSERT, UPDATE, DELETE ON indicator_documents TO rabrong_app;
GRANT SELECT, INSERT ON indicator_documents TO rabrong_loader;
ALTER TABLE indicators FORCE ROW LEVEL SECURITY;

ALTER TABLE files ENABLE ROW LEVEL SECURITY;
ALTER TABLE files FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON files USING (area_id = current_setting('app.area_id')::int);
ALTER TABLE indicator_documents ENABLE ROW LEVEL SECURITY;
ALTER TABLE indicator_documents FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON indicator_documents USING (area_id = current_setting('app.area_id')::int);
