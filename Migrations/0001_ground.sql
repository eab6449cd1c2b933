-- The ground: who is a tenant, what was done, what is to be done.

GRANT USAGE ON SCHEMA app TO rabrong_app, rabrong_central, rabrong_loader;
GRANT SELECT ON app.migrations TO rabrong_app, rabrong_central, rabrong_loader;

-- The tenant of the transaction. Every policy compares with it; unset, every tenant table is an error.
CREATE FUNCTION app.set_area(area int) RETURNS text
LANGUAGE sql
AS $$ SELECT set_config('app.area_id', area::text, true) $$;

-- The central directory. 0 is the central office; areas follow in the order of their creation. An id is for good.
CREATE SEQUENCE area_ids AS int;
CREATE TABLE areas (
    id int NOT NULL PRIMARY KEY,
    code text NOT NULL CONSTRAINT areas_code_once UNIQUE,
    kind text NOT NULL,
    short_name text COLLATE "th-x-icu" NOT NULL,
    name text NOT NULL,
    provinces text[] NOT NULL DEFAULT '{}',
    host text CONSTRAINT areas_host_once UNIQUE,
    created_at timestamptz NOT NULL
);
ALTER TABLE areas ADD CONSTRAINT areas_code_form CHECK (code ~ '^[a-z][a-z0-9-]{1,19}$');
ALTER TABLE areas ADD CONSTRAINT areas_kind_known CHECK (kind IN ('central', 'primary', 'secondary'));
ALTER TABLE areas ADD CONSTRAINT areas_central_is_zero CHECK ((kind = 'central') = (id = 0));
GRANT SELECT, INSERT ON areas TO rabrong_app;
GRANT UPDATE (host, short_name, name) ON areas TO rabrong_app;
GRANT USAGE ON SEQUENCE area_ids TO rabrong_app;
GRANT SELECT ON areas TO rabrong_central, rabrong_loader;

-- The record. Each entry's hash covers the one before, so that a change, a gap or a cut shows.
CREATE TABLE journal_heads (
    area_id int NOT NULL PRIMARY KEY,
    number bigint NOT NULL DEFAULT 0,
    hash bytea NOT NULL DEFAULT ''
);
CREATE TABLE journal (
    area_id int NOT NULL,
    number bigint NOT NULL,
    happened_at timestamptz NOT NULL,
    actor_area int NOT NULL,
    actor_id bigint,
    actor_name text NOT NULL,
    acting_for text,
    address text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    subject_name text NOT NULL,
    before jsonb NOT NULL,
    after jsonb NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (area_id, number)
);
CREATE INDEX journal_by_subject ON journal (area_id, subject, number);

-- What an entry's hash covers, besides the hash before it. Each field's length goes with it: no two entries share it.
CREATE FUNCTION app.journal_text(entry journal) RETURNS text
LANGUAGE sql STABLE
AS $$
    SELECT string_agg(coalesce(octet_length(part)::text, '-') || ':' || coalesce(part, ''), '' ORDER BY place)
    FROM unnest(ARRAY[
        entry.area_id::text, entry.number::text, (extract(epoch FROM entry.happened_at) * 1000000)::bigint::text,
        entry.actor_area::text, entry.actor_id::text, entry.actor_name, entry.acting_for, entry.address, entry.action,
        entry.subject, entry.subject_name, entry.before::text, entry.after::text
    ]) WITH ORDINALITY AS parts (part, place)
$$;

-- Adds an entry. The head's row lock puts the area's entries in one order.
CREATE FUNCTION app.record(entry journal) RETURNS bigint
LANGUAGE plpgsql
AS $$
DECLARE
    previous bytea;
BEGIN
    UPDATE journal_heads
    SET number = journal_heads.number + 1
    WHERE area_id = entry.area_id
    RETURNING journal_heads.number, journal_heads.hash
    INTO STRICT entry.number, previous;
    entry.hash := sha256(previous || convert_to(app.journal_text(entry), 'UTF8'));
    INSERT INTO journal VALUES (entry.*);
    UPDATE journal_heads
    SET hash = entry.hash
    WHERE area_id = entry.area_id;
    RETURN entry.number;
END
$$;
GRANT SELECT, INSERT ON journal TO rabrong_app;
GRANT SELECT, INSERT, UPDATE ON journal_heads TO rabrong_app;
GRANT SELECT ON journal, journal_heads TO rabrong_loader;
GRANT INSERT ON journal_heads TO rabrong_loader;

-- What is to be done outside a request. A job may run twice; it says itself what to do about that.
CREATE SEQUENCE job_ids;
CREATE TABLE jobs (
    area_id int NOT NULL,
    id bigint NOT NULL DEFAULT nextval('job_ids'),
    kind text NOT NULL,
    payload jsonb NOT NULL,
    run_at timestamptz NOT NULL,
    attempts int NOT NULL DEFAULT 0,
    leased_until timestamptz,
    last_error text,
    failed_at timestamptz,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (area_id, id)
);
CREATE INDEX jobs_due ON jobs (area_id, run_at) WHERE failed_at IS NULL;
CREATE INDEX jobs_failed ON jobs (area_id, failed_at) WHERE failed_at IS NOT NULL;
GRANT SELECT, INSERT, UPDATE, DELETE ON jobs TO rabrong_app;
GRANT USAGE ON SEQUENCE job_ids TO rabrong_app;
GRANT SELECT ON jobs TO rabrong_loader;

-- The areas that have work. The one look across tenants that serving takes: numbers only.
CREATE FUNCTION app.areas_with_work(at timestamptz) RETURNS SETOF int
LANGUAGE sql SECURITY DEFINER SET search_path = public
AS $$
    SELECT DISTINCT area_id
    FROM jobs
    WHERE failed_at IS NULL AND run_at <= at AND (leased_until IS NULL OR leased_until < at)
$$;
CREATE FUNCTION app.failed_jobs() RETURNS TABLE (area_id int, failures bigint)
LANGUAGE sql SECURITY DEFINER SET search_path = public
AS $$
    SELECT jobs.area_id, count(*)
    FROM jobs
    WHERE failed_at IS NOT NULL
    GROUP BY jobs.area_id
$$;
GRANT CREATE ON SCHEMA app TO rabrong_loader;
ALTER FUNCTION app.areas_with_work(timestamptz) OWNER TO rabrong_loader;
ALTER FUNCTION app.failed_jobs() OWNER TO rabrong_loader;
REVOKE CREATE ON SCHEMA app FROM rabrong_loader;
REVOKE EXECUTE ON FUNCTION app.areas_with_work(timestamptz) FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION app.failed_jobs() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.areas_with_work(timestamptz) TO rabrong_app;
GRANT EXECUTE ON FUNCTION app.failed_jobs() TO rabrong_app;

ALTER TABLE journal_heads ENABLE ROW LEVEL SECURITY;
ALTER TABLE journal_heads FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON journal_heads USING (area_id = current_setting('app.area_id')::int);
ALTER TABLE journal ENABLE ROW LEVEL SECURITY;
ALTER TABLE journal FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON journal USING (area_id = current_setting('app.area_id')::int);
ALTER TABLE jobs ENABLE ROW LEVEL SECURITY;
ALTER TABLE jobs FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON jobs USING (area_id = current_setting('app.area_id')::int);
