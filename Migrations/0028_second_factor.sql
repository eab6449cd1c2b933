-- Codes from a telephone, besides the password.
CREATE TABLE second_factors (
    area_id int NOT NULL,
    member_id bigint NOT NULL,
    sealed bytea NOT NULL,
    -- Until a first code has come, nobody is asked for one.
    confirmed_at timestamptz,
    -- The half minute of the last code taken: none is taken twice.
    last_step bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (area_id, member_id)
);
ALTER TABLE members NO FORCE ROW LEVEL SECURITY;
ALTER TABLE second_factors ADD CONSTRAINT second_factors_member
    FOREIGN KEY (area_id, member_id) REFERENCES members (area_id, id);
GRANT SELECT, INSERT, UPDATE, DELETE ON second_factors TO rabrong_app;

-- What opens the account when the telephone is gone: each once, kept as keyed hashes.
CREATE TABLE recovery_codes (
    area_id int NOT NULL,
    member_id bigint NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (area_id, member_id, hash)
);
ALTER TABLE recovery_codes ADD CONSTRAINT recovery_codes_member
    FOREIGN KEY (area_id, member_id) REFERENCES members (area_id, id);
ALTER TABLE members FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, DELETE ON recovery_codes TO rabrong_app;

-- Who holds one of these flags must have a second factor: those who decide on what others reported.
ALTER TABLE area_settings ADD COLUMN factor_flags text[] NOT NULL DEFAULT '{Proof,Certify}';

ALTER TABLE second_factors ENABLE ROW LEVEL SECURITY;
ALTER TABLE second_factors FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON second_factors USING (area_id = current_setting('app.area_id')::int);
ALTER TABLE recovery_codes ENABLE ROW LEVEL SECURITY;
ALTER TABLE recovery_codes FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON recovery_codes USING (area_id = current_setting('app.area_id')::int);
