import type { OperationId } from '@keyrack/protocol';
import { wasIssued } from '../domain/card-life.ts';
import type { Building, CardRecord, Encoder, Floor, Room } from '../domain/places.ts';
import type { Rows } from '../store/schema.ts';
import type { ReadTx } from '../store/store.ts';
import { findRoom } from './find-room.ts';

/** Most records that one query answers with (contract, queryByRoom). */
const RECORDS_LIMIT = 1_000;

export function listEncoders(tx: ReadTx, { propertyId }: { readonly propertyId: string }): Encoder[] {
  return tx.find('encoders', 'byId', [propertyId]);
}

export interface RoomTree {
  readonly building: Building;
  readonly floors: readonly { readonly floor: Floor; readonly rooms: readonly Room[] }[];
}

/** Buildings, floors and rooms, each in the order of their numbers. */
export function listRooms(tx: ReadTx, { propertyId }: { readonly propertyId: string }): RoomTree[] {
  return tx.find('buildings', 'byNo', [propertyId]).map((building) => ({
    building,
    floors: tx.find('floors', 'byNo', [propertyId, building.id]).map((floor) => ({
      floor,
      rooms: tx.find('rooms', 'byNo', [propertyId, floor.id]),
    })),
  }));
}

export interface RoomRecord {
  readonly kind: Rows['roomEvents']['kind'];
  readonly at: number;
  readonly serial: string | null;
  readonly room: Room;
  readonly owner: string | null;
  readonly member: string | null;
  readonly validFrom: number;
  /** Of a card that is out of use: until when it may still open. */
  readonly validUntil: number;
}

export interface RecordsQuery {
  readonly propertyId: string;
  readonly buildingNo: string;
  readonly floorNo: string;
  readonly roomNo: string;
  readonly kinds: readonly Rows['roomEvents']['kind'][];
  /** From this instant, and before `until`. Unix milliseconds. */
  readonly from: number;
  readonly until: number;
}

/** A room's history, newest first; null when there is no such room. */
export function listRecords(tx: ReadTx, input: RecordsQuery): RoomRecord[] | null {
  const { propertyId, kinds, from, until } = input;
  const room = findRoom(tx, propertyId, input);
  if (room === undefined) return null;
  return tx
    .find('roomEvents', 'byRoom', [propertyId, room.id], { reverse: true })
    .filter((event) => event.at >= from && event.at < until && kinds.includes(event.kind))
    .slice(0, RECORDS_LIMIT)
    .map((event) => {
      const record = tx.get('cardRecords', propertyId, event.recordId);
      const member = event.memberId === null ? undefined : tx.get('members', propertyId, event.memberId);
      return {
        kind: event.kind,
        at: event.at,
        serial: event.serial,
        room,
        owner: record?.owner ?? null,
        member: member?.name ?? null,
        validFrom: record?.validFrom ?? 0,
        validUntil:
          record === undefined ? 0 : ENDED_KINDS.includes(event.kind) ? mayOpenUntil(tx, record) : record.validUntil,
      };
    });
}

/** What tells of the end of a card that may still open. */
const ENDED_KINDS: readonly RoomRecord['kind'][] = ['superseded', 'lost', 'retired'];

/** Until when a card that is out of use may still open: its own end, or when it was erased or written over. */
function mayOpenUntil(tx: ReadTx, record: CardRecord): number {
  const { propertyId, serial, status, issuedAt, endedAt, validUntil } = record;
  const erased = status === 'cancelled' ? endedAt : null;
  const later = tx
    .find('cardRecords', 'bySerial', [propertyId, serial])
    .find((other) => other.issuedAt > issuedAt && wasIssued(other));
  return Math.min(validUntil, erased ?? validUntil, later?.issuedAt ?? validUntil);
}

/** The cards that an issue put out of use, and until when each may still open (Unix milliseconds). */
export function listSuperseded(
  tx: ReadTx,
  { propertyId, operation }: { readonly propertyId: string; readonly operation: OperationId },
): { serial: string; mayOpenUntil: number }[] {
  return tx
    .find('audit', 'byOperation', [propertyId, operation])
    .filter((record) => record.action === 'card-superseded')
    .map((record) => JSON.parse(record.details) as { serial: string; mayOpenUntil: number })
    .map(({ serial, mayOpenUntil }) => ({ serial, mayOpenUntil }));
}
