-- Where events are sent to (docs/webhooks.md).

CREATE TABLE webhooks (
  property_id TEXT NOT NULL,
  id TEXT NOT NULL,
  url TEXT NOT NULL,
  types TEXT,
  state TEXT NOT NULL,
  disabled_why TEXT,
  sealed_secret TEXT NOT NULL,
  previous_secret TEXT,
  previous_until INTEGER,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (property_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE webhook_progress (
  property_id TEXT NOT NULL,
  webhook_id TEXT NOT NULL,
  cursor INTEGER NOT NULL,
  waiting INTEGER NOT NULL,
  delivered INTEGER NOT NULL,
  dead INTEGER NOT NULL,
  last_delivered_at INTEGER,
  failing_since INTEGER,
  PRIMARY KEY (property_id, webhook_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE webhook_deliveries (
  property_id TEXT NOT NULL,
  webhook_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  type TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  next_at INTEGER,
  status INTEGER,
  problem TEXT,
  ms INTEGER NOT NULL,
  PRIMARY KEY (property_id, webhook_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (property_id, webhook_id, next_at)
  WHERE state IN ('waiting');
CREATE INDEX webhook_deliveries_delivered ON webhook_deliveries (property_id, webhook_id, number)
  WHERE state IN ('delivered');
CREATE INDEX webhook_deliveries_dead ON webhook_deliveries (property_id, webhook_id, number) WHERE state IN ('dead');
