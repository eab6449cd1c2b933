-- What the area's schools report for a national indicator: the area's own indicator that asks them, and what they had
-- reported when the area sent its result.
ALTER TABLE indicators ADD COLUMN feeds bigint;
-- The checks of foreign keys read as the owner, who under FORCE would have to name an area.
ALTER TABLE indicators NO FORCE ROW LEVEL SECURITY;
ALTER TABLE indicators ADD CONSTRAINT indicators_feeds FOREIGN KEY (feeds) REFERENCES national_indicators (id);
ALTER TABLE indicators FORCE ROW LEVEL SECURITY;
CREATE UNIQUE INDEX indicators_feed_once ON indicators (area_id, feeds) WHERE feeds IS NOT NULL;

CREATE TABLE submission_schools (
    area_id int NOT NULL,
    result_id bigint NOT NULL,
    number int NOT NULL,
    assignment_id bigint NOT NULL,
    name text COLLATE "th-x-icu" NOT NULL,
    entries jsonb NOT NULL,
    PRIMARY KEY (area_id, result_id, number, assignment_id)
);
ALTER TABLE submissions NO FORCE ROW LEVEL SECURITY;
ALTER TABLE submission_schools ADD CONSTRAINT submission_schools_submission
    FOREIGN KEY (area_id, result_id, number) REFERENCES submissions (area_id, result_id, number);
ALTER TABLE submissions FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON submission_schools TO rabrong_app;
GRANT SELECT ON submission_schools TO rabrong_central;

ALTER TABLE submission_schools ENABLE ROW LEVEL SECURITY;
ALTER TABLE submission_schools FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON submission_schools USING (area_id = current_setting('app.area_id')::int);
CREATE POLICY central_reads ON submission_schools FOR SELECT TO rabrong_central USING (true);
