-- Several APIs may be asked for at once, separated by spaces; the first is the one meant when a token request names none.
ALTER TABLE device_authorization RENAME COLUMN api TO apis;
ALTER TABLE link RENAME COLUMN api TO apis;

-- Finer than scopes: a JSON array.
ALTER TABLE device_authorization ADD COLUMN details TEXT;
ALTER TABLE link ADD COLUMN details TEXT;

-- What the codes are tied to: the hash of a verifier, the thumbprint of a key, an account.
ALTER TABLE device_authorization ADD COLUMN code_challenge TEXT;
ALTER TABLE device_authorization ADD COLUMN wrong_verifiers INTEGER NOT NULL DEFAULT 0;
ALTER TABLE device_authorization ADD COLUMN key_thumbprint TEXT;
ALTER TABLE device_authorization ADD COLUMN login_hint TEXT;
ALTER TABLE link ADD COLUMN key_thumbprint TEXT;

-- Where the first answer went when it was asked for a second time.
ALTER TABLE link ADD COLUMN replayed_at BIGINT;
ALTER TABLE link ADD COLUMN replayed_address TEXT;
ALTER TABLE link ADD COLUMN replayed_agent TEXT;
