-- What /v1 needs (docs/api.md).

-- When guests leave, on the clock of the property: HH:mm.
ALTER TABLE properties ADD COLUMN check_out_time TEXT NOT NULL DEFAULT '12:00';

-- Credentials of /v1. Their tokens aren't kept.
CREATE TABLE api_keys (
  id TEXT NOT NULL,
  lookup TEXT NOT NULL,
  secret_hash TEXT NOT NULL,
  name TEXT NOT NULL,
  scopes TEXT NOT NULL,
  properties TEXT,
  owner_key INTEGER NOT NULL CHECK (owner_key IN (0, 1)),
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  revoked_at INTEGER,
  PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX api_keys_by_lookup ON api_keys (lookup);

CREATE TABLE api_key_visits (
  id TEXT NOT NULL,
  last_used_at INTEGER NOT NULL,
  PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;

-- What a request with an Idempotency-Key led to, for its repeats.
CREATE TABLE idempotency_keys (
  credential TEXT NOT NULL,
  key TEXT NOT NULL,
  request TEXT NOT NULL,
  at INTEGER NOT NULL,
  result TEXT NOT NULL,
  has_secret INTEGER NOT NULL CHECK (has_secret IN (0, 1)),
  sealed_secret TEXT,
  PRIMARY KEY (credential, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (at);
CREATE INDEX idempotency_keys_with_secret ON idempotency_keys (at) WHERE has_secret IN (1);
