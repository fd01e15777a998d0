-- A card may begin later than it is issued. All that were issued so far began at once (docs/cards.md, "Cards for later").
ALTER TABLE card_records ADD COLUMN begun INTEGER NOT NULL DEFAULT 1 CHECK (begun IN (0, 1));
ALTER TABLE card_records ADD COLUMN guest TEXT NOT NULL DEFAULT 'by-holder' CHECK (guest IN ('by-holder', 'new', 'same'));
ALTER TABLE card_records ADD COLUMN same_as TEXT;

DROP INDEX card_records_issued_by_sequence;
DROP INDEX card_records_active_by_sequence;
DROP INDEX card_records_pending_by_sequence;
CREATE INDEX card_records_issued_by_sequence ON card_records (property_id, room_id, sequence)
  WHERE status IN ('active', 'superseded', 'lost', 'cancelled') AND begun IN (1);
CREATE INDEX card_records_active_by_sequence ON card_records (property_id, room_id, sequence)
  WHERE status IN ('active') AND begun IN (1);
CREATE INDEX card_records_pending_by_sequence ON card_records (property_id, room_id, sequence)
  WHERE status IN ('pending') AND begun IN (1);
CREATE INDEX card_records_upcoming_due ON card_records (valid_from, property_id, id)
  WHERE status IN ('pending', 'active', 'lost') AND begun IN (0);
CREATE INDEX card_records_upcoming_by_room ON card_records (property_id, room_id, valid_from)
  WHERE status IN ('pending', 'active', 'lost') AND begun IN (0);
