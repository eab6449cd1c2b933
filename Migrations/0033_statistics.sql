-- What statistics show: summaries that a job counts anew when something of the area has changed, so that a page for the
-- whole country reads some rows of each area. Frameworks go by their short names, which stay the same over the years; a
-- past year may be there that the area has never worked in, as it was brought along from an older system.

-- How far the record was when the area was counted last.
CREATE TABLE statistics_counts (
    area_id int NOT NULL PRIMARY KEY,
    entries bigint NOT NULL,
    counted_at timestamptz NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON statistics_counts TO rabrong_app;

-- Of an area's results of a framework, in a round.
CREATE TABLE result_statistics (
    area_id int NOT NULL,
    year int NOT NULL,
    framework text COLLATE "th-x-icu" NOT NULL,
    round text NOT NULL,
    name text COLLATE "th-x-icu" NOT NULL,
    place int NOT NULL,
    unreported int NOT NULL,
    waiting int NOT NULL,
    refused int NOT NULL,
    certified int NOT NULL,
    -- Those that may still change by themselves.
    unsettled int NOT NULL,
    -- Of those that are settled: weights, and weights by official scores.
    weight numeric NOT NULL,
    weighted numeric NOT NULL,
    -- Those that are sent or past due, and how many of them came in time.
    due int NOT NULL,
    in_time int NOT NULL,
    counted_at timestamptz NOT NULL,
    PRIMARY KEY (area_id, year, framework, round)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON result_statistics TO rabrong_app;
GRANT SELECT, INSERT ON result_statistics TO rabrong_loader;
GRANT SELECT ON result_statistics TO rabrong_central;

-- Of a unit's reports.
CREATE TABLE unit_statistics (
    area_id int NOT NULL,
    year int NOT NULL,
    framework text COLLATE "th-x-icu" NOT NULL,
    round text NOT NULL,
    unit_id bigint NOT NULL,
    assigned int NOT NULL,
    sent int NOT NULL,
    missed int NOT NULL,
    checked int NOT NULL,
    score_sum numeric NOT NULL,
    due int NOT NULL,
    in_time int NOT NULL,
    counted_at timestamptz NOT NULL,
    PRIMARY KEY (area_id, year, framework, round, unit_id)
);
-- The check of a foreign key reads as the owner, who under FORCE would have to name an area.
ALTER TABLE units NO FORCE ROW LEVEL SECURITY;
ALTER TABLE unit_statistics ADD CONSTRAINT unit_statistics_unit FOREIGN KEY (area_id, unit_id)
    REFERENCES units (area_id, id);
ALTER TABLE units FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON unit_statistics TO rabrong_app;
GRANT SELECT, INSERT ON unit_statistics TO rabrong_loader;

-- Of an area's schools together.
CREATE TABLE school_statistics (
    area_id int NOT NULL,
    year int NOT NULL,
    framework text COLLATE "th-x-icu" NOT NULL,
    round text NOT NULL,
    assigned int NOT NULL,
    sent int NOT NULL,
    missed int NOT NULL,
    checked int NOT NULL,
    score_sum numeric NOT NULL,
    due int NOT NULL,
    in_time int NOT NULL,
    counted_at timestamptz NOT NULL,
    PRIMARY KEY (area_id, year, framework, round)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON school_statistics TO rabrong_app;
GRANT SELECT, INSERT ON school_statistics TO rabrong_loader;
GRANT SELECT ON school_statistics TO rabrong_central;

ALTER TABLE statistics_counts ENABLE ROW LEVEL SECURITY;
ALTER TABLE statistics_counts FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON statistics_counts USING (area_id = current_setting('app.area_id')::int);
ALTER TABLE result_statistics ENABLE ROW LEVEL SECURITY;
ALTER TABLE result_statistics FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON result_statistics USING (area_id = current_setting('app.area_id')::int);
CREATE POLICY central_reads ON result_statistics FOR SELECT TO rabrong_central USING (true);
ALTER TABLE unit_statistics ENABLE ROW LEVEL SECURITY;
ALTER TABLE unit_statistics FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON unit_statistics USING (area_id = current_setting('app.area_id')::int);
ALTER TABLE school_statistics ENABLE ROW LEVEL SECURITY;
ALTER TABLE school_statistics FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON school_statistics USING (area_id = current_setting('app.area_id')::int);
CREATE POLICY central_reads ON school_statistics FOR SELECT TO rabrong_central USING (true);

-- The owner adds to all areas at once.
ALTER TABLE jobs NO FORCE ROW LEVEL SECURITY;
INSERT INTO jobs (area_id, kind, payload, run_at, created_at)
SELECT id, 'statistics', '{}', now(), now()
FROM areas
WHERE id > 0
ON CONFLICT DO NOTHING;
ALTER TABLE jobs FORCE ROW LEVEL SECURITY;
