-- Who receives an indicator's evidence, by name; without any, all who hold the flag.

CREATE TABLE indicator_receivers (
    area_id int NOT NULL,
    indicator_id bigint NOT NULL,
    member_id bigint NOT NULL,
    PRIMARY KEY (area_id, indicator_id, member_id)
);
-- The check of a foreign key reads as the owner, who under FORCE would have to name an area.
ALTER TABLE indicators NO FORCE ROW LEVEL SECURITY;
ALTER TABLE members NO FORCE ROW LEVEL SECURITY;
ALTER TABLE indicator_receivers ADD CONSTRAINT indicator_receivers_indicator FOREIGN KEY (area_id, indicator_id)
    REFERENCES indicators (area_id, id);
ALTER TABLE indicator_receivers ADD CONSTRAINT indicator_receivers_member FOREIGN KEY (area_id, member_id)
    REFERENCES members (area_id, id);
ALTER TABLE indicators FORCE ROW LEVEL SECURITY;
ALTER TABLE members FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, DELETE ON indicator_receivers TO rabrong_app;
GRANT SELECT, INSERT ON indicator_receivers TO rabrong_loader;

ALTER TABLE indicator_receivers ENABLE ROW LEVEL SECURITY;
ALTER TABLE indicator_receivers FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON indicator_receivers USING (area_id = current_setting('app.area_id')::int);
