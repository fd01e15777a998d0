CREATE TABLE migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT;
CREATE TABLE facts (
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (name)
) STRICT, WITHOUT ROWID;
CREATE TABLE accounts (
  sid TEXT NOT NULL,
  name TEXT NOT NULL,
  sealed_token TEXT NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (sid)
) STRICT, WITHOUT ROWID;
CREATE TABLE account_properties (
  property_id TEXT NOT NULL,
  account_sid TEXT NOT NULL,
  PRIMARY KEY (property_id, account_sid)
) STRICT, WITHOUT ROWID;
CREATE TABLE properties (
  id TEXT NOT NULL,
  number TEXT NOT NULL,
  name TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  card_keys TEXT NOT NULL,
  PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;
CREATE TABLE buildings (
  property_id TEXT NOT NULL,
  id TEXT NOT NULL,
  no TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (property_id, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE floors (
  property_id TEXT NOT NULL,
  id TEXT NOT NULL,
  building_id TEXT NOT NULL,
  no TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (property_id, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE rooms (
  property_id TEXT NOT NULL,
  id TEXT NOT NULL,
  building_id TEXT NOT NULL,
  floor_id TEXT NOT NULL,
  no TEXT NOT NULL,
  name TEXT NOT NULL,
  lock_type TEXT NOT NULL,
  lock_number INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  gateway INTEGER NOT NULL CHECK (gateway IN (0, 1)),
  joined_no TEXT NOT NULL,
  PRIMARY KEY (property_id, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE members (
  property_id TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  area_code TEXT,
  mobile TEXT,
  email TEXT,
  password_hash TEXT NOT NULL,
  issuing_permission INTEGER NOT NULL CHECK (issuing_permission IN (0, 1)),
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  version INTEGER NOT NULL,
  PRIMARY KEY (property_id, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE agents (
  property_id TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  token_hash TEXT,
  public_key TEXT,
  state TEXT NOT NULL,
  session INTEGER NOT NULL,
  instance TEXT,
  journal TEXT,
  cursor TEXT,
  attention TEXT,
  PRIMARY KEY (property_id, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE retired_journals (
  property_id TEXT NOT NULL,
  agent_id TEXT NOT NULL,
  id TEXT NOT NULL,
  retired_at INTEGER NOT NULL,
  PRIMARY KEY (property_id, agent_id, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE encoders (
  property_id TEXT NOT NULL,
  mac TEXT NOT NULL,
  id INTEGER NOT NULL,
  name TEXT NOT NULL,
  agent_id TEXT,
  for_signed_in INTEGER NOT NULL CHECK (for_signed_in IN (0, 1)), unlifted TEXT NOT NULL DEFAULT '[]', ownership TEXT NOT NULL DEFAULT 'settled'
  CHECK (ownership IN ('settled', 'claimed', 'disputed', 'released')), used INTEGER NOT NULL DEFAULT 1 CHECK (used IN (0, 1)),
  PRIMARY KEY (property_id, mac)
) STRICT, WITHOUT ROWID;
CREATE TABLE sign_ins (
  property_id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  agent_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  last_active_at INTEGER NOT NULL,
  PRIMARY KEY (property_id, member_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE cards (
  property_id TEXT NOT NULL,
  serial TEXT NOT NULL,
  plastic TEXT NOT NULL,
  content TEXT,
  known_in_life INTEGER NOT NULL,
  record_id TEXT,
  last_granted TEXT, damaged_by TEXT,
  PRIMARY KEY (property_id, serial)
) STRICT, WITHOUT ROWID;
CREATE TABLE card_records (
  property_id TEXT NOT NULL,
  id TEXT NOT NULL,
  serial TEXT,
  room_id TEXT NOT NULL,
  status TEXT NOT NULL,
  valid_from INTEGER NOT NULL,
  valid_until INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  flags INTEGER NOT NULL,
  key_version INTEGER NOT NULL,
  owner TEXT,
  owner_gender TEXT,
  owner_area_code TEXT,
  owner_mobile TEXT,
  issued_at INTEGER NOT NULL,
  ended_at INTEGER,
  PRIMARY KEY (property_id, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE operations (
  property_id TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  place INTEGER NOT NULL,
  account_sid TEXT,
  member_id TEXT NOT NULL,
  card_type INTEGER NOT NULL,
  encoder TEXT NOT NULL,
  agent_id TEXT NOT NULL,
  serial TEXT,
  record_id TEXT,
  request TEXT NOT NULL,
  accepted_at INTEGER NOT NULL,
  deadline INTEGER NOT NULL,
  held INTEGER NOT NULL CHECK (held IN (0, 1)),
  caller TEXT NOT NULL,
  caller_at INTEGER NOT NULL,
  reading TEXT,
  state TEXT NOT NULL,
  "grant" TEXT,
  cause TEXT,
  settled_at INTEGER, opened INTEGER NOT NULL DEFAULT 0 CHECK (opened IN (0, 1)), shown TEXT,
  PRIMARY KEY (property_id, id)
) STRICT;
CREATE TABLE audit (
  property_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  at INTEGER NOT NULL,
  action TEXT NOT NULL,
  actor TEXT NOT NULL,
  operation_id TEXT,
  details TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (property_id, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE audit_personal (
  property_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  salt TEXT NOT NULL,
  data TEXT NOT NULL,
  delete_after INTEGER NOT NULL,
  PRIMARY KEY (property_id, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE room_events (
  property_id TEXT NOT NULL,
  id TEXT NOT NULL,
  room_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  serial TEXT,
  record_id TEXT NOT NULL,
  member_id TEXT,
  PRIMARY KEY (property_id, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE pairing_codes (
  lookup TEXT NOT NULL,
  property_id TEXT NOT NULL,
  code_hash TEXT NOT NULL,
  replaces TEXT,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (lookup)
) STRICT, WITHOUT ROWID;
CREATE TABLE agent_visits (
  property_id TEXT NOT NULL,
  agent_id TEXT NOT NULL,
  software TEXT NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (property_id, agent_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE encoder_claims (
  property_id TEXT NOT NULL,
  mac TEXT NOT NULL,
  agent_id TEXT NOT NULL,
  place INTEGER NOT NULL,
  name TEXT NOT NULL,
  for_signed_in INTEGER NOT NULL CHECK (for_signed_in IN (0, 1)),
  PRIMARY KEY (property_id, mac, agent_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX properties_by_number ON properties (number);
CREATE UNIQUE INDEX buildings_by_no ON buildings (property_id, no);
CREATE UNIQUE INDEX floors_by_no ON floors (property_id, building_id, no);
CREATE UNIQUE INDEX rooms_by_no ON rooms (property_id, floor_id, no);
CREATE UNIQUE INDEX rooms_by_joined_no ON rooms (property_id, joined_no);
CREATE UNIQUE INDEX rooms_by_lock_number ON rooms (property_id, lock_number);
CREATE UNIQUE INDEX members_by_mobile ON members (property_id, area_code, mobile);
CREATE UNIQUE INDEX members_by_email ON members (property_id, email);
CREATE UNIQUE INDEX agents_by_id ON agents (id);
CREATE INDEX encoders_by_agent ON encoders (property_id, agent_id);
CREATE UNIQUE INDEX encoders_by_id ON encoders (property_id, id);
CREATE INDEX sign_ins_by_agent ON sign_ins (property_id, agent_id);
CREATE INDEX card_records_by_serial ON card_records (property_id, serial, issued_at);
CREATE INDEX operations_by_request ON operations (property_id, request, place);
CREATE INDEX room_events_by_room ON room_events (property_id, room_id, at);
CREATE INDEX encoder_claims_by_mac ON encoder_claims (property_id, mac, place);
CREATE INDEX encoder_claims_by_agent ON encoder_claims (property_id, agent_id);
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
CREATE INDEX card_records_by_sequence ON card_records (property_id, room_id, sequence);
CREATE INDEX card_records_issued_by_sequence ON card_records (property_id, room_id, sequence)
  WHERE status IN ('active', 'superseded', 'lost', 'cancelled');
CREATE INDEX card_records_active_by_sequence ON card_records (property_id, room_id, sequence)
  WHERE status IN ('active');
CREATE INDEX card_records_pending_by_sequence ON card_records (property_id, room_id, sequence)
  WHERE status IN ('pending');
CREATE INDEX card_records_active_by_serial ON card_records (property_id, serial)
  WHERE status IN ('active');
CREATE INDEX audit_superseded_by_operation ON audit (property_id, operation_id, number)
  WHERE action IN ('card-superseded');
INSERT INTO migrations ("number", "name", "sha256", "applied_at") VALUES (1, '0001-first-tables.sql', '6ee0345ebe670a6f0cc4a272b7ac07938e40093fdbdd3b8390fe1634bf6dac55', 1796002818920);
INSERT INTO migrations ("number", "name", "sha256", "applied_at") VALUES (2, '0002-room-events.sql', '27a07c8bc83eb4840bd705d1d6e2a058b1c37cf1799039c59b226c2367c957d2', 1796002818944);
INSERT INTO migrations ("number", "name", "sha256", "applied_at") VALUES (3, '0003-pairing-codes.sql', '6581a6e78b5d84b027172088fc41d3105a9f3153fec984b22ea888c4adcb64a1', 1796002818950);
INSERT INTO migrations ("number", "name", "sha256", "applied_at") VALUES (4, '0004-pairing-tries.sql', '0b4a79a9222190aeecf6abf489ea65cb0d3a028a5e9101bb24bf6838803b4ee9', 1796002818960);
INSERT INTO migrations ("number", "name", "sha256", "applied_at") VALUES (5, '0005-lifted-cards.sql', '11e8895b1b8b647a8e1c008867b95c91260a0e3d4264c9d1640c735cd35613cc', 1796002818973);
INSERT INTO migrations ("number", "name", "sha256", "applied_at") VALUES (6, '0006-damaged-plastic.sql', '98d3864fe6d8e28f5a732e36451fb97e41ff11855ff2192ea1914eab6883f31a', 1796002818984);
INSERT INTO migrations ("number", "name", "sha256", "applied_at") VALUES (7, '0007-agent-visits.sql', '062babbb8f74429b9e58d3a2849b505fb27403190cd4c2fbdcbe69c5710d5df5', 1796002818993);
INSERT INTO migrations ("number", "name", "sha256", "applied_at") VALUES (8, '0008-encoder-claims.sql', 'a1195c767e6c29dcf95f93a1cfa0271137ebbfc3c3d5343112ee493f99d8b010', 1796002818994);
INSERT INTO migrations ("number", "name", "sha256", "applied_at") VALUES (9, '0009-bounded-reads.sql', 'cf6dae507fc8dad8dee218435870272ec21def86aef0f3465f007206400bc8ff', 1796002818999);
INSERT INTO facts ("name", "value") VALUES ('demo', '1796002815070');
INSERT INTO facts ("name", "value") VALUES ('sealed with the master key', '1.oJKTb7mt6N2jYoSx.FwaX8tq31VXZjzd5Lzk6GQ.rr5BHb_zTg');
INSERT INTO accounts ("sid", "name", "sealed_token", "state") VALUES ('11111111222222223333333344444444', 'Another vendor', '1.1zCWFbmu0SCwrhKh.r5LH9EGqxuRnu5eJgG8eVA.6EuK6_oNXzfMRsD2YGFV87rOFueK21JjPZ3BAQNW', 'active');
INSERT INTO accounts ("sid", "name", "sealed_token", "state") VALUES ('98651082ab89c3f1b50f35caf794179f', 'Published examples', '1.QLIFgeo8CqwvGJID.WBoXMXALAAV4GQBZiQwO4Q.9eY73oFnym7gkNZEswgF65tUBuHS83WJbAhLtJJl', 'active');
INSERT INTO account_properties ("property_id", "account_sid") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '98651082ab89c3f1b50f35caf794179f');
INSERT INTO account_properties ("property_id", "account_sid") VALUES ('01a22a1c-1ecf-72cb-a055-43f3c994ba81', '11111111222222223333333344444444');
INSERT INTO properties ("id", "number", "name", "time_zone", "card_keys") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '1316879946', 'Keyrack Demo Hotel', 'Asia/Shanghai', '[{"version":1,"sealed":"1.EygrXWMTKzVuLDFW.PP39UNDaGuAgknHDAyaUEw._pZ2N4r-wnYH9jdGxfm-1l8qo19CDOUYRJIR_XM3XGY"}]');
INSERT INTO properties ("id", "number", "name", "time_zone", "card_keys") VALUES ('01a22a1c-1ecf-72cb-a055-43f3c994ba81', '2000000002', 'Another Hotel', 'Asia/Shanghai', '[{"version":1,"sealed":"1.EygrXWMTKzVuLDFW.PP39UNDaGuAgknHDAyaUEw._pZ2N4r-wnYH9jdGxfm-1l8qo19CDOUYRJIR_XM3XGY"}]');
INSERT INTO buildings ("property_id", "id", "no", "name") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c90-7243-acb3-ea80da72d3c2', '001', 'Garden Wing');
INSERT INTO buildings ("property_id", "id", "no", "name") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c97-7304-afd4-e243a7eb12e1', '002', 'Lake Wing');
INSERT INTO floors ("property_id", "id", "building_id", "no", "name") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c92-74c7-bd63-fa96af0a7ca1', '01a22a1c-1c90-7243-acb3-ea80da72d3c2', '001', 'Floor 1');
INSERT INTO floors ("property_id", "id", "building_id", "no", "name") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c97-7304-afd4-9b172bf9c9eb', '01a22a1c-1c90-7243-acb3-ea80da72d3c2', '002', 'Floor 2');
INSERT INTO floors ("property_id", "id", "building_id", "no", "name") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c97-7304-afd4-bc875559be98', '01a22a1c-1c90-7243-acb3-ea80da72d3c2', '003', 'Floor 3');
INSERT INTO floors ("property_id", "id", "building_id", "no", "name") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c97-7304-afd4-e702778ff295', '01a22a1c-1c97-7304-afd4-e243a7eb12e1', '001', 'Floor 1');
INSERT INTO floors ("property_id", "id", "building_id", "no", "name") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c97-7304-afd5-09b33b10b70a', '01a22a1c-1c97-7304-afd4-e243a7eb12e1', '002', 'Floor 2');
INSERT INTO rooms ("property_id", "id", "building_id", "floor_id", "no", "name", "lock_type", "lock_number", "sequence", "gateway", "joined_no") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c93-750e-b0c9-361e78fbf69a', '01a22a1c-1c90-7243-acb3-ea80da72d3c2', '01a22a1c-1c92-74c7-bd63-fa96af0a7ca1', 'R001', 'Garden Wing 101', 'QRMLOCK', 1, 0, 0, '001001R001');
INSERT INTO rooms ("property_id", "id", "building_id", "floor_id", "no", "name", "lock_type", "lock_number", "sequence", "gateway", "joined_no") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c96-715b-aae3-7affb8900709', '01a22a1c-1c90-7243-acb3-ea80da72d3c2', '01a22a1c-1c92-74c7-bd63-fa96af0a7ca1', 'R002', 'Garden Wing 102', 'QRNLOCK', 2, 0, 0, '001001R002');
INSERT INTO rooms ("property_id", "id", "building_id", "floor_id", "no", "name", "lock_type", "lock_number", "sequence", "gateway", "joined_no") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c97-7304-afd4-801fb518e6a3', '01a22a1c-1c90-7243-acb3-ea80da72d3c2', '01a22a1c-1c92-74c7-bd63-fa96af0a7ca1', 'R003', 'Garden Wing 103', 'QRNLOCK-WIFI', 3, 0, 1, '001001R003');
INSERT INTO rooms ("property_id", "id", "building_id", "floor_id", "no", "name", "lock_type", "lock_number", "sequence", "gateway", "joined_no") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c97-7304-afd4-862c870fe027', '01a22a1c-1c90-7243-acb3-ea80da72d3c2', '01a22a1c-1c92-74c7-bd63-fa96af0a7ca1', 'R004', 'Garden Wing 104', 'RFLOCK-V9', 4, 29931940, 0, '001001R004');
INSERT INTO rooms ("property_id", "id", "building_id", "floor_id", "no", "name", "lock_type", "lock_number", "sequence", "gateway", "joined_no") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c97-7304-afd4-8bc8e03f44e9', '01a22a1c-1c90-7243-acb3-ea80da72d3c2', '01a22a1c-1c92-74c7-bd63-fa96af0a7ca1', 'R005', 'Garden Wing 105', 'QRLOCK', 5, 29931940, 0, '001001R005');
INSERT INTO rooms ("property_id", "id", "building_id", "floor_id", "no", "name", "lock_type", "lock_number", "sequence", "gateway", "joined_no") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c97-7304-afd4-8c66f5ee7c38', '01a22a1c-1c90-7243-acb3-ea80da72d3c2', '01a22a1c-1c92-74c7-bd63-fa96af0a7ca1', 'R006', 'Garden Wing 106', 'QRALOCK', 6, 29931940, 0, '001001R006');
INSERT INTO rooms ("property_id", "id", "building_id", "floor_id", "no", "name", "lock_type", "lock_number", "sequence", "gateway", "joined_no") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c97-7304-afd4-90063deb4ef0', '01a22a1c-1c90-7243-acb3-ea80da72d3c2', '01a22a1c-1c92-74c7-bd63-fa96af0a7ca1', 'R007', 'Garden Wing 107', 'QRBLOCK', 7, 29933382, 0, '001001R007');
INSERT INTO rooms ("property_id", "id", "building_id", "floor_id", "no", "name", "lock_type", "lock_number", "sequence", "gateway", "joined_no") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c97-7304-afd4-9604cce1aa0c', '01a22a1c-1c90-7243-acb3-ea80da72d3c2', '01a22a1c-1c92-74c7-bd63-fa96af0a7ca1', 'R008', 'Garden Wing 108', 'QRMLOCK', 8, 0, 0, '001001R008');
INSERT INTO rooms ("property_id", "id", "building_id", "floor_id", "no", "name", "lock_type", "lock_number", "sequence", "gateway", "joined_no") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c97-7304-afd4-9ec645bb8cde', '01a22a1c-1c90-7243-acb3-ea80da72d3c2', '01a22a1c-1c97-7304-afd4-9b172bf9c9eb', 'R001', 'Garden Wing 201', 'QRMLOCK', 9, 0, 0, '001002R001');
INSERT INTO rooms ("property_id", "id", "building_id", "floor_id", "no", "name", "lock_type", "lock_number", "sequence", "gateway", "joined_no") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c97-7304-afd4-a25a9393fb74', '01a22a1c-1c90-7243-acb3-ea80da72d3c2', '01a22a1c-1c97-7304-afd4-9b172bf9c9eb', 'R002', 'Garden Wing 202', 'QRNLOCK', 10, 0, 0, '001002R002');
INSERT INTO rooms ("property_id", "id", "building_id", "floor_id", "no", "name", "lock_type", "lock_number", "sequence", "gateway", "joined_no") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c97-7304-afd4-a64852534a5f', '01a22a1c-1c90-7243-acb3-ea80da72d3c2', '01a22a1c-1c97-7304-afd4-9b172bf9c9eb', 'R003', 'Garden Wing 203', 'QRNLOCK-WIFI', 11, 0, 1, '001002R003');
INSERT INTO rooms ("property_id", "id", "building_id", "floor_id", "no", "name", "lock_type", "lock_number", "sequence", "gateway", "joined_no") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c97-7304-afd4-a8ea664c3fce', '01a22a1c-1c90-7243-acb3-ea80da72d3c2', '01a22a1c-1c97-7304-afd4-9b172bf9c9eb', 'R004', 'Garden Wing 204', 'RFLOCK-V9', 12, 0, 0, '001002R004');
INSERT INTO rooms ("property_id", "id", "building_id", "floor_id", "no", "name", "lock_type", "lock_number", "sequence", "gateway", "joined_no") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c97-7304-afd4-adf727b86351', '01a22a1c-1c90-7243-acb3-ea80da72d3c2', '01a22a1c-1c97-7304-afd4-9b172bf9c9eb', 'R005', 'Garden Wing 205', 'QRLOCK', 13, 0, 0, '001002R005');
INSERT INTO rooms ("property_id", "id", "building_id", "floor_id", "no", "name", "lock_type", "lock_number", "sequence", "gateway", "joined_no") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c97-7304-afd4-b2ca4442ec6e', '01a22a1c-1c90-7243-acb3-ea80da72d3c2', '01a22a1c-1c97-7304-afd4-9b172bf9c9eb', 'R006', 'Garden Wing 206', 'QRALOCK', 14, 29927620, 0, '001002R006');
INSERT INTO rooms ("property_id", "id", "building_id", "floor_id", "no", "name", "lock_type", "lock_number", "sequence", "gateway", "joined_no") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c97-7304-afd4-b5dba988be5a', '01a22a1c-1c90-7243-acb3-ea80da72d3c2', '01a22a1c-1c97-7304-afd4-9b172bf9c9eb', 'R007', 'Garden Wing 207', 'QRBLOCK', 15, 29920420, 0, '001002R007');
INSERT INTO rooms ("property_id", "id", "building_id", "floor_id", "no", "name", "lock_type", "lock_number", "sequence", "gateway", "joined_no") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c97-7304-afd4-b9de02cf6227', '01a22a1c-1c90-7243-acb3-ea80da72d3c2', '01a22a1c-1c97-7304-afd4-9b172bf9c9eb', 'R008', 'Garden Wing 208', 'QRMLOCK', 16, 29916100, 0, '001002R008');
INSERT INTO rooms ("property_id", "id", "building_id", "floor_id", "no", "name", "lock_type", "lock_number", "sequence", "gateway", "joined_no") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c97-7304-afd4-c0247507a05c', '01a22a1c-1c90-7243-acb3-ea80da72d3c2', '01a22a1c-1c97-7304-afd4-bc875559be98', 'R001', 'Garden Wing 301', 'QRMLOCK', 17, 29931940, 0, '001003R001');
INSERT INTO rooms ("property_id", "id", "building_id", "floor_id", "no", "name", "lock_type", "lock_number", "sequence", "gateway", "joined_no") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c97-7304-afd4-c5f033c083ab', '01a22a1c-1c90-7243-acb3-ea80da72d3c2', '01a22a1c-1c97-7304-afd4-bc875559be98', 'R002', 'Garden Wing 302', 'QRNLOCK', 18, 0, 0, '001003R002');
INSERT INTO rooms ("property_id", "id", "building_id", "floor_id", "no", "name", "lock_type", "lock_number", "sequence", "gateway", "joined_no") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c97-7304-afd4-cb6973d77f73', '01a22a1c-1c90-7243-acb3-ea80da72d3c2', '01a22a1c-1c97-7304-afd4-bc875559be98', 'R003', 'Garden Wing 303', 'QRNLOCK-WIFI', 19, 0, 1, '001003R003');
INSERT INTO rooms ("property_id", "id", "building_id", "floor_id", "no", "name", "lock_type", "lock_number", "sequence", "gateway", "joined_no") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c97-7304-afd4-cffb76e21ab5', '01a22a1c-1c90-7243-acb3-ea80da72d3c2', '01a22a1c-1c97-7304-afd4-bc875559be98', 'R004', 'Garden Wing 304', 'RFLOCK-V9', 20, 0, 0, '001003R004');
INSERT INTO rooms ("property_id", "id", "building_id", "floor_id", "no", "name", "lock_type", "lock_number", "sequence", "gateway", "joined_no") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c97-7304-afd4-d3e1c4a030db', '01a22a1c-1c90-7243-acb3-ea80da72d3c2', '01a22a1c-1c97-7304-afd4-bc875559be98', 'R005', 'Garden Wing 305', 'QRLOCK', 21, 0, 0, '001003R005');
INSERT INTO rooms ("property_id", "id", "building_id", "floor_id", "no", "name", "lock_type", "lock_number", "sequence", "gateway", "joined_no") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c97-7304-afd4-d7039e31b0b8', '01a22a1c-1c90-7243-acb3-ea80da72d3c2', '01a22a1c-1c97-7304-afd4-bc875559be98', 'R006', 'Garden Wing 306', 'QRALOCK', 22, 0, 0, '001003R006');
INSERT INTO rooms ("property_id", "id", "building_id", "floor_id", "no", "name", "lock_type", "lock_number", "sequence", "gateway", "joined_no") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c97-7304-afd4-d9fc363c36fd', '01a22a1c-1c90-7243-acb3-ea80da72d3c2', '01a22a1c-1c97-7304-afd4-bc875559be98', 'R007', 'Garden Wing 307', 'QRBLOCK', 23, 0, 0, '001003R007');
INSERT INTO rooms ("property_id", "id", "building_id", "floor_id", "no", "name", "lock_type", "lock_number", "sequence", "gateway", "joined_no") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c97-7304-afd4-dfe8c9f57209', '01a22a1c-1c90-7243-acb3-ea80da72d3c2', '01a22a1c-1c97-7304-afd4-bc875559be98', 'R008', 'Garden Wing 308', 'QRMLOCK', 24, 0, 0, '001003R008');
INSERT INTO rooms ("property_id", "id", "building_id", "floor_id", "no", "name", "lock_type", "lock_number", "sequence", "gateway", "joined_no") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c97-7304-afd4-e84d62049d7b', '01a22a1c-1c97-7304-afd4-e243a7eb12e1', '01a22a1c-1c97-7304-afd4-e702778ff295', 'R001', 'Lake Wing 101', 'QRMLOCK', 25, 29931940, 0, '002001R001');
INSERT INTO rooms ("property_id", "id", "building_id", "floor_id", "no", "name", "lock_type", "lock_number", "sequence", "gateway", "joined_no") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c97-7304-afd4-edee63566ba5', '01a22a1c-1c97-7304-afd4-e243a7eb12e1', '01a22a1c-1c97-7304-afd4-e702778ff295', 'R002', 'Lake Wing 102', 'QRNLOCK', 26, 29931940, 0, '002001R002');
INSERT INTO rooms ("property_id", "id", "building_id", "floor_id", "no", "name", "lock_type", "lock_number", "sequence", "gateway", "joined_no") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c97-7304-afd4-f086bcd116d4', '01a22a1c-1c97-7304-afd4-e243a7eb12e1', '01a22a1c-1c97-7304-afd4-e702778ff295', 'R003', 'Lake Wing 103', 'QRNLOCK-WIFI', 27, 29931940, 1, '002001R003');
INSERT INTO rooms ("property_id", "id", "building_id", "floor_id", "no", "name", "lock_type", "lock_number", "sequence", "gateway", "joined_no") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c97-7304-afd4-f6babd31b7b4', '01a22a1c-1c97-7304-afd4-e243a7eb12e1', '01a22a1c-1c97-7304-afd4-e702778ff295', 'R004', 'Lake Wing 104', 'RFLOCK-V9', 28, 0, 0, '002001R004');
INSERT INTO rooms ("property_id", "id", "building_id", "floor_id", "no", "name", "lock_type", "lock_number", "sequence", "gateway", "joined_no") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c97-7304-afd4-fa2f877dfe9c', '01a22a1c-1c97-7304-afd4-e243a7eb12e1', '01a22a1c-1c97-7304-afd4-e702778ff295', 'R005', 'Lake Wing 105', 'QRLOCK', 29, 0, 0, '002001R005');
INSERT INTO rooms ("property_id", "id", "building_id", "floor_id", "no", "name", "lock_type", "lock_number", "sequence", "gateway", "joined_no") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c97-7304-afd4-fdc88b1dfa61', '01a22a1c-1c97-7304-afd4-e243a7eb12e1', '01a22a1c-1c97-7304-afd4-e702778ff295', 'R006', 'Lake Wing 106', 'QRALOCK', 30, 0, 0, '002001R006');
INSERT INTO rooms ("property_id", "id", "building_id", "floor_id", "no", "name", "lock_type", "lock_number", "sequence", "gateway", "joined_no") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c97-7304-afd5-0215640b2650', '01a22a1c-1c97-7304-afd4-e243a7eb12e1', '01a22a1c-1c97-7304-afd4-e702778ff295', 'R007', 'Lake Wing 107', 'QRBLOCK', 31, 29929060, 0, '002001R007');
INSERT INTO rooms ("property_id", "id", "building_id", "floor_id", "no", "name", "lock_type", "lock_number", "sequence", "gateway", "joined_no") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c97-7304-afd5-04783523b51a', '01a22a1c-1c97-7304-afd4-e243a7eb12e1', '01a22a1c-1c97-7304-afd4-e702778ff295', 'R008', 'Lake Wing 108', 'QRMLOCK', 32, 0, 0, '002001R008');
INSERT INTO rooms ("property_id", "id", "building_id", "floor_id", "no", "name", "lock_type", "lock_number", "sequence", "gateway", "joined_no") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c97-7304-afd5-0c508bb9568e', '01a22a1c-1c97-7304-afd4-e243a7eb12e1', '01a22a1c-1c97-7304-afd5-09b33b10b70a', 'R001', 'Lake Wing 201', 'QRMLOCK', 33, 0, 0, '002002R001');
INSERT INTO rooms ("property_id", "id", "building_id", "floor_id", "no", "name", "lock_type", "lock_number", "sequence", "gateway", "joined_no") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c97-7304-afd5-128e860b3257', '01a22a1c-1c97-7304-afd4-e243a7eb12e1', '01a22a1c-1c97-7304-afd5-09b33b10b70a', 'R002', 'Lake Wing 202', 'QRNLOCK', 34, 0, 0, '002002R002');
INSERT INTO rooms ("property_id", "id", "building_id", "floor_id", "no", "name", "lock_type", "lock_number", "sequence", "gateway", "joined_no") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c97-7304-afd5-16dedf853d0f', '01a22a1c-1c97-7304-afd4-e243a7eb12e1', '01a22a1c-1c97-7304-afd5-09b33b10b70a', 'R003', 'Lake Wing 203', 'QRNLOCK-WIFI', 35, 0, 1, '002002R003');
INSERT INTO rooms ("property_id", "id", "building_id", "floor_id", "no", "name", "lock_type", "lock_number", "sequence", "gateway", "joined_no") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c97-7304-afd5-18fced4a2ae6', '01a22a1c-1c97-7304-afd4-e243a7eb12e1', '01a22a1c-1c97-7304-afd5-09b33b10b70a', 'R004', 'Lake Wing 204', 'RFLOCK-V9', 36, 0, 0, '002002R004');
INSERT INTO rooms ("property_id", "id", "building_id", "floor_id", "no", "name", "lock_type", "lock_number", "sequence", "gateway", "joined_no") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c97-7304-afd5-1ca46c4904c4', '01a22a1c-1c97-7304-afd4-e243a7eb12e1', '01a22a1c-1c97-7304-afd5-09b33b10b70a', 'R005', 'Lake Wing 205', 'QRLOCK', 37, 0, 0, '002002R005');
INSERT INTO rooms ("property_id", "id", "building_id", "floor_id", "no", "name", "lock_type", "lock_number", "sequence", "gateway", "joined_no") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c97-7304-afd5-20d0d192d60a', '01a22a1c-1c97-7304-afd4-e243a7eb12e1', '01a22a1c-1c97-7304-afd5-09b33b10b70a', 'R006', 'Lake Wing 206', 'QRALOCK', 38, 0, 0, '002002R006');
INSERT INTO rooms ("property_id", "id", "building_id", "floor_id", "no", "name", "lock_type", "lock_number", "sequence", "gateway", "joined_no") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c97-7304-afd5-242d13850acb', '01a22a1c-1c97-7304-afd4-e243a7eb12e1', '01a22a1c-1c97-7304-afd5-09b33b10b70a', 'R007', 'Lake Wing 207', 'QRBLOCK', 39, 0, 0, '002002R007');
INSERT INTO rooms ("property_id", "id", "building_id", "floor_id", "no", "name", "lock_type", "lock_number", "sequence", "gateway", "joined_no") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c97-7304-afd5-29077272d800', '01a22a1c-1c97-7304-afd4-e243a7eb12e1', '01a22a1c-1c97-7304-afd5-09b33b10b70a', 'R008', 'Lake Wing 208', 'QRMLOCK', 40, 0, 0, '002002R008');
INSERT INTO members ("property_id", "id", "name", "role", "area_code", "mobile", "email", "password_hash", "issuing_permission", "active", "version") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1ec6-717b-bbcb-57f9c49c8cbe', 'Front Desk', 'receptionist', '86', '10000000000', 'frontdesk@keyrack.example', '$argon2id$v=19$m=19456,t=2,p=1$9KO5JiJz6JeH094e1CukMA$6YCOKY+Gn+PwLCA+mquaeqlIDBrLruYKCcrH+xUha/g', 1, 1, 1);
INSERT INTO members ("property_id", "id", "name", "role", "area_code", "mobile", "email", "password_hash", "issuing_permission", "active", "version") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1ec6-717b-bbcb-5b18814e312d', 'Night Porter', 'receptionist', '86', '10000000001', 'porter@keyrack.example', '$argon2id$v=19$m=19456,t=2,p=1$9KO5JiJz6JeH094e1CukMA$6YCOKY+Gn+PwLCA+mquaeqlIDBrLruYKCcrH+xUha/g', 0, 1, 1);
INSERT INTO members ("property_id", "id", "name", "role", "area_code", "mobile", "email", "password_hash", "issuing_permission", "active", "version") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1ec6-717b-bbcb-5ebbafa9714e', 'Reception', 'receptionist', '86', '10000000002', 'reception@keyrack.example', '$argon2id$v=19$m=19456,t=2,p=1$qdBCgE6YKzUDVx5qSccenQ$lzEFOronOgBozOIoYIYodsFS+r0rz3l0EhL6xAIySk4', 1, 1, 1);
INSERT INTO agents ("property_id", "id", "name", "token_hash", "public_key", "state", "session", "instance", "journal", "cursor", "attention") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c8c-742e-9e14-772977bb58bd', 'Demo front desk', '78837c23bfb7612ad2c024d4ce0f7c6c858357eaec1896b22a031edd866fd30e', NULL, 'active', 1, '55630c5d-dbf5-43f4-8c3d-cfb2b07633e8', 'e1b03aaa-b757-4337-bcee-4265c49b93c7', '{"number":6,"hash":"2ac05ec1752487636c4dd975c72003c323094188aa2e4252935435516c61080d"}', NULL);
INSERT INTO agents ("property_id", "id", "name", "token_hash", "public_key", "state", "session", "instance", "journal", "cursor", "attention") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1edc-73eb-9164-46615824060f', 'Lobby', 'edbdd27af4f00a4e541fe09db8a6795e60b27410a104ac5fbf6cbf1a5de2a882', NULL, 'active', 0, NULL, NULL, NULL, NULL);
INSERT INTO encoders ("property_id", "mac", "id", "name", "agent_id", "for_signed_in", "unlifted", "ownership", "used") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '7C010A8C7Y9C', 4221, 'Right encoder', '01a22a1c-1c8c-742e-9e14-772977bb58bd', 1, '[{"operation":"01a22a1c-56fb-7478-bdd1-b7931fddbf2a","serial":"5D20C7B1"}]', 'settled', 1);
INSERT INTO encoders ("property_id", "mac", "id", "name", "agent_id", "for_signed_in", "unlifted", "ownership", "used") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '7C778A6C7D9C', 4220, 'Left encoder', '01a22a1c-1c8c-742e-9e14-772977bb58bd', 0, '[]', 'settled', 1);
INSERT INTO cards ("property_id", "serial", "plastic", "content", "known_in_life", "record_id", "last_granted", "damaged_by") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '0407C48097BB86', 'written', 'keyed:010108011ed341fed642785f0000001101c8b99a01d0c46401c8b9a4d9b1b929b50de2baff2e5251b3374c2bbe5cc392', 1, '01a22a1c-1cdd-7134-afa3-e6f374f5325b', NULL, NULL);
INSERT INTO cards ("property_id", "serial", "plastic", "content", "known_in_life", "record_id", "last_granted", "damaged_by") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '0418D59198CC87', 'unknown', NULL, 0, NULL, '01a22a1c-4cb1-704c-a6c8-6482b5fc7d78', NULL);
INSERT INTO cards ("property_id", "serial", "plastic", "content", "known_in_life", "record_id", "last_granted", "damaged_by") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '04A16E2A915580', 'written', 'keyed:010108011ed341fed642785f0000000401c8b99a01d0c46401c8b9a4e963791506cb4f4e91ff3b20d62db947072e4500', 1, '01a22a1c-1cdb-72e5-8a06-eb2d2f59f7b0', NULL, NULL);
INSERT INTO cards ("property_id", "serial", "plastic", "content", "known_in_life", "record_id", "last_granted", "damaged_by") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '04B27F3B926681', 'written', 'keyed:010108011ed341fed642785f0000000501c8b99a01d0c46401c8b9a4759713b1a5230316001937a52394945ed3366ede', 1, '01a22a1c-1cdb-72e5-8a06-ec0faa000e31', NULL, NULL);
INSERT INTO cards ("property_id", "serial", "plastic", "content", "known_in_life", "record_id", "last_granted", "damaged_by") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '04C3804C937782', 'written', 'keyed:010108011ed341fed642785f0000001a01c8b99a01d0c46401c8b9a4ea7740be0e4801f2a2b83c75ee2b5696485e6937', 1, '01a22a1c-1cdc-733f-898f-c75708cd1efc', NULL, NULL);
INSERT INTO cards ("property_id", "serial", "plastic", "content", "known_in_life", "record_id", "last_granted", "damaged_by") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '04D4915D948883', 'written', 'keyed:010108011ed341fed642785f0000001b01c8b99a01d0c46401c8b9a43e3c9091d050070a8a5af350637c71ba5e157677', 1, '01a22a1c-1cdc-733f-898f-c8231fc54258', NULL, NULL);
INSERT INTO cards ("property_id", "serial", "plastic", "content", "known_in_life", "record_id", "last_granted", "damaged_by") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '04E5A26E959984', 'damaged', NULL, 1, '01a22a1c-1cdd-7134-afa3-d9d1d4f4262e', NULL, NULL);
INSERT INTO cards ("property_id", "serial", "plastic", "content", "known_in_life", "record_id", "last_granted", "damaged_by") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '04F6B37F96AA85', 'written', 'keyed:010108011ed341fed642785f0000001101c89d7a01c9680401c89d842343bb14d74fbb0b1b15e9dbfb7a831a303af8be', 1, '01a22a1c-1cdd-7134-afa3-e1e94aba1d20', NULL, NULL);
INSERT INTO cards ("property_id", "serial", "plastic", "content", "known_in_life", "record_id", "last_granted", "damaged_by") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '42873467', 'written', 'keyed:010108011ed341fed642785f0000000601c8b99a01d0c46401c8b9a4ac44e6a99dc53ba74a49a3d8b57902146e0f4829', 1, '01a22a1c-1cdc-733f-898f-bdd9fdc488eb', NULL, NULL);
INSERT INTO cards ("property_id", "serial", "plastic", "content", "known_in_life", "record_id", "last_granted", "damaged_by") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '4567', 'erased', 'factory:000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000', 1, '01a22a1c-1cb4-7014-a3e2-9b90ba340204', '01a22a1c-4190-720d-ad3b-3a68bcd6b424', NULL);
INSERT INTO cards ("property_id", "serial", "plastic", "content", "known_in_life", "record_id", "last_granted", "damaged_by") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '5D20C7B1', 'erased', 'factory:000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000', 1, '01a22a1c-1cdd-7134-afa3-d7f2823a1fa1', '01a22a1c-56fb-7478-bdd1-b7931fddbf2a', NULL);
INSERT INTO cards ("property_id", "serial", "plastic", "content", "known_in_life", "record_id", "last_granted", "damaged_by") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '6E31D8C2', 'written', 'keyed:010108011ed341fed642785f0000001001c87bba01c8ae6401c87bc407f102a3bd43660d3500a3e9380870b1fa1f0170', 1, '01a22a1c-1cdd-7134-afa3-dd10823f8ca7', NULL, NULL);
INSERT INTO cards ("property_id", "serial", "plastic", "content", "known_in_life", "record_id", "last_granted", "damaged_by") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '77E1A2C4', 'written', 'keyed:010108011ed341fed642785f0000001f01c8ae5a01c8db6401c8ae64604e400faa43074df065b34edd23083fc81908d9', 1, '01a22a1c-1cde-728b-955e-7b316082c6e4', NULL, NULL);
INSERT INTO cards ("property_id", "serial", "plastic", "content", "known_in_life", "record_id", "last_granted", "damaged_by") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '8F42E9D3', 'written', 'keyed:010108011ed341fed642785f0000000701c8bf3a04134c5f01c8bf444cd85a805894d6d47c9ed81cc54f25495654a67d', 1, '01a22a1c-45a2-76e6-8bef-e3442c88c013', '01a22a1c-45a2-76e6-8bef-df92aadaedea', NULL);
INSERT INTO cards ("property_id", "serial", "plastic", "content", "known_in_life", "record_id", "last_granted", "damaged_by") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '9A3C51E0', 'written', 'keyed:010108011ed341fed642785f0000001901c8b99a01d0c46401c8b9a47506f91df76557e21537895d77d5ac67668399ba', 1, '01a22a1c-1cdc-733f-898f-c0c1aa6c3d68', NULL, NULL);
INSERT INTO card_records ("property_id", "id", "serial", "room_id", "status", "valid_from", "valid_until", "sequence", "flags", "key_version", "owner", "owner_gender", "owner_area_code", "owner_mobile", "issued_at", "ended_at") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1cb4-7014-a3e2-9b90ba340204', '4567', '01a22a1c-1c97-7304-afd4-90063deb4ef0', 'cancelled', 1795915800000, 1827538800000, 29931940, 8, 1, 'Ada Example', NULL, NULL, NULL, 1795916400000, 1796002825244);
INSERT INTO card_records ("property_id", "id", "serial", "room_id", "status", "valid_from", "valid_until", "sequence", "flags", "key_version", "owner", "owner_gender", "owner_area_code", "owner_mobile", "issued_at", "ended_at") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1cdb-72e5-8a06-eb2d2f59f7b0', '04A16E2A915580', '01a22a1c-1c97-7304-afd4-862c870fe027', 'active', 1795915800000, 1827538800000, 29931940, 8, 1, 'Ben Example', NULL, NULL, NULL, 1795916400000, NULL);
INSERT INTO card_records ("property_id", "id", "serial", "room_id", "status", "valid_from", "valid_until", "sequence", "flags", "key_version", "owner", "owner_gender", "owner_area_code", "owner_mobile", "issued_at", "ended_at") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1cdb-72e5-8a06-ec0faa000e31', '04B27F3B926681', '01a22a1c-1c97-7304-afd4-8bc8e03f44e9', 'active', 1795915800000, 1827538800000, 29931940, 8, 1, 'Cai Example', NULL, NULL, NULL, 1795916400000, NULL);
INSERT INTO card_records ("property_id", "id", "serial", "room_id", "status", "valid_from", "valid_until", "sequence", "flags", "key_version", "owner", "owner_gender", "owner_area_code", "owner_mobile", "issued_at", "ended_at") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1cdc-733f-898f-bdd9fdc488eb', '42873467', '01a22a1c-1c97-7304-afd4-8c66f5ee7c38', 'active', 1795915800000, 1827538800000, 29931940, 8, 1, 'Dee Example', NULL, NULL, NULL, 1795916400000, NULL);
INSERT INTO card_records ("property_id", "id", "serial", "room_id", "status", "valid_from", "valid_until", "sequence", "flags", "key_version", "owner", "owner_gender", "owner_area_code", "owner_mobile", "issued_at", "ended_at") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1cdc-733f-898f-c0c1aa6c3d68', '9A3C51E0', '01a22a1c-1c97-7304-afd4-e84d62049d7b', 'active', 1795915800000, 1827538800000, 29931940, 8, 1, 'Eli Example', NULL, NULL, NULL, 1795916400000, NULL);
INSERT INTO card_records ("property_id", "id", "serial", "room_id", "status", "valid_from", "valid_until", "sequence", "flags", "key_version", "owner", "owner_gender", "owner_area_code", "owner_mobile", "issued_at", "ended_at") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1cdc-733f-898f-c75708cd1efc', '04C3804C937782', '01a22a1c-1c97-7304-afd4-edee63566ba5', 'active', 1795915800000, 1827538800000, 29931940, 8, 1, 'Fay Example', NULL, NULL, NULL, 1795916400000, NULL);
INSERT INTO card_records ("property_id", "id", "serial", "room_id", "status", "valid_from", "valid_until", "sequence", "flags", "key_version", "owner", "owner_gender", "owner_area_code", "owner_mobile", "issued_at", "ended_at") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1cdc-733f-898f-c8231fc54258', '04D4915D948883', '01a22a1c-1c97-7304-afd4-f086bcd116d4', 'active', 1795915800000, 1827538800000, 29931940, 8, 1, 'Gus Example', NULL, NULL, NULL, 1795916400000, NULL);
INSERT INTO card_records ("property_id", "id", "serial", "room_id", "status", "valid_from", "valid_until", "sequence", "flags", "key_version", "owner", "owner_gender", "owner_area_code", "owner_mobile", "issued_at", "ended_at") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1cdd-7134-afa3-d7f2823a1fa1', '5D20C7B1', '01a22a1c-1c97-7304-afd4-b5dba988be5a', 'cancelled', 1795224600000, 1795830000000, 29920420, 8, 1, 'Hana Example', NULL, NULL, NULL, 1795225200000, 1795916400000);
INSERT INTO card_records ("property_id", "id", "serial", "room_id", "status", "valid_from", "valid_until", "sequence", "flags", "key_version", "owner", "owner_gender", "owner_area_code", "owner_mobile", "issued_at", "ended_at") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1cdd-7134-afa3-d9d1d4f4262e', '04E5A26E959984', '01a22a1c-1c97-7304-afd4-b2ca4442ec6e', 'active', 1795656600000, 1798594800000, 29927620, 8, 1, 'Ivo Example', NULL, NULL, NULL, 1795657200000, NULL);
INSERT INTO card_records ("property_id", "id", "serial", "room_id", "status", "valid_from", "valid_until", "sequence", "flags", "key_version", "owner", "owner_gender", "owner_area_code", "owner_mobile", "issued_at", "ended_at") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1cdd-7134-afa3-dd10823f8ca7', '6E31D8C2', '01a22a1c-1c97-7304-afd4-b9de02cf6227', 'active', 1794965400000, 1795743600000, 29916100, 8, 1, 'Jun Example', NULL, NULL, NULL, 1794966000000, NULL);
INSERT INTO card_records ("property_id", "id", "serial", "room_id", "status", "valid_from", "valid_until", "sequence", "flags", "key_version", "owner", "owner_gender", "owner_area_code", "owner_mobile", "issued_at", "ended_at") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1cdd-7134-afa3-e1e94aba1d20', '04F6B37F96AA85', '01a22a1c-1c97-7304-afd4-c0247507a05c', 'superseded', 1795483800000, 1798594800000, 29924740, 8, 1, 'Kim Example', NULL, NULL, NULL, 1795484400000, 1795916400000);
INSERT INTO card_records ("property_id", "id", "serial", "room_id", "status", "valid_from", "valid_until", "sequence", "flags", "key_version", "owner", "owner_gender", "owner_area_code", "owner_mobile", "issued_at", "ended_at") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1cdd-7134-afa3-e6f374f5325b', '0407C48097BB86', '01a22a1c-1c97-7304-afd4-c0247507a05c', 'active', 1795915800000, 1827538800000, 29931940, 8, 1, 'Lia Example', NULL, NULL, NULL, 1795916400000, NULL);
INSERT INTO card_records ("property_id", "id", "serial", "room_id", "status", "valid_from", "valid_until", "sequence", "flags", "key_version", "owner", "owner_gender", "owner_area_code", "owner_mobile", "issued_at", "ended_at") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1cde-728b-955e-7b316082c6e4', '77E1A2C4', '01a22a1c-1c97-7304-afd5-0215640b2650', 'lost', 1795743000000, 1796434800000, 29929060, 8, 1, 'Max Example', NULL, NULL, NULL, 1795743600000, 1795916400000);
INSERT INTO card_records ("property_id", "id", "serial", "room_id", "status", "valid_from", "valid_until", "sequence", "flags", "key_version", "owner", "owner_gender", "owner_area_code", "owner_mobile", "issued_at", "ended_at") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-45a2-76e6-8bef-e3442c88c013', '8F42E9D3', '01a22a1c-1c97-7304-afd4-90063deb4ef0', 'active', 1796002225688, 4102415940000, 29933380, 8, 1, 'Ada', NULL, NULL, NULL, 1796002825688, NULL);
INSERT INTO card_records ("property_id", "id", "serial", "room_id", "status", "valid_from", "valid_until", "sequence", "flags", "key_version", "owner", "owner_gender", "owner_area_code", "owner_mobile", "issued_at", "ended_at") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-4cb1-704c-a6c8-6bd11c5b1e8d', '0418D59198CC87', '01a22a1c-1c97-7304-afd4-90063deb4ef0', 'pending', 1796002227505, 4102415940000, 29933381, 8, 1, 'Grace', NULL, NULL, NULL, 1796002827505, NULL);
INSERT INTO card_records ("property_id", "id", "serial", "room_id", "status", "valid_from", "valid_until", "sequence", "flags", "key_version", "owner", "owner_gender", "owner_area_code", "owner_mobile", "issued_at", "ended_at") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-53e1-7235-bd4b-5ad1006fee42', NULL, '01a22a1c-1c97-7304-afd4-90063deb4ef0', 'pending', 1796002829281, 4102415940000, 0, 8, 0, 'Cleo', NULL, NULL, NULL, 1796002829281, NULL);
INSERT INTO card_records ("property_id", "id", "serial", "room_id", "status", "valid_from", "valid_until", "sequence", "flags", "key_version", "owner", "owner_gender", "owner_area_code", "owner_mobile", "issued_at", "ended_at") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-56fb-7478-bdd1-bb722149ddfb', '5D20C7B1', '01a22a1c-1c97-7304-afd4-90063deb4ef0', 'pending', 1796002230105, 4102415940000, 29933382, 8, 1, 'Dan', NULL, NULL, NULL, 1796002830105, NULL);
INSERT INTO operations ("property_id", "id", "kind", "place", "account_sid", "member_id", "card_type", "encoder", "agent_id", "serial", "record_id", "request", "accepted_at", "deadline", "held", "caller", "caller_at", "reading", "state", "grant", "cause", "settled_at", "opened", "shown") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-4190-720d-ad3b-3a68bcd6b424', 'cancel', 2, '98651082ab89c3f1b50f35caf794179f', '01a22a1c-1ec6-717b-bbcb-57f9c49c8cbe', 4, '7C778A6C7D9C', '01a22a1c-1c8c-742e-9e14-772977bb58bd', '4567', '01a22a1c-1cb4-7014-a3e2-9b90ba340204', '605cb8db449ec9f2d48fab76f8842f989520b24ae522487548719215f75f73aa', 1796002824592, 1796002944592, 0, 'waiting', 1796002824592, NULL, 'succeeded', '{"nonce":"0cb0312a-de0d-48d2-836a-333a31af8a7f","agentId":"01a22a1c-1c8c-742e-9e14-772977bb58bd","session":1,"instance":"55630c5d-dbf5-43f4-8c3d-cfb2b07633e8","serial":"4567","before":"keyed:010108011ed341fed642785f0000000701c8b99a01d0c46401c8b9a42dec246d17e3bd986c4deabdbf88fe5d0195b4e4","target":"factory:000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000","at":1796002824913,"life":1}', NULL, 1796002825244, 0, NULL);
INSERT INTO operations ("property_id", "id", "kind", "place", "account_sid", "member_id", "card_type", "encoder", "agent_id", "serial", "record_id", "request", "accepted_at", "deadline", "held", "caller", "caller_at", "reading", "state", "grant", "cause", "settled_at", "opened", "shown") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-45a2-76e6-8bef-df92aadaedea', 'issue', 5, '98651082ab89c3f1b50f35caf794179f', '01a22a1c-1ec6-717b-bbcb-57f9c49c8cbe', 4, '7C778A6C7D9C', '01a22a1c-1c8c-742e-9e14-772977bb58bd', '8F42E9D3', '01a22a1c-45a2-76e6-8bef-e3442c88c013', '2ff797e918a3b6ce5a6273569ed52d7bbaf5a06c55e266d04e87528d302c229f', 1796002825634, 1796002945634, 0, 'told', 1796002826822, NULL, 'succeeded', '{"nonce":"80540138-ff30-40e7-889d-4770ac67fc0a","agentId":"01a22a1c-1c8c-742e-9e14-772977bb58bd","session":1,"instance":"55630c5d-dbf5-43f4-8c3d-cfb2b07633e8","serial":"8F42E9D3","before":"factory:000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000","target":"keyed:010108011ed341fed642785f0000000701c8bf3a04134c5f01c8bf444cd85a805894d6d47c9ed81cc54f25495654a67d","at":1796002825688,"life":1}', NULL, 1796002825782, 0, NULL);
INSERT INTO operations ("property_id", "id", "kind", "place", "account_sid", "member_id", "card_type", "encoder", "agent_id", "serial", "record_id", "request", "accepted_at", "deadline", "held", "caller", "caller_at", "reading", "state", "grant", "cause", "settled_at", "opened", "shown") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-4cb1-704c-a6c8-6482b5fc7d78', 'issue', 8, '98651082ab89c3f1b50f35caf794179f', '01a22a1c-1ec6-717b-bbcb-57f9c49c8cbe', 4, '7C778A6C7D9C', '01a22a1c-1c8c-742e-9e14-772977bb58bd', '0418D59198CC87', '01a22a1c-4cb1-704c-a6c8-6bd11c5b1e8d', '7b98cd29e9fbd8b5505d4e9dbd9bf174a6f25350eb0205686bf7ed6acafc92d1', 1796002827441, 1796002947441, 0, 'waiting', 1796002827441, NULL, 'unknown', '{"nonce":"e24f79cf-f868-4d2f-99ae-096212a5c2e9","agentId":"01a22a1c-1c8c-742e-9e14-772977bb58bd","session":1,"instance":"55630c5d-dbf5-43f4-8c3d-cfb2b07633e8","serial":"0418D59198CC87","before":"factory:000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000","target":"keyed:010108011ed341fed642785f0000000701c8bf3a04134c5f01c8bf4505f81a0dadebfb2fb4e5cae4e9f3bb85499d0fc9","at":1796002827505,"life":1}', 'outcome-unknown', NULL, 0, NULL);
INSERT INTO operations ("property_id", "id", "kind", "place", "account_sid", "member_id", "card_type", "encoder", "agent_id", "serial", "record_id", "request", "accepted_at", "deadline", "held", "caller", "caller_at", "reading", "state", "grant", "cause", "settled_at", "opened", "shown") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-53e1-7235-bd4b-5728f7565685', 'issue', 11, '98651082ab89c3f1b50f35caf794179f', '01a22a1c-1ec6-717b-bbcb-57f9c49c8cbe', 4, '7C778A6C7D9C', '01a22a1c-1c8c-742e-9e14-772977bb58bd', NULL, '01a22a1c-53e1-7235-bd4b-5ad1006fee42', '67d66b4f27aee884642cb0f08d9ad7ba71ceae1f655e4b4da00c23b8ee8c4b1c', 1796002829281, 1796002949281, 0, 'waiting', 1796002829281, NULL, 'accepted', NULL, NULL, NULL, 0, NULL);
INSERT INTO operations ("property_id", "id", "kind", "place", "account_sid", "member_id", "card_type", "encoder", "agent_id", "serial", "record_id", "request", "accepted_at", "deadline", "held", "caller", "caller_at", "reading", "state", "grant", "cause", "settled_at", "opened", "shown") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-54a3-73b5-9245-efc9bb11f744', 'cancel', 12, '98651082ab89c3f1b50f35caf794179f', '01a22a1c-1ec6-717b-bbcb-57f9c49c8cbe', 4, '7C778A6C7D9C', '01a22a1c-1c8c-742e-9e14-772977bb58bd', '8F42E9D3', '01a22a1c-45a2-76e6-8bef-e3442c88c013', 'ce64325f59db85403554ed85cb2dfa6174b0cd479d2a2ff257fb659b53f7b747', 1796002829475, 1796002949475, 0, 'waiting', 1796002829475, NULL, 'accepted', NULL, NULL, NULL, 0, NULL);
INSERT INTO operations ("property_id", "id", "kind", "place", "account_sid", "member_id", "card_type", "encoder", "agent_id", "serial", "record_id", "request", "accepted_at", "deadline", "held", "caller", "caller_at", "reading", "state", "grant", "cause", "settled_at", "opened", "shown") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-55cd-710e-93f4-264dec3ab3ef', 'read', 13, '98651082ab89c3f1b50f35caf794179f', '01a22a1c-1ec6-717b-bbcb-57f9c49c8cbe', 4, '7C778A6C7D9C', '01a22a1c-1c8c-742e-9e14-772977bb58bd', NULL, NULL, '2617c0cdcd79f8bcec63e27661125dd0f6a4b3a9886640daf9956f7f6dcacd69', 1796002829773, 1796002949773, 0, 'waiting', 1796002829773, NULL, 'accepted', NULL, NULL, NULL, 0, NULL);
INSERT INTO operations ("property_id", "id", "kind", "place", "account_sid", "member_id", "card_type", "encoder", "agent_id", "serial", "record_id", "request", "accepted_at", "deadline", "held", "caller", "caller_at", "reading", "state", "grant", "cause", "settled_at", "opened", "shown") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-56fb-7478-bdd1-b7931fddbf2a', 'issue', 14, '98651082ab89c3f1b50f35caf794179f', '01a22a1c-1ec6-717b-bbcb-57f9c49c8cbe', 4, '7C010A8C7Y9C', '01a22a1c-1c8c-742e-9e14-772977bb58bd', '5D20C7B1', '01a22a1c-56fb-7478-bdd1-bb722149ddfb', '6b06e8a91db39ccff502df0b15495a06e5f4f73ffb0317b3a0ac862df23d9450', 1796002830075, 1796002950075, 0, 'waiting', 1796002830075, NULL, 'granted', '{"nonce":"8f5a4b31-e836-4670-a26a-7270a0797ba7","agentId":"01a22a1c-1c8c-742e-9e14-772977bb58bd","session":1,"instance":"55630c5d-dbf5-43f4-8c3d-cfb2b07633e8","serial":"5D20C7B1","before":"factory:000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000","target":"keyed:010108011ed341fed642785f0000000701c8bf3a04134c5f01c8bf4680b92d76dada7adbf05e1a0a3ce2e830bfa8c19e","at":1796002830105,"life":1}', NULL, NULL, 0, NULL);
INSERT INTO audit ("property_id", "number", "at", "action", "actor", "operation_id", "details", "hash") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', 1, 1796002815070, 'property-changed', 'operator', NULL, '{"demo":true}', '49d1ced336c51cb978bc4e06ab659835958e71476739c212f55b07ac09a39401');
INSERT INTO audit ("property_id", "number", "at", "action", "actor", "operation_id", "details", "hash") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', 2, 1796002824592, 'operation-accepted', 'account 98651082ab89c3f1b50f35caf794179f', '01a22a1c-4190-720d-ad3b-3a68bcd6b424', '{"kind":"cancel","member":"01a22a1c-1ec6-717b-bbcb-57f9c49c8cbe","encoder":"7C778A6C7D9C","serial":"4567","room":"01a22a1c-1c97-7304-afd4-90063deb4ef0"}', 'be1e43166defdf282aec899db1ede51113f86db6e1f3b0ebc368efcf6ec44eeb');
INSERT INTO audit ("property_id", "number", "at", "action", "actor", "operation_id", "details", "hash") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', 3, 1796002824913, 'operation-granted', 'agent 01a22a1c-1c8c-742e-9e14-772977bb58bd', '01a22a1c-4190-720d-ad3b-3a68bcd6b424', '{"kind":"cancel","state":"granted","serial":"4567","nonce":"0cb0312a-de0d-48d2-836a-333a31af8a7f","before":"keyed:010108011ed341fed642785f0000000701c8b99a01d0c46401c8b9a42dec246d17e3bd986c4deabdbf88fe5d0195b4e4","target":"factory:000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"}', '8e5b37addee73b9de7f7b05f3e98d264f720053ebeaafbbad5b1827b042319c6');
INSERT INTO audit ("property_id", "number", "at", "action", "actor", "operation_id", "details", "hash") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', 4, 1796002825244, 'operation-settled', 'agent 01a22a1c-1c8c-742e-9e14-772977bb58bd', '01a22a1c-4190-720d-ad3b-3a68bcd6b424', '{"kind":"cancel","state":"succeeded","serial":"4567","nonce":"0cb0312a-de0d-48d2-836a-333a31af8a7f","before":"keyed:010108011ed341fed642785f0000000701c8b99a01d0c46401c8b9a42dec246d17e3bd986c4deabdbf88fe5d0195b4e4","target":"factory:000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"}', '5b5b34d7f5d58fb420e1f6d6dde17aff11eb248ddef97a6e804b213c4b35737a');
INSERT INTO audit ("property_id", "number", "at", "action", "actor", "operation_id", "details", "hash") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', 5, 1796002825634, 'operation-accepted', 'account 98651082ab89c3f1b50f35caf794179f', '01a22a1c-45a2-76e6-8bef-df92aadaedea', '{"kind":"issue","member":"01a22a1c-1ec6-717b-bbcb-57f9c49c8cbe","encoder":"7C778A6C7D9C","room":"01a22a1c-1c97-7304-afd4-90063deb4ef0","validUntil":4102415940000,"flags":8}', '2389e0d003e5ca1a338a7a6afe4fccb54da9cf5e52dd9afccb57f4bbea243e23');
INSERT INTO audit ("property_id", "number", "at", "action", "actor", "operation_id", "details", "hash") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', 6, 1796002825688, 'operation-granted', 'agent 01a22a1c-1c8c-742e-9e14-772977bb58bd', '01a22a1c-45a2-76e6-8bef-df92aadaedea', '{"kind":"issue","state":"granted","serial":"8F42E9D3","nonce":"80540138-ff30-40e7-889d-4770ac67fc0a","before":"factory:000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000","target":"keyed:010108011ed341fed642785f0000000701c8bf3a04134c5f01c8bf444cd85a805894d6d47c9ed81cc54f25495654a67d"}', 'c2b687a3967f9340dc00a89da35b0221723cf5ba0d5d0df29194b1e8ef17c8a8');
INSERT INTO audit ("property_id", "number", "at", "action", "actor", "operation_id", "details", "hash") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', 7, 1796002825782, 'operation-settled', 'agent 01a22a1c-1c8c-742e-9e14-772977bb58bd', '01a22a1c-45a2-76e6-8bef-df92aadaedea', '{"kind":"issue","state":"succeeded","serial":"8F42E9D3","nonce":"80540138-ff30-40e7-889d-4770ac67fc0a","before":"factory:000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000","target":"keyed:010108011ed341fed642785f0000000701c8bf3a04134c5f01c8bf444cd85a805894d6d47c9ed81cc54f25495654a67d"}', '904c39f00102f9f0b7d1abe664cf5240402ecdedf5938bbdb0237382566aa3dd');
INSERT INTO audit ("property_id", "number", "at", "action", "actor", "operation_id", "details", "hash") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', 8, 1796002827441, 'operation-accepted', 'account 98651082ab89c3f1b50f35caf794179f', '01a22a1c-4cb1-704c-a6c8-6482b5fc7d78', '{"kind":"issue","member":"01a22a1c-1ec6-717b-bbcb-57f9c49c8cbe","encoder":"7C778A6C7D9C","room":"01a22a1c-1c97-7304-afd4-90063deb4ef0","validUntil":4102415940000,"flags":8}', '77b7b2a0fd0dd67c11b995eb19c19963a22afa81ecdbfb31c5332dbb42b4d023');
INSERT INTO audit ("property_id", "number", "at", "action", "actor", "operation_id", "details", "hash") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', 9, 1796002827505, 'operation-granted', 'agent 01a22a1c-1c8c-742e-9e14-772977bb58bd', '01a22a1c-4cb1-704c-a6c8-6482b5fc7d78', '{"kind":"issue","state":"granted","serial":"0418D59198CC87","nonce":"e24f79cf-f868-4d2f-99ae-096212a5c2e9","before":"factory:000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000","target":"keyed:010108011ed341fed642785f0000000701c8bf3a04134c5f01c8bf4505f81a0dadebfb2fb4e5cae4e9f3bb85499d0fc9"}', '95b090fc09432cc2cabc1cddff907ae2fb8b249541f77c86db7e910d1eb4f58f');
INSERT INTO audit ("property_id", "number", "at", "action", "actor", "operation_id", "details", "hash") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', 10, 1796002827604, 'operation-unknown', 'agent 01a22a1c-1c8c-742e-9e14-772977bb58bd', '01a22a1c-4cb1-704c-a6c8-6482b5fc7d78', '{"kind":"issue","state":"unknown","serial":"0418D59198CC87","cause":"outcome-unknown","nonce":"e24f79cf-f868-4d2f-99ae-096212a5c2e9","before":"factory:000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000","target":"keyed:010108011ed341fed642785f0000000701c8bf3a04134c5f01c8bf4505f81a0dadebfb2fb4e5cae4e9f3bb85499d0fc9"}', '7274d9cdd59e72e3d9085a21d06dd41dde696428c8badd157700e92b830c12e5');
INSERT INTO audit ("property_id", "number", "at", "action", "actor", "operation_id", "details", "hash") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', 11, 1796002829281, 'operation-accepted', 'account 98651082ab89c3f1b50f35caf794179f', '01a22a1c-53e1-7235-bd4b-5728f7565685', '{"kind":"issue","member":"01a22a1c-1ec6-717b-bbcb-57f9c49c8cbe","encoder":"7C778A6C7D9C","room":"01a22a1c-1c97-7304-afd4-90063deb4ef0","validUntil":4102415940000,"flags":8}', '2adedcd7325b6c9e613b42183f70aab2fc83435a9266ce9c1e139987bfd5106e');
INSERT INTO audit ("property_id", "number", "at", "action", "actor", "operation_id", "details", "hash") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', 12, 1796002829475, 'operation-accepted', 'account 98651082ab89c3f1b50f35caf794179f', '01a22a1c-54a3-73b5-9245-efc9bb11f744', '{"kind":"cancel","member":"01a22a1c-1ec6-717b-bbcb-57f9c49c8cbe","encoder":"7C778A6C7D9C","serial":"8F42E9D3","room":"01a22a1c-1c97-7304-afd4-90063deb4ef0"}', '80d61068bab8efdc51d9c48aed8020101ece9f327571a451bfd0b22c04b57792');
INSERT INTO audit ("property_id", "number", "at", "action", "actor", "operation_id", "details", "hash") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', 13, 1796002829773, 'operation-accepted', 'account 98651082ab89c3f1b50f35caf794179f', '01a22a1c-55cd-710e-93f4-264dec3ab3ef', '{"kind":"read","member":"01a22a1c-1ec6-717b-bbcb-57f9c49c8cbe","encoder":"7C778A6C7D9C"}', '8b0bbe3dfa86b239fc28b791a67f01602b4a9f0e6e2b5de24e7180afc1756f82');
INSERT INTO audit ("property_id", "number", "at", "action", "actor", "operation_id", "details", "hash") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', 14, 1796002830075, 'operation-accepted', 'account 98651082ab89c3f1b50f35caf794179f', '01a22a1c-56fb-7478-bdd1-b7931fddbf2a', '{"kind":"issue","member":"01a22a1c-1ec6-717b-bbcb-57f9c49c8cbe","encoder":"7C010A8C7Y9C","room":"01a22a1c-1c97-7304-afd4-90063deb4ef0","validUntil":4102415940000,"flags":8}', '1161735ff17ee04493058ba796be9a7adc775242aae3547e4d6b160591fcd7e5');
INSERT INTO audit ("property_id", "number", "at", "action", "actor", "operation_id", "details", "hash") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', 15, 1796002830105, 'operation-granted', 'agent 01a22a1c-1c8c-742e-9e14-772977bb58bd', '01a22a1c-56fb-7478-bdd1-b7931fddbf2a', '{"kind":"issue","state":"granted","serial":"5D20C7B1","nonce":"8f5a4b31-e836-4670-a26a-7270a0797ba7","before":"factory:000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000","target":"keyed:010108011ed341fed642785f0000000701c8bf3a04134c5f01c8bf4680b92d76dada7adbf05e1a0a3ce2e830bfa8c19e"}', 'df355da75c3218041a31bb3d0b0cf21cea38745136b6fe24e2699f9febee84c6');
INSERT INTO room_events ("property_id", "id", "room_id", "at", "kind", "serial", "record_id", "member_id") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-4190-720d-ad3b-3a68bcd6b424 cancelled 01a22a1c-1cb4-7014-a3e2-9b90ba340204', '01a22a1c-1c97-7304-afd4-90063deb4ef0', 1796002825244, 'cancelled', '4567', '01a22a1c-1cb4-7014-a3e2-9b90ba340204', '01a22a1c-1ec6-717b-bbcb-57f9c49c8cbe');
INSERT INTO room_events ("property_id", "id", "room_id", "at", "kind", "serial", "record_id", "member_id") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-45a2-76e6-8bef-df92aadaedea issued 01a22a1c-45a2-76e6-8bef-e3442c88c013', '01a22a1c-1c97-7304-afd4-90063deb4ef0', 1796002825782, 'issued', '8F42E9D3', '01a22a1c-45a2-76e6-8bef-e3442c88c013', '01a22a1c-1ec6-717b-bbcb-57f9c49c8cbe');
INSERT INTO agent_visits ("property_id", "agent_id", "software", "seen_at") VALUES ('01a22a1c-1c71-718c-9e5c-deda8c5c6b3b', '01a22a1c-1c8c-742e-9e14-772977bb58bd', 'keyrack-agent 0.1.0', 1796002823822);
