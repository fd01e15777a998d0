import type { Answer } from '@keyrack/sdk';

export type KeyRack = Answer<'getKeyRack'>;
export type RackBuilding = KeyRack['buildings'][number];
export type RackFloor = RackBuilding['floors'][number];
export type RackRoom = RackFloor['rooms'][number];

/** What the legend has, in its order. A room with several cards is a state of its own to the eye, and to the filter. */
export const SEEN_STATES = ['vacant', 'out', 'several', 'today', 'lost', 'attention'] as const;
export type SeenState = (typeof SEEN_STATES)[number];

/** How a room looks. */
export function seenState({ state, cards }: Pick<RackRoom, 'state' | 'cards'>): SeenState {
  switch (state) {
    case 'expires-today':
      return 'today';
    case 'out':
      return cards > 1 ? 'several' : 'out';
    default:
      return state;
  }
}

/** How many rooms look so, of all. */
export function countStates(rooms: Iterable<RackRoom>): Readonly<Record<SeenState, number>> {
  const counts = { vacant: 0, out: 0, several: 0, today: 0, lost: 0, attention: 0 };
  for (const room of rooms) counts[seenState(room)] += 1;
  return counts;
}

/** How many cards a cell draws: those of its guest; where nobody is in, one that may open all the same. */
export function drawnCards({ cards, outOfUse }: Pick<RackRoom, 'cards' | 'outOfUse'>): {
  readonly count: number;
  readonly struck: boolean;
} {
  return cards > 0 ? { count: cards, struck: false } : { count: outOfUse, struck: true };
}
