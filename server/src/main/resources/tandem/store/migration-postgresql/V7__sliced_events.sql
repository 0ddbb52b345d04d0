-- Deleting a hundred million events row by row costs as much as writing them did; a slice of time is dropped whole.
-- A slice has its own primary key on id: that an id is never given twice is due to the transactions' numbers (V5).

-- Reads the whole table while others go on writing to it. After that the slice need not be read again.
ALTER TABLE event VALIDATE CONSTRAINT event_until;

ALTER TABLE event RENAME TO event_before;
ALTER INDEX event_pkey RENAME TO event_before_pkey;
ALTER INDEX event_by_type RENAME TO event_before_by_type;
ALTER INDEX event_by_user RENAME TO event_before_by_user;
ALTER INDEX event_by_client RENAME TO event_before_by_client;
ALTER INDEX event_by_link RENAME TO event_before_by_link;

CREATE TABLE event (
    id BIGINT NOT NULL,
    type TEXT NOT NULL,
    happened_at BIGINT NOT NULL,
    user_id TEXT,
    client TEXT,
    link TEXT,
    device_authorization BIGINT,
    origin_address TEXT,
    origin_agent TEXT,
    details TEXT NOT NULL,
    CONSTRAINT event_check CHECK ((origin_address IS NULL) = (origin_agent IS NULL))
) PARTITION BY RANGE (happened_at);
CREATE INDEX event_by_type ON event (type, id);
CREATE INDEX event_by_user ON event (user_id, id) WHERE user_id IS NOT NULL;
CREATE INDEX event_by_client ON event (client, id) WHERE client IS NOT NULL;
CREATE INDEX event_by_link ON event (link, id) WHERE link IS NOT NULL;

DO $$
BEGIN
    EXECUTE format('ALTER TABLE event ATTACH PARTITION event_before FOR VALUES FROM (MINVALUE) TO (%s)',
        (SELECT substring(pg_get_constraintdef(oid) FROM '\d+') FROM pg_constraint
            WHERE conrelid = 'event_before'::REGCLASS AND conname = 'event_until'));
END $$;
ALTER TABLE event_before DROP CONSTRAINT event_until;

-- For what no slice has been made for: nothing, while the sweeper runs and clocks are right.
CREATE TABLE event_default PARTITION OF event (PRIMARY KEY (id)) DEFAULT;

CREATE VIEW event_slice AS
SELECT name, coalesce(substring(bounds FROM 'FROM \(''(\d+)''\)')::BIGINT, 0) AS begins,
    substring(bounds FROM 'TO \(''(\d+)''\)')::BIGINT AS ends
FROM (SELECT relname AS name, pg_get_expr(relpartbound, pg_class.oid) AS bounds
    FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid WHERE inhparent = 'event'::REGCLASS) AS slice
WHERE bounds <> 'DEFAULT';

-- Sees to it that there are slices for the present and for the next thirty days. To attach one locks the default one
-- for a moment; where somebody reads that, or another node is at it, there is time for another try.
CREATE FUNCTION slice_events(now BIGINT) RETURNS VOID LANGUAGE plpgsql AS $$
DECLARE
    width CONSTANT BIGINT := 30 * 86400000::BIGINT;
    present CONSTANT BIGINT := now / width * width;
    first BIGINT;
BEGIN
    FOREACH first IN ARRAY ARRAY[present, present + width] LOOP
        CONTINUE WHEN EXISTS (SELECT FROM event_slice WHERE begins <= first AND first < ends);
        BEGIN
            LOCK TABLE event_default IN ACCESS EXCLUSIVE MODE NOWAIT;
        EXCEPTION WHEN lock_not_available THEN
            RETURN;
        END;
        CONTINUE WHEN EXISTS (SELECT FROM event_slice WHERE begins <= first AND first < ends);
        CONTINUE WHEN EXISTS (SELECT FROM event_default WHERE happened_at >= first AND happened_at < first + width);
        EXECUTE format('CREATE TABLE event_%s (LIKE event INCLUDING ALL, PRIMARY KEY (id))', first);
        EXECUTE format('ALTER TABLE event ATTACH PARTITION event_%1$s FOR VALUES FROM (%1$s) TO (%2$s)',
            first, first + width);
    END LOOP;
END $$;

-- Drops the oldest slice when all of it happened before kept_from, and of what is in none the oldest rows. Dropping
-- waits for all who use the table, and they for it: only where nobody reads the slice, a moment at most, and
-- otherwise another time.
CREATE FUNCTION forget_events(kept_from BIGINT, most INTEGER) RETURNS INTEGER LANGUAGE plpgsql AS $$
DECLARE
    oldest TEXT := (SELECT name FROM event_slice WHERE ends <= kept_from ORDER BY ends LIMIT 1);
    forgotten INTEGER;
BEGIN
    DELETE FROM event_default
    WHERE id IN (SELECT id FROM event_default ORDER BY id LIMIT most) AND happened_at < kept_from;
    GET DIAGNOSTICS forgotten = ROW_COUNT;
    IF oldest IS NOT NULL THEN
        PERFORM set_config('lock_timeout', '100ms', true);
        BEGIN
            EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE NOWAIT', oldest);
            EXECUTE format('DROP TABLE %I', oldest);
        EXCEPTION WHEN lock_not_available THEN
            RAISE DEBUG '% is in use', oldest;
        END;
    END IF;
    RETURN forgotten;
END $$;
