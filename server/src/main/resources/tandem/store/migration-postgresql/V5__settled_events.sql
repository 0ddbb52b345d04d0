-- Transactions commit in another order than they begin. An event's number is its transaction's,
-- times 4,096, and its place in the transaction: then all events of transactions older than the
-- oldest one under way are complete, and who reads the stream only so far misses none.
-- Transaction numbers belong to one installation of PostgreSQL; the base lets the events' numbers
-- go on where the database has moved to another.
CREATE TABLE event_base (base BIGINT NOT NULL);
INSERT INTO event_base (base) VALUES (0);

CREATE VIEW settled AS
SELECT base + pg_snapshot_xmin(pg_current_snapshot())::TEXT::BIGINT * 4096 AS below
FROM event_base;

-- Called at every start. Every event that a statement sees is of a transaction below the end of
-- its snapshot, unless it was brought here from elsewhere.
CREATE FUNCTION events_go_on() RETURNS VOID LANGUAGE sql AS $$
    UPDATE event_base SET base = last.id + 1 - here.ends
    FROM (SELECT max(id) AS id FROM event) AS last,
        (SELECT pg_snapshot_xmax(pg_current_snapshot())::TEXT::BIGINT * 4096 AS ends) AS here
    WHERE base + here.ends <= last.id
$$;
