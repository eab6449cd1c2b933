-- Where an area's news go besides: other programs' addresses, each told from where it was told last.

CREATE SEQUENCE web_hook_ids;
CREATE TABLE web_hooks (
    area_id int NOT NULL,
    id bigint NOT NULL DEFAULT nextval('web_hook_ids'),
    address text NOT NULL,
    -- The kinds of deeds that it wants to hear of.
    actions text[] NOT NULL,
    -- Counts the keys that its messages were signed with: only the last one is valid.
    key_number int NOT NULL DEFAULT 1,
    -- Up to which entry of the record it has been told.
    entry bigint NOT NULL,
    added_at timestamptz NOT NULL,
    adder_name text NOT NULL,
    delivered_at timestamptz,
    -- Since when it can't be reached, and what happened the last time.
    failing_since timestamptz,
    failure text,
    PRIMARY KEY (area_id, id)
);
ALTER TABLE web_hooks ADD CONSTRAINT web_hooks_address_once UNIQUE (area_id, address);
ALTER TABLE web_hooks ADD CONSTRAINT web_hooks_failure_whole CHECK ((failing_since IS NULL) = (failure IS NULL));
GRANT SELECT, INSERT, UPDATE, DELETE ON web_hooks TO rabrong_app;
GRANT USAGE ON SEQUENCE web_hook_ids TO rabrong_app;

-- Whether a member is named in what these are told.
ALTER TABLE notice_choices ADD COLUMN hooks text NOT NULL DEFAULT 'yes';
ALTER TABLE notice_choices ADD CONSTRAINT notice_choices_hooks_known CHECK (hooks IN ('yes', 'no'));

ALTER TABLE web_hooks ENABLE ROW LEVEL SECURITY;
ALTER TABLE web_hooks FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON web_hooks USING (area_id = current_setting('app.area_id')::int);
