-- Pictures of apps and of the operator, by a path that changes with the content; base64.
CREATE TABLE logo (
    path TEXT PRIMARY KEY,
    content TEXT NOT NULL
);
