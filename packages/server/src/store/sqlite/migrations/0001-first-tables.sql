-- The tables of schema.ts: times are Unix milliseconds, booleans 0 or 1, structures JSON text.
-- WITHOUT ROWID keeps a tenant's rows together in the order of their key. Operations are wide and have many
-- indexes, which are smaller with a rowid: a sixth more commits a second (docs/decisions/0002-store.md).

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
CREATE UNIQUE INDEX properties_by_number ON properties (number);

CREATE TABLE buildings (
  property_id TEXT NOT NULL,
  id TEXT NOT NULL,
  no TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (property_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX buildings_by_no ON buildings (property_id, no);

CREATE TABLE floors (
  property_id TEXT NOT NULL,
  id TEXT NOT NULL,
  building_id TEXT NOT NULL,
  no TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (property_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX floors_by_no ON floors (property_id, building_id, no);

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
CREATE UNIQUE INDEX rooms_by_no ON rooms (property_id, floor_id, no);
CREATE UNIQUE INDEX rooms_by_joined_no ON rooms (property_id, joined_no);
CREATE UNIQUE INDEX rooms_by_lock_number ON rooms (property_id, lock_number);

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
CREATE UNIQUE INDEX members_by_mobile ON members (property_id, area_code, mobile);
CREATE UNIQUE INDEX members_by_email ON members (property_id, email);

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
CREATE UNIQUE INDEX agents_by_id ON agents (id);

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
  for_signed_in INTEGER NOT NULL CHECK (for_signed_in IN (0, 1)),
  PRIMARY KEY (property_id, mac)
) STRICT, WITHOUT ROWID;
CREATE INDEX encoders_by_agent ON encoders (property_id, agent_id);
CREATE UNIQUE INDEX encoders_by_id ON encoders (property_id, id);

CREATE TABLE sign_ins (
  property_id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  agent_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  last_active_at INTEGER NOT NULL,
  PRIMARY KEY (property_id, member_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_ins_by_agent ON sign_ins (property_id, agent_id);

CREATE TABLE cards (
  property_id TEXT NOT NULL,
  serial TEXT NOT NULL,
  plastic TEXT NOT NULL,
  content TEXT,
  known_in_life INTEGER NOT NULL,
  record_id TEXT,
  last_granted TEXT,
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
CREATE INDEX card_records_by_room ON card_records (property_id, room_id, issued_at);
CREATE INDEX card_records_by_serial ON card_records (property_id, serial, issued_at);

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
  settled_at INTEGER,
  PRIMARY KEY (property_id, id)
) STRICT;
CREATE INDEX operations_by_encoder ON operations (property_id, encoder, state, place);
CREATE INDEX operations_by_agent ON operations (property_id, agent_id, state, place);
CREATE INDEX operations_by_serial ON operations (property_id, serial, state, place);
CREATE INDEX operations_by_request ON operations (property_id, request, place);
CREATE INDEX operations_by_state ON operations (property_id, state, place);
CREATE INDEX operations_due ON operations (state, deadline);

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
CREATE INDEX audit_by_operation ON audit (property_id, operation_id, number);

CREATE TABLE audit_personal (
  property_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  salt TEXT NOT NULL,
  data TEXT NOT NULL,
  delete_after INTEGER NOT NULL,
  PRIMARY KEY (property_id, number)
) STRICT, WITHOUT ROWID;
