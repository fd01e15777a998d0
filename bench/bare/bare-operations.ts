import { randomUUID } from 'node:crypto';
import { BLANK, CONTENT_BYTES, contentOf } from '@keyrack/protocol';
import { type AuditAction, type AuditRecord, chainAudit } from '@keyrack/server/domain/audit.ts';
import type { Database } from 'better-sqlite3';
import { type Row, wholeRows } from './whole-rows.ts';

/** Issues and cancels as nothing but their durable transactions. */
export interface BareOperations {
  /** Carries the next operation out, in three transactions, each on disk before the next. Returns their number. */
  carryOutOne(): number;
}

/** Encoders, rooms and cards that the operations go round among. */
const PLACES = 1_024;
const ISSUED = contentOf('keyed', new Uint8Array(CONTENT_BYTES).fill(7));
const PROPERTY = 'bare-property';
const AGENT = 'bare-agent';
const MEMBER = 'bare-member';
const ACCOUNT = 'bare-account';

/**
 * The yardstick of the road: what an operation reads and writes in its three transactions (accepted, granted, reported),
 * with statements that are compiled once, one transaction after the other. Rows are written whole, as the store did when the
 * yardstick was made: it stays as it is. A server that commits in groups, or writes less, can be faster than this.
 */
export function createBareOperations(db: Database): BareOperations {
  const { get, find, put } = wholeRows(db);
  prepareProperty(db, put);
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  let nth = 0;

  const inTransaction = (work: () => void) => {
    begin.run();
    work();
    commit.run();
  };
  const audit = (operation: Row, action: AuditAction, details: unknown): number => {
    const [last] = find.lastAudit(PROPERTY);
    const record = chainAudit(last && ({ number: last.number, hash: last.hash } as AuditRecord), {
      propertyId: PROPERTY,
      at: operation.accepted_at as number,
      action,
      actor: `account ${ACCOUNT}`,
      operationId: operation.id as string,
      details: JSON.stringify(details),
    });
    const { propertyId: property_id, operationId: operation_id, ...rest } = record;
    put('audit', { property_id, operation_id, ...rest });
    return record.number;
  };
  const readRequester = () => {
    get('members', PROPERTY, MEMBER);
    get('account_properties', PROPERTY, ACCOUNT);
    get('accounts', ACCOUNT);
  };

  return {
    carryOutOne: () => {
      const place = Math.floor(nth / 2) % PLACES;
      const kind = nth % 2 === 0 ? 'issue' : 'cancel';
      nth += 1;
      const now = Date.now();
      const id = `${now.toString(16).padStart(12, '0')}-${randomUUID()}`;
      const { room, mac, serial } = namesOf(place);
      const [before, target] = kind === 'issue' ? [BLANK, ISSUED] : [ISSUED, BLANK];

      inTransaction(() => {
        get('operations', PROPERTY, id);
        readRequester();
        const card = get('cards', PROPERTY, serial);
        const recordId = kind === 'issue' ? randomUUID() : (card?.record_id as string);
        if (kind === 'cancel') get('card_records', PROPERTY, recordId);
        get('rooms', PROPERTY, room);
        find.byRequest(PROPERTY, id);
        get('encoders', PROPERTY, mac);
        get('agents', PROPERTY, AGENT);
        find.openOperationsAt(PROPERTY, mac);
        const operation = newOperation({ id, kind, mac, serial: kind === 'issue' ? null : serial, recordId, now });
        const number = audit(operation, 'operation-accepted', { kind, member: MEMBER, encoder: mac, room, serial });
        put('operations', { ...operation, place: number });
        if (kind === 'issue') put('card_records', newRecord(recordId, room, now));
      });
      inTransaction(() => {
        get('agents', PROPERTY, AGENT);
        const card = get('cards', PROPERTY, serial);
        const operation = get('operations', PROPERTY, id) as Row;
        const encoder = get('encoders', PROPERTY, mac) as Row;
        find.openOperationsAt(PROPERTY, mac);
        readRequester();
        const record = get('card_records', PROPERTY, operation.record_id as string) as Row;
        const inRoom = get('rooms', PROPERTY, room) as Row;
        const nonce = randomUUID();
        const grant = { nonce, agentId: AGENT, session: 1, instance: id, serial, before, target, at: now, life: 1 };
        put('operations', { ...operation, state: 'granted', serial, grant: JSON.stringify(grant) });
        put('cards', { ...(card ?? newCard(serial)), last_granted: id });
        if (kind === 'issue') {
          put('card_records', { ...record, serial, sequence: nth, key_version: 1, issued_at: now });
          put('rooms', { ...inRoom, sequence: nth });
          put('encoders', { ...encoder, unlifted: JSON.stringify([{ operation: id, serial }]) });
        }
        audit(operation, 'operation-granted', { kind, state: 'granted', serial, nonce, before, target });
      });
      inTransaction(() => {
        const agent = get('agents', PROPERTY, AGENT) as Row;
        const operation = get('operations', PROPERTY, id) as Row;
        const card = get('cards', PROPERTY, serial) as Row;
        const record = get('card_records', PROPERTY, operation.record_id as string) as Row;
        const encoder = get('encoders', PROPERTY, mac) as Row;
        const isIssue = kind === 'issue';
        put('operations', { ...operation, state: 'succeeded', settled_at: now, caller: 'told' });
        const plastic = isIssue ? 'written' : 'erased';
        put('cards', { ...card, plastic, content: target, known_in_life: 1, record_id: operation.record_id ?? null });
        put('card_records', { ...record, status: isIssue ? 'active' : 'cancelled', ended_at: isIssue ? null : now });
        put('room_events', newEvent(operation, room, serial, now));
        if (!isIssue) put('encoders', { ...encoder, unlifted: '[]' });
        const number = audit(operation, 'operation-settled', { kind, state: 'succeeded', serial, before, target });
        put('agents', { ...agent, cursor: JSON.stringify({ number, hash: ISSUED.slice(0, 64) }) });
      });
      return 3;
    },
  };
}

function namesOf(place: number): { readonly room: string; readonly mac: string; readonly serial: string } {
  const digits = String(place).padStart(5, '0');
  return { room: `bare-room-${digits}`, mac: `ENCODER${digits}`, serial: `04000000${digits.padStart(6, '0')}` };
}

function newOperation(of: {
  readonly id: string;
  readonly kind: string;
  readonly mac: string;
  readonly serial: string | null;
  readonly recordId: string;
  readonly now: number;
}): Row {
  const { id, kind, mac, serial, recordId, now } = of;
  return {
    ...{ property_id: PROPERTY, id, kind, place: 0, account_sid: ACCOUNT, member_id: MEMBER, card_type: 4 },
    ...{ encoder: mac, agent_id: AGENT, serial, record_id: recordId, request: id, accepted_at: now },
    ...{ deadline: now + 20_000, held: 0, caller: 'waiting', caller_at: now, reading: null, state: 'accepted' },
    ...{ grant: null, cause: null, settled_at: null, opened: 0, shown: null },
  };
}

function newRecord(id: string, room: string, now: number): Row {
  return {
    ...{ property_id: PROPERTY, id, serial: null, room_id: room, status: 'pending', valid_from: now },
    ...{ valid_until: now + 86_400_000, sequence: 0, flags: 8, key_version: 0, owner: null, owner_gender: null },
    ...{ owner_area_code: null, owner_mobile: null, issued_at: now, ended_at: null },
  };
}

function newCard(serial: string): Row {
  return {
    ...{ property_id: PROPERTY, serial, plastic: 'unknown', content: null, known_in_life: 0, record_id: null },
    ...{ last_granted: null, damaged_by: null },
  };
}

function newEvent(operation: Row, room: string, serial: string, now: number): Row {
  const kind = operation.kind === 'issue' ? 'issued' : 'cancelled';
  return {
    ...{ property_id: PROPERTY, id: `${operation.id} ${kind} ${operation.record_id}`, room_id: room, at: now, kind },
    ...{ serial, record_id: operation.record_id ?? null, member_id: MEMBER },
  };
}

function prepareProperty(db: Database, put: (table: string, row: Row) => void): void {
  db.transaction(() => {
    put('properties', { id: PROPERTY, number: 'bare', name: 'Bare', time_zone: 'UTC', card_keys: '[]' });
    put('accounts', { sid: ACCOUNT, name: 'Bare', sealed_token: '', state: 'active' });
    put('account_properties', { property_id: PROPERTY, account_sid: ACCOUNT });
    const member = { property_id: PROPERTY, id: MEMBER, name: 'Member', role: 'receptionist', password_hash: '' };
    put('members', { ...member, issuing_permission: 1, active: 1, version: 1 });
    put('agents', { property_id: PROPERTY, id: AGENT, name: 'Desk', state: 'active', session: 1 });
    for (let place = 0; place < PLACES; place += 1) {
      const { room, mac } = namesOf(place);
      const named = {
        property_id: PROPERTY,
        id: room,
        building_id: 'building',
        floor_id: 'floor',
        no: room,
        name: room,
      };
      const lock = { lock_type: 'QRBLOCK', lock_number: place + 1, sequence: 0, gateway: 0, joined_no: room };
      put('rooms', { ...named, ...lock });
      const encoder = { property_id: PROPERTY, mac, id: place, name: mac, agent_id: AGENT, for_signed_in: 0 };
      put('encoders', { ...encoder, unlifted: '[]', ownership: 'settled' });
    }
  })();
}
