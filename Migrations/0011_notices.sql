-- What a member is told: made from the record, each entry once for each whom it concerns.

CREATE SEQUENCE notice_ids;
CREATE TABLE notices (
    area_id int NOT NULL,
    id bigint NOT NULL DEFAULT nextval('notice_ids'),
    member_id bigint NOT NULL,
    -- The entry of the record that it tells of.
    entry bigint NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    subject_name text NOT NULL,
    who text NOT NULL,
    -- The score, the comment: what one wants to know at once.
    detail text NOT NULL DEFAULT '',
    happened_at timestamptz NOT NULL,
    read_at timestamptz,
    PRIMARY KEY (area_id, id)
);
ALTER TABLE notices ADD CONSTRAINT notices_once UNIQUE (area_id, member_id, entry);
-- The check of a foreign key reads as the owner, who under FORCE would have to name an area.
ALTER TABLE members NO FORCE ROW LEVEL SECURITY;
ALTER TABLE notices ADD CONSTRAINT notices_member FOREIGN KEY (area_id, member_id) REFERENCES members (area_id, id);
ALTER TABLE members FORCE ROW LEVEL SECURITY;
CREATE INDEX notices_unread ON notices (area_id, member_id) WHERE read_at IS NULL;
CREATE INDEX notices_of_member ON notices (area_id, member_id, id);
GRANT SELECT, INSERT, UPDATE, DELETE ON notices TO rabrong_app;
GRANT USAGE ON SEQUENCE notice_ids TO rabrong_app, rabrong_loader;

-- Up to which entry the record has been told.
CREATE TABLE notice_heads (
    area_id int NOT NULL PRIMARY KEY,
    entry bigint NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON notice_heads TO rabrong_app;
-- What was done before there were notices is no news. The owner reads all areas at once.
ALTER TABLE journal_heads NO FORCE ROW LEVEL SECURITY;
INSERT INTO notice_heads (area_id, entry)
SELECT area_id, number
FROM journal_heads
ON CONFLICT DO NOTHING;
ALTER TABLE journal_heads FORCE ROW LEVEL SECURITY;

ALTER TABLE notices ENABLE ROW LEVEL SECURITY;
ALTER TABLE notices FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON notices USING (area_id = current_setting('app.area_id')::int);
ALTER TABLE notice_heads ENABLE ROW LEVEL SECURITY;
ALTER TABLE notice_heads FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON notice_heads USING (area_id = current_setting('app.area_id')::int);
