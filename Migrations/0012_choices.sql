-- How a member wants to be told; without a row, as the defaults say.

CREATE TABLE notice_choices (
    area_id int NOT NULL,
    member_id bigint NOT NULL,
    mail text NOT NULL DEFAULT 'daily',
    -- Counts the private addresses of the calendar: only the last one works.
    calendar int NOT NULL DEFAULT 1,
    PRIMARY KEY (area_id, member_id)
);
-- The check of a foreign key reads as the owner, who under FORCE would have to name an area.
ALTER TABLE members NO FORCE ROW LEVEL SECURITY;
ALTER TABLE notice_choices ADD CONSTRAINT notice_choices_member FOREIGN KEY (area_id, member_id)
    REFERENCES members (area_id, id);
ALTER TABLE members FORCE ROW LEVEL SECURITY;
ALTER TABLE notice_choices ADD CONSTRAINT notice_choices_mail_known CHECK (mail IN ('daily', 'never'));
GRANT SELECT, INSERT, UPDATE ON notice_choices TO rabrong_app;

ALTER TABLE notice_choices ENABLE ROW LEVEL SECURITY;
ALTER TABLE notice_choices FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON notice_choices USING (area_id = current_setting('app.area_id')::int);
