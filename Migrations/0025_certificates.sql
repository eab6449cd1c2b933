-- What was certified, as a numbered snapshot that anybody can verify; and the end of a year, after which nothing of its
-- results changes.

-- Of the central office: since when a year's results are final.
CREATE TABLE national_years (
    year int NOT NULL PRIMARY KEY,
    frozen_at timestamptz,
    freezer_name text NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON national_years TO rabrong_app;
GRANT SELECT ON national_years TO rabrong_central;

-- Numbers without a gap, per area and year.
CREATE TABLE certificate_numbers (
    area_id int NOT NULL,
    year int NOT NULL,
    last int NOT NULL,
    PRIMARY KEY (area_id, year)
);
GRANT SELECT, INSERT, UPDATE ON certificate_numbers TO rabrong_app;
GRANT SELECT, INSERT, UPDATE ON certificate_numbers TO rabrong_central;

CREATE TABLE certificates (
    area_id int NOT NULL,
    year int NOT NULL,
    number int NOT NULL,
    -- Null: all results of the year.
    result_id bigint,
    -- What is certified, to the byte that was hashed.
    content text NOT NULL,
    sha256 bytea NOT NULL,
    issued_at timestamptz NOT NULL,
    revoked_at timestamptz,
    revocation_reason text,
    PRIMARY KEY (area_id, year, number)
);
ALTER TABLE certificates ADD CONSTRAINT certificates_revoked_whole CHECK (
    (revoked_at IS NULL) = (revocation_reason IS NULL));
ALTER TABLE area_results NO FORCE ROW LEVEL SECURITY;
ALTER TABLE certificates ADD CONSTRAINT certificates_result FOREIGN KEY (area_id, result_id)
    REFERENCES area_results (area_id, id);
ALTER TABLE area_results FORCE ROW LEVEL SECURITY;
CREATE UNIQUE INDEX certificates_of_result_once ON certificates (area_id, result_id)
    WHERE result_id IS NOT NULL AND revoked_at IS NULL;
CREATE UNIQUE INDEX certificates_of_year_once ON certificates (area_id, year)
    WHERE result_id IS NULL AND revoked_at IS NULL;
GRANT SELECT, INSERT ON certificates TO rabrong_app;
GRANT UPDATE (revoked_at, revocation_reason) ON certificates TO rabrong_app;
GRANT SELECT, INSERT ON certificates TO rabrong_central;
GRANT UPDATE (revoked_at, revocation_reason) ON certificates TO rabrong_central;

ALTER TABLE certificate_numbers ENABLE ROW LEVEL SECURITY;
ALTER TABLE certificate_numbers FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON certificate_numbers USING (area_id = current_setting('app.area_id')::int);
ALTER TABLE certificates ENABLE ROW LEVEL SECURITY;
ALTER TABLE certificates FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON certificates USING (area_id = current_setting('app.area_id')::int);
CREATE POLICY central_reads ON certificates FOR SELECT TO rabrong_central USING (true);
