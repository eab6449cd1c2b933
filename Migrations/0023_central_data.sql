-- What the central office supplies for an area's results: locked there, with source and date, and open to dispute.

CREATE TABLE central_values (
    area_id int NOT NULL,
    indicator_id bigint NOT NULL,
    round text NOT NULL,
    variable text NOT NULL,
    value numeric NOT NULL,
    source text NOT NULL,
    as_of date NOT NULL,
    -- The delivery that brought it: of two, the later stays.
    delivery bigint NOT NULL,
    supplied_at timestamptz NOT NULL,
    supplier_name text NOT NULL,
    dispute text,
    disputed_at timestamptz,
    disputer_name text,
    answer text,
    answered_at timestamptz,
    answerer_name text,
    PRIMARY KEY (area_id, indicator_id, round, variable)
);
ALTER TABLE central_values ADD CONSTRAINT central_values_indicator FOREIGN KEY (indicator_id)
    REFERENCES national_indicators (id);
ALTER TABLE central_values ADD CONSTRAINT central_values_dispute_whole CHECK (
    (dispute IS NULL) = (disputed_at IS NULL) AND (dispute IS NULL) = (disputer_name IS NULL));
ALTER TABLE central_values ADD CONSTRAINT central_values_answer_whole CHECK (
    (answer IS NULL) = (answered_at IS NULL) AND (answer IS NULL OR dispute IS NOT NULL));
GRANT SELECT, INSERT, UPDATE ON central_values TO rabrong_app;
GRANT SELECT, INSERT ON central_values TO rabrong_loader;
GRANT SELECT ON central_values TO rabrong_central;
GRANT UPDATE (answer, answered_at, answerer_name) ON central_values TO rabrong_central;

ALTER TABLE central_values ENABLE ROW LEVEL SECURITY;
ALTER TABLE central_values FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON central_values USING (area_id = current_setting('app.area_id')::int);
CREATE POLICY central_reads ON central_values FOR SELECT TO rabrong_central USING (true);
