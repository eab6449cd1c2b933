-- Waits until what a dead server had begun has ended, one way or the other.
DO $$
BEGIN
    FOR turn IN 1..2000 LOOP
        PERFORM pg_stat_clear_snapshot();
        IF NOT EXISTS (SELECT 1 FROM pg_stat_activity WHERE usename LIKE 'rabrong_app%' AND datname = 'rabrong') THEN
            RETURN;
        END IF;
        PERFORM pg_sleep(0.005);
    END LOOP;
    RAISE 'sessions of a dead server stay';
END
$$;
