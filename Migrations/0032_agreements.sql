-- Performance agreements between an area's director and each unit: what was agreed on, as it was when it was laid
-- before them, and who of both has signed just that.
CREATE SEQUENCE agreement_ids;
CREATE TABLE agreements (
    area_id int NOT NULL,
    id bigint NOT NULL DEFAULT nextval('agreement_ids'),
    year int NOT NULL,
    number int NOT NULL,
    framework_id bigint NOT NULL,
    unit_id bigint NOT NULL,
    -- To the byte that was hashed.
    content text NOT NULL,
    sha256 bytea NOT NULL,
    made_at timestamptz NOT NULL,
    unit_signed_at timestamptz,
    unit_signer_id bigint,
    unit_signer_name text NOT NULL DEFAULT '',
    unit_signer_position text NOT NULL DEFAULT '',
    -- Whom they acted for.
    unit_signer_for text NOT NULL DEFAULT '',
    area_signed_at timestamptz,
    area_signer_id bigint,
    area_signer_name text NOT NULL DEFAULT '',
    area_signer_position text NOT NULL DEFAULT '',
    area_signer_for text NOT NULL DEFAULT '',
    cancelled_at timestamptz,
    cancelled_by text NOT NULL DEFAULT '',
    cancelled_because text NOT NULL DEFAULT '',
    PRIMARY KEY (area_id, id),
    CONSTRAINT agreements_number_once UNIQUE (area_id, year, number),
    CONSTRAINT agreements_sha256_whole CHECK (length(sha256) = 32)
);
CREATE UNIQUE INDEX agreements_one_each ON agreements (area_id, framework_id, unit_id) WHERE cancelled_at IS NULL;
ALTER TABLE fiscal_years NO FORCE ROW LEVEL SECURITY;
ALTER TABLE frameworks NO FORCE ROW LEVEL SECURITY;
ALTER TABLE units NO FORCE ROW LEVEL SECURITY;
ALTER TABLE agreements ADD CONSTRAINT agreements_year
    FOREIGN KEY (area_id, year) REFERENCES fiscal_years (area_id, year);
ALTER TABLE agreements ADD CONSTRAINT agreements_framework
    FOREIGN KEY (area_id, framework_id) REFERENCES frameworks (area_id, id);
ALTER TABLE agreements ADD CONSTRAINT agreements_unit FOREIGN KEY (area_id, unit_id) REFERENCES units (area_id, id);
ALTER TABLE fiscal_years FORCE ROW LEVEL SECURITY;
ALTER TABLE frameworks FORCE ROW LEVEL SECURITY;
ALTER TABLE units FORCE ROW LEVEL SECURITY;
-- What was laid before both is never changed, nor taken away.
GRANT SELECT, INSERT ON agreements TO rabrong_app;
GRANT UPDATE (
    unit_signed_at, unit_signer_id, unit_signer_name, unit_signer_position, unit_signer_for,
    area_signed_at, area_signer_id, area_signer_name, area_signer_position, area_signer_for,
    cancelled_at, cancelled_by, cancelled_because
) ON agreements TO rabrong_app;
GRANT USAGE ON SEQUENCE agreement_ids TO rabrong_app;
ALTER TABLE agreements ENABLE ROW LEVEL SECURITY;
ALTER TABLE agreements FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON agreements USING (area_id = current_setting('app.area_id')::int);
