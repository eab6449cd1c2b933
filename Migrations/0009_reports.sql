-- What is reported: values, words and a self-score; who confirmed and who checked; the evidence; what was said about it.

-- The values as they were typed; once confirmed, plain numbers.
ALTER TABLE assignments ADD COLUMN entries jsonb NOT NULL DEFAULT '{}';
ALTER TABLE assignments ADD COLUMN words text NOT NULL DEFAULT '';
ALTER TABLE assignments ADD COLUMN self_score int;
ALTER TABLE assignments ADD COLUMN version int NOT NULL DEFAULT 0;
ALTER TABLE assignments ADD COLUMN saved_at timestamptz;
ALTER TABLE assignments ADD COLUMN saved_name text;
-- What the values came to when they were confirmed, and from which definition.
ALTER TABLE assignments ADD COLUMN result numeric;
ALTER TABLE assignments ADD COLUMN score numeric;
ALTER TABLE assignments ADD COLUMN basis jsonb;
ALTER TABLE assignments ADD COLUMN confirmed_at timestamptz;
ALTER TABLE assignments ADD COLUMN confirmed_by bigint;
ALTER TABLE assignments ADD COLUMN confirmed_name text;
ALTER TABLE assignments ADD COLUMN check_score numeric;
ALTER TABLE assignments ADD COLUMN checked_at timestamptz;
ALTER TABLE assignments ADD COLUMN checked_by bigint;
ALTER TABLE assignments ADD COLUMN checked_name text;
-- Until when it is to be corrected, since it was returned.
ALTER TABLE assignments ADD COLUMN correct_by timestamptz;
ALTER TABLE assignments ADD CONSTRAINT assignments_self_score CHECK (self_score BETWEEN 1 AND 5);
ALTER TABLE assignments ADD CONSTRAINT assignments_check_score CHECK (check_score BETWEEN 1 AND 5);
ALTER TABLE assignments ADD CONSTRAINT assignments_confirmed_whole CHECK (
    state NOT IN ('confirmed', 'checked') OR (confirmed_at IS NOT NULL AND self_score IS NOT NULL));
ALTER TABLE assignments ADD CONSTRAINT assignments_checked_whole CHECK (
    (state = 'checked') = (check_score IS NOT NULL) AND (check_score IS NULL) = (checked_at IS NULL));
-- The deadline looks for these, and finds few.
CREATE INDEX assignments_unsent ON assignments (area_id, indicator_id, round)
    WHERE state IN ('waiting', 'draft', 'returned');
CREATE INDEX assignments_of_member ON assignments (area_id, member_id, state) WHERE member_id IS NOT NULL;
CREATE INDEX indicator_rounds_due ON indicator_rounds (area_id, due_at);

-- A file with what it shows, at one of ten places of a report. What was taken away or replaced stays behind.
CREATE SEQUENCE evidence_ids;
CREATE TABLE evidence (
    area_id int NOT NULL,
    id bigint NOT NULL DEFAULT nextval('evidence_ids'),
    assignment_id bigint,
    place int NOT NULL,
    description text NOT NULL DEFAULT '',
    file_id bigint NOT NULL,
    sent_at timestamptz NOT NULL,
    sent_by bigint,
    sender_name text NOT NULL,
    opened_at timestamptz,
    opener_name text,
    received_at timestamptz,
    receiver_name text,
    removed_at timestamptz,
    PRIMARY KEY (area_id, id)
);
-- The check of a foreign key reads as the owner, who under FORCE would have to name an area.
ALTER TABLE assignments NO FORCE ROW LEVEL SECURITY;
ALTER TABLE files NO FORCE ROW LEVEL SECURITY;
ALTER TABLE evidence ADD CONSTRAINT evidence_assignment FOREIGN KEY (area_id, assignment_id)
    REFERENCES assignments (area_id, id);
ALTER TABLE evidence ADD CONSTRAINT evidence_file FOREIGN KEY (area_id, file_id) REFERENCES files (area_id, id);
ALTER TABLE evidence ADD CONSTRAINT evidence_held CHECK (assignment_id IS NOT NULL);
ALTER TABLE evidence ADD CONSTRAINT evidence_ten CHECK (place BETWEEN 1 AND 10);
ALTER TABLE evidence ADD CONSTRAINT evidence_receipt_signed CHECK ((received_at IS NULL) = (receiver_name IS NULL));
CREATE UNIQUE INDEX evidence_place_once ON evidence (area_id, assignment_id, place) WHERE removed_at IS NULL;
CREATE INDEX evidence_of_file ON evidence (area_id, file_id);
GRANT SELECT, INSERT, UPDATE ON evidence TO rabrong_app;
GRANT USAGE ON SEQUENCE evidence_ids TO rabrong_app, rabrong_loader;
GRANT SELECT, INSERT ON evidence TO rabrong_loader;

-- What is said about a report: stays with it.
CREATE SEQUENCE report_comment_ids;
CREATE TABLE report_comments (
    area_id int NOT NULL,
    id bigint NOT NULL DEFAULT nextval('report_comment_ids'),
    assignment_id bigint NOT NULL,
    kind text NOT NULL,
    words text NOT NULL,
    author_id bigint,
    author_name text NOT NULL,
    written_at timestamptz NOT NULL,
    PRIMARY KEY (area_id, id)
);
ALTER TABLE report_comments ADD CONSTRAINT report_comments_report FOREIGN KEY (area_id, assignment_id)
    REFERENCES assignments (area_id, id) ON DELETE CASCADE;
ALTER TABLE report_comments ADD CONSTRAINT report_comments_known CHECK (kind IN ('remark', 'return', 'check'));
CREATE INDEX report_comments_of_report ON report_comments (area_id, assignment_id, id);
GRANT SELECT, INSERT ON report_comments TO rabrong_app;
GRANT USAGE ON SEQUENCE report_comment_ids TO rabrong_app, rabrong_loader;
GRANT SELECT, INSERT ON report_comments TO rabrong_loader;
ALTER TABLE assignments FORCE ROW LEVEL SECURITY;
ALTER TABLE files FORCE ROW LEVEL SECURITY;

ALTER TABLE evidence ENABLE ROW LEVEL SECURITY;
ALTER TABLE evidence FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON evidence USING (area_id = current_setting('app.area_id')::int);
ALTER TABLE report_comments ENABLE ROW LEVEL SECURITY;
ALTER TABLE report_comments FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON report_comments USING (area_id = current_setting('app.area_id')::int);
