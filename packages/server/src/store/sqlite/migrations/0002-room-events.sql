CREATE TABLE room_events (
  property_id TEXT NOT NULL,
  id TEXT NOT NULL,
  room_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  serial TEXT,
  record_id TEXT NOT NULL,
  member_id TEXT,
  PRIMARY KEY (property_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX room_events_by_room ON room_events (property_id, room_id, at);
