-- What locks were programmed with, and which lock numbers are never given out again.

CREATE TABLE programmed_locks (
  property_id TEXT NOT NULL,
  room_id TEXT NOT NULL,
  key_version INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (property_id, room_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE retired_locks (
  property_id TEXT NOT NULL,
  lock_number INTEGER NOT NULL,
  room_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (property_id, lock_number)
) STRICT, WITHOUT ROWID;
