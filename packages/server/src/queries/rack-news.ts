import type { OperationId } from '@keyrack/protocol';
import type { AuditRecord } from '../domain/audit.ts';
import { detailsOf } from '../domain/audit-search.ts';
import { type EventType, eventOf } from '../domain/events.ts';
import type { Operation } from '../domain/operation.ts';
import { endOfDay } from '../domain/property-days.ts';
import type { ReadTx } from '../store/store.ts';
import { onRack, type RackRoom } from './key-rack.ts';
import { detailOf, type OperationDetail } from './operation-detail.ts';
import { cardsOfRoom, operationsByRoom } from './rack-facts.ts';

/** What happened at a property since a look before, for whoever has its key rack before their eyes. */
export interface RackNews {
  /** Up to which audit record this tells. */
  readonly head: number;
  /** What kinds of things happened. */
  readonly types: readonly EventType[];
  /** Rooms that were touched, as they are now. */
  readonly rooms: readonly RackRoom[];
  /** Ids of the rooms that were touched by what happened, also where they look as before; null where any may have been. */
  readonly touched: readonly string[] | null;
  /** Operations that changed, as they are now. */
  readonly operations: readonly OperationDetail[];
  /** Too much to tell by room, or the places themselves: the whole rack has to be looked at. */
  readonly wholeRack: boolean;
}

export interface RackNewsQuery {
  readonly propertyId: string;
  /** Only what was recorded behind this audit record. */
  readonly after: number;
  /** Operations that changed. */
  readonly operations: readonly OperationId[];
  /** Rooms to look at whatever happened, e.g. since a card ends. */
  readonly rooms: readonly string[];
  readonly now: number;
}

/** Audit records that are looked at. Beyond it the whole rack is looked at instead. */
const LOOKED_AT = 500;
/** Records of one card: each of their rooms may be touched by what happens to it. */
const RECORDS_OF_A_CARD = 20;

/** Records after which rooms may stand elsewhere, or have other names, days or zones. */
const OF_PLACES: readonly AuditRecord['action'][] = [
  'place-added',
  'place-changed',
  'place-removed',
  'rooms-imported',
  'property-changed',
  'database-restored',
];

export function rackNews(tx: ReadTx, query: RackNewsQuery): RackNews {
  const { propertyId, after, now } = query;
  const property = tx.get('properties', propertyId);
  const records = tx.find('audit', 'key', [propertyId], { from: after + 1, limit: LOOKED_AT });
  const head = records.at(-1)?.number ?? after;
  const changed = new Map<string, Operation>();
  for (const id of [...query.operations, ...records.map(({ operationId }) => operationId)]) {
    const operation = id === null ? undefined : tx.get('operations', propertyId, id);
    if (operation !== undefined) changed.set(operation.id, operation);
  }
  const operations = [...changed.values()];
  const touched = new Set(query.rooms);
  for (const operation of operations) noteRooms(tx, propertyId, operation.recordId, operation.serial, touched);
  for (const record of records) {
    const { record: cardRecord, serial } = detailsOf(record);
    noteRooms(tx, propertyId, textOrNull(cardRecord), textOrNull(serial), touched);
  }
  const types = new Set(records.map((record) => eventOf(record).type));
  const wholeRack = records.length === LOOKED_AT || records.some(({ action }) => OF_PLACES.includes(action));
  return {
    head,
    types: [...types],
    touched: wholeRack ? null : [...touched],
    rooms: property === undefined ? [] : roomsNow(tx, propertyId, property.timeZone, touched, now),
    operations: operations.map((operation) => detailOf(tx, operation, now)),
    wholeRack,
  };
}

/** The room of a card record, and those of whatever else was on its card lately: what happens to it may concern them too. */
function noteRooms(
  tx: ReadTx,
  propertyId: string,
  recordId: string | null,
  serial: string | null,
  rooms: Set<string>,
): void {
  const record = recordId === null ? undefined : tx.get('cardRecords', propertyId, recordId);
  if (record !== undefined) rooms.add(record.roomId);
  if (serial === null) return;
  const onCard = tx.find('cardRecords', 'bySerial', [propertyId, serial], { reverse: true, limit: RECORDS_OF_A_CARD });
  for (const { roomId } of onCard) rooms.add(roomId);
}

function roomsNow(
  tx: ReadTx,
  propertyId: string,
  timeZone: string,
  roomIds: ReadonlySet<string>,
  now: number,
): RackRoom[] {
  if (roomIds.size === 0) return [];
  const operations = operationsByRoom(tx, propertyId);
  const time = { now, endOfDay: endOfDay(now, timeZone) };
  return [...roomIds].flatMap((id) => {
    const room = tx.get('rooms', propertyId, id);
    if (room === undefined) return [];
    const facts = { cards: cardsOfRoom(tx, propertyId, id, now), operations: operations.get(id) ?? [] };
    return [onRack(room, facts, time)];
  });
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
