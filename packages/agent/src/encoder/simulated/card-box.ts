import type { Serial } from '@keyrack/protocol';
import type { SimulatedCard } from './card-memory.ts';

/**
 * Where simulated cards are kept. The encoder changes a card and calls `keep` before anyone is told of the change,
 * after each single block write and each placing; a box that outlives the process therefore holds exactly the blocks
 * written so far, however the process ends.
 */
export interface CardBox {
  /** Every card, in the order of adding. */
  cards(): Iterable<SimulatedCard>;
  /** The one object of that card: the same at every call. */
  card(serial: Serial): SimulatedCard | undefined;
  /**
   * Takes a new card in, or makes durable what a kept one is now. Synchronous: when it returns, killing the process
   * loses nothing. Throws when it can't.
   */
  keep(card: SimulatedCard): void;
  /** Takes the card out for good. */
  forget(serial: Serial): void;
}

/** Keeps cards as long as the box itself lives: for tests, and for the simulation, which restarts agents over it. */
export function memoryCardBox(cards: Iterable<SimulatedCard> = []): CardBox {
  const bySerial = new Map<Serial, SimulatedCard>();
  for (const card of cards) bySerial.set(card.serial, card);
  return {
    cards: () => bySerial.values(),
    card: (serial) => bySerial.get(serial),
    keep: (card) => {
      bySerial.set(card.serial, card);
    },
    forget: (serial) => {
      bySerial.delete(serial);
    },
  };
}
