-- What a database knows of its own past, in one row: its name, which life of it this is, how often it was taken into service,
-- and, in a copy that has not gone on yet, when it was copied.
CREATE TABLE epoch (
    id ${given_key} CHECK (id = 1),
    name TEXT NOT NULL,
    number BIGINT NOT NULL,
    starts BIGINT NOT NULL,
    copied_at BIGINT
);
INSERT INTO epoch (id, name, number, starts) VALUES (1, '', 1, 0);

-- The epoch since which every token of the link is known here. Behind the database's, a device may hold a later one.
ALTER TABLE link ADD COLUMN epoch BIGINT NOT NULL DEFAULT 1;
