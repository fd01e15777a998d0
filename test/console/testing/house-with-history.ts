import type { AgentId, CardContent, InstanceId, Mac, Nonce, OperationId, Serial } from '@keyrack/protocol';
import { type AuditRecord, chainAudit } from '@keyrack/server/domain/audit.ts';
import type { Operation } from '@keyrack/server/domain/operation.ts';
import { newMember } from '@keyrack/server/domain/people.ts';
import { newAgent, newCardRecord, newEncoder, type Property } from '@keyrack/server/domain/places.ts';
import { newCard } from '@keyrack/server/domain/plastic.ts';
import type { TableRow } from '@keyrack/server/transactions/property/put-rows.ts';

/** The rows of a house that has worked for long: rooms, people, and what was done at its encoders. */

export interface History {
  readonly property: Property;
  /** How many operations there were, and over how many days until `now`. */
  readonly operations: number;
  readonly days: number;
  readonly now: number;
}

export const STAFF = {
  administrator: 'member-clara',
  receptionist: 'member-mei',
  auditor: 'member-otto',
} as const;

const AGENT = '019ac000-0000-7000-8000-00000000a9e7' as AgentId;
export const LEFT = '7C778A6C7D51' as Mac;
const RIGHT = '7C778A6C7D52' as Mac;
const ROOMS = 40;
const MINUTE = 60_000;
/** Of the last operations, issues are of guests who are still in. */
const IN_HOUSE = 40;

/** One of these for each operation, over and over. */
const ENDS = [
  ...Array<Operation['state']>(36).fill('succeeded'),
  ...(['expired', 'rejected', 'withdrawn', 'succeeded'] as const),
];
const KINDS = ['issue', 'issue', 'read', 'cancel'] as const;
const CAUSE_OF = { expired: 'no-card', rejected: 'write-failed', withdrawn: 'withdrawn' } as const;

const roomId = (n: number) => `room-${n % ROOMS}`;
export const roomName = (n: number) => `${1 + Math.floor((n % ROOMS) / 10)}${String(1 + (n % 10)).padStart(2, '0')}`;
const serialOf = (n: number) => `04${n.toString(16).toUpperCase().padStart(12, '0')}` as Serial;
const idAt = (ms: number, n: number) => {
  const hex = ms.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${n.toString(16).padStart(12, '0')}` as OperationId;
};

/** The rows, the house first and then its history in order; too many for one call. */
export function* houseWithHistory({ property, operations, days, now }: History): Generator<TableRow> {
  const { id: propertyId } = property;
  yield { table: 'properties', row: property };
  const password = { passwordHash: 'none' };
  const member = (id: string, name: string, role: 'administrator' | 'receptionist' | 'auditor', issuing: boolean) =>
    newMember({ propertyId, id, name, role, issuingPermission: issuing, email: `${id}@example.com`, ...password });
  yield { table: 'members', row: member(STAFF.administrator, 'Clara Winther', 'administrator', true) };
  yield { table: 'members', row: member(STAFF.receptionist, 'Mei Tan', 'receptionist', true) };
  yield { table: 'members', row: member(STAFF.auditor, 'Otto Lund', 'auditor', false) };
  yield { table: 'agents', row: newAgent({ propertyId, id: AGENT, name: 'Lobby' }) };
  for (const [n, mac] of [LEFT, RIGHT].entries()) {
    const name = n === 0 ? 'Left encoder' : 'Right encoder';
    yield {
      table: 'encoders',
      row: newEncoder({ propertyId, mac, id: n + 1, name, agentId: AGENT, forSignedIn: n === 0 }),
    };
  }
  yield { table: 'buildings', row: { propertyId, id: 'b', no: '1', name: 'Main house' } };
  for (let floor = 1; floor <= ROOMS / 10; floor += 1)
    yield {
      table: 'floors',
      row: { propertyId, id: `f${floor}`, buildingId: 'b', no: String(floor), name: `Floor ${floor}` },
    };
  for (let n = 0; n < ROOMS; n += 1) {
    const floor = 1 + Math.floor(n / 10);
    const lock = { lockType: 'QRBLOCK', lockNumber: n + 1, sequence: 1, gateway: false } as const;
    const no = String(1 + (n % 10));
    const place = { buildingId: 'b', floorId: `f${floor}`, no, name: roomName(n), joinedNo: `1${floor}${no}` };
    yield { table: 'rooms', row: { propertyId, id: roomId(n), ...place, ...lock } };
  }
  yield* doneThere({ property, operations, days, now });
}

function* doneThere({ property, operations, days, now }: History): Generator<TableRow> {
  const { id: propertyId } = property;
  let last: AuditRecord | undefined;
  const audit = (
    at: number,
    action: AuditRecord['action'],
    actor: string,
    operationId: string | null,
    details: object,
  ) => {
    last = chainAudit(last, { propertyId, at, action, actor, operationId, details: JSON.stringify(details) });
    return { table: 'audit', row: last } as const;
  };
  const first = now - days * 24 * 60 * MINUTE;
  yield audit(first, 'property-created', 'operator', null, { number: property.number, name: property.name });
  yield audit(first + 1, 'member-created', 'owner', null, { member: STAFF.receptionist, role: 'receptionist' });
  for (let n = 0; n < operations; n += 1) {
    const acceptedAt = Math.round(now - ((operations - n) * days * 24 * 60 * MINUTE) / (operations + 1));
    const isLast = n >= operations - 2;
    const state: Operation['state'] =
      n === operations - 2 ? 'unknown' : isLast ? 'damaged' : (ENDS[n % ENDS.length] ?? 'succeeded');
    const kind = isLast ? 'issue' : (KINDS[n % KINDS.length] ?? 'issue');
    const id = idAt(acceptedAt, n);
    const serial = state === 'expired' || state === 'withdrawn' ? null : serialOf(n);
    const who = n % 3 === 0 ? STAFF.administrator : STAFF.receptionist;
    const encoder = n % 5 === 0 ? RIGHT : LEFT;
    const settledAt = state === 'unknown' ? null : acceptedAt + 2_000 + (n % 7) * 900;
    const recordId = kind === 'read' ? null : `record-${n}`;
    const accepted = audit(acceptedAt, 'operation-accepted', `member ${who}`, id, { kind, encoder, room: roomId(n) });
    yield accepted;
    if (recordId !== null) {
      const isOut = n > operations - IN_HOUSE;
      const status = kind !== 'issue' || state !== 'succeeded' ? 'void' : isOut ? 'active' : 'superseded';
      const times = {
        validFrom: acceptedAt,
        validUntil: isOut ? now + (1 + (n % 3)) * 8 * 60 * MINUTE : acceptedAt + MINUTE,
        issuedAt: acceptedAt,
      };
      const record = newCardRecord({
        propertyId,
        id: recordId,
        roomId: roomId(n),
        serial,
        status,
        endedAt: now,
        ...times,
      });
      yield { table: 'cardRecords', row: record };
    }
    const grant =
      serial === null || kind === 'read'
        ? null
        : {
            ...{ nonce: 'nonce' as Nonce, agentId: AGENT, session: 1, instance: 'instance' as InstanceId, serial },
            ...{ before: '' as CardContent, target: '' as CardContent, at: acceptedAt + 1_500, life: 0 },
          };
    if (grant !== null)
      yield audit(grant.at, 'operation-granted', `agent ${AGENT}`, id, { kind, state: 'granted', serial });
    const cause =
      state === 'unknown'
        ? 'outcome-unknown'
        : state === 'damaged'
          ? 'card-damaged'
          : (CAUSE_OF[state as keyof typeof CAUSE_OF] ?? null);
    const row = {
      ...{ propertyId, id, kind, place: accepted.row.number, accountSid: null, memberId: who, cardType: 4, encoder },
      ...{ agentId: AGENT, serial, recordId, request: id, acceptedAt, deadline: acceptedAt + MINUTE, held: false },
      ...{
        caller: 'told',
        callerAt: acceptedAt,
        reading: null,
        opened: true,
        shown: null,
        state,
        grant,
        cause,
        settledAt,
      },
    } as unknown as Operation;
    yield { table: 'operations', row };
    const ended = { kind, state, serial, ...(cause !== null && { cause }) };
    yield state === 'unknown'
      ? audit(acceptedAt + 3_000, 'operation-unknown', `agent ${AGENT}`, id, ended)
      : audit(settledAt ?? now, 'operation-settled', `agent ${AGENT}`, id, ended);
    if (state === 'damaged' && serial !== null)
      yield {
        table: 'cards',
        row: { ...newCard(propertyId, serial), plastic: 'damaged', damagedBy: id, recordId: null },
      };
  }
}
