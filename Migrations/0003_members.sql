-- People, what they may do, and how they come in.

CREATE SEQUENCE member_ids;
CREATE TABLE members (
    area_id int NOT NULL,
    id bigint NOT NULL DEFAULT nextval('member_ids'),
    username text NOT NULL,
    email text,
    title text NOT NULL DEFAULT '',
    first_name text COLLATE "th-x-icu" NOT NULL,
    last_name text COLLATE "th-x-icu" NOT NULL,
    name_en text NOT NULL DEFAULT '',
    position text NOT NULL DEFAULT '',
    phone text NOT NULL DEFAULT '',
    unit_id bigint NOT NULL,
    status text NOT NULL DEFAULT 'pending',
    flags text[] NOT NULL DEFAULT '{}',
    password_hash text,
    must_change_password boolean NOT NULL DEFAULT false,
    search_text text NOT NULL,
    created_at timestamptz NOT NULL,
    signed_in_at timestamptz,
    version int NOT NULL DEFAULT 1,
    PRIMARY KEY (area_id, id)
);
ALTER TABLE members ADD CONSTRAINT members_username_once UNIQUE (area_id, username);
ALTER TABLE members ADD CONSTRAINT members_email_once UNIQUE (area_id, email);
ALTER TABLE members ADD CONSTRAINT members_status_known CHECK (status IN ('pending', 'enabled', 'disabled'));
-- The check of a foreign key reads as the owner, who under FORCE would have to name an area.
ALTER TABLE units NO FORCE ROW LEVEL SECURITY;
ALTER TABLE members ADD CONSTRAINT members_unit FOREIGN KEY (area_id, unit_id) REFERENCES units (area_id, id);
ALTER TABLE units FORCE ROW LEVEL SECURITY;
CREATE INDEX members_by_name ON members (area_id, first_name, last_name, id);
CREATE INDEX members_by_status ON members (area_id, status);
CREATE INDEX members_by_unit ON members (area_id, unit_id);
GRANT SELECT, INSERT, UPDATE ON members TO rabrong_app;
GRANT USAGE ON SEQUENCE member_ids TO rabrong_app;
GRANT USAGE, UPDATE ON SEQUENCE member_ids TO rabrong_loader;
GRANT SELECT, INSERT ON members TO rabrong_loader;

-- A bundle of flags with a name.
CREATE SEQUENCE role_ids;
CREATE TABLE roles (
    area_id int NOT NULL,
    id bigint NOT NULL DEFAULT nextval('role_ids'),
    name text COLLATE "th-x-icu" NOT NULL,
    flags text[] NOT NULL DEFAULT '{}',
    version int NOT NULL DEFAULT 1,
    PRIMARY KEY (area_id, id)
);
ALTER TABLE roles ADD CONSTRAINT roles_name_once UNIQUE (area_id, name);
GRANT SELECT, INSERT, UPDATE, DELETE ON roles TO rabrong_app;
GRANT USAGE ON SEQUENCE role_ids TO rabrong_app, rabrong_loader;
GRANT SELECT, INSERT ON roles TO rabrong_loader;

-- One person acts for another until a day; it ends by itself.
CREATE SEQUENCE acting_ids;
CREATE TABLE actings (
    area_id int NOT NULL,
    id bigint NOT NULL DEFAULT nextval('acting_ids'),
    member_id bigint NOT NULL,
    principal_id bigint NOT NULL,
    first_day date NOT NULL,
    last_day date NOT NULL,
    reason text NOT NULL,
    ended_at timestamptz,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (area_id, id)
);
ALTER TABLE actings ADD CONSTRAINT actings_member FOREIGN KEY (area_id, member_id) REFERENCES members (area_id, id);
ALTER TABLE actings ADD CONSTRAINT actings_principal
    FOREIGN KEY (area_id, principal_id) REFERENCES members (area_id, id);
ALTER TABLE actings ADD CONSTRAINT actings_two_people CHECK (member_id <> principal_id);
ALTER TABLE actings ADD CONSTRAINT actings_days_in_order CHECK (first_day <= last_day);
CREATE INDEX actings_by_member ON actings (area_id, member_id);
CREATE INDEX actings_by_principal ON actings (area_id, principal_id);
GRANT SELECT, INSERT, UPDATE ON actings TO rabrong_app;
GRANT USAGE ON SEQUENCE acting_ids TO rabrong_app, rabrong_loader;
GRANT SELECT, INSERT ON actings TO rabrong_loader;

-- Sessions are known by the hash of their token: who reads this table can't sign in with it.
CREATE SEQUENCE session_ids;
CREATE TABLE sessions (
    area_id int NOT NULL,
    token_hash bytea NOT NULL,
    id bigint NOT NULL DEFAULT nextval('session_ids'),
    member_id bigint NOT NULL,
    acting_id bigint,
    seeing_as bigint,
    address text NOT NULL,
    device text NOT NULL,
    created_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    is_kept boolean NOT NULL DEFAULT false,
    PRIMARY KEY (area_id, token_hash)
);
ALTER TABLE sessions ADD CONSTRAINT sessions_member FOREIGN KEY (area_id, member_id) REFERENCES members (area_id, id);
CREATE INDEX sessions_by_member ON sessions (area_id, member_id);
GRANT SELECT, INSERT, UPDATE, DELETE ON sessions TO rabrong_app;
GRANT USAGE ON SEQUENCE session_ids TO rabrong_app;

-- Wrong passwords, by who was tried from where. Only that pair waits: a stranger can't lock a member out.
CREATE TABLE sign_in_failures (
    area_id int NOT NULL,
    key bytea NOT NULL,
    count int NOT NULL,
    last_at timestamptz NOT NULL,
    PRIMARY KEY (area_id, key)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_failures TO rabrong_app;

-- Keys for programs, each with some of its member's flags.
CREATE SEQUENCE api_token_ids;
CREATE TABLE api_tokens (
    area_id int NOT NULL,
    id bigint NOT NULL DEFAULT nextval('api_token_ids'),
    member_id bigint NOT NULL,
    name text NOT NULL,
    token_hash bytea NOT NULL,
    flags text[] NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    PRIMARY KEY (area_id, id)
);
ALTER TABLE api_tokens ADD CONSTRAINT api_tokens_hash_once UNIQUE (area_id, token_hash);
ALTER TABLE api_tokens ADD CONSTRAINT api_tokens_member
    FOREIGN KEY (area_id, member_id) REFERENCES members (area_id, id);
CREATE INDEX api_tokens_by_member ON api_tokens (area_id, member_id);
GRANT SELECT, INSERT, UPDATE ON api_tokens TO rabrong_app;
GRANT USAGE ON SEQUENCE api_token_ids TO rabrong_app;

ALTER TABLE members ENABLE ROW LEVEL SECURITY;
ALTER TABLE members FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON members USING (area_id = current_setting('app.area_id')::int);
ALTER TABLE roles ENABLE ROW LEVEL SECURITY;
ALTER TABLE roles FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON roles USING (area_id = current_setting('app.area_id')::int);
ALTER TABLE actings ENABLE ROW LEVEL SECURITY;
ALTER TABLE actings FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON actings USING (area_id = current_setting('app.area_id')::int);
ALTER TABLE sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE sessions FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON sessions USING (area_id = current_setting('app.area_id')::int);
ALTER TABLE sign_in_failures ENABLE ROW LEVEL SECURITY;
ALTER TABLE sign_in_failures FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON sign_in_failures USING (area_id = current_setting('app.area_id')::int);
ALTER TABLE api_tokens ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_tokens FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON api_tokens USING (area_id = current_setting('app.area_id')::int);
