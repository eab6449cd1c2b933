-- What is measured: frameworks of indicators, with their variables, steps and people.

CREATE SEQUENCE framework_ids;
CREATE TABLE frameworks (
    area_id int NOT NULL,
    id bigint NOT NULL DEFAULT nextval('framework_ids'),
    year int NOT NULL,
    name text COLLATE "th-x-icu" NOT NULL,
    short_name text COLLATE "th-x-icu" NOT NULL,
    place int NOT NULL,
    version int NOT NULL DEFAULT 1,
    PRIMARY KEY (area_id, id)
);
ALTER TABLE frameworks ADD CONSTRAINT frameworks_name_once UNIQUE (area_id, year, short_name);
-- The check of a foreign key reads as the owner, who under FORCE would have to name an area.
ALTER TABLE fiscal_years NO FORCE ROW LEVEL SECURITY;
ALTER TABLE units NO FORCE ROW LEVEL SECURITY;
ALTER TABLE members NO FORCE ROW LEVEL SECURITY;
ALTER TABLE frameworks ADD CONSTRAINT frameworks_year FOREIGN KEY (area_id, year)
    REFERENCES fiscal_years (area_id, year);
GRANT SELECT, INSERT, UPDATE, DELETE ON frameworks TO rabrong_app;
GRANT USAGE ON SEQUENCE framework_ids TO rabrong_app, rabrong_loader;
GRANT SELECT, INSERT ON frameworks TO rabrong_loader;

CREATE SEQUENCE indicator_ids;
CREATE TABLE indicators (
    area_id int NOT NULL,
    id bigint NOT NULL DEFAULT nextval('indicator_ids'),
    year int NOT NULL,
    framework_id bigint NOT NULL,
    parent_id bigint,
    -- As people write it, and so that 1.10 comes after 1.9.
    number text NOT NULL,
    number_order text NOT NULL,
    name text COLLATE "th-x-icu" NOT NULL,
    definition text NOT NULL DEFAULT '',
    rationale text NOT NULL DEFAULT '',
    measure text NOT NULL DEFAULT '',
    weight numeric NOT NULL DEFAULT 0,
    target numeric,
    ratio numeric,
    value_type text NOT NULL,
    criterion_1 numeric,
    criterion_2 numeric,
    criterion_3 numeric,
    criterion_4 numeric,
    criterion_5 numeric,
    below text NOT NULL DEFAULT 'slope',
    formula text NOT NULL DEFAULT '',
    baseline_1 numeric,
    baseline_2 numeric,
    baseline_3 numeric,
    data_source text NOT NULL DEFAULT '',
    state text NOT NULL DEFAULT 'hidden',
    owner_unit_id bigint,
    owner_id bigint,
    copied_from bigint,
    search_text text NOT NULL,
    version int NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (area_id, id)
);
ALTER TABLE indicators ADD CONSTRAINT indicators_number_once UNIQUE (area_id, framework_id, number);
ALTER TABLE indicators ADD CONSTRAINT indicators_framework FOREIGN KEY (area_id, framework_id)
    REFERENCES frameworks (area_id, id);
ALTER TABLE indicators ADD CONSTRAINT indicators_parent FOREIGN KEY (area_id, parent_id)
    REFERENCES indicators (area_id, id);
ALTER TABLE indicators ADD CONSTRAINT indicators_owner_unit FOREIGN KEY (area_id, owner_unit_id)
    REFERENCES units (area_id, id);
ALTER TABLE indicators ADD CONSTRAINT indicators_owner FOREIGN KEY (area_id, owner_id)
    REFERENCES members (area_id, id);
ALTER TABLE indicators ADD CONSTRAINT indicators_state_known CHECK (state IN ('open', 'closed', 'hidden'));
ALTER TABLE indicators ADD CONSTRAINT indicators_below_known CHECK (below IN ('slope', 'one'));
ALTER TABLE indicators ADD CONSTRAINT indicators_weight_positive CHECK (weight >= 0);
CREATE INDEX indicators_of_year ON indicators (area_id, year, framework_id, number_order);
GRANT SELECT, INSERT, UPDATE ON indicators TO rabrong_app;
GRANT USAGE ON SEQUENCE indicator_ids TO rabrong_app, rabrong_loader;
GRANT SELECT, INSERT ON indicators TO rabrong_loader;

-- One number, or yes or no, that is entered for an indicator; its name stands for it in the formula.
CREATE TABLE variables (
    area_id int NOT NULL,
    indicator_id bigint NOT NULL,
    place int NOT NULL,
    name text NOT NULL,
    label text NOT NULL,
    measure text NOT NULL DEFAULT '',
    source text NOT NULL DEFAULT 'entered',
    PRIMARY KEY (area_id, indicator_id, place)
);
ALTER TABLE variables ADD CONSTRAINT variables_name_once UNIQUE (area_id, indicator_id, name);
ALTER TABLE variables ADD CONSTRAINT variables_indicator FOREIGN KEY (area_id, indicator_id)
    REFERENCES indicators (area_id, id);
ALTER TABLE variables ADD CONSTRAINT variables_source_known CHECK (
    source IN ('entered', 'central', 'sum', 'mean', 'count', 'share'));
GRANT SELECT, INSERT, UPDATE, DELETE ON variables TO rabrong_app;
GRANT SELECT, INSERT ON variables TO rabrong_loader;

-- The milestones of an indicator that is measured by steps.
CREATE TABLE indicator_steps (
    area_id int NOT NULL,
    indicator_id bigint NOT NULL,
    step int NOT NULL,
    description text NOT NULL,
    PRIMARY KEY (area_id, indicator_id, step)
);
ALTER TABLE indicator_steps ADD CONSTRAINT indicator_steps_indicator FOREIGN KEY (area_id, indicator_id)
    REFERENCES indicators (area_id, id);
ALTER TABLE indicator_steps ADD CONSTRAINT indicator_steps_five CHECK (step BETWEEN 1 AND 5);
GRANT SELECT, INSERT, UPDATE, DELETE ON indicator_steps TO rabrong_app;
GRANT SELECT, INSERT ON indicator_steps TO rabrong_loader;

-- Who answers for an indicator on paper: supervisors and collectors, who need no account.
CREATE TABLE indicator_people (
    area_id int NOT NULL,
    indicator_id bigint NOT NULL,
    part text NOT NULL,
    place int NOT NULL,
    name text NOT NULL,
    position text NOT NULL DEFAULT '',
    phone text NOT NULL DEFAULT '',
    PRIMARY KEY (area_id, indicator_id, part, place)
);
ALTER TABLE indicator_people ADD CONSTRAINT indicator_people_indicator FOREIGN KEY (area_id, indicator_id)
    REFERENCES indicators (area_id, id);
ALTER TABLE indicator_people ADD CONSTRAINT indicator_people_part_known CHECK (part IN ('supervisor', 'collector'));
GRANT SELECT, INSERT, UPDATE, DELETE ON indicator_people TO rabrong_app;
GRANT SELECT, INSERT ON indicator_people TO rabrong_loader;
ALTER TABLE fiscal_years FORCE ROW LEVEL SECURITY;
ALTER TABLE units FORCE ROW LEVEL SECURITY;
ALTER TABLE members FORCE ROW LEVEL SECURITY;

ALTER TABLE frameworks ENABLE ROW LEVEL SECURITY;
ALTER TABLE frameworks FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON frameworks USING (area_id = current_setting('app.area_id')::int);
ALTER TABLE indicators ENABLE ROW LEVEL SECURITY;
ALTER TABLE indicators FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON indicators USING (area_id = current_setting('app.area_id')::int);
ALTER TABLE variables ENABLE ROW LEVEL SECURITY;
ALTER TABLE variables FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON variables USING (area_id = current_setting('app.area_id')::int);
ALTER TABLE indicator_steps ENABLE ROW LEVEL SECURITY;
ALTER TABLE indicator_steps FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON indicator_steps USING (area_id = current_setting('app.area_id')::int);
ALTER TABLE indicator_people ENABLE ROW LEVEL SECURITY;
ALTER TABLE indicator_people FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON indicator_people USING (area_id = current_setting('app.area_id')::int);
