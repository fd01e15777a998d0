-- Which cards may still open, and which are damaged or unknown, without a look at all there ever were.
CREATE INDEX cards_in_doubt ON cards (property_id, plastic, serial) WHERE plastic IN ('damaged', 'unknown');
CREATE INDEX card_records_out_by_end ON card_records (property_id, valid_until)
  WHERE status IN ('pending', 'active', 'superseded', 'lost');
CREATE INDEX card_records_ended_by_end ON card_records (property_id, room_id, valid_until)
  WHERE status IN ('superseded', 'lost');
