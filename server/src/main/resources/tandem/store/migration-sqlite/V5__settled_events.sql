-- Events below this number are complete: none can still appear among them. One writer numbers them
-- in the order of their commits, so that is all of them.
CREATE VIEW settled AS SELECT 9223372036854775807 AS below;
