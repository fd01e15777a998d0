import { isProblem } from '@keyrack/sdk';
import { keyrack } from '../api/keyrack.ts';
import type { LockType } from './lock-types.ts';
import type { Room } from './places.ts';

/** What can be edited in a room's row. */
export type Change =
  | { readonly field: 'number' | 'name'; readonly value: string }
  | { readonly field: 'lockType'; readonly value: LockType }
  | { readonly field: 'gateway'; readonly value: boolean }
  | { readonly field: 'keyVersion'; readonly value: number };
export type Field = Change['field'];

export type Saved =
  | { readonly kind: 'saved'; readonly room: Room }
  /** Somebody else changed the same, or removed the room, since `seen`. Nothing was written. */
  | { readonly kind: 'changed'; readonly now: Room }
  | { readonly kind: 'removed' };

export function valueIn(room: Room, field: Field): string | boolean | number | null {
  switch (field) {
    case 'number':
    case 'name':
      return room[field];
    case 'lockType':
      return room.lock.type;
    default:
      return room.lock[field];
  }
}

/** The change as `changeRoom` takes it. */
export function bodyOf(change: Change): {
  number?: string;
  name?: string;
  lock?: { type?: LockType; gateway?: boolean; keyVersion?: number };
} {
  switch (change.field) {
    case 'number':
      return { number: change.value };
    case 'name':
      return { name: change.value };
    case 'lockType':
      return { lock: { type: change.value } };
    case 'gateway':
      return { lock: { gateway: change.value } };
    case 'keyVersion':
      return { lock: { keyVersion: change.value } };
  }
}

/** Tries of one save, where others go on changing other fields of the room. */
const TRIES = 4;

/**
 * Saves one field, unless its value is another one than the row showed: then somebody else changed it, and what they wrote
 * stays. Other fields may have changed; they are left alone.
 */
export async function saveRoom(property: string, seen: Room, change: Change): Promise<Saved> {
  const room = seen.id;
  try {
    for (let tried = 1; ; tried += 1) {
      const known = await keyrack.rooms.get({ property, room });
      if (valueIn(known, change.field) !== valueIn(seen, change.field)) return { kind: 'changed', now: known };
      try {
        const saved = await keyrack.rooms.change({ property, room, ...bodyOf(change) }, { ifMatch: known });
        return { kind: 'saved', room: saved };
      } catch (error) {
        if (tried === TRIES || !isProblem(error, 'changed-meanwhile')) throw error;
      }
    }
  } catch (error) {
    if (isProblem(error, 'not-found')) return { kind: 'removed' };
    throw error;
  }
}
