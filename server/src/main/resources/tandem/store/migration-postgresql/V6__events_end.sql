-- Every event until then is in the table that there is now; V7 makes it the first slice. Slices are thirty days, and
-- this one ends with the next, so that nobody writes beyond it before V7 has run. Nothing is read here: nobody waits.
SET LOCAL lock_timeout = '2s';
DO $$
DECLARE
    width CONSTANT BIGINT := 30 * 86400000::BIGINT;
    now CONSTANT BIGINT := extract(epoch FROM now()) * 1000;
BEGIN
    EXECUTE format('ALTER TABLE event ADD CONSTRAINT event_until CHECK (happened_at < %s) NOT VALID',
        (now / width + 2) * width);
END $$;
