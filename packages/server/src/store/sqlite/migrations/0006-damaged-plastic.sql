-- Which operation left a card's plastic half written: such plastic can be cancelled to blank, and issued again.
ALTER TABLE cards ADD COLUMN damaged_by TEXT;
UPDATE cards SET damaged_by = last_granted
WHERE EXISTS (
  SELECT 1 FROM operations
  WHERE operations.property_id = cards.property_id
    AND operations.id = cards.last_granted
    AND operations.state = 'damaged'
);
