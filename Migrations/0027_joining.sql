-- What people ask for who can't sign in, until an administrator has decided: an account, or a new password.
CREATE SEQUENCE account_request_ids;
CREATE TABLE account_requests (
    area_id int NOT NULL,
    id bigint NOT NULL DEFAULT nextval('account_request_ids'),
    kind text NOT NULL,
    state text NOT NULL DEFAULT 'open',
    title text NOT NULL,
    first_name text COLLATE "th-x-icu" NOT NULL,
    last_name text COLLATE "th-x-icu" NOT NULL,
    title_en text NOT NULL,
    first_name_en text NOT NULL,
    last_name_en text NOT NULL,
    employment text NOT NULL,
    position text NOT NULL,
    phone text NOT NULL,
    mobile text NOT NULL,
    email text,
    -- Nobody's yet, where somebody comes from another area: whoever lets them in chooses.
    unit_id bigint,
    -- The area that they come from, and what makes its message one, however often it is brought.
    origin text NOT NULL DEFAULT '',
    origin_key text,
    -- Whom the person takes over from, and why; empty for one who comes in addition.
    replaces text NOT NULL,
    replaces_because text NOT NULL,
    -- Why a new password is wanted, and by which way it is to come.
    reason text NOT NULL,
    channel text NOT NULL,
    channel_address text NOT NULL,
    -- Wanted by one who joins; said to be theirs by one who wants a password.
    username text NOT NULL,
    -- Both are gone when the request is decided: an approved one has handed them to the member.
    password_hash text,
    citizen_sealed bytea,
    citizen_hash bytea,
    signed_file_id bigint,
    endorsed_at timestamptz,
    endorsed boolean,
    endorser_name text NOT NULL DEFAULT '',
    endorser_position text NOT NULL DEFAULT '',
    endorser_id bigint,
    endorser_words text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL,
    decided_at timestamptz,
    decided_by text NOT NULL DEFAULT '',
    decision_words text NOT NULL DEFAULT '',
    member_id bigint,
    PRIMARY KEY (area_id, id)
);
ALTER TABLE account_requests ADD CONSTRAINT account_requests_kind_known CHECK (kind IN ('join', 'password'));
ALTER TABLE account_requests ADD CONSTRAINT account_requests_state_known
    CHECK (state IN ('open', 'approved', 'refused', 'withdrawn'));
ALTER TABLE account_requests ADD CONSTRAINT account_requests_decided_whole CHECK ((state = 'open') = (decided_at IS NULL));
ALTER TABLE account_requests ADD CONSTRAINT account_requests_secrets_while_open
    CHECK (state = 'open' OR (password_hash IS NULL AND citizen_sealed IS NULL));
ALTER TABLE account_requests ADD CONSTRAINT account_requests_whole
    CHECK (state <> 'open' OR origin <> '' OR (unit_id IS NOT NULL AND citizen_sealed IS NOT NULL
        AND (kind = 'join') = (password_hash IS NOT NULL)));
ALTER TABLE account_requests ADD CONSTRAINT account_requests_citizen_whole
    CHECK ((citizen_sealed IS NULL) = (citizen_hash IS NULL));
ALTER TABLE account_requests ADD CONSTRAINT account_requests_endorsement_whole
    CHECK ((endorsed IS NULL) = (endorsed_at IS NULL));
-- The check of a foreign key reads as the owner, who under FORCE would have to name an area.
ALTER TABLE units NO FORCE ROW LEVEL SECURITY;
ALTER TABLE files NO FORCE ROW LEVEL SECURITY;
ALTER TABLE members NO FORCE ROW LEVEL SECURITY;
ALTER TABLE account_requests ADD CONSTRAINT account_requests_unit FOREIGN KEY (area_id, unit_id) REFERENCES units (area_id, id);
ALTER TABLE account_requests ADD CONSTRAINT account_requests_file
    FOREIGN KEY (area_id, signed_file_id) REFERENCES files (area_id, id);
ALTER TABLE account_requests ADD CONSTRAINT account_requests_member
    FOREIGN KEY (area_id, member_id) REFERENCES members (area_id, id);
ALTER TABLE units FORCE ROW LEVEL SECURITY;
ALTER TABLE files FORCE ROW LEVEL SECURITY;
ALTER TABLE members FORCE ROW LEVEL SECURITY;
CREATE UNIQUE INDEX account_requests_username_once ON account_requests (area_id, username)
    WHERE state = 'open' AND kind = 'join' AND origin = '';
CREATE UNIQUE INDEX account_requests_arrive_once ON account_requests (area_id, origin_key)
    WHERE origin_key IS NOT NULL;
CREATE INDEX account_requests_by_state ON account_requests (area_id, state, created_at);
CREATE INDEX account_requests_by_unit ON account_requests (area_id, unit_id) WHERE state = 'open';
GRANT SELECT, INSERT, UPDATE ON account_requests TO rabrong_app;
GRANT USAGE ON SEQUENCE account_request_ids TO rabrong_app, rabrong_loader;
GRANT SELECT, INSERT ON account_requests TO rabrong_loader;

-- Links that work once: to endorse a request, to choose a password, to accept an invitation. What stands in the address is
-- made from the platform's key.
CREATE SEQUENCE secret_link_ids;
CREATE TABLE secret_links (
    area_id int NOT NULL,
    id bigint NOT NULL DEFAULT nextval('secret_link_ids'),
    purpose text NOT NULL,
    request_id bigint,
    member_id bigint,
    made_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    PRIMARY KEY (area_id, id)
);
ALTER TABLE secret_links ADD CONSTRAINT secret_links_purpose_known
    CHECK (purpose IN ('endorsement', 'password', 'invitation'));
ALTER TABLE secret_links ADD CONSTRAINT secret_links_about_one CHECK ((request_id IS NULL) <> (member_id IS NULL));
ALTER TABLE secret_links ADD CONSTRAINT secret_links_request
    FOREIGN KEY (area_id, request_id) REFERENCES account_requests (area_id, id);
ALTER TABLE members NO FORCE ROW LEVEL SECURITY;
ALTER TABLE secret_links ADD CONSTRAINT secret_links_member
    FOREIGN KEY (area_id, member_id) REFERENCES members (area_id, id);
ALTER TABLE members FORCE ROW LEVEL SECURITY;
CREATE INDEX secret_links_of_member ON secret_links (area_id, member_id);
GRANT SELECT, INSERT, UPDATE, DELETE ON secret_links TO rabrong_app;
GRANT USAGE ON SEQUENCE secret_link_ids TO rabrong_app;

-- What the request form asks for is also known of a member.
ALTER TABLE members ADD COLUMN employment text NOT NULL DEFAULT '';
ALTER TABLE members ADD COLUMN mobile text NOT NULL DEFAULT '';
ALTER TABLE members ADD COLUMN citizen_sealed bytea;
ALTER TABLE members ADD COLUMN citizen_hash bytea;
ALTER TABLE members ADD CONSTRAINT members_employment_known
    CHECK (employment IN ('', 'official', 'employee', 'temporary'));
ALTER TABLE members ADD CONSTRAINT members_citizen_whole CHECK ((citizen_sealed IS NULL) = (citizen_hash IS NULL));
ALTER TABLE members ADD CONSTRAINT members_citizen_once UNIQUE (area_id, citizen_hash);

-- Whether strangers may ask to join.
ALTER TABLE area_settings ADD COLUMN takes_requests boolean NOT NULL DEFAULT true;

ALTER TABLE account_requests ENABLE ROW LEVEL SECURITY;
ALTER TABLE account_requests FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON account_requests USING (area_id = current_setting('app.area_id')::int);
ALTER TABLE secret_links ENABLE ROW LEVEL SECURITY;
ALTER TABLE secret_links FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON secret_links USING (area_id = current_setting('app.area_id')::int);
