-- Several cards of one issue, made one after the other (docs/cards.md, "Copies").
CREATE TABLE copy_sets (
  property_id TEXT NOT NULL,
  id TEXT NOT NULL,
  "of" INTEGER NOT NULL,
  operations TEXT NOT NULL,
  record_id TEXT NOT NULL,
  state TEXT NOT NULL,
  cause TEXT,
  member_id TEXT NOT NULL,
  doer TEXT NOT NULL,
  encoder TEXT NOT NULL,
  wait_ms INTEGER NOT NULL,
  idle_ms INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  begun_at INTEGER NOT NULL,
  ended_at INTEGER,
  PRIMARY KEY (property_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX copy_sets_running ON copy_sets (property_id, id) WHERE state IN ('running');

CREATE TABLE copies (
  property_id TEXT NOT NULL,
  operation_id TEXT NOT NULL,
  "set" TEXT NOT NULL,
  number INTEGER NOT NULL,
  "of" INTEGER NOT NULL,
  PRIMARY KEY (property_id, operation_id)
) STRICT, WITHOUT ROWID;
