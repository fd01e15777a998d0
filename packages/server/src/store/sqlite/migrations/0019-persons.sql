-- People who work at one or more properties, the memberships that they have joined, and their sessions at /v1.
CREATE TABLE persons (
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  area_code TEXT,
  mobile TEXT,
  email TEXT,
  password_hash TEXT NOT NULL,
  owner INTEGER NOT NULL CHECK (owner IN (0, 1)),
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX persons_by_mobile ON persons (area_code, mobile);
CREATE UNIQUE INDEX persons_by_email ON persons (email);

CREATE TABLE joined_members (
  property_id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (property_id, member_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX joined_members_by_person ON joined_members (person_id, property_id, member_id);

CREATE TABLE sessions (
  id TEXT NOT NULL,
  lookup TEXT NOT NULL,
  secret_hash TEXT NOT NULL,
  subject TEXT NOT NULL,
  "of" TEXT NOT NULL,
  state TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  last_used_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  "from" TEXT NOT NULL,
  client TEXT,
  PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX sessions_by_lookup ON sessions (lookup);
CREATE INDEX sessions_by_subject ON sessions (subject, created_at);
CREATE INDEX sessions_by_end ON sessions (expires_at);
