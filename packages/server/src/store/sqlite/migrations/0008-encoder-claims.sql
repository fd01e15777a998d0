-- Within a property one MAC belongs to one agent: who else names an encoder, and whether it is in dispute.
ALTER TABLE encoders ADD COLUMN ownership TEXT NOT NULL DEFAULT 'settled'
  CHECK (ownership IN ('settled', 'claimed', 'disputed', 'released'));
CREATE TABLE encoder_claims (
  property_id TEXT NOT NULL,
  mac TEXT NOT NULL,
  agent_id TEXT NOT NULL,
  place INTEGER NOT NULL,
  name TEXT NOT NULL,
  for_signed_in INTEGER NOT NULL CHECK (for_signed_in IN (0, 1)),
  PRIMARY KEY (property_id, mac, agent_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX encoder_claims_by_mac ON encoder_claims (property_id, mac, place);
CREATE INDEX encoder_claims_by_agent ON encoder_claims (property_id, agent_id);
