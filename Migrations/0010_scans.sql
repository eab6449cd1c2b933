-- Whether a virus scanner has seen a file: until then nobody opens it.

ALTER TABLE files ADD COLUMN quarantined boolean NOT NULL DEFAULT false;
-- What the scanner found.
ALTER TABLE files ADD COLUMN virus text;
GRANT UPDATE (quarantined, virus) ON files TO rabrong_app;
