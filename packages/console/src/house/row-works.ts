import { type Change, type Field, type Value, valueIn } from './change.ts';
import type { Room } from './places.ts';

/** What is under way with one field of a room, or waits for a person to say. */
export type RowWork =
  | { readonly kind: 'saving'; readonly change: Change; readonly seen: readonly Value[] }
  | { readonly kind: 'changed'; readonly change: Change; readonly now: Room }
  | { readonly kind: 'failed'; readonly change: Change; readonly seen: readonly Value[]; readonly error: unknown }
  | { readonly kind: 'removed'; readonly change: Change };

/** By the room's id: one work for each field, in the order in which they were begun. */
export type RoomWorks = ReadonlyMap<string, readonly RowWork[]>;

export const NO_WORKS: readonly RowWork[] = [];

/** This work in the place of any other with the same field; where the room is gone, in the place of all of them. */
export function withWork(works: RoomWorks, room: string, work: RowWork): RoomWorks {
  const others = works.get(room)?.filter(({ change }) => work.kind !== 'removed' && change.field !== work.change.field);
  return new Map(works).set(room, [...(others ?? []), work]);
}

/** Without what was under way with this field. */
export function withoutWork(works: RoomWorks, room: string, field: Field): RoomWorks {
  const left = works.get(room)?.filter(({ change }) => change.field !== field) ?? [];
  const after = new Map(works);
  if (left.length === 0) after.delete(room);
  else after.set(room, left);
  return after;
}

/** The save of that field that has not ended yet. */
export function savingOf(works: readonly RowWork[], field: Field) {
  const work = works.find(({ change }) => change.field === field);
  return work?.kind === 'saving' ? work : null;
}

/** What the row shows in that field: what is being saved, or else what the server said. */
export function shownIn(room: Room, field: Field, works: readonly RowWork[]): Value {
  return savingOf(works, field)?.change.value ?? valueIn(room, field);
}

/**
 * What the server may have there without anybody else's doing: what it said, and what is being saved. A save that failed may
 * have got through.
 */
export function seenIn(room: Room, field: Field, works: readonly RowWork[]): readonly Value[] {
  const work = works.find(({ change }) => change.field === field);
  const own = work?.kind === 'saving' || work?.kind === 'failed' ? [...work.seen, work.change.value] : [];
  return [...new Set([...own, valueIn(room, field)])];
}
