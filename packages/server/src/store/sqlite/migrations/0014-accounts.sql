-- Developer accounts: where they may ask from, what they may use, and the token before while it still signs.
ALTER TABLE accounts ADD COLUMN address_ranges TEXT NOT NULL DEFAULT '[]';
ALTER TABLE accounts ADD COLUMN room_card_api INTEGER NOT NULL DEFAULT 1 CHECK (room_card_api IN (0, 1));
ALTER TABLE accounts ADD COLUMN signature_a INTEGER NOT NULL DEFAULT 1 CHECK (signature_a IN (0, 1));
ALTER TABLE accounts ADD COLUMN previous_token TEXT;
ALTER TABLE accounts ADD COLUMN previous_until INTEGER;
CREATE UNIQUE INDEX account_properties_by_account ON account_properties (account_sid, property_id);
