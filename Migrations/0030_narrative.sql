-- What a reporter says beside the figures, for the official report: what helped, what hindered, what they suggest; by
-- name. What was done stands in words.
ALTER TABLE assignments ADD COLUMN narrative jsonb NOT NULL DEFAULT '{}';
ALTER TABLE area_results ADD COLUMN narrative jsonb NOT NULL DEFAULT '{}';
ALTER TABLE submissions ADD COLUMN narrative jsonb NOT NULL DEFAULT '{}';
