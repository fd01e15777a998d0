-- The tables of schema.ts: times are Unix milliseconds, structures JSON text. Texts sort by their bytes, and null first, as in
-- every engine. Unique constraints are checked at the end of a transaction, so that a group may hand a value from one row to another.

CREATE TABLE "api_keys" (
  "id" text COLLATE "C" NOT NULL,
  "lookup" text COLLATE "C" NOT NULL,
  "secret_hash" text COLLATE "C" NOT NULL,
  "name" text COLLATE "C" NOT NULL,
  "scopes" text COLLATE "C" NOT NULL,
  "properties" text COLLATE "C",
  "owner_key" boolean NOT NULL,
  "created_at" bigint NOT NULL,
  "expires_at" bigint,
  "revoked_at" bigint,
  PRIMARY KEY ("id"),
  CONSTRAINT "api_keys_by_lookup" UNIQUE ("lookup") DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE "api_key_visits" (
  "id" text COLLATE "C" NOT NULL,
  "last_used_at" bigint NOT NULL,
  PRIMARY KEY ("id")
);

CREATE TABLE "idempotency_keys" (
  "credential" text COLLATE "C" NOT NULL,
  "key" text COLLATE "C" NOT NULL,
  "request" text COLLATE "C" NOT NULL,
  "at" bigint NOT NULL,
  "result" text COLLATE "C" NOT NULL,
  "has_secret" boolean NOT NULL,
  "sealed_secret" text COLLATE "C",
  PRIMARY KEY ("credential", "key")
);
CREATE INDEX "idempotency_keys_by_age" ON "idempotency_keys" ("at", "credential", "key");
CREATE INDEX "idempotency_keys_with_secret" ON "idempotency_keys" ("at", "credential", "key") WHERE "has_secret" IN (true);

CREATE TABLE "links" (
  "subject" text COLLATE "C" NOT NULL,
  "use" text COLLATE "C" NOT NULL,
  "lookup" text COLLATE "C" NOT NULL,
  "token_hash" text COLLATE "C" NOT NULL,
  "expires_at" bigint NOT NULL,
  "made_by" text COLLATE "C",
  PRIMARY KEY ("subject"),
  CONSTRAINT "links_by_lookup" UNIQUE ("lookup") DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX "links_by_end" ON "links" ("expires_at", "subject");

CREATE TABLE "persons" (
  "id" text COLLATE "C" NOT NULL,
  "name" text COLLATE "C" NOT NULL,
  "area_code" text COLLATE "C",
  "mobile" text COLLATE "C",
  "email" text COLLATE "C",
  "password_hash" text COLLATE "C" NOT NULL,
  "owner" boolean NOT NULL,
  "version" bigint NOT NULL,
  "created_at" bigint NOT NULL,
  PRIMARY KEY ("id"),
  CONSTRAINT "persons_by_mobile" UNIQUE ("area_code", "mobile") DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "persons_by_email" UNIQUE ("email") DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX "persons_by_mobile_order" ON "persons" ("area_code" NULLS FIRST, "mobile" NULLS FIRST, "id");
CREATE INDEX "persons_by_email_order" ON "persons" ("email" NULLS FIRST, "id");

CREATE TABLE "joined_members" (
  "property_id" text COLLATE "C" NOT NULL,
  "member_id" text COLLATE "C" NOT NULL,
  "person_id" text COLLATE "C" NOT NULL,
  "at" bigint NOT NULL,
  PRIMARY KEY ("property_id", "member_id"),
  CONSTRAINT "joined_members_by_person" UNIQUE ("person_id", "property_id", "member_id") DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE "authenticators" (
  "person_id" text COLLATE "C" NOT NULL,
  "sealed_secret" text COLLATE "C" NOT NULL,
  "state" text COLLATE "C" NOT NULL,
  "last_step" bigint NOT NULL,
  "created_at" bigint NOT NULL,
  "last_used_at" bigint,
  PRIMARY KEY ("person_id")
);

CREATE TABLE "passkeys" (
  "id" text COLLATE "C" NOT NULL,
  "person_id" text COLLATE "C" NOT NULL,
  "credential_id" text COLLATE "C" NOT NULL,
  "public_key" text COLLATE "C" NOT NULL,
  "counter" bigint NOT NULL,
  "transports" text COLLATE "C" NOT NULL,
  "host" text COLLATE "C" NOT NULL,
  "name" text COLLATE "C" NOT NULL,
  "created_at" bigint NOT NULL,
  "last_used_at" bigint,
  PRIMARY KEY ("id"),
  CONSTRAINT "passkeys_by_credential" UNIQUE ("credential_id") DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX "passkeys_by_person" ON "passkeys" ("person_id", "created_at", "id");

CREATE TABLE "recovery_codes" (
  "person_id" text COLLATE "C" NOT NULL,
  "hashes" text COLLATE "C" NOT NULL,
  "created_at" bigint NOT NULL,
  PRIMARY KEY ("person_id")
);

CREATE TABLE "sessions" (
  "id" text COLLATE "C" NOT NULL,
  "lookup" text COLLATE "C" NOT NULL,
  "secret_hash" text COLLATE "C" NOT NULL,
  "subject" text COLLATE "C" NOT NULL,
  "of" text COLLATE "C" NOT NULL,
  "state" text COLLATE "C" NOT NULL,
  "created_at" bigint NOT NULL,
  "last_used_at" bigint NOT NULL,
  "expires_at" bigint NOT NULL,
  "from" text COLLATE "C" NOT NULL,
  "client" text COLLATE "C",
  PRIMARY KEY ("id"),
  CONSTRAINT "sessions_by_lookup" UNIQUE ("lookup") DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX "sessions_by_subject" ON "sessions" ("subject", "created_at", "id");
CREATE INDEX "sessions_by_end" ON "sessions" ("expires_at", "id");

CREATE TABLE "facts" (
  "name" text COLLATE "C" NOT NULL,
  "value" text COLLATE "C" NOT NULL,
  PRIMARY KEY ("name")
);

CREATE TABLE "accounts" (
  "sid" text COLLATE "C" NOT NULL,
  "name" text COLLATE "C" NOT NULL,
  "sealed_token" text COLLATE "C" NOT NULL,
  "state" text COLLATE "C" NOT NULL,
  "address_ranges" text COLLATE "C" NOT NULL,
  "room_card_api" boolean NOT NULL,
  "signature_a" boolean NOT NULL,
  "previous_token" text COLLATE "C",
  "previous_until" bigint,
  PRIMARY KEY ("sid")
);

CREATE TABLE "account_properties" (
  "property_id" text COLLATE "C" NOT NULL,
  "account_sid" text COLLATE "C" NOT NULL,
  PRIMARY KEY ("property_id", "account_sid"),
  CONSTRAINT "account_properties_by_account" UNIQUE ("account_sid", "property_id") DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE "properties" (
  "id" text COLLATE "C" NOT NULL,
  "number" text COLLATE "C" NOT NULL,
  "name" text COLLATE "C" NOT NULL,
  "time_zone" text COLLATE "C" NOT NULL,
  "card_keys" text COLLATE "C" NOT NULL,
  "check_out_time" text COLLATE "C" NOT NULL,
  PRIMARY KEY ("id"),
  CONSTRAINT "properties_by_number" UNIQUE ("number") DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE "buildings" (
  "property_id" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "no" text COLLATE "C" NOT NULL,
  "name" text COLLATE "C" NOT NULL,
  PRIMARY KEY ("property_id", "id"),
  CONSTRAINT "buildings_by_no" UNIQUE ("property_id", "no") DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE "floors" (
  "property_id" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "building_id" text COLLATE "C" NOT NULL,
  "no" text COLLATE "C" NOT NULL,
  "name" text COLLATE "C" NOT NULL,
  PRIMARY KEY ("property_id", "id"),
  CONSTRAINT "floors_by_no" UNIQUE ("property_id", "building_id", "no") DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE "rooms" (
  "property_id" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "building_id" text COLLATE "C" NOT NULL,
  "floor_id" text COLLATE "C" NOT NULL,
  "no" text COLLATE "C" NOT NULL,
  "name" text COLLATE "C" NOT NULL,
  "lock_type" text COLLATE "C" NOT NULL,
  "lock_number" bigint NOT NULL,
  "sequence" bigint NOT NULL,
  "gateway" boolean NOT NULL,
  "joined_no" text COLLATE "C" NOT NULL,
  PRIMARY KEY ("property_id", "id"),
  CONSTRAINT "rooms_by_no" UNIQUE ("property_id", "floor_id", "no") DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "rooms_by_joined_no" UNIQUE ("property_id", "joined_no") DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "rooms_by_lock_number" UNIQUE ("property_id", "lock_number") DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE "programmed_locks" (
  "property_id" text COLLATE "C" NOT NULL,
  "room_id" text COLLATE "C" NOT NULL,
  "key_version" bigint NOT NULL,
  "at" bigint NOT NULL,
  PRIMARY KEY ("property_id", "room_id")
);

CREATE TABLE "retired_locks" (
  "property_id" text COLLATE "C" NOT NULL,
  "lock_number" bigint NOT NULL,
  "room_id" text COLLATE "C" NOT NULL,
  "at" bigint NOT NULL,
  PRIMARY KEY ("property_id", "lock_number")
);

CREATE TABLE "guest_rules" (
  "property_id" text COLLATE "C" NOT NULL,
  "kept_days" bigint,
  PRIMARY KEY ("property_id")
);

CREATE TABLE "members" (
  "property_id" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "name" text COLLATE "C" NOT NULL,
  "role" text COLLATE "C" NOT NULL,
  "area_code" text COLLATE "C",
  "mobile" text COLLATE "C",
  "email" text COLLATE "C",
  "password_hash" text COLLATE "C" NOT NULL,
  "issuing_permission" boolean NOT NULL,
  "active" boolean NOT NULL,
  "version" bigint NOT NULL,
  PRIMARY KEY ("property_id", "id"),
  CONSTRAINT "members_by_mobile" UNIQUE ("property_id", "area_code", "mobile") DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "members_by_email" UNIQUE ("property_id", "email") DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX "members_by_mobile_order" ON "members" ("property_id", "area_code" NULLS FIRST, "mobile" NULLS FIRST, "id");
CREATE INDEX "members_by_email_order" ON "members" ("property_id", "email" NULLS FIRST, "id");
CREATE INDEX "members_administrators" ON "members" ("property_id", "id") WHERE "role" IN ('administrator') AND "active" IN (true);

CREATE TABLE "member_visits" (
  "property_id" text COLLATE "C" NOT NULL,
  "member_id" text COLLATE "C" NOT NULL,
  "last_active_at" bigint NOT NULL,
  PRIMARY KEY ("property_id", "member_id")
);

CREATE TABLE "agents" (
  "property_id" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "name" text COLLATE "C" NOT NULL,
  "token_hash" text COLLATE "C",
  "public_key" text COLLATE "C",
  "state" text COLLATE "C" NOT NULL,
  "session" bigint NOT NULL,
  "instance" text COLLATE "C",
  "journal" text COLLATE "C",
  "cursor" text COLLATE "C",
  "attention" text COLLATE "C",
  "given_name" text COLLATE "C",
  "forgotten" boolean NOT NULL,
  PRIMARY KEY ("property_id", "id"),
  CONSTRAINT "agents_by_id" UNIQUE ("id") DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE "agent_visits" (
  "property_id" text COLLATE "C" NOT NULL,
  "agent_id" text COLLATE "C" NOT NULL,
  "software" text COLLATE "C" NOT NULL,
  "seen_at" bigint NOT NULL,
  "protocol" bigint,
  "standing" text COLLATE "C" NOT NULL,
  PRIMARY KEY ("property_id", "agent_id")
);

CREATE TABLE "agent_absences" (
  "property_id" text COLLATE "C" NOT NULL,
  "agent_id" text COLLATE "C" NOT NULL,
  "since" bigint NOT NULL,
  "told" boolean NOT NULL,
  PRIMARY KEY ("property_id", "agent_id")
);
CREATE INDEX "agent_absences_untold" ON "agent_absences" ("since", "property_id", "agent_id") WHERE "told" IN (false);

CREATE TABLE "retired_journals" (
  "property_id" text COLLATE "C" NOT NULL,
  "agent_id" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "retired_at" bigint NOT NULL,
  PRIMARY KEY ("property_id", "agent_id", "id")
);

CREATE TABLE "pairing_codes" (
  "lookup" text COLLATE "C" NOT NULL,
  "property_id" text COLLATE "C" NOT NULL,
  "code_hash" text COLLATE "C" NOT NULL,
  "replaces" text COLLATE "C",
  "expires_at" bigint NOT NULL,
  PRIMARY KEY ("lookup")
);

CREATE TABLE "encoders" (
  "property_id" text COLLATE "C" NOT NULL,
  "mac" text COLLATE "C" NOT NULL,
  "id" bigint NOT NULL,
  "name" text COLLATE "C" NOT NULL,
  "agent_id" text COLLATE "C",
  "for_signed_in" boolean NOT NULL,
  "unlifted" text COLLATE "C" NOT NULL,
  "ownership" text COLLATE "C" NOT NULL,
  "used" boolean NOT NULL,
  "given_name" text COLLATE "C",
  "chosen" boolean,
  "forgotten" boolean NOT NULL,
  "simulated" boolean NOT NULL,
  PRIMARY KEY ("property_id", "mac"),
  CONSTRAINT "encoders_by_id" UNIQUE ("property_id", "id") DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX "encoders_by_agent" ON "encoders" ("property_id", "agent_id" NULLS FIRST, "mac");

CREATE TABLE "encoder_claims" (
  "property_id" text COLLATE "C" NOT NULL,
  "mac" text COLLATE "C" NOT NULL,
  "agent_id" text COLLATE "C" NOT NULL,
  "place" bigint NOT NULL,
  "name" text COLLATE "C" NOT NULL,
  "for_signed_in" boolean NOT NULL,
  "simulated" boolean NOT NULL,
  PRIMARY KEY ("property_id", "mac", "agent_id")
);
CREATE INDEX "encoder_claims_by_mac" ON "encoder_claims" ("property_id", "mac", "place", "agent_id");
CREATE INDEX "encoder_claims_by_agent" ON "encoder_claims" ("property_id", "agent_id", "mac");

CREATE TABLE "sign_ins" (
  "property_id" text COLLATE "C" NOT NULL,
  "member_id" text COLLATE "C" NOT NULL,
  "agent_id" text COLLATE "C" NOT NULL,
  "at" bigint NOT NULL,
  "last_active_at" bigint NOT NULL,
  PRIMARY KEY ("property_id", "member_id")
);
CREATE INDEX "sign_ins_by_agent" ON "sign_ins" ("property_id", "agent_id", "member_id");

CREATE TABLE "cards" (
  "property_id" text COLLATE "C" NOT NULL,
  "serial" text COLLATE "C" NOT NULL,
  "plastic" text COLLATE "C" NOT NULL,
  "content" text COLLATE "C",
  "known_in_life" bigint NOT NULL,
  "record_id" text COLLATE "C",
  "last_granted" text COLLATE "C",
  "damaged_by" text COLLATE "C",
  PRIMARY KEY ("property_id", "serial")
);
CREATE INDEX "cards_in_doubt" ON "cards" ("property_id", "plastic", "serial") WHERE "plastic" IN ('damaged', 'unknown');

CREATE TABLE "card_records" (
  "property_id" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "serial" text COLLATE "C",
  "room_id" text COLLATE "C" NOT NULL,
  "status" text COLLATE "C" NOT NULL,
  "valid_from" bigint NOT NULL,
  "valid_until" bigint NOT NULL,
  "sequence" bigint NOT NULL,
  "flags" bigint NOT NULL,
  "key_version" bigint NOT NULL,
  "owner" text COLLATE "C",
  "owner_gender" text COLLATE "C",
  "owner_area_code" text COLLATE "C",
  "owner_mobile" text COLLATE "C",
  "issued_at" bigint NOT NULL,
  "ended_at" bigint,
  "begun" boolean NOT NULL,
  "guest" text COLLATE "C" NOT NULL,
  "same_as" text COLLATE "C",
  "holder" text COLLATE "C" NOT NULL,
  PRIMARY KEY ("property_id", "id")
);
CREATE INDEX "card_records_by_sequence" ON "card_records" ("property_id", "room_id", "sequence", "id");
CREATE INDEX "card_records_issued_by_sequence" ON "card_records" ("property_id", "room_id", "sequence", "id") WHERE "status" IN ('active', 'superseded', 'lost', 'cancelled') AND "begun" IN (true);
CREATE INDEX "card_records_active_by_sequence" ON "card_records" ("property_id", "room_id", "sequence", "id") WHERE "status" IN ('active') AND "begun" IN (true);
CREATE INDEX "card_records_pending_by_sequence" ON "card_records" ("property_id", "room_id", "sequence", "id") WHERE "status" IN ('pending') AND "begun" IN (true);
CREATE INDEX "card_records_upcoming_due" ON "card_records" ("valid_from", "property_id", "id") WHERE "status" IN ('pending', 'active', 'lost') AND "begun" IN (false);
CREATE INDEX "card_records_upcoming_by_room" ON "card_records" ("property_id", "room_id", "valid_from", "id") WHERE "status" IN ('pending', 'active', 'lost') AND "begun" IN (false);
CREATE INDEX "card_records_active_by_serial" ON "card_records" ("property_id", "serial" NULLS FIRST, "id") WHERE "status" IN ('active');
CREATE INDEX "card_records_by_serial" ON "card_records" ("property_id", "serial" NULLS FIRST, "issued_at", "id");
CREATE INDEX "card_records_kept_by_end" ON "card_records" ("property_id", "valid_until", "id") WHERE "holder" IN ('kept');
CREATE INDEX "card_records_kept_by_mobile" ON "card_records" ("property_id", "owner_area_code" NULLS FIRST, "owner_mobile" NULLS FIRST, "id") WHERE "holder" IN ('kept');
CREATE INDEX "card_records_out_by_end" ON "card_records" ("property_id", "valid_until", "id") WHERE "status" IN ('pending', 'active', 'superseded', 'lost');
CREATE INDEX "card_records_ended_by_end" ON "card_records" ("property_id", "room_id", "valid_until", "id") WHERE "status" IN ('superseded', 'lost');
CREATE INDEX "card_records_failed_by_end" ON "card_records" ("property_id", "room_id", "valid_until", "id") WHERE "status" IN ('void');

CREATE TABLE "operations" (
  "property_id" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "kind" text COLLATE "C" NOT NULL,
  "place" bigint NOT NULL,
  "account_sid" text COLLATE "C",
  "member_id" text COLLATE "C" NOT NULL,
  "card_type" bigint NOT NULL,
  "encoder" text COLLATE "C" NOT NULL,
  "agent_id" text COLLATE "C" NOT NULL,
  "serial" text COLLATE "C",
  "record_id" text COLLATE "C",
  "request" text COLLATE "C" NOT NULL,
  "accepted_at" bigint NOT NULL,
  "deadline" bigint NOT NULL,
  "held" boolean NOT NULL,
  "caller" text COLLATE "C" NOT NULL,
  "caller_at" bigint NOT NULL,
  "reading" text COLLATE "C",
  "state" text COLLATE "C" NOT NULL,
  "grant" text COLLATE "C",
  "cause" text COLLATE "C",
  "settled_at" bigint,
  "opened" boolean NOT NULL,
  "shown" text COLLATE "C",
  PRIMARY KEY ("property_id", "id")
);
CREATE INDEX "operations_open_by_encoder" ON "operations" ("property_id", "encoder", "place") WHERE "state" IN ('accepted', 'granted');
CREATE INDEX "operations_open_by_agent" ON "operations" ("property_id", "agent_id", "place") WHERE "state" IN ('accepted', 'granted');
CREATE INDEX "operations_accepted_due" ON "operations" ("deadline", "property_id", "id") WHERE "state" IN ('accepted') AND "held" IN (false);
CREATE INDEX "operations_unsettled_by_serial" ON "operations" ("property_id", "serial" NULLS FIRST, "place") WHERE "state" IN ('granted', 'unknown');
CREATE INDEX "operations_unknown" ON "operations" ("property_id", "place") WHERE "state" IN ('unknown');
CREATE INDEX "operations_expired_by_encoder" ON "operations" ("property_id", "encoder", "place") WHERE "state" IN ('expired');
CREATE INDEX "operations_by_request" ON "operations" ("property_id", "request", "place");
CREATE INDEX "operations_not_heard" ON "operations" ("property_id", "place") WHERE "caller" IN ('waiting') AND "state" IN ('accepted', 'granted', 'unknown', 'rejected', 'damaged', 'expired', 'withdrawn', 'written-off');
CREATE INDEX "operations_issued_not_heard" ON "operations" ("property_id", "place") WHERE "caller" IN ('waiting') AND "kind" IN ('issue') AND "state" IN ('succeeded');

CREATE TABLE "copy_sets" (
  "property_id" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "of" bigint NOT NULL,
  "operations" text COLLATE "C" NOT NULL,
  "record_id" text COLLATE "C" NOT NULL,
  "state" text COLLATE "C" NOT NULL,
  "cause" text COLLATE "C",
  "member_id" text COLLATE "C" NOT NULL,
  "doer" text COLLATE "C" NOT NULL,
  "encoder" text COLLATE "C" NOT NULL,
  "wait_ms" bigint NOT NULL,
  "idle_ms" bigint NOT NULL,
  "epoch" bigint NOT NULL,
  "begun_at" bigint NOT NULL,
  "ended_at" bigint,
  PRIMARY KEY ("property_id", "id")
);
CREATE INDEX "copy_sets_running" ON "copy_sets" ("property_id", "id") WHERE "state" IN ('running');

CREATE TABLE "copies" (
  "property_id" text COLLATE "C" NOT NULL,
  "operation_id" text COLLATE "C" NOT NULL,
  "set" text COLLATE "C" NOT NULL,
  "number" bigint NOT NULL,
  "of" bigint NOT NULL,
  PRIMARY KEY ("property_id", "operation_id")
);

CREATE TABLE "room_events" (
  "property_id" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "room_id" text COLLATE "C" NOT NULL,
  "at" bigint NOT NULL,
  "kind" text COLLATE "C" NOT NULL,
  "serial" text COLLATE "C",
  "record_id" text COLLATE "C" NOT NULL,
  "member_id" text COLLATE "C",
  PRIMARY KEY ("property_id", "id")
);
CREATE INDEX "room_events_by_room" ON "room_events" ("property_id", "room_id", "at", "id");

CREATE TABLE "audit" (
  "property_id" text COLLATE "C" NOT NULL,
  "number" bigint NOT NULL,
  "at" bigint NOT NULL,
  "action" text COLLATE "C" NOT NULL,
  "actor" text COLLATE "C" NOT NULL,
  "operation_id" text COLLATE "C",
  "details" text COLLATE "C" NOT NULL,
  "hash" text COLLATE "C" NOT NULL,
  PRIMARY KEY ("property_id", "number")
);
CREATE INDEX "audit_superseded_by_operation" ON "audit" ("property_id", "operation_id" NULLS FIRST, "number") WHERE "action" IN ('card-superseded');
CREATE INDEX "audit_unknown_by_operation" ON "audit" ("property_id", "operation_id" NULLS FIRST, "number") WHERE "action" IN ('operation-unknown');

CREATE TABLE "audit_personal" (
  "property_id" text COLLATE "C" NOT NULL,
  "number" bigint NOT NULL,
  "salt" text COLLATE "C" NOT NULL,
  "data" text COLLATE "C" NOT NULL,
  "delete_after" bigint NOT NULL,
  PRIMARY KEY ("property_id", "number")
);

CREATE TABLE "webhooks" (
  "property_id" text COLLATE "C" NOT NULL,
  "id" text COLLATE "C" NOT NULL,
  "url" text COLLATE "C" NOT NULL,
  "types" text COLLATE "C",
  "state" text COLLATE "C" NOT NULL,
  "disabled_why" text COLLATE "C",
  "sealed_secret" text COLLATE "C" NOT NULL,
  "previous_secret" text COLLATE "C",
  "previous_until" bigint,
  "created_at" bigint NOT NULL,
  PRIMARY KEY ("property_id", "id")
);

CREATE TABLE "webhook_progress" (
  "property_id" text COLLATE "C" NOT NULL,
  "webhook_id" text COLLATE "C" NOT NULL,
  "cursor" bigint NOT NULL,
  "waiting" bigint NOT NULL,
  "delivered" bigint NOT NULL,
  "dead" bigint NOT NULL,
  "last_delivered_at" bigint,
  "failing_since" bigint,
  PRIMARY KEY ("property_id", "webhook_id")
);

CREATE TABLE "webhook_deliveries" (
  "property_id" text COLLATE "C" NOT NULL,
  "webhook_id" text COLLATE "C" NOT NULL,
  "number" bigint NOT NULL,
  "type" text COLLATE "C" NOT NULL,
  "state" text COLLATE "C" NOT NULL,
  "attempts" bigint NOT NULL,
  "first_at" bigint NOT NULL,
  "last_at" bigint NOT NULL,
  "next_at" bigint,
  "status" bigint,
  "problem" text COLLATE "C",
  "ms" bigint NOT NULL,
  PRIMARY KEY ("property_id", "webhook_id", "number")
);
CREATE INDEX "webhook_deliveries_waiting" ON "webhook_deliveries" ("property_id", "webhook_id", "next_at" NULLS FIRST, "number") WHERE "state" IN ('waiting');
CREATE INDEX "webhook_deliveries_delivered" ON "webhook_deliveries" ("property_id", "webhook_id", "number") WHERE "state" IN ('delivered');
CREATE INDEX "webhook_deliveries_dead" ON "webhook_deliveries" ("property_id", "webhook_id", "number") WHERE "state" IN ('dead');

-- A transaction sees the rows of the properties that it names, even where a statement forgets to.
DO $$
DECLARE of_properties text;
BEGIN
  FOR of_properties IN
    SELECT c.relname FROM pg_class c JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
      WHERE c.relnamespace = current_schema()::regnamespace AND a.attname = 'property_id'
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', of_properties);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', of_properties);
    EXECUTE format(
      'CREATE POLICY of_named_properties ON %I USING ((SELECT current_setting(''keyrack.properties'', true)) = ''*'' OR property_id = ANY ((SELECT string_to_array(current_setting(''keyrack.properties'', true), '',''))::text[]))',
      of_properties
    );
  END LOOP;
END $$;

-- Who runs the server reads and writes rows, and changes no table.
DO $$
BEGIN
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO %I', current_schema(), session_user);
  EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON migrations FROM %I', session_user);
END $$;
