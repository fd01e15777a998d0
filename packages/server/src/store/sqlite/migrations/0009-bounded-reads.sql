-- What is open, active or last is found through indexes that hold nothing else, so that no read on the way of a card grows
-- with history, and no change of a state rewrites an index of all operations (docs/decisions/0021-reads.md).

-- Whether anything was ever asked of an encoder: one that nothing was may be forgotten.
ALTER TABLE encoders ADD COLUMN used INTEGER NOT NULL DEFAULT 1 CHECK (used IN (0, 1));
UPDATE encoders SET used = 0
WHERE NOT EXISTS (
  SELECT 1 FROM operations WHERE operations.property_id = encoders.property_id AND operations.encoder = encoders.mac
);

DROP INDEX operations_by_encoder;
DROP INDEX operations_by_agent;
DROP INDEX operations_by_serial;
DROP INDEX operations_by_state;
DROP INDEX operations_due;
CREATE INDEX operations_open_by_encoder ON operations (property_id, encoder, place)
  WHERE state IN ('accepted', 'granted');
CREATE INDEX operations_open_by_agent ON operations (property_id, agent_id, place)
  WHERE state IN ('accepted', 'granted');
CREATE INDEX operations_accepted_due ON operations (deadline, property_id, id)
  WHERE state IN ('accepted') AND held IN (0);
CREATE INDEX operations_unsettled_by_serial ON operations (property_id, serial, place)
  WHERE state IN ('granted', 'unknown');
CREATE INDEX operations_unknown ON operations (property_id, place)
  WHERE state IN ('unknown');
CREATE INDEX operations_expired_by_encoder ON operations (property_id, encoder, place)
  WHERE state IN ('expired');
CREATE INDEX operations_not_heard ON operations (property_id, place)
  WHERE caller IN ('waiting')
    AND state IN ('accepted', 'granted', 'unknown', 'rejected', 'damaged', 'expired', 'withdrawn', 'written-off');
CREATE INDEX operations_issued_not_heard ON operations (property_id, place)
  WHERE caller IN ('waiting') AND kind IN ('issue') AND state IN ('succeeded');

DROP INDEX card_records_by_room;
CREATE INDEX card_records_by_sequence ON card_records (property_id, room_id, sequence);
CREATE INDEX card_records_issued_by_sequence ON card_records (property_id, room_id, sequence)
  WHERE status IN ('active', 'superseded', 'lost', 'cancelled');
CREATE INDEX card_records_active_by_sequence ON card_records (property_id, room_id, sequence)
  WHERE status IN ('active');
CREATE INDEX card_records_pending_by_sequence ON card_records (property_id, room_id, sequence)
  WHERE status IN ('pending');
CREATE INDEX card_records_active_by_serial ON card_records (property_id, serial)
  WHERE status IN ('active');

DROP INDEX audit_by_operation;
CREATE INDEX audit_superseded_by_operation ON audit (property_id, operation_id, number)
  WHERE action IN ('card-superseded');
