import type { Room, SealedCardKey } from '../domain/places.ts';
import type { Tx } from '../store/store.ts';
import { findRoom } from './accept-issue.ts';
import { audit } from './record-change.ts';

export interface ExportLock {
  readonly propertyId: string;
  readonly buildingNo: string;
  readonly floorNo: string;
  readonly roomNo: string;
  readonly actor: string;
  readonly now: number;
}

/** What one lock's export is made of. The property's keys are for deriving the lock's own, and never leave the server. */
export interface LockToExport {
  readonly room: Room;
  readonly cardKeys: readonly SealedCardKey[];
}

/** Records that a lock's keys are given out, to whom, and returns what they are derived from; null for no such room. */
export function exportLock(tx: Tx, input: ExportLock): LockToExport | null {
  const { propertyId, actor, now } = input;
  const property = tx.get('properties', propertyId);
  const room = findRoom(tx, propertyId, input);
  if (property === undefined || room === undefined) return null;
  const details = { room: room.id, lockNumber: room.lockNumber, versions: property.cardKeys.map((key) => key.version) };
  audit(tx, { propertyId, at: now, action: 'lock-exported', actor, details });
  return { room, cardKeys: property.cardKeys };
}

/** Adds a new property card key: cards are written under it from now on, and locks know it once they are programmed. */
export function addCardKey(
  tx: Tx,
  input: { readonly propertyId: string; readonly sealed: string; readonly actor: string; readonly now: number },
): { readonly version: number } | null {
  const property = tx.get('properties', input.propertyId);
  if (property === undefined) return null;
  const version = Math.max(...property.cardKeys.map((key) => key.version)) + 1;
  if (version > 255) return null;
  tx.put('properties', { ...property, cardKeys: [...property.cardKeys, { version, sealed: input.sealed }] });
  const details = { cardKeyVersion: version };
  audit(tx, { propertyId: input.propertyId, at: input.now, action: 'property-changed', actor: input.actor, details });
  return { version };
}
