-- What an area reports to the central office, and what comes of it. The row of a result is where both sides meet: each
-- step locks it, so that of two who do something at once one comes first.

CREATE SEQUENCE area_result_ids;
CREATE TABLE area_results (
    area_id int NOT NULL,
    id bigint NOT NULL DEFAULT nextval('area_result_ids'),
    indicator_id bigint NOT NULL,
    round text NOT NULL,
    year int NOT NULL,
    framework_id bigint NOT NULL,
    state text NOT NULL DEFAULT 'unreported',
    -- As it is being filled in: the area's own affair until it is sent.
    entries jsonb NOT NULL DEFAULT '{}',
    words text NOT NULL DEFAULT '',
    saved_at timestamptz,
    saved_name text,
    version int NOT NULL DEFAULT 0,
    -- What was sent last; each sending has a number.
    number int NOT NULL DEFAULT 0,
    result numeric,
    score numeric,
    sent_at timestamptz,
    sent_by bigint,
    sent_name text,
    -- What counts for the area.
    official numeric NOT NULL DEFAULT 1,
    -- What was decided last, on which sending.
    decided_number int,
    decided_at timestamptz,
    decided_by bigint,
    decided_name text,
    comment text,
    correct_by timestamptz,
    -- Where an indicator needs two: what the first of them wants.
    proposal text,
    proposed_at timestamptz,
    proposed_by bigint,
    proposer_name text,
    proposed_comment text,
    proposed_correct_by timestamptz,
    extended_until timestamptz,
    extension_reason text,
    -- The deadline went by without a report; the bureau's, without a decision.
    cut_at timestamptz,
    escalated_at timestamptz,
    -- When either side had something new for the other, and who of the other has acknowledged it.
    told_area_at timestamptz,
    area_seen_at timestamptz,
    area_seen_name text,
    told_centre_at timestamptz,
    centre_seen_at timestamptz,
    centre_seen_name text,
    -- Who of the bureau has it to do, and who is looking at it now.
    assignee_id bigint,
    assignee_name text,
    viewed_by bigint,
    looker_name text,
    viewed_until timestamptz,
    PRIMARY KEY (area_id, id)
);
ALTER TABLE area_results ADD CONSTRAINT area_results_once UNIQUE (area_id, indicator_id, round);
ALTER TABLE area_results ADD CONSTRAINT area_results_indicator FOREIGN KEY (indicator_id)
    REFERENCES national_indicators (id);
ALTER TABLE area_results ADD CONSTRAINT area_results_state_known CHECK (
    state IN ('unreported', 'waiting', 'refused', 'certified'));
ALTER TABLE area_results ADD CONSTRAINT area_results_official CHECK (
    CASE WHEN state = 'certified' THEN official BETWEEN 1 AND 5 ELSE official = 1 END);
ALTER TABLE area_results ADD CONSTRAINT area_results_sent_whole CHECK (
    state = 'unreported' OR number > 0 AND sent_at IS NOT NULL);
ALTER TABLE area_results ADD CONSTRAINT area_results_decided_whole CHECK (
    CASE state
        WHEN 'certified' THEN decided_at IS NOT NULL AND decided_number = number
        WHEN 'refused' THEN decided_at IS NOT NULL AND decided_number <= number
        ELSE true
    END);
ALTER TABLE area_results ADD CONSTRAINT area_results_extension_reasoned CHECK (
    (extended_until IS NULL) = (extension_reason IS NULL));
ALTER TABLE area_results ADD CONSTRAINT area_results_proposal_known CHECK (proposal IN ('certify', 'refuse'));
ALTER TABLE area_results ADD CONSTRAINT area_results_proposal_whole CHECK (
    (proposal IS NULL) = (proposed_at IS NULL) AND (proposal IS NULL OR state = 'waiting'));
CREATE INDEX area_results_of_year ON area_results (area_id, year, framework_id);
-- The clock looks for these.
CREATE INDEX area_results_undecided ON area_results (area_id, state) WHERE state IN ('unreported', 'waiting');
GRANT SELECT, INSERT, UPDATE, DELETE ON area_results TO rabrong_app;
GRANT USAGE ON SEQUENCE area_result_ids TO rabrong_app, rabrong_loader;
GRANT SELECT, INSERT ON area_results TO rabrong_loader;
-- All but what is only being filled in.
GRANT SELECT (
    area_id, id, indicator_id, round, year, framework_id, state, number, result, score, sent_at, sent_by, sent_name,
    official, decided_number, decided_at, decided_by, decided_name, comment, correct_by, proposal, proposed_at,
    proposed_by, proposer_name, proposed_comment, proposed_correct_by, extended_until, extension_reason, cut_at,
    escalated_at, told_area_at, area_seen_at,
    area_seen_name, told_centre_at, centre_seen_at, centre_seen_name, assignee_id, assignee_name, viewed_by,
    looker_name, viewed_until
) ON area_results TO rabrong_central;
GRANT UPDATE (
    state, official, decided_number, decided_at, decided_by, decided_name, comment, correct_by, proposal, proposed_at,
    proposed_by, proposer_name, proposed_comment, proposed_correct_by, extended_until, extension_reason, cut_at,
    escalated_at, told_area_at, centre_seen_at,
    centre_seen_name, assignee_id, assignee_name, viewed_by, looker_name, viewed_until
) ON area_results TO rabrong_central;

-- Each sending, as it was sent, for good.
CREATE TABLE submissions (
    area_id int NOT NULL,
    result_id bigint NOT NULL,
    number int NOT NULL,
    -- All values that it came from, also those that nobody enters; and the version of the definition.
    basis jsonb NOT NULL,
    words text NOT NULL,
    result numeric,
    score numeric,
    -- Why there is none.
    no_score text,
    evidence jsonb NOT NULL,
    sent_at timestamptz NOT NULL,
    sender_name text NOT NULL,
    withdrawn_at timestamptz,
    PRIMARY KEY (area_id, result_id, number)
);
ALTER TABLE submissions ADD CONSTRAINT submissions_result FOREIGN KEY (area_id, result_id)
    REFERENCES area_results (area_id, id);
GRANT SELECT, INSERT ON submissions TO rabrong_app;
GRANT UPDATE (withdrawn_at) ON submissions TO rabrong_app;
GRANT SELECT, INSERT ON submissions TO rabrong_loader;
GRANT SELECT ON submissions TO rabrong_central;

-- Each decision, by whom, on which sending.
CREATE SEQUENCE decision_ids;
CREATE TABLE decisions (
    area_id int NOT NULL,
    id bigint NOT NULL DEFAULT nextval('decision_ids'),
    result_id bigint NOT NULL,
    number int NOT NULL,
    verdict text NOT NULL,
    score numeric,
    comment text NOT NULL DEFAULT '',
    correct_by timestamptz,
    decided_at timestamptz NOT NULL,
    decider_name text NOT NULL,
    PRIMARY KEY (area_id, id)
);
ALTER TABLE decisions ADD CONSTRAINT decisions_result FOREIGN KEY (area_id, result_id)
    REFERENCES area_results (area_id, id);
ALTER TABLE decisions ADD CONSTRAINT decisions_verdict_known CHECK (verdict IN ('certified', 'refused', 'reopened'));
CREATE INDEX decisions_of_result ON decisions (area_id, result_id, id);
GRANT SELECT, INSERT ON decisions TO rabrong_app;
GRANT USAGE ON SEQUENCE decision_ids TO rabrong_app, rabrong_central, rabrong_loader;
GRANT SELECT, INSERT ON decisions TO rabrong_loader;
GRANT SELECT, INSERT ON decisions TO rabrong_central;

-- What an area's results of a framework come to in a round: kept in the deed that changes one of them.
CREATE TABLE area_totals (
    area_id int NOT NULL,
    framework_id bigint NOT NULL,
    round text NOT NULL,
    year int NOT NULL,
    weight numeric NOT NULL DEFAULT 0,
    -- Of weights by official scores.
    weighted numeric NOT NULL DEFAULT 0,
    unreported int NOT NULL DEFAULT 0,
    waiting int NOT NULL DEFAULT 0,
    refused int NOT NULL DEFAULT 0,
    certified int NOT NULL DEFAULT 0,
    PRIMARY KEY (area_id, framework_id, round)
);
GRANT SELECT, INSERT, UPDATE ON area_totals TO rabrong_app;
GRANT SELECT, INSERT ON area_totals TO rabrong_loader;
GRANT SELECT, INSERT, UPDATE ON area_totals TO rabrong_central;

-- Evidence of a result; and which files the central office may open: those that were sent to it.
ALTER TABLE evidence ADD COLUMN result_id bigint;
ALTER TABLE files ADD COLUMN submitted boolean NOT NULL DEFAULT false;
GRANT UPDATE (submitted) ON files TO rabrong_app;
GRANT SELECT ON files TO rabrong_central;
-- The check of a foreign key reads as the owner, who under FORCE would have to name an area.
ALTER TABLE evidence NO FORCE ROW LEVEL SECURITY;
ALTER TABLE evidence ADD CONSTRAINT evidence_result FOREIGN KEY (area_id, result_id)
    REFERENCES area_results (area_id, id);
ALTER TABLE evidence DROP CONSTRAINT evidence_held;
ALTER TABLE evidence ADD CONSTRAINT evidence_held CHECK (num_nonnulls(assignment_id, result_id) = 1);
ALTER TABLE evidence FORCE ROW LEVEL SECURITY;
CREATE UNIQUE INDEX evidence_result_place_once ON evidence (area_id, result_id, place)
    WHERE removed_at IS NULL AND result_id IS NOT NULL;

ALTER TABLE area_results ENABLE ROW LEVEL SECURITY;
ALTER TABLE area_results FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON area_results USING (area_id = current_setting('app.area_id')::int);
CREATE POLICY central_reads ON area_results FOR SELECT TO rabrong_central USING (true);
ALTER TABLE submissions ENABLE ROW LEVEL SECURITY;
ALTER TABLE submissions FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON submissions USING (area_id = current_setting('app.area_id')::int);
CREATE POLICY central_reads ON submissions FOR SELECT TO rabrong_central USING (true);
ALTER TABLE decisions ENABLE ROW LEVEL SECURITY;
ALTER TABLE decisions FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON decisions USING (area_id = current_setting('app.area_id')::int);
CREATE POLICY central_reads ON decisions FOR SELECT TO rabrong_central USING (true);
ALTER TABLE area_totals ENABLE ROW LEVEL SECURITY;
ALTER TABLE area_totals FORCE ROW LEVEL SECURITY;
CREATE POLICY one_area ON area_totals USING (area_id = current_setting('app.area_id')::int);
CREATE POLICY central_reads ON area_totals FOR SELECT TO rabrong_central USING (true);
CREATE POLICY central_reads ON files FOR SELECT TO rabrong_central USING (submitted);
-- Also within the area that it works in at the moment.
CREATE POLICY central_reads_no_more ON files AS RESTRICTIVE FOR SELECT TO rabrong_central USING (submitted);
