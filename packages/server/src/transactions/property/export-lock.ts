import type { ProgrammerKey } from '@keyrack/protocol';
import type { Doer } from '../../domain/caller.ts';
import type { Room } from '../../domain/places.ts';
import { highestIssued } from '../../queries/room-cards.ts';
import type { ReadTx, Tx } from '../../store/store.ts';
import { walk } from '../../store/walk-pages.ts';
import { audit, doneBy } from '../audit/append-audit.ts';

export interface ExportLock {
  readonly propertyId: string;
  /** Null for the shared doors. */
  readonly roomId: string | null;
  /** Whom it is sealed for. */
  readonly recipient: ProgrammerKey;
  readonly actor: string;
  /** Who asked for it over /v1. */
  readonly doer?: Doer;
  readonly now: number;
}

/** What one lock's export is made of, together with the property's keys of these versions. */
export interface LockToExport {
  /** Null for the shared doors. */
  readonly room: Room | null;
  /** Highest sequence of the room's cards that there have been; 0 for none. */
  readonly sequence: number;
  /** The current version of the card key, and the one before: what a lock accepts. */
  readonly versions: readonly number[];
}

/** Records that a lock's keys are given out, and to whom, and returns what they are derived from; null for no such room. */
export function exportLock(tx: Tx, input: ExportLock): LockToExport | null {
  const { propertyId, roomId, recipient, actor, doer, now } = input;
  const property = tx.get('properties', propertyId);
  const room = roomId === null ? null : tx.get('rooms', propertyId, roomId);
  if (property === undefined || room === undefined) return null;
  const versions = property.cardKeys
    .map(({ version }) => version)
    .sort((one, other) => other - one)
    .slice(0, 2);
  const lock = room === null ? { shared: true } : { room: room.id, lockNumber: room.lockNumber };
  audit(tx, {
    propertyId,
    at: now,
    action: 'lock-exported',
    actor,
    details: { ...lock, versions, recipient, ...doneBy(doer) },
  });
  // Not the room's own count: that rises with an issue that came to nothing, and would shut out who has the room.
  return { room, sequence: room === null ? 0 : highestIssued(tx, room), versions };
}

export type AddedCardKey =
  | { readonly verdict: 'added'; readonly version: number }
  /** `locks`: so many don't have the current version yet, as far as anybody told. */
  | { readonly verdict: 'locks-behind'; readonly locks: number; readonly version: number }
  | { readonly verdict: 'all-used' };

/**
 * Adds a new property card key: cards are written under it from now on, and locks know it once they are programmed. A lock that
 * hasn't the current version would be two behind, and know neither the version of new cards nor that of the guests' cards once it
 * is programmed. So it is refused while there is one, unless it is forced: after a key was stolen, say.
 */
export function addCardKey(
  tx: Tx,
  input: {
    readonly propertyId: string;
    readonly sealed: string;
    /** Also where locks are behind. */
    readonly force: boolean;
    readonly actor: string;
    readonly doer?: Doer;
    readonly now: number;
  },
): AddedCardKey {
  const property = tx.get('properties', input.propertyId);
  if (property === undefined) throw new Error('a key is rotated of a property that is there');
  const current = Math.max(...property.cardKeys.map((key) => key.version));
  const version = current + 1;
  if (version > 255) return { verdict: 'all-used' };
  const locks = input.force ? 0 : locksBehind(tx, input.propertyId, current);
  if (locks > 0) return { verdict: 'locks-behind', locks, version: current };
  tx.put('properties', { ...property, cardKeys: [...property.cardKeys, { version, sealed: input.sealed }] });
  const details = { cardKeyVersion: version, ...(input.force && { force: true }), ...doneBy(input.doer) };
  audit(tx, { propertyId: input.propertyId, at: input.now, action: 'property-changed', actor: input.actor, details });
  return { verdict: 'added', version };
}

/** Locks of which it was told that they were programmed with an earlier version last. */
function locksBehind(tx: ReadTx, propertyId: string, current: number): number {
  let behind = 0;
  for (const { keyVersion } of walk(tx, 'programmedLocks', 'key', [propertyId])) if (keyVersion < current) behind += 1;
  return behind;
}
