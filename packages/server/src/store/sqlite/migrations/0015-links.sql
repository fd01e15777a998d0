-- Links that let whoever has one do one thing, once. Their tokens aren't kept.
CREATE TABLE links (
  subject TEXT NOT NULL,
  use TEXT NOT NULL,
  lookup TEXT NOT NULL,
  token_hash TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (subject)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX links_by_lookup ON links (lookup);
CREATE INDEX links_by_end ON links (expires_at);
