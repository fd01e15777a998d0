/** A database with the history of some properties. */
export interface HistoryPlan {
  /** Cards that were issued, and as many past operations. */
  readonly cards: number;
  readonly properties: number;
  /** Over which the cards of each property were issued, up to now. */
  readonly years: number;
  /** Past cards of the one busy room of a property of its own, which has a new room beside it; 0 for no such property. */
  readonly busyRoom: number;
  /** Whether all properties but the first are copies of it: made much faster, and with audit logs that don't hold. */
  readonly copied: boolean;
}

export const ROOMS_OF_A_HOUSE = 40;
export const BUSY_ROOM_CARDS = 10_000;
/** What a queryByRoom asks for: a month. */
export const QUERY_DAYS = 30;

/** The same properties after half a year and after five years, and five times as many properties. */
export const PLANS = {
  small: { cards: 100_000, properties: 20, years: 0.5, busyRoom: 0, copied: false },
  large: { cards: 1_000_000, properties: 20, years: 5, busyRoom: BUSY_ROOM_CARDS, copied: false },
  /** A million audit records, in properties of five years. */
  audited: { cards: 250_000, properties: 5, years: 5, busyRoom: 0, copied: false },
  full: { cards: 5_000_000, properties: 100, years: 5, busyRoom: 0, copied: true },
  /** For a first look where the others aren't there: made within seconds. */
  glanceSmall: { cards: 4_000, properties: 2, years: 0.5, busyRoom: 0, copied: false },
  glanceLarge: { cards: 40_000, properties: 2, years: 5, busyRoom: 0, copied: true },
} as const satisfies Record<string, HistoryPlan>;
export type PlanName = keyof typeof PLANS;

const YEAR_MS = 365.25 * 24 * 3_600_000;

export interface Stay {
  readonly room: number;
  /** When its card was asked for. Unix milliseconds. */
  readonly at: number;
  /** When its guest leaves: the next one comes. */
  readonly until: number;
}

/** The stays of a property in the order of their cards: every room gets a guest in each of `perRoom` spans. */
export function* staysOf(rooms: number, perRoom: number, years: number, now: number): Generator<Stay> {
  const span = (years * YEAR_MS) / perRoom;
  const start = now - years * YEAR_MS;
  for (let nth = 0; nth < perRoom; nth += 1) {
    for (let room = 0; room < rooms; room += 1) {
      const at = Math.floor(start + (nth + room / rooms) * span);
      yield { room, at, until: Math.ceil((at + span) / 60_000) * 60_000 };
    }
  }
}
