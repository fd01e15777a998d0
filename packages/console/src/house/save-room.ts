import { isProblem } from '@keyrack/sdk';
import { keyrack } from '../api/keyrack.ts';
import { bodyOf, type Change, type Value, valueIn } from './change.ts';
import type { Room } from './places.ts';

export type Saved =
  | { readonly kind: 'saved'; readonly room: Room }
  /** Somebody else changed the same, or removed the room, since it was seen. Nothing was written. */
  | { readonly kind: 'changed'; readonly now: Room }
  | { readonly kind: 'removed' };

/** Tries of one save, where others go on changing other fields of the room. */
const TRIES = 4;

/**
 * Saves one field, unless its value is none that the row showed: then somebody else changed it, and what they wrote stays.
 * Other fields may have changed; they are left alone.
 */
export async function saveRoom(property: string, room: string, seen: readonly Value[], change: Change): Promise<Saved> {
  try {
    for (let tried = 1; ; tried += 1) {
      const known = await keyrack.rooms.get({ property, room });
      if (!seen.includes(valueIn(known, change.field))) return { kind: 'changed', now: known };
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
