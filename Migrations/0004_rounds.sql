-- The years in which an area works, and when each kind of round is open.

CREATE TABLE fiscal_years (
    area_id int NOT NULL,
    year int NOT NULL,
    copied_from int,
    closed_at timestamptz,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (area_id, year)
);
ALTER TABLE fiscal_years ADD CONSTRAINT fiscal_years_plausible CHECK (year BETWEEN 2550 AND 2650);
GRANT SELECT, INSERT, UPDATE ON fiscal_years TO rabrong_app;
GRANT SELECT, INSERT ON fiscal_years TO rabrong_loader;

-- A year's own dates for each round; an indicator takes them over when the round is opened for it.
CREATE TABLE round_dates (
    area_id int NOT NULL,
    year int NOT NULL,
    round text NOT NULL,
    opens_on date NOT NULL,
    due_at timestamptz NOT NULL,
    PRIMARY KEY (area_id, year, round)
);
ALTER TABLE round_dates ADD CONSTRAINT round_dates_year FOREIGN KEY (area_id, year)
    REFERENCES fiscal_years (area_id, year);
ALTER TABLE round_dates ADD CONSTRAINT round_dates_known CHECK (round ~ '^(m(0[1-9]|1[0-2])|q[1-4]|c(06|09|12)|once)$');
-- A day of Bangkok, so that neither the session's time zone nor summer time elsewhere matters.
ALTER TABLE round_dates ADD CONSTRAINT round_dates_in_order CHECK (
    (due_at AT TIME ZONE 'Asia/Bangkok')::date >= opens_on);
GRANT SELECT, INSERT, UPDATE ON round_dates TO rabrong_app;
GRANT SELECT, INSERT ON round_dates TO rabrong_loader;

ALTER TABLE fiscal_years ENABLE ROW LEVEL SECURITY;
ALTER TABLE fiscal_years FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON fiscal_years USING (area_id = current_setting('app.area_id')::int);
ALTER TABLE round_dates ENABLE ROW LEVEL SECURITY;
ALTER TABLE round_dates FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON round_dates USING (area_id = current_setting('app.area_id')::int);
