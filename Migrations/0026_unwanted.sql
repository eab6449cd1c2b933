-- What an area has begun to fill in, and no longer need report: it is kept, and neither listed nor counted.
ALTER TABLE area_results ADD COLUMN is_wanted boolean NOT NULL DEFAULT true;
ALTER TABLE area_results NO FORCE ROW LEVEL SECURITY;
ALTER TABLE area_results ADD CONSTRAINT area_results_sent_is_wanted CHECK (is_wanted OR number = 0);
ALTER TABLE area_results FORCE ROW LEVEL SECURITY;
GRANT SELECT (is_wanted) ON area_results TO rabrong_central;
