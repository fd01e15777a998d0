import { type RackRoom, type SeenState, seenState } from './seen-state.ts';

export interface RackFilter {
  /** What was typed. */
  readonly text: string;
  /** Rooms of guests and cards that were found by it. */
  readonly found: ReadonlySet<string>;
  readonly state: SeenState | null;
}

/** Whether a room stays as it is; the others give way. */
export function fits(room: RackRoom, { text, found, state }: RackFilter): boolean {
  if (state !== null && seenState(room) !== state) return false;
  return text === '' || found.has(room.id) || placeOfMatch(room, text) !== null;
}

/** How well a room is named by what was typed: 0 as a whole, 1 as it begins, 2 anywhere; null for not at all. */
export function placeOfMatch({ number, name }: Pick<RackRoom, 'number' | 'name'>, text: string): 0 | 1 | 2 | null {
  const wanted = text.toLowerCase();
  const names = [number.toLowerCase(), name.toLowerCase()];
  if (names.includes(wanted)) return 0;
  if (names.some((each) => each.startsWith(wanted))) return 1;
  return names.some((each) => each.includes(wanted)) ? 2 : null;
}

/** The rooms that are meant most likely, in the order of the rack where they are alike. */
export function findRooms(rooms: Iterable<RackRoom>, text: string, most: number): RackRoom[] {
  if (text === '') return [];
  const places: [RackRoom[], RackRoom[], RackRoom[]] = [[], [], []];
  for (const room of rooms) {
    const place = placeOfMatch(room, text);
    if (place !== null) places[place].push(room);
  }
  return places.flat().slice(0, most);
}

/** The one room whose number or name is just what was typed; null where there is none, or several. A part of a number means nobody. */
export function meantRoom(rooms: Iterable<RackRoom>, text: string): string | null {
  const named = [...rooms].filter((room) => text !== '' && placeOfMatch(room, text) === 0);
  return named.length === 1 ? (named[0]?.id ?? null) : null;
}

/** A serial that the server can be asked for; null for what is none. */
export function serialIn(text: string): string | null {
  const serial = text.replaceAll(/[\s:-]/g, '').toUpperCase();
  return /^(?:[0-9A-F]{2}){4,10}$/.test(serial) ? serial : null;
}

/** Whether a guest can be meant: a number of one or two digits fits too many phones. */
export function mayBeGuest(text: string): boolean {
  return /\p{Letter}/u.test(text) || /\d.*\d.*\d/.test(text);
}

/** What was found, cut where it was typed. */
export function cutAt(text: string, typed: string): readonly [string, string, string] {
  const at = typed === '' ? -1 : text.toLowerCase().indexOf(typed.toLowerCase());
  if (at === -1 || text.toLowerCase().length !== text.length) return [text, '', ''];
  return [text.slice(0, at), text.slice(at, at + typed.length), text.slice(at + typed.length)];
}
