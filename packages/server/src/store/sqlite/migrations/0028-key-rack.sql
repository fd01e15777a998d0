-- Cards of a room that never came to be: one of them may have left its card half written, which the key rack shows.
CREATE INDEX card_records_failed_by_end ON card_records (property_id, room_id, valid_until)
  WHERE status IN ('void');
