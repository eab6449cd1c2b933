-- What a bureau writes again and again.

CREATE SEQUENCE canned_comment_ids;
CREATE TABLE canned_comments (
    area_id int NOT NULL,
    id bigint NOT NULL DEFAULT nextval('canned_comment_ids'),
    unit_id bigint NOT NULL,
    words text NOT NULL,
    PRIMARY KEY (area_id, id)
);
ALTER TABLE canned_comments ADD CONSTRAINT canned_comments_once UNIQUE (area_id, unit_id, words);
-- The check of a foreign key reads as the owner, who under FORCE would have to name an area.
ALTER TABLE units NO FORCE ROW LEVEL SECURITY;
ALTER TABLE canned_comments ADD CONSTRAINT canned_comments_unit FOREIGN KEY (area_id, unit_id)
    REFERENCES units (area_id, id);
ALTER TABLE units FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, DELETE ON canned_comments TO rabrong_app;
GRANT USAGE ON SEQUENCE canned_comment_ids TO rabrong_app;

ALTER TABLE canned_comments ENABLE ROW LEVEL SECURITY;
ALTER TABLE canned_comments FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON canned_comments USING (area_id = current_setting('app.area_id')::int);
