-- Pictures of apps and of the operator, by a path that changes with the content; base64.
CREATE TABLE logo (
    path TEXT PRIMARY KEY,
    content TEXT NOT NULL
);

-- Who declined is told so, and nobody else. Nothing ever stood in the column before.
ALTER TABLE entry RENAME COLUMN fresh_after TO declined_at;

-- The languages a device asks the pages to be in.
ALTER TABLE device_authorization ADD COLUMN ui_locales TEXT;
