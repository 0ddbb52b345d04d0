-- Times are milliseconds since 1970, flags 0 or 1, sets and lists of words separated by spaces.
-- Every table grows at its end: the key is a number that rises, the public name or hash stands in
-- a unique index beside it. Secrets appear as hashes or sealed, never as themselves.

-- What the operator registered -------------------------------------------------------------------

CREATE TABLE revision (
    number BIGINT NOT NULL
);
INSERT INTO revision (number) VALUES (1);

CREATE TABLE tenant (
    id ${given_key} CHECK (id = 1),
    document TEXT NOT NULL
);

CREATE TABLE client (
    client_id TEXT NOT NULL PRIMARY KEY,
    position BIGINT NOT NULL,
    secret TEXT,
    document TEXT NOT NULL
);

CREATE TABLE api (
    identifier TEXT NOT NULL PRIMARY KEY,
    position BIGINT NOT NULL,
    document TEXT NOT NULL
);

CREATE TABLE client_grant (
    client_id TEXT NOT NULL,
    audience TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    position BIGINT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (client_id, audience)
);

CREATE TABLE connection (
    name TEXT NOT NULL PRIMARY KEY,
    position BIGINT NOT NULL,
    secret TEXT,
    document TEXT NOT NULL
);

CREATE TABLE applied (
    name TEXT NOT NULL PRIMARY KEY,
    fingerprint TEXT NOT NULL
);

-- People and their browsers ----------------------------------------------------------------------

CREATE TABLE account (
    seq ${assigned_key},
    user_id TEXT NOT NULL UNIQUE,
    email TEXT,
    normal_email TEXT UNIQUE,
    email_verified INTEGER NOT NULL CHECK (email_verified IN (0, 1)),
    name TEXT,
    password TEXT,
    provider_issuer TEXT,
    provider_subject TEXT,
    provider_connection TEXT,
    blocked INTEGER NOT NULL CHECK (blocked IN (0, 1)),
    operator INTEGER NOT NULL CHECK (operator IN (0, 1)),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (provider_issuer, provider_subject),
    CHECK ((email IS NULL) = (normal_email IS NULL)),
    CHECK ((provider_issuer IS NULL) = (provider_subject IS NULL)),
    CHECK ((provider_issuer IS NULL) = (provider_connection IS NULL))
);

CREATE TABLE session (
    seq ${assigned_key},
    id TEXT NOT NULL UNIQUE,
    token TEXT NOT NULL UNIQUE,
    user_id TEXT,
    connection TEXT,
    authenticated_at BIGINT,
    amr TEXT,
    created_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL,
    over_at BIGINT NOT NULL,
    origin_address TEXT NOT NULL,
    origin_agent TEXT NOT NULL,
    CHECK ((user_id IS NULL) = (authenticated_at IS NULL)),
    CHECK ((user_id IS NULL) = (connection IS NULL)),
    CHECK ((user_id IS NULL) = (amr IS NULL))
);
CREATE INDEX session_by_user ON session (user_id, used_at) WHERE user_id IS NOT NULL;
CREATE INDEX session_by_end ON session (over_at);

CREATE TABLE trip (
    seq ${assigned_key},
    state TEXT NOT NULL UNIQUE,
    session TEXT NOT NULL,
    connection TEXT NOT NULL,
    entry TEXT,
    secrets TEXT NOT NULL,
    started_at BIGINT NOT NULL
);
CREATE INDEX trip_by_start ON trip (started_at);

CREATE TABLE failure (
    seq ${assigned_key},
    bucket TEXT NOT NULL,
    happened_at BIGINT NOT NULL
);
CREATE INDEX failure_by_bucket ON failure (bucket, happened_at);
CREATE INDEX failure_by_time ON failure (happened_at);

-- Devices ----------------------------------------------------------------------------------------

CREATE TABLE device_authorization (
    id ${given_key},
    device_code TEXT NOT NULL UNIQUE,
    user_code TEXT NOT NULL UNIQUE,
    client TEXT NOT NULL,
    scopes TEXT NOT NULL,
    api TEXT,
    asked_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    origin_address TEXT NOT NULL,
    origin_agent TEXT NOT NULL,
    device_name TEXT,
    device_model TEXT,
    state TEXT NOT NULL CHECK (state IN ('pending', 'approved', 'denied', 'redeemed')),
    user_id TEXT,
    granted TEXT,
    authenticated_at BIGINT,
    amr TEXT,
    decided_at BIGINT,
    link TEXT,
    redeemed_at BIGINT,
    expiry_told INTEGER NOT NULL DEFAULT 0 CHECK (expiry_told IN (0, 1)),
    CHECK ((state = 'pending') = (decided_at IS NULL)),
    CHECK (state NOT IN ('approved', 'redeemed') OR user_id IS NOT NULL),
    CHECK ((state = 'redeemed') = (link IS NOT NULL)),
    CHECK ((state = 'redeemed') = (redeemed_at IS NOT NULL))
);
CREATE INDEX device_authorization_by_expiry ON device_authorization (expires_at);
CREATE INDEX device_authorization_undecided ON device_authorization (expires_at)
    WHERE state = 'pending' AND expiry_told = 0;

CREATE TABLE entry (
    seq ${assigned_key},
    id TEXT NOT NULL UNIQUE,
    session TEXT NOT NULL,
    device_authorization BIGINT NOT NULL,
    code TEXT NOT NULL,
    entered_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    fresh_after BIGINT
);
CREATE INDEX entry_by_session ON entry (session, device_authorization);
CREATE INDEX entry_by_time ON entry (entered_at);

CREATE TABLE consent (
    seq ${assigned_key},
    id TEXT NOT NULL UNIQUE,
    user_id TEXT NOT NULL,
    client TEXT NOT NULL,
    api TEXT NOT NULL,
    scopes TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    UNIQUE (user_id, client, api)
);
CREATE INDEX consent_by_client ON consent (client, seq);

-- The unique index on device_authorization is the second guard on "redeemed once".
CREATE TABLE link (
    seq ${assigned_key},
    id TEXT NOT NULL UNIQUE,
    device_authorization BIGINT NOT NULL UNIQUE,
    user_id TEXT NOT NULL,
    client TEXT NOT NULL,
    api TEXT,
    scopes TEXT NOT NULL,
    authenticated_at BIGINT NOT NULL,
    amr TEXT NOT NULL,
    device_name TEXT NOT NULL,
    first_at BIGINT NOT NULL,
    first_address TEXT NOT NULL,
    first_agent TEXT NOT NULL,
    last_at BIGINT NOT NULL,
    last_address TEXT NOT NULL,
    last_agent TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    generation INTEGER,
    current_token TEXT,
    previous_token TEXT,
    rotated_at BIGINT,
    idle_until BIGINT,
    ended_by TEXT CHECK (ended_by IN
        ('user', 'operator', 'device', 'reuse', 'limit', 'consent', 'removed')),
    ended_at BIGINT,
    over_at BIGINT NOT NULL,
    CHECK ((ended_by IS NULL) = (ended_at IS NULL)),
    CHECK ((generation IS NULL) = (current_token IS NULL)),
    CHECK ((generation IS NULL) = (rotated_at IS NULL)),
    CHECK ((generation IS NULL) = (idle_until IS NULL))
);
CREATE INDEX link_live_by_user ON link (user_id, seq) WHERE ended_at IS NULL;
CREATE INDEX link_live_by_client ON link (client, seq) WHERE ended_at IS NULL;
CREATE INDEX link_by_end ON link (over_at);

-- Keys and events --------------------------------------------------------------------------------

CREATE TABLE signing_key (
    seq ${assigned_key},
    kid TEXT NOT NULL UNIQUE,
    algorithm TEXT NOT NULL CHECK (algorithm IN ('RS256', 'ES256', 'EdDSA')),
    state TEXT NOT NULL CHECK (state IN ('next', 'current', 'retired')),
    public_jwk TEXT NOT NULL,
    private_jwk TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    retired_until BIGINT
);
CREATE UNIQUE INDEX signing_key_in_use ON signing_key (algorithm, state)
    WHERE state <> 'retired';

CREATE TABLE event (
    id ${never_reused_key},
    type TEXT NOT NULL,
    happened_at BIGINT NOT NULL,
    user_id TEXT,
    client TEXT,
    link TEXT,
    device_authorization BIGINT,
    origin_address TEXT,
    origin_agent TEXT,
    details TEXT NOT NULL,
    CHECK ((origin_address IS NULL) = (origin_agent IS NULL))
);
CREATE INDEX event_by_type ON event (type, id);
CREATE INDEX event_by_user ON event (user_id, id) WHERE user_id IS NOT NULL;
CREATE INDEX event_by_client ON event (client, id) WHERE client IS NOT NULL;
CREATE INDEX event_by_link ON event (link, id) WHERE link IS NOT NULL;
