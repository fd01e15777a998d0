import { setTimeout as wait } from 'node:timers/promises';
import type { Load } from './load.ts';
import { type OpenOperation, openOperations } from './open-operations.ts';
import { personAt } from './person.ts';

/** How long after the last fault everything must be settled. Milliseconds. */
const SETTLE_MS = 60_000;
/** How long a card lies on the encoder to be read. Milliseconds. */
const LIES_MS = 1_200;

export interface Settled {
  /** Neither over nor justified. */
  readonly stuck: readonly OpenOperation[];
  /** Unknown for good, and rightly: by cause. */
  readonly unknown: ReadonlyMap<string, number>;
}

/**
 * Brings every card whose outcome is unknown back to its desk, until nothing is open but what nobody can tell any more,
 * or the time is over. `lastFaultAt` is in Unix milliseconds.
 */
export async function settle(databaseFile: string, load: Load, lastFaultAt: number): Promise<Settled> {
  const deadline = lastFaultAt + SETTLE_MS;
  const isJustified = ({ state, serial }: OpenOperation) =>
    state === 'unknown' && serial !== null && load.gone.has(serial);
  for (;;) {
    const open = openOperations(databaseFile);
    const unsettled = open.filter((each) => !isJustified(each));
    if (unsettled.length === 0 || Date.now() > deadline) {
      const unknown = new Map<string, number>();
      for (const { cause } of open.filter(isJustified)) {
        const text = cause === 'journal-lost' ? 'journal lost, card gone' : `card gone after a grant (${cause})`;
        unknown.set(text, (unknown.get(text) ?? 0) + 1);
      }
      return { stuck: unsettled, unknown };
    }
    const serials = new Set(unsettled.filter(({ state }) => state === 'unknown').map(({ serial }) => serial));
    const places = load.cards().filter(({ card }) => serials.has(card.serial));
    const free = new Map(places.map((place) => [place.encoder.mac, place]));
    await Promise.all([...free.values()].map(({ desk, encoder, card }) => personAt(desk).place(card, encoder.mac)));
    await wait(LIES_MS);
    await Promise.all([...free.values()].map(({ desk, encoder }) => personAt(desk).remove(encoder.mac)));
  }
}
