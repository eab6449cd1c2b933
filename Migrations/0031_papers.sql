-- Papers too long to be made while somebody waits: ordered, made by a job, and kept for some days.
CREATE SEQUENCE long_paper_ids;
CREATE TABLE long_papers (
    area_id int NOT NULL,
    id bigint NOT NULL DEFAULT nextval('long_paper_ids'),
    title text NOT NULL,
    asked_by bigint NOT NULL,
    asked_at timestamptz NOT NULL,
    -- How far it is.
    done int NOT NULL DEFAULT 0,
    total int NOT NULL DEFAULT 0,
    pages int,
    sha256 bytea,
    size bigint,
    failed_at timestamptz,
    PRIMARY KEY (area_id, id),
    CONSTRAINT long_papers_whole CHECK ((sha256 IS NULL) = (size IS NULL) AND (sha256 IS NULL) = (pages IS NULL))
);
ALTER TABLE members NO FORCE ROW LEVEL SECURITY;
ALTER TABLE long_papers ADD CONSTRAINT long_papers_member
    FOREIGN KEY (area_id, asked_by) REFERENCES members (area_id, id);
ALTER TABLE members FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON long_papers TO rabrong_app;
GRANT USAGE ON SEQUENCE long_paper_ids TO rabrong_app;
ALTER TABLE long_papers ENABLE ROW LEVEL SECURITY;
ALTER TABLE long_papers FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON long_papers USING (area_id = current_setting('app.area_id')::int);
