-- Signing in with an account that an area's people have elsewhere (OpenID Connect): one provider for each area.
CREATE TABLE sign_in_providers (
    area_id int PRIMARY KEY REFERENCES areas (id),
    name text NOT NULL,
    issuer text NOT NULL,
    client_id text NOT NULL,
    client_secret_sealed bytea NOT NULL,
    links_by_email boolean NOT NULL,
    -- What the provider says of itself, as it was read when this was saved.
    authorization_endpoint text NOT NULL,
    token_endpoint text NOT NULL,
    keys_address text NOT NULL,
    posts_secret boolean NOT NULL,
    read_at timestamptz NOT NULL
);
GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_providers TO rabrong_app;

-- Whose account elsewhere is whose account here.
CREATE TABLE identities (
    area_id int NOT NULL,
    issuer text NOT NULL,
    subject text NOT NULL,
    member_id bigint NOT NULL,
    -- By which the person knows it again.
    label text NOT NULL,
    linked_at timestamptz NOT NULL,
    PRIMARY KEY (area_id, issuer, subject),
    CONSTRAINT identities_one_each UNIQUE (area_id, member_id, issuer)
);
ALTER TABLE members NO FORCE ROW LEVEL SECURITY;
ALTER TABLE identities ADD CONSTRAINT identities_member
    FOREIGN KEY (area_id, member_id) REFERENCES members (area_id, id);
ALTER TABLE members FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, DELETE ON identities TO rabrong_app;

ALTER TABLE sign_in_providers ENABLE ROW LEVEL SECURITY;
ALTER TABLE sign_in_providers FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON sign_in_providers USING (area_id = current_setting('app.area_id')::int);
ALTER TABLE identities ENABLE ROW LEVEL SECURITY;
ALTER TABLE identities FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON identities USING (area_id = current_setting('app.area_id')::int);
