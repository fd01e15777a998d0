-- What members need in /v1.

-- A property keeps an administrator: whether there is another one is looked up by this.
CREATE INDEX members_administrators ON members (property_id, id) WHERE role IN ('administrator') AND active IN (1);

CREATE TABLE member_visits (
  property_id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  last_active_at INTEGER NOT NULL,
  PRIMARY KEY (property_id, member_id)
) STRICT, WITHOUT ROWID;
