-- National indicators: defined once by the central office, published to areas. Central tables, which no tenant owns.

CREATE TABLE national_frameworks (
    id bigint NOT NULL PRIMARY KEY,
    year int NOT NULL,
    name text COLLATE "th-x-icu" NOT NULL,
    short_name text COLLATE "th-x-icu" NOT NULL,
    place int NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON national_frameworks TO rabrong_app;
GRANT SELECT ON national_frameworks TO rabrong_central;
GRANT SELECT, INSERT ON national_frameworks TO rabrong_loader;

-- The version in force, with what lists need beside the definition.
CREATE TABLE national_indicators (
    id bigint NOT NULL PRIMARY KEY,
    framework_id bigint NOT NULL,
    year int NOT NULL,
    version int NOT NULL,
    number text NOT NULL,
    number_order text NOT NULL,
    name text COLLATE "th-x-icu" NOT NULL,
    parent_id bigint,
    weight numeric NOT NULL,
    -- The bureau that certifies it: a unit of the central office.
    bureau_id bigint NOT NULL,
    bureau_name text COLLATE "th-x-icu" NOT NULL,
    -- The areas that it applies to.
    scope text NOT NULL,
    scope_areas int[] NOT NULL DEFAULT '{}',
    -- Whether what isn't certified may be corrected, and what happens when the bureau doesn't decide in time.
    may_correct boolean NOT NULL,
    undecided text NOT NULL,
    needs_second boolean NOT NULL,
    definition jsonb NOT NULL,
    published_at timestamptz NOT NULL,
    publisher_name text NOT NULL,
    withdrawn_at timestamptz
);
ALTER TABLE national_indicators ADD CONSTRAINT national_indicators_framework FOREIGN KEY (framework_id)
    REFERENCES national_frameworks (id);
ALTER TABLE national_indicators ADD CONSTRAINT national_indicators_scope_known CHECK (
    scope IN ('all', 'primary', 'secondary', 'listed'));
ALTER TABLE national_indicators ADD CONSTRAINT national_indicators_undecided_known CHECK (
    undecided IN ('escalate', 'certify', 'refuse'));
CREATE INDEX national_indicators_of_year ON national_indicators (year, framework_id, number_order);
GRANT SELECT, INSERT, UPDATE ON national_indicators TO rabrong_app;
GRANT SELECT ON national_indicators TO rabrong_central;
GRANT SELECT, INSERT ON national_indicators TO rabrong_loader;

CREATE TABLE national_rounds (
    indicator_id bigint NOT NULL,
    round text NOT NULL,
    opens_on date NOT NULL,
    due_at timestamptz NOT NULL,
    -- By when the bureau decides.
    decide_by timestamptz NOT NULL,
    -- Null: the indicator's own weight.
    weight numeric,
    PRIMARY KEY (indicator_id, round)
);
ALTER TABLE national_rounds ADD CONSTRAINT national_rounds_indicator FOREIGN KEY (indicator_id)
    REFERENCES national_indicators (id);
ALTER TABLE national_rounds ADD CONSTRAINT national_rounds_in_order CHECK (decide_by >= due_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON national_rounds TO rabrong_app;
GRANT SELECT ON national_rounds TO rabrong_central;
GRANT SELECT, INSERT ON national_rounds TO rabrong_loader;

-- Each version that was in force, for good: what a score came from can be looked up.
CREATE TABLE national_versions (
    indicator_id bigint NOT NULL,
    version int NOT NULL,
    definition jsonb NOT NULL,
    published_at timestamptz NOT NULL,
    publisher_name text NOT NULL,
    PRIMARY KEY (indicator_id, version)
);
ALTER TABLE national_versions ADD CONSTRAINT national_versions_indicator FOREIGN KEY (indicator_id)
    REFERENCES national_indicators (id);
GRANT SELECT, INSERT ON national_versions TO rabrong_app;
GRANT SELECT ON national_versions TO rabrong_central;

-- How the central office wants an indicator of its own to be certified; without a row, as the defaults say.
CREATE TABLE certification_rules (
    area_id int NOT NULL,
    indicator_id bigint NOT NULL,
    scope text NOT NULL DEFAULT 'all',
    scope_areas int[] NOT NULL DEFAULT '{}',
    may_correct boolean NOT NULL DEFAULT true,
    undecided text NOT NULL DEFAULT 'escalate',
    needs_second boolean NOT NULL DEFAULT false,
    -- Days after the due date.
    decide_days int NOT NULL DEFAULT 30,
    version int NOT NULL DEFAULT 1,
    PRIMARY KEY (area_id, indicator_id)
);
-- The check of a foreign key reads as the owner, who under FORCE would have to name an area.
ALTER TABLE indicators NO FORCE ROW LEVEL SECURITY;
ALTER TABLE certification_rules ADD CONSTRAINT certification_rules_indicator FOREIGN KEY (area_id, indicator_id)
    REFERENCES indicators (area_id, id);
ALTER TABLE indicators FORCE ROW LEVEL SECURITY;
ALTER TABLE certification_rules ADD CONSTRAINT certification_rules_days CHECK (decide_days BETWEEN 1 AND 365);
GRANT SELECT, INSERT, UPDATE ON certification_rules TO rabrong_app;
GRANT SELECT, INSERT ON certification_rules TO rabrong_loader;

ALTER TABLE certification_rules ENABLE ROW LEVEL SECURITY;
ALTER TABLE certification_rules FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON certification_rules USING (area_id = current_setting('app.area_id')::int);
