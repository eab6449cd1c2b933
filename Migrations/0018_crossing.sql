-- What goes from one tenant to others, and the central role, which sees what areas have submitted.

-- What is on its way: written in the deed that it tells of, delivered by a job.
CREATE SEQUENCE delivery_numbers;
CREATE TABLE deliveries (
    area_id int NOT NULL,
    number bigint NOT NULL DEFAULT nextval('delivery_numbers'),
    kind text NOT NULL,
    payload jsonb NOT NULL,
    receivers int[] NOT NULL,
    sent_at timestamptz NOT NULL,
    -- When its part in central tables was done.
    prepared_at timestamptz,
    delivered_at timestamptz,
    PRIMARY KEY (area_id, number)
);
GRANT SELECT, INSERT, UPDATE ON deliveries TO rabrong_app;
GRANT USAGE ON SEQUENCE delivery_numbers TO rabrong_app, rabrong_central;
GRANT INSERT ON deliveries TO rabrong_central;

-- What has come, and taken effect in the same transaction: brought again, it changes nothing.
CREATE TABLE received_deliveries (
    area_id int NOT NULL,
    sender int NOT NULL,
    number bigint NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (area_id, sender, number)
);
GRANT SELECT, INSERT ON received_deliveries TO rabrong_app;

-- What the central office does in an area is on that area's record, and is told there.
GRANT USAGE ON SCHEMA app TO rabrong_central;
GRANT INSERT ON journal TO rabrong_central;
GRANT SELECT, UPDATE ON journal_heads TO rabrong_central;
GRANT INSERT ON jobs TO rabrong_central;
GRANT SELECT (area_id, id) ON jobs TO rabrong_central;
GRANT USAGE ON SEQUENCE job_ids TO rabrong_central;

ALTER TABLE deliveries ENABLE ROW LEVEL SECURITY;
ALTER TABLE deliveries FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON deliveries USING (area_id = current_setting('app.area_id')::int);
ALTER TABLE received_deliveries ENABLE ROW LEVEL SECURITY;
ALTER TABLE received_deliveries FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON received_deliveries USING (area_id = current_setting('app.area_id')::int);
