-- What an area sets for itself, and its units.

CREATE TABLE area_settings (
    area_id int NOT NULL PRIMARY KEY,
    hue int NOT NULL DEFAULT 205,
    digits text NOT NULL DEFAULT 'arabic',
    phone text NOT NULL DEFAULT '',
    email text NOT NULL DEFAULT '',
    address text NOT NULL DEFAULT '',
    office_hours text NOT NULL DEFAULT '',
    welcome text NOT NULL DEFAULT '',
    logo bytea,
    logo_type text,
    logo_hash text,
    version int NOT NULL DEFAULT 1
);
ALTER TABLE area_settings ADD CONSTRAINT area_settings_hue_on_wheel CHECK (hue BETWEEN 0 AND 359);
ALTER TABLE area_settings ADD CONSTRAINT area_settings_digits_known CHECK (digits IN ('arabic', 'thai'));
ALTER TABLE area_settings ADD CONSTRAINT area_settings_logo_whole
    CHECK ((logo IS NULL) = (logo_type IS NULL) AND (logo IS NULL) = (logo_hash IS NULL));
GRANT SELECT, INSERT, UPDATE ON area_settings TO rabrong_app;
GRANT SELECT, INSERT ON area_settings TO rabrong_loader;

CREATE SEQUENCE unit_ids;
CREATE TABLE units (
    area_id int NOT NULL,
    id bigint NOT NULL DEFAULT nextval('unit_ids'),
    kind text NOT NULL,
    number text NOT NULL DEFAULT '',
    name text COLLATE "th-x-icu" NOT NULL,
    name_en text NOT NULL DEFAULT '',
    district text COLLATE "th-x-icu" NOT NULL DEFAULT '',
    size text NOT NULL DEFAULT '',
    phone text NOT NULL DEFAULT '',
    search_text text NOT NULL,
    closed_at timestamptz,
    version int NOT NULL DEFAULT 1,
    PRIMARY KEY (area_id, id)
);
ALTER TABLE units ADD CONSTRAINT units_kind_known CHECK (kind IN ('school', 'group', 'bureau'));
ALTER TABLE units ADD CONSTRAINT units_size_known CHECK (size IN ('', 'small', 'medium', 'large', 'extra'));
-- Two open units of one name can't be told apart in any list; a closed one no longer matters.
CREATE UNIQUE INDEX units_name_once ON units (area_id, kind, name) WHERE closed_at IS NULL;
CREATE UNIQUE INDEX units_number_once ON units (area_id, number) WHERE closed_at IS NULL AND number <> '';
GRANT SELECT, INSERT, UPDATE ON units TO rabrong_app;
GRANT USAGE ON SEQUENCE unit_ids TO rabrong_app;
GRANT USAGE, UPDATE ON SEQUENCE unit_ids TO rabrong_loader;
GRANT SELECT, INSERT ON units TO rabrong_loader;

ALTER TABLE area_settings ENABLE ROW LEVEL SECURITY;
ALTER TABLE area_settings FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON area_settings USING (area_id = current_setting('app.area_id')::int);
ALTER TABLE units ENABLE ROW LEVEL SECURITY;
ALTER TABLE units FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON units USING (area_id = current_setting('app.area_id')::int);

-- The central office is there from the beginning.
SELECT app.set_area(0);
INSERT INTO areas (id, code, kind, short_name, name, created_at)
VALUES (0, 'central', 'central', 'สพฐ. ส่วนกลาง', 'สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน', now());
INSERT INTO area_settings (area_id) VALUES (0);
INSERT INTO journal_heads (area_id) VALUES (0);
INSERT INTO jobs (area_id, kind, payload, run_at, created_at) VALUES (0, 'housekeeping', '{}', now(), now());
