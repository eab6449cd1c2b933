-- When an indicator takes reports, and from whom.

-- A round that was opened for an indicator. The counts are kept with the reports, in the same deed: a list of 60
-- indicators must not count 72,000 reports.
CREATE TABLE indicator_rounds (
    area_id int NOT NULL,
    indicator_id bigint NOT NULL,
    round text NOT NULL,
    opens_on date NOT NULL,
    due_at timestamptz NOT NULL,
    closed_at timestamptz,
    assigned int NOT NULL DEFAULT 0,
    confirmed int NOT NULL DEFAULT 0,
    checked int NOT NULL DEFAULT 0,
    score_sum numeric NOT NULL DEFAULT 0,
    PRIMARY KEY (area_id, indicator_id, round)
);
-- The check of a foreign key reads as the owner, who under FORCE would have to name an area.
ALTER TABLE indicators NO FORCE ROW LEVEL SECURITY;
ALTER TABLE units NO FORCE ROW LEVEL SECURITY;
ALTER TABLE members NO FORCE ROW LEVEL SECURITY;
ALTER TABLE indicator_rounds ADD CONSTRAINT indicator_rounds_indicator FOREIGN KEY (area_id, indicator_id)
    REFERENCES indicators (area_id, id);
ALTER TABLE indicator_rounds ADD CONSTRAINT indicator_rounds_known CHECK (
    round ~ '^(m(0[1-9]|1[0-2])|q[1-4]|c(06|09|12)|once)$');
ALTER TABLE indicator_rounds ADD CONSTRAINT indicator_rounds_in_order CHECK (
    (due_at AT TIME ZONE 'Asia/Bangkok')::date >= opens_on);
ALTER TABLE indicator_rounds ADD CONSTRAINT indicator_rounds_counts CHECK (
    checked >= 0 AND confirmed >= checked AND assigned >= confirmed);
GRANT SELECT, INSERT, UPDATE, DELETE ON indicator_rounds TO rabrong_app;
GRANT SELECT, INSERT ON indicator_rounds TO rabrong_loader;

-- Who must report: a unit, or an officer by name. Its report's state lies with it.
CREATE SEQUENCE assignment_ids;
CREATE TABLE assignments (
    area_id int NOT NULL,
    id bigint NOT NULL DEFAULT nextval('assignment_ids'),
    indicator_id bigint NOT NULL,
    round text NOT NULL,
    unit_id bigint NOT NULL,
    member_id bigint,
    state text NOT NULL DEFAULT 'waiting',
    extended_until timestamptz,
    extension_reason text,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (area_id, id)
);
ALTER TABLE assignments ADD CONSTRAINT assignments_once
    UNIQUE NULLS NOT DISTINCT (area_id, indicator_id, round, unit_id, member_id);
ALTER TABLE assignments ADD CONSTRAINT assignments_round FOREIGN KEY (area_id, indicator_id, round)
    REFERENCES indicator_rounds (area_id, indicator_id, round);
ALTER TABLE assignments ADD CONSTRAINT assignments_unit FOREIGN KEY (area_id, unit_id) REFERENCES units (area_id, id);
ALTER TABLE assignments ADD CONSTRAINT assignments_member FOREIGN KEY (area_id, member_id)
    REFERENCES members (area_id, id);
ALTER TABLE assignments ADD CONSTRAINT assignments_state_known CHECK (
    state IN ('waiting', 'draft', 'confirmed', 'checked', 'returned', 'missed'));
ALTER TABLE assignments ADD CONSTRAINT assignments_extension_reasoned CHECK (
    (extended_until IS NULL) = (extension_reason IS NULL));
CREATE INDEX assignments_of_unit ON assignments (area_id, unit_id, state);
GRANT SELECT, INSERT, UPDATE, DELETE ON assignments TO rabrong_app;
GRANT USAGE ON SEQUENCE assignment_ids TO rabrong_app, rabrong_loader;
GRANT SELECT, INSERT ON assignments TO rabrong_loader;
ALTER TABLE indicators FORCE ROW LEVEL SECURITY;
ALTER TABLE units FORCE ROW LEVEL SECURITY;
ALTER TABLE members FORCE ROW LEVEL SECURITY;

ALTER TABLE indicator_rounds ENABLE ROW LEVEL SECURITY;
ALTER TABLE indicator_rounds FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON indicator_rounds USING (area_id = current_setting('app.area_id')::int);
ALTER TABLE assignments ENABLE ROW LEVEL SECURITY;
ALTER TABLE assignments FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON assignments USING (area_id = current_setting('app.area_id')::int);
