import type { RackNews } from '../queries/rack-news.ts';

/** What is told of a property: rooms whose hook on the key rack changed, operations that did, and types of events. */
export interface ToldNews extends Pick<RackNews, 'rooms' | 'touched' | 'operations'> {
  readonly types: readonly (RackNews['types'][number] | typeof PRESENCE)[];
}

/** Told beside the types of events: a front desk came or went, or an encoder there. No record is kept of that, so it is no event. */
export const PRESENCE = 'agent.presence';

/** News that wait for one reader. */
export interface WaitingNews {
  add(told: ToldNews): void;
  /** All of them together: `none`, or `too-much` where they were given up. */
  take(): ToldNews | 'none' | 'too-much';
  /** Rooms and operations that are held. */
  readonly held: number;
}

export interface WaitingLimits {
  readonly rooms: number;
  readonly operations: number;
  /** Pieces before they are put together. */
  readonly pieces: number;
}

/** Twice the rooms of the largest house: rooms may come and go meanwhile. */
const LIMITS: WaitingLimits = { rooms: 10_000, operations: 2_000, pieces: 8 };

/**
 * Holds news for a reader who takes them slowly. The last word on each room and operation counts, so that what is held is as much as
 * there is, and not as much as happened. Beyond the limits nothing is held any more: who begins anew asks for what is.
 */
export function createWaitingNews(limits: WaitingLimits = LIMITS): WaitingNews {
  let pieces: ToldNews[] = [];
  let isTooMuch = false;
  return {
    add(told) {
      if (isTooMuch) return;
      pieces.push(told);
      if (pieces.length < limits.pieces) return;
      const all = gather(pieces);
      isTooMuch = all.rooms.length > limits.rooms || all.operations.length > limits.operations;
      pieces = isTooMuch ? [] : [all];
    },
    take() {
      if (isTooMuch) return 'too-much';
      const [first, ...others] = pieces;
      pieces = [];
      // One is told as it is, so that it is put into words once for all readers.
      return first === undefined ? 'none' : others.length === 0 ? first : gather([first, ...others]);
    },
    get held() {
      return pieces.reduce((sum, { rooms, operations }) => sum + rooms.length + operations.length, 0);
    },
  };
}

function gather(all: readonly ToldNews[]): ToldNews {
  const rooms = new Map(all.flatMap((each) => each.rooms.map((room) => [room.room.id, room] as const)));
  const operations = new Map(all.flatMap((each) => each.operations.map((detail) => [detail.operation.id, detail])));
  const types = new Set(all.flatMap((each) => each.types));
  const touched = all.some((each) => each.touched === null)
    ? null
    : [...new Set(all.flatMap((each) => each.touched ?? []))];
  return { rooms: [...rooms.values()], touched, operations: [...operations.values()], types: [...types] };
}
