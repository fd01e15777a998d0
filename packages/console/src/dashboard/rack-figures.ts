/** What the dashboard needs of a room on the key rack. */
export interface RackCell {
  readonly name: string;
  readonly state: string;
  readonly cards: number;
  readonly until: string | null;
}

export interface RackFloor {
  readonly building: string;
  readonly floor: string;
  readonly rooms: readonly RackCell[];
}

/** Keys that are out, as the rack has them. */
export interface KeysOut {
  readonly rooms: number;
  readonly roomsOut: number;
  readonly cards: number;
  readonly attention: readonly string[];
  readonly floors: readonly {
    readonly name: string;
    readonly rooms: number;
    readonly out: number;
    readonly cards: number;
  }[];
}

export function keysOut(floors: readonly RackFloor[]): KeysOut {
  const several = new Set(floors.map(({ building }) => building)).size > 1;
  const rooms = floors.flatMap((floor) => floor.rooms);
  const isOut = ({ cards }: RackCell) => cards > 0;
  return {
    rooms: rooms.length,
    roomsOut: rooms.filter(isOut).length,
    cards: sum(rooms),
    attention: rooms.filter(({ state }) => state === 'attention').map(({ name }) => name),
    floors: floors.map(({ building, floor, rooms: ofFloor }) => ({
      name: several ? `${building} ${floor}` : floor,
      rooms: ofFloor.length,
      out: ofFloor.filter(isOut).length,
      cards: sum(ofFloor),
    })),
  };
}

/** Rooms whose cards end today, by the time at which they do. */
export interface Expiring {
  readonly until: string;
  readonly cards: number;
  readonly rooms: readonly string[];
}

export function expiringToday(floors: readonly RackFloor[]): readonly Expiring[] {
  const byTime = new Map<string, { until: string; cards: number; rooms: string[] }>();
  for (const { state, until, cards, name } of floors.flatMap(({ rooms }) => rooms)) {
    if (state !== 'expires-today' || until === null) continue;
    const told = byTime.get(until) ?? { until, cards: 0, rooms: [] };
    byTime.set(until, told);
    told.cards += cards;
    told.rooms.push(name);
  }
  return [...byTime.values()].sort((one, other) => (one.until < other.until ? -1 : 1));
}

function sum(rooms: readonly RackCell[]): number {
  return rooms.reduce((total, { cards }) => total + cards, 0);
}
