import type { Mac, OperationId } from '@keyrack/protocol';
import type { Operation, OperationState } from '../domain/operation.ts';
import type { Room } from '../domain/places.ts';
import { keyOfRequester } from '../domain/requester.ts';
import type { ReadTx } from '../store/store.ts';
import { needsAttention, openOperations } from './needs-attention.ts';
import { detailOf, type OperationDetail } from './operation-detail.ts';

export interface OperationsFilter {
  /** `open`: accepted or granted. */
  readonly state: OperationState | 'open' | null;
  /** Only those that wait for their agent's journal after a restore. */
  readonly held: boolean;
  /** Only those that a person has to look after: see `needsAttention`. */
  readonly attention: boolean;
  readonly kind: Operation['kind'] | null;
  /** Id of the room. */
  readonly room: string | null;
  readonly encoder: Mac | null;
  /** Id of the member or API key that asked. */
  readonly requester: string | null;
  /** When it was accepted: from this instant, and before `until`. Unix milliseconds. */
  readonly from: number | null;
  readonly until: number | null;
  /** What a person looks for: a part of the room's name or number, or the end of a card's serial. */
  readonly search: string | null;
}

/** Where a page of operations ended. */
export interface OperationPosition {
  readonly id: string;
  readonly place: number;
}

export interface OperationsQuery {
  readonly propertyId: string;
  readonly filter: OperationsFilter;
  readonly after: OperationPosition | null;
  readonly limit: number;
  readonly now: number;
}

/** Operations that are looked at for one page: many may be others than those that are wanted. */
const LOOKED_AT = 1_000;

/**
 * Operations of a property, the newest first. Those that are open, held or unknown are found among their like alone; others
 * among all. So a page may be short: `next` is null where it is the last one.
 */
export function operationsPage(
  tx: ReadTx,
  query: OperationsQuery,
): { readonly operations: OperationDetail[]; readonly next: OperationPosition | null } {
  const { filter, limit, now } = query;
  const looked = lookedAt(tx, query);
  const wanted = looked.rows.filter((operation) => isWanted(tx, operation, filter));
  const page = wanted.slice(0, limit);
  const last = wanted.length > limit ? page.at(-1) : looked.isAll ? undefined : looked.rows.at(-1);
  return {
    operations: page.map((operation) => detailOf(tx, operation, now)),
    next: last === undefined ? null : { id: last.id, place: last.place },
  };
}

interface Looked {
  readonly rows: readonly Operation[];
  /** Whether there are no more behind them. */
  readonly isAll: boolean;
}

function lookedAt(tx: ReadTx, { propertyId, filter, after, now }: OperationsQuery): Looked {
  const { state, held, attention } = filter;
  const begin = after === null ? {} : { after: { place: after.place, id: after.id as OperationId } };
  const behind = (rows: readonly Operation[]) => rows.filter(({ place }) => after === null || place < after.place);
  if (attention) return { rows: behind(needsAttention(tx, propertyId, now)), isAll: true };
  if (held || state === 'open' || state === 'accepted' || state === 'granted') {
    const rows = openOperations(tx, propertyId).sort((one, other) => other.place - one.place);
    return { rows: behind(rows), isAll: true };
  }
  const options = { ...begin, reverse: true, limit: LOOKED_AT };
  const rows =
    state === 'unknown'
      ? tx.find('operations', 'unknown', [propertyId], options)
      : tx.find('operations', 'key', [propertyId], { ...options, ...idsBetween(filter) });
  return { rows, isAll: rows.length < LOOKED_AT };
}

/** An id begins with the time of its request, a moment before it was accepted (RFC 9562, UUIDv7). */
export function idsBetween({ from, until }: Pick<OperationsFilter, 'from' | 'until'>) {
  return {
    ...(from !== null && { from: firstId(from - ID_MARGIN_MS) }),
    ...(until !== null && { before: firstId(until + ID_MARGIN_MS) }),
  };
}

/** Ids of one process rise even where its clock is set back a little. Milliseconds. */
const ID_MARGIN_MS = 60_000;

function firstId(ms: number): string {
  const hex = Math.max(0, ms).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}

function isWanted(tx: ReadTx, operation: Operation, filter: OperationsFilter): boolean {
  const { state, acceptedAt, kind, encoder, held, memberId } = operation;
  if (filter.state === 'open' ? state !== 'accepted' && state !== 'granted' : (filter.state ?? state) !== state)
    return false;
  if (filter.held && !held) return false;
  if ((filter.kind ?? kind) !== kind || (filter.encoder ?? encoder) !== encoder) return false;
  if ((filter.requester ?? memberId) !== memberId && filter.requester !== keyOfRequester(memberId)) return false;
  if (acceptedAt < (filter.from ?? acceptedAt) || (filter.until !== null && acceptedAt >= filter.until)) return false;
  if (filter.room === null && filter.search === null) return true;
  const { room } = detailOf(tx, operation, acceptedAt);
  if (filter.room !== null && room?.id !== filter.room) return false;
  return filter.search === null || isFoundBy(filter.search, operation, room);
}

/** Whether a person means this operation, by what they read off a door, a list or a card. */
function isFoundBy(search: string, { serial, shown, id }: Operation, room: Room | null): boolean {
  const wanted = search.toLowerCase();
  if (room !== null && [room.name, room.no].some((text) => text.toLowerCase().includes(wanted))) return true;
  return id === wanted || [serial, shown].some((each) => each?.toLowerCase().endsWith(wanted) ?? false);
}
