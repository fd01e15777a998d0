-- How long guests' data is kept, and which records have any.
CREATE TABLE guest_rules (
  property_id TEXT NOT NULL,
  kept_days INTEGER,
  PRIMARY KEY (property_id)
) STRICT, WITHOUT ROWID;

ALTER TABLE card_records ADD COLUMN holder TEXT NOT NULL DEFAULT 'none' CHECK (holder IN ('none', 'kept', 'deleted'));
UPDATE card_records SET holder = 'kept'
WHERE owner IS NOT NULL OR owner_gender IS NOT NULL OR owner_area_code IS NOT NULL OR owner_mobile IS NOT NULL;
CREATE INDEX card_records_kept_by_end ON card_records (property_id, valid_until) WHERE holder IN ('kept');
CREATE INDEX card_records_kept_by_mobile ON card_records (property_id, owner_area_code, owner_mobile)
  WHERE holder IN ('kept');
