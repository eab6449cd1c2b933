-- The end of the record is locked by reading it and written once: half the writes of the row that all entries of an
-- area pass through.

CREATE OR REPLACE FUNCTION app.record(entry journal) RETURNS bigint
LANGUAGE plpgsql
AS $$
DECLARE
    previous bytea;
BEGIN
    SELECT journal_heads.number + 1, journal_heads.hash
    INTO STRICT entry.number, previous
    FROM journal_heads
    WHERE area_id = entry.area_id
    FOR NO KEY UPDATE;
    entry.hash := sha256(previous || convert_to(app.journal_text(entry), 'UTF8'));
    INSERT INTO journal VALUES (entry.*);
    UPDATE journal_heads
    SET number = entry.number, hash = entry.hash
    WHERE area_id = entry.area_id;
    RETURN entry.number;
END
$$;
