import {
  type AgentId,
  BLANK,
  type CardContent,
  cardTagOf,
  deriveLockKey,
  deriveSharedDoorKey,
  encodeCardImage,
  type InstanceId,
  issuedContent,
  type Mac,
  type Nonce,
  type OperationId,
  propertyTagOf,
  type Serial,
} from '@keyrack/protocol';
import { type AuditAction, type AuditRecord, chainAudit } from '@keyrack/server/domain/audit.ts';
import { EARLY_MS, FLAG } from '@keyrack/server/domain/issue-image.ts';
import type { Operation } from '@keyrack/server/domain/operation.ts';
import { type CardRecord, newCardRecord } from '@keyrack/server/domain/places.ts';
import { ACCOUNT, type BenchDesk, type BenchRoom, hex } from '../properties/plan-properties.ts';
import { CARD_KEY, CARD_KEY_VERSION } from '../properties/put-properties.ts';
import type { PutRow } from '../properties/put-row.ts';
import type { Stay } from './history-plan.ts';

/** From the request to the grant, and to the end of the write, as a real reader takes it. Milliseconds. */
const GRANTED_AFTER = 420;
const SETTLED_AFTER = 900;
const WAIT_MS = 20_000;

/** Writes the issues of one property's past, one after the other, with the rows that the server leaves of each. */
export interface PastIssues {
  issue(stay: Stay, room: BenchRoom, desk: BenchDesk): void;
  /** Writes the last record of each room, which no later guest ended, and answers the rooms' guest sequences. */
  finish(): ReadonlyMap<string, number>;
}

export function createPastIssues(put: PutRow, propertyId: string, property: number, first: AuditRecord): PastIssues {
  const newest = new Map<string, CardRecord>();
  const lockKeys = new Map<number, Uint8Array>();
  const sharedDoorKey = deriveSharedDoorKey(CARD_KEY, CARD_KEY_VERSION);
  let previous = first;
  let nth = 0;

  const audit = (at: number, action: AuditAction, actor: string, operation: string, details: object): number => {
    previous = chainAudit(previous, {
      propertyId,
      at,
      action,
      actor,
      operationId: operation,
      details: JSON.stringify(details),
    });
    put('audit', previous);
    return previous.number;
  };
  const contentOf = (record: CardRecord, room: BenchRoom, serial: Serial): CardContent => {
    const lockKey = lockKeys.get(room.lockNumber) ?? deriveLockKey(CARD_KEY, CARD_KEY_VERSION, room.lockNumber);
    lockKeys.set(room.lockNumber, lockKey);
    const image = {
      cardType: 'guest',
      ...{ normallyOpen: false, networked: false, lossReport: false, sharedDoors: true },
      keyVersion: CARD_KEY_VERSION,
      propertyTag: propertyTagOf(propertyId),
      lockNumber: room.lockNumber,
      validFrom: Math.floor(record.validFrom / 60_000),
      validUntil: record.validUntil / 60_000,
      sequence: record.sequence,
      cardTag: cardTagOf(record.id),
    } as const;
    return issuedContent(encodeCardImage(image, { lockKey, sharedDoorKey }, serial));
  };

  return {
    finish: () => {
      for (const record of newest.values()) put('cardRecords', record);
      return new Map(Array.from(newest, ([room, { sequence }]) => [room, sequence]));
    },
    issue: ({ at, until }, room, desk) => {
      nth += 1;
      const id = idAt(at, 1, property, nth) as OperationId;
      const grantedAt = at + GRANTED_AFTER;
      const settledAt = at + SETTLED_AFTER;
      const [encoder] = desk.encoders;
      const mac = encoder?.mac as Mac;
      const serial = `04A${hex(property, 3)}${hex(nth, 8)}` as Serial;
      const before = newest.get(room.id);
      const record = newCardRecord({
        propertyId,
        id: idAt(at, 2, property, nth),
        serial,
        roomId: room.id,
        validFrom: grantedAt - EARLY_MS,
        validUntil: until,
        sequence: Math.max((before?.sequence ?? 0) + 1, Math.floor(grantedAt / 60_000)),
        flags: FLAG.sharedDoors,
        keyVersion: CARD_KEY_VERSION,
        owner: `Guest ${nth}`,
        issuedAt: grantedAt,
      });
      const target = contentOf(record, room, serial);
      const nonce = idAt(grantedAt, 3, property, nth) as Nonce;
      const agent = `agent ${desk.agentId}`;

      const asked = { kind: 'issue', member: desk.memberId, encoder: mac, room: room.id, validUntil: until };
      const place = audit(at, 'operation-accepted', `account ${ACCOUNT.sid}`, id, { ...asked, flags: record.flags });
      const told = { serial, nonce, before: BLANK, target };
      audit(grantedAt, 'operation-granted', agent, id, { kind: 'issue', state: 'granted', ...told });
      const event = (kind: 'issued' | 'superseded', of: CardRecord) =>
        put('roomEvents', {
          propertyId,
          id: `${id} ${kind} ${of.id}`,
          roomId: room.id,
          at: settledAt,
          kind,
          serial: of.serial,
          recordId: of.id,
          memberId: desk.memberId,
        });
      event('issued', record);
      if (before !== undefined) {
        put('cardRecords', { ...before, status: 'superseded', endedAt: settledAt });
        event('superseded', before);
        const ended = {
          serial: before.serial,
          record: before.id,
          status: 'superseded',
          mayOpenUntil: before.validUntil,
        };
        audit(settledAt, 'card-superseded', 'server', id, ended);
      }
      audit(settledAt, 'operation-settled', agent, id, { kind: 'issue', state: 'succeeded', ...told });
      newest.set(room.id, record);

      const operation: Operation = {
        propertyId,
        id,
        kind: 'issue',
        place,
        accountSid: ACCOUNT.sid,
        memberId: desk.memberId,
        cardType: 4,
        encoder: mac,
        agentId: desk.agentId,
        serial,
        recordId: record.id,
        request: `${id.replaceAll('-', '')}${record.id.replaceAll('-', '')}`,
        acceptedAt: at,
        deadline: at + WAIT_MS,
        held: false,
        caller: 'told',
        callerAt: settledAt,
        reading: null,
        opened: false,
        shown: null,
        state: 'succeeded',
        grant: {
          nonce,
          agentId: desk.agentId as AgentId,
          session: 1,
          instance: desk.agentId as string as InstanceId,
          serial,
          before: BLANK,
          target,
          at: grantedAt,
          life: 1,
        },
        cause: null,
        settledAt,
      };
      put('operations', operation);
      put('cards', {
        propertyId,
        serial,
        plastic: 'written',
        content: target,
        knownInLife: 1,
        recordId: record.id,
        lastGranted: id,
        damagedBy: null,
      });
    },
  };
}

/** An id as version 7 has them: in the order of their time. */
function idAt(at: number, kind: number, property: number, nth: number): string {
  const time = hex(at, 12);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(kind, 3)}-8${hex(property, 3)}-${hex(nth, 12)}`.toLowerCase();
}
