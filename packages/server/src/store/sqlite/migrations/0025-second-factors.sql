-- What persons show besides their password when they sign in at /v1.
CREATE TABLE authenticators (
  person_id TEXT NOT NULL,
  sealed_secret TEXT NOT NULL,
  state TEXT NOT NULL,
  last_step INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  last_used_at INTEGER,
  PRIMARY KEY (person_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE recovery_codes (
  person_id TEXT NOT NULL,
  hashes TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (person_id)
) STRICT, WITHOUT ROWID;
