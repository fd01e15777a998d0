CREATE TABLE pairing_codes (
  lookup TEXT NOT NULL,
  property_id TEXT NOT NULL,
  code_hash TEXT NOT NULL,
  replaces TEXT,
  expires_at INTEGER NOT NULL,
  tries_left INTEGER NOT NULL,
  PRIMARY KEY (lookup)
) STRICT, WITHOUT ROWID;
