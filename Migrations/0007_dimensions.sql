-- Up to four ways in which an area parts its indicators (D1–D4), each with values in an order of its own; and what an
-- indicator may differ in: the rounds of a variable, the worth of a level, the weight in a round.

CREATE TABLE dimensions (
    area_id int NOT NULL,
    year int NOT NULL,
    axis int NOT NULL,
    name text COLLATE "th-x-icu" NOT NULL,
    PRIMARY KEY (area_id, year, axis)
);
-- The check of a foreign key reads as the owner, who under FORCE would have to name an area.
ALTER TABLE fiscal_years NO FORCE ROW LEVEL SECURITY;
ALTER TABLE indicators NO FORCE ROW LEVEL SECURITY;
ALTER TABLE dimensions ADD CONSTRAINT dimensions_year FOREIGN KEY (area_id, year)
    REFERENCES fiscal_years (area_id, year);
ALTER TABLE dimensions ADD CONSTRAINT dimensions_four CHECK (axis BETWEEN 1 AND 4);
GRANT SELECT, INSERT, UPDATE, DELETE ON dimensions TO rabrong_app;
GRANT SELECT, INSERT ON dimensions TO rabrong_loader;

CREATE SEQUENCE dimension_value_ids;
CREATE TABLE dimension_values (
    area_id int NOT NULL,
    id bigint NOT NULL DEFAULT nextval('dimension_value_ids'),
    year int NOT NULL,
    axis int NOT NULL,
    name text COLLATE "th-x-icu" NOT NULL,
    place int NOT NULL,
    PRIMARY KEY (area_id, id)
);
ALTER TABLE dimension_values ADD CONSTRAINT dimension_values_name_once UNIQUE (area_id, year, axis, name);
ALTER TABLE dimension_values ADD CONSTRAINT dimension_values_dimension FOREIGN KEY (area_id, year, axis)
    REFERENCES dimensions (area_id, year, axis);
GRANT SELECT, INSERT, UPDATE, DELETE ON dimension_values TO rabrong_app;
GRANT USAGE ON SEQUENCE dimension_value_ids TO rabrong_app, rabrong_loader;
GRANT SELECT, INSERT ON dimension_values TO rabrong_loader;

-- At most one value of each dimension.
CREATE TABLE indicator_dimensions (
    area_id int NOT NULL,
    indicator_id bigint NOT NULL,
    axis int NOT NULL,
    value_id bigint NOT NULL,
    PRIMARY KEY (area_id, indicator_id, axis)
);
ALTER TABLE indicator_dimensions ADD CONSTRAINT indicator_dimensions_indicator FOREIGN KEY (area_id, indicator_id)
    REFERENCES indicators (area_id, id);
ALTER TABLE indicator_dimensions ADD CONSTRAINT indicator_dimensions_value FOREIGN KEY (area_id, value_id)
    REFERENCES dimension_values (area_id, id);
CREATE INDEX indicator_dimensions_of_value ON indicator_dimensions (area_id, value_id);
GRANT SELECT, INSERT, UPDATE, DELETE ON indicator_dimensions TO rabrong_app;
GRANT SELECT, INSERT ON indicator_dimensions TO rabrong_loader;
ALTER TABLE fiscal_years FORCE ROW LEVEL SECURITY;
ALTER TABLE indicators FORCE ROW LEVEL SECURITY;

ALTER TABLE dimensions ENABLE ROW LEVEL SECURITY;
ALTER TABLE dimensions FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON dimensions USING (area_id = current_setting('app.area_id')::int);
ALTER TABLE dimension_values ENABLE ROW LEVEL SECURITY;
ALTER TABLE dimension_values FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON dimension_values USING (area_id = current_setting('app.area_id')::int);
ALTER TABLE indicator_dimensions ENABLE ROW LEVEL SECURITY;
ALTER TABLE indicator_dimensions FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON indicator_dimensions USING (area_id = current_setting('app.area_id')::int);

-- Empty: due in every round.
ALTER TABLE variables ADD COLUMN rounds text[] NOT NULL DEFAULT '{}';
-- Empty: levels 1 to 5 are worth 1 to 5.
ALTER TABLE indicators ADD COLUMN worths numeric[] NOT NULL DEFAULT '{}';
-- Null: the indicator's own weight.
ALTER TABLE indicator_rounds ADD COLUMN weight numeric;
ALTER TABLE indicator_rounds ADD CONSTRAINT indicator_rounds_weight CHECK (weight BETWEEN 0 AND 100);
-- When the weights were found to add up, and its indicators were opened.
ALTER TABLE frameworks ADD COLUMN published_at timestamptz;
