import { isProblem } from '@keyrack/sdk';
import { keyrack } from '../api/keyrack.ts';
import { changeSeen, theirsOf } from '../conflict/change-seen.ts';
import { bodyOf, type Change, type Value, valueIn } from './change.ts';
import type { Room } from './places.ts';

export type Saved =
  | { readonly kind: 'saved'; readonly room: Room }
  /** Somebody else changed the same, or removed the room, since it was seen. Nothing was written. */
  | { readonly kind: 'changed'; readonly now: Room }
  | { readonly kind: 'removed' };

/** Saves one field, unless its value is none that the row showed: then somebody else changed it, and what they wrote stays. */
export async function saveRoom(property: string, room: string, seen: readonly Value[], change: Change): Promise<Saved> {
  const at = { property, room };
  try {
    const saved = await changeSeen<Room>({
      get: () => keyrack.rooms.get(at),
      isSeen: (now) => seen.includes(valueIn(now, change.field)),
      change: (known) => keyrack.rooms.change({ ...at, ...bodyOf(change) }, { ifMatch: known }),
    });
    return { kind: 'saved', room: saved };
  } catch (error) {
    const now = theirsOf<Room>(error);
    if (now !== null) return { kind: 'changed', now };
    if (isProblem(error, 'not-found')) return { kind: 'removed' };
    throw error;
  }
}
