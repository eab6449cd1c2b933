-- What a bureau and an area say to each other about a result, with files; and the receipt of each.

CREATE SEQUENCE result_message_ids;
CREATE TABLE result_messages (
    area_id int NOT NULL,
    id bigint NOT NULL DEFAULT nextval('result_message_ids'),
    result_id bigint NOT NULL,
    -- Else from the area.
    is_from_centre boolean NOT NULL,
    words text NOT NULL,
    file_id bigint,
    author_id bigint,
    author_name text NOT NULL,
    written_at timestamptz NOT NULL,
    -- By the other side.
    acknowledged_at timestamptz,
    acknowledger_name text,
    PRIMARY KEY (area_id, id)
);
-- The check of a foreign key reads as the owner, who under FORCE would have to name an area.
ALTER TABLE area_results NO FORCE ROW LEVEL SECURITY;
ALTER TABLE files NO FORCE ROW LEVEL SECURITY;
ALTER TABLE result_messages ADD CONSTRAINT result_messages_result FOREIGN KEY (area_id, result_id)
    REFERENCES area_results (area_id, id);
ALTER TABLE result_messages ADD CONSTRAINT result_messages_file FOREIGN KEY (area_id, file_id)
    REFERENCES files (area_id, id);
ALTER TABLE area_results FORCE ROW LEVEL SECURITY;
ALTER TABLE files FORCE ROW LEVEL SECURITY;
ALTER TABLE result_messages ADD CONSTRAINT result_messages_receipt_signed CHECK (
    (acknowledged_at IS NULL) = (acknowledger_name IS NULL));
CREATE INDEX result_messages_of_result ON result_messages (area_id, result_id, id);
GRANT SELECT, INSERT ON result_messages TO rabrong_app, rabrong_central;
GRANT UPDATE (acknowledged_at, acknowledger_name) ON result_messages TO rabrong_app, rabrong_central;
GRANT USAGE ON SEQUENCE result_message_ids TO rabrong_app, rabrong_central;
-- A bureau may send a file with what it says.
GRANT INSERT ON files TO rabrong_central;
GRANT USAGE ON SEQUENCE file_ids TO rabrong_central;

ALTER TABLE result_messages ENABLE ROW LEVEL SECURITY;
ALTER TABLE result_messages FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON result_messages USING (area_id = current_setting('app.area_id')::int);
CREATE POLICY central_reads ON result_messages FOR SELECT TO rabrong_central USING (true);
