import { type RoomNames, roomNames } from './room-names.ts';
import { countStates, type KeyRack, type RackBuilding, type RackRoom } from './seen-state.ts';

/**
 * The rooms of a rack, outside of React: a cell hears of its own room alone, so that news draw one cell and never the rack.
 */
export interface RackStore {
  room(id: string): RackRoom | undefined;
  /** What a room is called on the rack, where its building is told above it. */
  label(id: string): string;
  /** What it is called in a list of many, and in a sentence: with its building where another room is called so. */
  short(id: string): string;
  /** Empty for a room that stands nowhere. */
  name(id: string): string;
  rooms(): IterableIterator<RackRoom>;
  /** Whether a whole rack was told once. */
  isLoaded(): boolean;
  /** Buildings and floors with the ids of their rooms; another one only where places changed. */
  places(): RackPlaces;
  counts(): ReturnType<typeof countStates>;
  /** Takes a whole rack. `since` is what `mark` told before it was asked for: what was heard later is newer, and stays. */
  load(rack: KeyRack, since: number): void;
  /** Takes rooms that changed. */
  update(rooms: readonly RackRoom[]): void;
  mark(): number;
  subscribeRoom(id: string, listener: () => void): () => void;
  subscribe(listener: () => void): () => void;
}

export type RackPlaces = readonly (Omit<RackBuilding, 'floors'> & {
  readonly floors: readonly {
    readonly id: string;
    readonly number: string;
    readonly name: string;
    readonly rooms: readonly string[];
  }[];
})[];

export function createRackStore(): RackStore {
  let rooms = new Map<string, RackRoom>();
  let places: RackPlaces = [];
  let placesText = '';
  let isLoaded = false;
  let counts = countStates([]);
  /** When each room was heard of, by a count. */
  const heard = new Map<string, number>();
  let clock = 0;
  let names: RoomNames = roomNames([]);
  const ofRoom = new Map<string, Set<() => void>>();
  const ofAll = new Set<() => void>();
  const tell = (changed: readonly string[]) => {
    for (const id of changed) for (const listener of ofRoom.get(id) ?? []) listener();
    for (const listener of ofAll) listener();
  };
  return {
    room: (id) => rooms.get(id),
    label: (id) => names.label.get(id) ?? '',
    short: (id) => names.short.get(id) ?? '',
    name: (id) => names.full.get(id) ?? '',
    rooms: () => rooms.values(),
    places: () => places,
    isLoaded: () => isLoaded,
    counts: () => counts,
    mark: () => clock,
    load(rack, since) {
      const before = rooms;
      isLoaded = true;
      rooms = new Map();
      names = roomNames(rack.buildings);
      const changed: string[] = [];
      const inPlaces = rack.buildings.map(({ floors, ...building }) => ({
        ...building,
        floors: floors.map((floor) => ({
          ...{ id: floor.id, number: floor.number, name: floor.name },
          rooms: floor.rooms.map((room) => {
            const known = before.get(room.id);
            const isNewer = known !== undefined && (heard.get(room.id) ?? 0) > since;
            const kept = known !== undefined && (isNewer || isSame(known, room)) ? known : room;
            rooms.set(room.id, kept);
            if (kept !== known) changed.push(room.id);
            return room.id;
          }),
        })),
      }));
      // A room of another name stands there anew, too.
      const text = JSON.stringify([inPlaces, [...names.label.values()]]);
      if (text !== placesText) {
        placesText = text;
        places = inPlaces;
      }
      counts = countStates(rooms.values());
      tell(changed);
    },
    update(news) {
      clock += 1;
      const changed: string[] = [];
      for (const room of news) {
        heard.set(room.id, clock);
        const known = rooms.get(room.id);
        // One that stands nowhere yet comes with the next whole rack.
        if (known === undefined || isSame(known, room)) continue;
        rooms.set(room.id, room);
        changed.push(room.id);
      }
      if (changed.length === 0) return;
      counts = countStates(rooms.values());
      tell(changed);
    },
    subscribeRoom(id, listener) {
      const listeners = ofRoom.get(id) ?? new Set();
      ofRoom.set(id, listeners.add(listener));
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) ofRoom.delete(id);
      };
    },
    subscribe(listener) {
      ofAll.add(listener);
      return () => ofAll.delete(listener);
    },
  };
}

function isSame(one: RackRoom, other: RackRoom): boolean {
  return (Object.keys(one) as (keyof RackRoom)[]).every((key) => one[key] === other[key]);
}
